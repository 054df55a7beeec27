// @vitest-environment node
/** The built pixel in a world that has nothing but what Shopify's strict sandbox gives it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundlePixel } from '../../../sandbox/extension-host/bundle.ts';
import { readPixel } from '../../../sandbox/extension-host/pixel.ts';

type Hear = (event: object) => Promise<void>;

let folder: string;
let script: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'pixel-'));
  const outfile = path.join(folder, 'pixel.js');
  await bundlePixel(readPixel()!.folder, { outfile, appUrl: 'https://app.test' });
  script = readFileSync(outfile, 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true }));

const VISIT = 'eyJjIjoiQU5BLTdLNFhSMiJ9.AAAAAAAAAAAA';
const DAY = 86_400_000;
const MAY = Date.parse('2026-05-01T12:00:00Z');

/** A browser that has loaded the pixel: its storage, what it posted, and what happens there. */
function aBrowser(answer: number | 'offline' = 204) {
  const kept = new Map<string, string>();
  const posted: { url: string; init: RequestInit }[] = [];
  const heard = new Map<string, Hear>();
  const fetch = (url: string, init: RequestInit) => {
    posted.push({ url, init });
    return answer === 'offline'
      ? Promise.reject(new TypeError('offline'))
      : Promise.resolve({ status: answer });
  };
  const localStorage = {
    getItem: async (key: string) => kept.get(key) ?? null,
    setItem: async (key: string, value: string) => void kept.set(key, value),
    removeItem: async (key: string) => void kept.delete(key),
  };
  const analytics = { subscribe: async (name: string, hear: Hear) => void heard.set(name, hear) };
  const api = { analytics, browser: { localStorage }, settings: { address: 'https://app.test' } };
  const shopify = { extend: (_point: string, run: (given: typeof api) => void) => run(api) };
  runInContext(script, createContext({ shopify, fetch, URLSearchParams }));
  const at = (days: number) => new Date(MAY + days * DAY).toISOString();
  return {
    kept,
    posted,
    view: (search: string, days = 0) =>
      heard.get('page_viewed')!({ timestamp: at(days), context: { document: { location: { search } } } }),
    order: (
      days: number,
      checkout: object = { token: 'token-of-it', order: { id: '77' }, email: 'ana@example.com' },
    ) => heard.get('checkout_completed')!({ timestamp: at(days), data: { checkout } }),
  };
}

describe('the pixel', () => {
  test('says by which link an order came, and nothing of the person, in a request that asks nobody first', async () => {
    const browser = aBrowser();
    await browser.view(`?friend=${VISIT}&utm_source=chat`);
    await browser.view('?page=2', 3);
    await browser.order(29);
    const [{ url, init }] = browser.posted as [{ url: string; init: RequestInit }];
    expect(url).toBe('https://app.test/api/click');
    expect(init).toMatchObject({
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'text/plain' },
    });
    expect(JSON.parse(init.body as string)).toEqual({ visit: VISIT, order: '77', checkout: 'token-of-it' });
    // One order a link.
    await browser.order(29);
    expect(browser.posted).toHaveLength(1);
    expect(browser.kept.size).toBe(0);
  });

  test('remembers the last link, for thirty days', async () => {
    const browser = aBrowser();
    await browser.view(`?friend=${VISIT}`);
    await browser.view('?friend=bGF0ZXI.BBBBBBBBBBBBBB', 20);
    await browser.order(40);
    expect(JSON.parse(browser.posted[0]!.init.body as string)).toMatchObject({
      visit: 'bGF0ZXI.BBBBBBBBBBBBBB',
    });
    await browser.view(`?friend=${VISIT}`, 50);
    await browser.order(80.5);
    expect(browser.posted).toHaveLength(1);
    expect(browser.kept.size).toBe(0);
  });

  test('keeps nothing that is no visit of ours, and tells nothing of a checkout without an order', async () => {
    const browser = aBrowser();
    for (const search of [
      '',
      '?friend=',
      '?friend=<script>',
      `?friend=${'x'.repeat(601)}.y`,
      '?friend=a.b.c',
    ])
      await browser.view(search);
    expect(browser.kept.size).toBe(0);
    await browser.order(1);
    await browser.view(`?friend=${VISIT}`);
    await browser.order(1, { token: 'token-of-it', order: null });
    expect(browser.posted).toEqual([]);
  });

  test.each([429, 503])('keeps the link when the app answers with %i', async (status) => {
    const browser = aBrowser(status);
    await browser.view(`?friend=${VISIT}`);
    await browser.order(1);
    await browser.order(2);
    expect(browser.posted).toHaveLength(2);
  });

  test('keeps it when there is no net', async () => {
    const browser = aBrowser('offline');
    await browser.view(`?friend=${VISIT}`);
    await expect(browser.order(1)).rejects.toThrow('offline');
    expect(browser.kept.size).toBe(1);
  });
});
