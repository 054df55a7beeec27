/**
 * What the extensions weigh, and how they feel in a browser on the sandbox's own pages, with the app behind them.
 *
 * - `thank_you_brotli_bytes`, `checkout_brotli_bytes`: the bundles on their way to the buyer.
 * - `first_paint_ms`: from opening the thank-you page until the block has drawn something; the median.
 * - `answer_to_code_p99_ms`: from the press that sends the answer until the code stands on the page.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { bundleExtension } from '../../sandbox/extension-host/bundle.ts';
import { readManifests } from '../../sandbox/extension-host/manifest.ts';
import { brotliBytes } from '../../sandbox/extension-host/size.ts';
import { openBrowser, type TestBrowser } from '../browser.ts';
import { startStack, type Stack } from '../stack.ts';

export async function bench({ quick }: { quick: boolean }): Promise<Record<string, number>> {
  return { ...(await weigh()), ...(await visitMany(quick ? 30 : 200)) };
}

async function weigh(): Promise<Record<string, number>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bundles-'));
  const bytes: Record<string, number> = {};
  for (const manifest of readManifests()) {
    const outfile = path.join(folder, `${manifest.handle}.js`);
    await bundleExtension(manifest, { outfile, appUrl: 'https://everafter.example' });
    bytes[`${manifest.handle.replace('-', '_')}_brotli_bytes`] = brotliBytes(outfile);
  }
  rmSync(folder, { recursive: true });
  return bytes;
}

async function visitMany(count: number): Promise<Record<string, number>> {
  const stack = await startStack();
  const browser = await openBrowser();
  try {
    await buyAndAnswer(stack, browser, 0); // builds the bundles, warms the app
    const visits: Visit[] = [];
    for (let i = 1; i <= count; i++) visits.push(await buyAndAnswer(stack, browser, i));
    return {
      first_paint_ms: percentile(
        visits.map(({ paintMs }) => paintMs),
        50,
      ),
      answer_to_code_p99_ms: percentile(
        visits.map(({ codeMs }) => codeMs),
        99,
      ),
    };
  } finally {
    await browser.close();
    await stack.stop();
  }
}

interface Visit {
  paintMs: number;
  codeMs: number;
}

/** A new customer buys, opens the thank-you page, answers gladly and gets a code. */
async function buyAndAnswer(stack: Stack, browser: TestBrowser, i: number): Promise<Visit> {
  const [product] = await stack.get<{ handle: string }[]>('/control/products');
  const { thankYouUrl } = await stack.post<{ thankYouUrl: string }>('/control/orders', {
    customer: { email: `buyer-${i}@example.com`, firstName: 'Jo', address: { country: 'US' } },
    lines: [{ handle: product!.handle, quantity: 1 }],
  });
  await stack.post('/control/settle');
  const { page, close } = await browser.open();
  await page.addInitScript(watchBlock);
  await page.goto(thankYouUrl);
  const choices = page.locator('extension-block s-press-button');
  await choices.last().click();
  await page.locator('extension-block s-form s-button').click();
  await page.locator('extension-block s-clipboard-item').waitFor({ state: 'attached' });
  const visit = await readWatch(page);
  await close();
  return visit;
}

interface Watch {
  paint?: number;
  pressed?: number;
  code?: number;
}

/** Runs on the page: notes when the block first draws, when it was last pressed, and when the code is painted. */
function watchBlock(): void {
  const watch: Watch = {};
  Object.assign(globalThis, { watch });
  addEventListener('click', () => (watch.pressed = performance.now()), true);
  new MutationObserver(() => {
    const block = document.querySelector('extension-block');
    if (!block?.querySelector('s-query-container')) return;
    const drawn = watch.paint === undefined;
    const answered = watch.code === undefined && block.querySelector('s-clipboard-item');
    if (!drawn && !answered) return;
    requestAnimationFrame(() => {
      watch.paint ??= performance.now();
      if (answered) watch.code ??= performance.now();
    });
  }).observe(document, { childList: true, subtree: true });
}

async function readWatch(page: Page): Promise<Visit> {
  await page.waitForFunction(() => (globalThis as unknown as { watch: Watch }).watch.code !== undefined);
  const { paint, pressed, code } = await page.evaluate(
    () => (globalThis as unknown as { watch: Required<Watch> }).watch,
  );
  return { paintMs: paint, codeMs: code - pressed };
}

function percentile(values: number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil((rank / 100) * sorted.length) - 1]!);
}
