/** One Chromium for a test file, and pages whose unexpected errors fail the test that caused them. */
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { createRequire } from 'node:module';
import type Axe from 'axe-core';
import { findBrowser } from '../scripts/browser.mjs';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The app's frame and the sandbox around it are two origins of one machine.
  '--disable-features=LocalNetworkAccessChecks',
];

/**
 * Remix tells the console of an answer that it has itself given up while reading it, because a newer one makes it
 * needless (its single-fetch.js). Nobody is missing anything.
 */
const GIVEN_UP = /^AbortError: signal is aborted without reason/;

export interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** Errors and warnings of the page and its workers so far. */
  problems: string[];
  /** Ends the context. Chromium can lose the closing of a page that is just going somewhere: each is led to rest first. */
  close(): Promise<void>;
}

export interface TestBrowser {
  /** A page in a context of its own. */
  open(options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<TestBrowser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chromium found: install chromium, or set CHROMIUM_PATH.');
  const browser: Browser = await chromium.launch({ executablePath, args: ARGS });
  return {
    async open(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
      page.on('console', (message) => {
        const isProblem = message.type() === 'error' || message.type() === 'warning';
        if (isProblem && !GIVEN_UP.test(message.text())) problems.push(message.text());
      });
      const close = async (): Promise<void> => {
        await Promise.all(context.pages().map((one) => one.goto('about:blank').catch(() => null)));
        await context.close();
      };
      return { page, context, problems, close };
    },
    close: () => browser.close(),
  };
}

const axe = createRequire(import.meta.url).resolve('axe-core');

/**
 * What axe-core finds serious or critical on the page or frame as it is now: `rule: where`.
 * @param iframes whether to look into frames within it as well, which must be of the same origin
 */
export async function seriousViolations(
  page: Pick<Page, 'addScriptTag' | 'evaluate'>,
  within = 'body',
  iframes = true,
): Promise<string[]> {
  await page.addScriptTag({ path: axe });
  return page.evaluate(
    async ({ selector, frames }) => {
      const { axe } = globalThis as unknown as { axe: typeof Axe };
      const { violations } = await axe.run(selector, { iframes: frames });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
    },
    { selector: within, frames: iframes },
  );
}

/** Sum of the layout shifts that no input explains (CLS) since the page was opened. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
          })[]) {
            if (!entry.hadRecentInput) sum += entry.value;
          }
        }).observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      }),
  );
}
