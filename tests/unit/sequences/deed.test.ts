import { expect, test } from 'vitest';
import { settle } from '../../../app/sequences/deed.ts';
import { explain } from '../../../app/sequences/explain.ts';
import { parsePlan, type PlanInput } from '../../../app/sequences/plan.ts';

const at = new Date('2026-05-04T10:00:00Z');
const later = { outcome: 'later', seconds: 0 } as const;

test('an attempt that may work later is made again, ever more rarely, for three days', () => {
  let now = at;
  const gaps: number[] = [];
  for (let attempts = 1; ; attempts++) {
    const settled = settle(later, { attempts, since: at }, now);
    if (settled.state !== 'waiting') {
      expect(settled).toEqual({ state: 'failed', reason: { code: 'gave-up' } });
      break;
    }
    gaps.push((settled.dueAt.getTime() - now.getTime()) / 1000);
    now = settled.dueAt;
  }
  expect(gaps.slice(0, 4)).toEqual([5, 10, 20, 40]);
  expect(Math.max(...gaps)).toBe(4 * 3600);
  expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
  const hours = (now.getTime() - at.getTime()) / 3_600_000;
  expect(hours).toBeGreaterThan(68);
  expect(hours).toBeLessThanOrEqual(72);
});

test('whoever asks for a pause gets it, of a day at most', () => {
  const dueIn = (seconds: number) => {
    const settled = settle({ outcome: 'later', seconds }, { attempts: 1, since: at }, at);
    return settled.state === 'waiting' && (settled.dueAt.getTime() - at.getTime()) / 1000;
  };
  expect(dueIn(120)).toBe(120);
  expect(dueIn(1e9)).toBe(86_400);
});

test.each(['en', 'de', 'fr', 'es'])('staff reads why it did not work, with what was said (%s)', (locale) => {
  const sentence = explain({ code: 'endpoint-refused', said: '404' }, locale);
  expect(sentence).toMatch(/\w+ .*\(404\)$/);
  expect(sentence).not.toContain('endpoint-refused');
});

const telling = (url: string): PlanInput => ({
  format: 1,
  trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
  start: 'tell',
  steps: [{ kind: 'webhook', key: 'tell', url, next: null }],
});

test.each([
  'https://127.0.0.1/',
  'https://0x7f.1/',
  'https://[::ffff:10.0.0.1]/',
  'https://erp.internal/hook',
])('a plan that tells %s is not published; the problem stands beside its step', (url) => {
  expect(parsePlan(telling(url))).toMatchObject({ problems: [{ step: 'tell', code: 'not-public' }] });
});

test('a plan that tells a public host is', () => {
  expect(parsePlan(telling('https://hooks.example.com/in'))).toHaveProperty('plan');
});
