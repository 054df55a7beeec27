/**
 * How quick the admin's pages are in a real browser, inside the admin's frame: with the demo shop, and with a shop of a
 * million orders (names with `_1m`). The worst page counts.
 */
import type { Frame, Page } from 'playwright-core';
import { appFrame } from '../app-frame.ts';
import { openBrowser, type TestBrowser } from '../browser.ts';
import { growShop } from '../million.ts';
import { startStack, type Stack } from '../stack.ts';

interface Measured {
  lcp: number;
  cls: number;
  inp: number;
  scriptKb: number;
}

/** `:id` stands for the first sequence of the list: its page is the builder. */
const PAGES = [
  '',
  '/sequences',
  '/sequences/:id',
  '/sequences/messages',
  '/customers',
  '/products',
  '/feedback',
  '/referrals',
  '/settings',
  '/mail/invite',
];

/** Records what the browser itself tells of a page; runs in every frame before its scripts. */
function watch() {
  const seen = { lcp: 0, cls: 0, inp: 0 };
  (globalThis as { __seen?: typeof seen }).__seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[]) {
      if (!entry.hadRecentInput) seen.cls += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ((entry as PerformanceEntry & { interactionId?: number }).interactionId)
        seen.inp = Math.max(seen.inp, entry.duration);
    }
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
}

/** Types, opens a select, presses Tab: what staff do first. */
async function interact(page: Page, frame: Frame) {
  const field = frame
    .locator('input[type=text], input[type=email], input[type=number], input:not([type])')
    .first();
  if ((await field.count()) > 0 && (await field.isVisible())) {
    await field.click();
    await page.keyboard.type('ana', { delay: 60 });
    await page.waitForTimeout(600);
  }
  await frame.locator('h1').first().click();
  await page.keyboard.press('Tab');
  await page.waitForTimeout(300);
}

async function measure(stack: Stack, page: Page, path: string): Promise<Measured> {
  await page.goto(`${stack.url}/admin/apps/everafter/app${path}`, { waitUntil: 'load' });
  const frame = await appFrame(page, path);
  await page.waitForTimeout(1000);
  const scriptKb = await frame.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => (entry as PerformanceResourceTiming).name.split('?')[0]!.endsWith('.js'))
      .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
  );
  const { lcp, cls } = await frame.evaluate(
    () => (globalThis as unknown as { __seen: { lcp: number; cls: number } }).__seen,
  );
  await interact(page, frame);
  const inp = await frame.evaluate(() => (globalThis as unknown as { __seen: { inp: number } }).__seen.inp);
  return { lcp, cls, inp, scriptKb: scriptKb / 1024 };
}

/** The pages with the id of a sequence that there is. */
async function pathsOf(stack: Stack, browser: TestBrowser): Promise<string[]> {
  const { page, close } = await browser.open();
  await page.goto(`${stack.url}/admin/apps/everafter/app/sequences`, { waitUntil: 'load' });
  const frame = await appFrame(page, '/sequences');
  const address = await frame
    .getByRole('link', { name: 'Getting started', exact: true })
    .getAttribute('href');
  await close();
  const id = address?.split('/').at(-1);
  if (!id) throw new Error('The list of sequences leads to none of them');
  return PAGES.map((path) => path.replace(':id', id));
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The worst page, each by the median of several loads in a cold context. */
async function worst(stack: Stack, rounds: number): Promise<Measured> {
  const browser = await openBrowser();
  const pages: Measured[] = [];
  for (const path of await pathsOf(stack, browser)) {
    const loads: Measured[] = [];
    for (let round = 0; round < rounds; round++) {
      const { page, close } = await browser.open();
      await page.addInitScript(watch);
      loads.push(await measure(stack, page, path));
      await close();
    }
    const typical = {
      lcp: median(loads.map((load) => load.lcp)),
      cls: median(loads.map((load) => load.cls)),
      inp: median(loads.map((load) => load.inp)),
      scriptKb: median(loads.map((load) => load.scriptKb)),
    };
    console.log(
      `${path || '/'}: LCP ${Math.round(typical.lcp)} ms, CLS ${typical.cls.toFixed(3)}, INP ${typical.inp} ms, script ${Math.round(typical.scriptKb)} KB`,
    );
    pages.push(typical);
  }
  await browser.close();
  const most = (name: keyof Measured) => Math.max(...pages.map((page) => page[name]));
  return { lcp: most('lcp'), cls: most('cls'), inp: most('inp'), scriptKb: most('scriptKb') };
}

const figures = (measured: Measured, suffix: string) => ({
  [`worst_lcp_ms${suffix}`]: Math.round(measured.lcp),
  [`worst_cls${suffix}`]: Number(measured.cls.toFixed(4)),
  [`worst_inp_ms${suffix}`]: Math.round(measured.inp),
  [`worst_script_kb${suffix}`]: Math.round(measured.scriptKb),
});

/** @param options quick: one load a page and 100,000 orders instead of a million */
export async function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  const stack = await startStack({ EVERAFTER_SEED_DEMO: '1' });
  try {
    const rounds = quick ? 1 : 5;
    const demo = await worst(stack, rounds);
    const { now } = await stack.get<{ now: string }>('/control/clock');
    const shops = await stack
      .get<{ domain: string }[]>('/control/shops')
      .catch(() => [{ domain: 'linden.myshopify.com' }]);
    console.log('Growing the shop…');
    await growShop(stack.databaseUrl, shops[0]!.domain, quick ? 100_000 : 1_000_000, new Date(now));
    const grown = await worst(stack, rounds);
    return { ...figures(demo, ''), ...figures(grown, '_1m'), orders: quick ? 100_000 : 1_000_000 };
  } finally {
    await stack.stop();
  }
}
