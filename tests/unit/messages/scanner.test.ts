import { expect, test } from 'vitest';
import { looksLikeScanner } from '../../../app/messages/scanner.ts';

const BROWSER =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const visit = (headers: Record<string, string> = {}, method = 'GET', sinceHandedMs: number | null = 60_000) =>
  looksLikeScanner({
    method,
    header: (name) => ({ 'user-agent': BROWSER, ...headers })[name] ?? null,
    sinceHandedMs,
  });

test('somebody with a browser, a minute later, is a person', () => {
  expect(visit()).toBe(false);
  expect(visit({}, 'GET', null)).toBe(false);
  expect(visit({}, 'GET', 10_000)).toBe(false);
});

test.each([
  ['asks by HEAD', {}, 'HEAD', 60_000],
  ['says nothing of itself', { 'user-agent': '' }, 'GET', 60_000],
  ['names itself a robot', { 'user-agent': 'LinkScanner/1.0' }, 'GET', 60_000],
  ['is a program', { 'user-agent': 'python-requests/2.32' }, 'GET', 60_000],
  ['is a gateway by name', { 'user-agent': 'Mozilla/5.0 (Barracuda Sentinel; EE)' }, 'GET', 60_000],
  ['loads ahead', { 'sec-purpose': 'prefetch;prerender' }, 'GET', 60_000],
  ['looks ahead as old browsers say it', { 'x-moz': 'prefetch' }, 'GET', 60_000],
  ['is there before anybody could have read', {}, 'GET', 9_999],
])('what %s is none', (_title, headers, method, since) => {
  expect(visit(headers, method, since)).toBe(true);
});
