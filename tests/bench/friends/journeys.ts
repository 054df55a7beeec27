/**
 * What a customer waits for, through the whole of it: sandbox, app and worker as `npm start` runs them.
 *
 * - `code_p99_ms`: from the answer's leaving until the code is there, the order being known.
 * - `attribution_p99_ms`: from a friend's order at the store until it stands on the advocate's page, the webhook included.
 * - `advocate_lcp_ms`: largest contentful paint of that page with twenty friends, in a browser that has never seen it; 75 of 100.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { openBrowser } from '../../browser.ts';
import { startStack, type Stack } from '../../stack.ts';

interface Placed {
  id: string;
  checkoutToken: string;
}
interface Referral {
  code: string;
  pageUrl: string;
}

export async function journeysOf(times: number): Promise<Record<string, number>> {
  const stack = await startStack();
  try {
    const [product] = await stack.get<{ handle: string }[]>('/control/products');
    const buy = (email: string, firstName: string, discountCodes: string[] = []) =>
      stack.post<Placed>('/control/orders', {
        customer: {
          email,
          firstName,
          address: { country: 'DE', city: 'Köln', zip: '50667', line1: `Weg of ${email}` },
        },
        lines: [{ handle: product!.handle, quantity: 1 }],
        discountCodes,
      });
    const codeMs: number[] = [];
    let ana: Referral | null = null;
    // All orders are known before the first answer: to settle after each took a second and more, and was not what is measured.
    const orders: Placed[] = [];
    for (let i = 0; i <= times; i++) orders.push(await buy(`ana-${i}@example.com`, 'Ana'));
    await stack.post('/control/settle');
    for (const [i, order] of orders.entries()) {
      const answered = await answer(stack, order);
      // The first one warms the app.
      if (i > 0) codeMs.push(answered.ms);
      ana = answered.referral;
    }
    const friendMs: number[] = [];
    for (let i = 0; i < times; i++) friendMs.push(await bring(stack, ana!, i, buy));
    return {
      code_p99_ms: percentile(codeMs, 99),
      attribution_p99_ms: percentile(friendMs, 99),
      advocate_lcp_ms: await paint(ana!.pageUrl, Math.min(times, 40)),
    };
  } finally {
    await stack.stop();
  }
}

/** Answers gladly, as the block on the thank-you page does. */
async function answer(stack: Stack, order: Placed): Promise<{ ms: number; referral: Referral }> {
  const { token } = await stack.get<{ token: string }>(
    `/control/token?kind=checkout&order=${order.id.split('/').at(-1)}`,
  );
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const who = { page: 'thank-you', order: order.id, locale: 'en', country: 'DE' };
  const query = new URLSearchParams({ ...who, checkout: order.checkoutToken });
  const asked = await fetch(`${stack.appUrl}/api/block?${query}`, { headers });
  const ask = (await asked.json()) as { survey: object; questions: { key: string }[] };
  const body = JSON.stringify({
    ...who,
    checkoutToken: order.checkoutToken,
    survey: ask.survey,
    operationId: crypto.randomUUID(),
    answers: [{ question: ask.questions[0]!.key, value: 5 }],
  });
  const begun = performance.now();
  const answered = await fetch(`${stack.appUrl}/api/block`, { method: 'POST', headers, body });
  const view = (await answered.json()) as { referral: Referral | null };
  const ms = performance.now() - begun;
  if (!view.referral) throw new Error('an answer brought no code');
  return { ms, referral: view.referral };
}

type Buy = (email: string, firstName: string, discountCodes: string[]) => Promise<Placed>;

/** A friend orders; looked at every 20 ms until the page of the advocate names them. */
async function bring(stack: Stack, ana: Referral, i: number, buy: Buy): Promise<number> {
  const name = `Ben${'abcdefghij'[i % 10]}${'abcdefghij'[Math.floor(i / 10) % 10]}${'abcdefghij'[Math.floor(i / 100)]}`;
  const begun = performance.now();
  await buy(`${name}@example.net`, name, [ana.code]);
  for (;;) {
    const page = await (await fetch(ana.pageUrl)).text();
    if (page.includes(`<strong>${name}</strong>`)) return performance.now() - begun;
    if (performance.now() - begun > 30_000) throw new Error('a friend’s order was never seen');
    await sleep(20);
  }
}

async function paint(url: string, times: number): Promise<number> {
  const browser = await openBrowser();
  const paints: number[] = [];
  for (let i = 0; i < times; i++) {
    const { page, close } = await browser.open();
    await page.addInitScript(() => {
      new PerformanceObserver((list) => {
        for (const { startTime } of list.getEntries()) Object.assign(globalThis, { paint: startTime });
      }).observe({ type: 'largest-contentful-paint', buffered: true });
    });
    await page.goto(url, { waitUntil: 'load' });
    await page.waitForFunction(() => (globalThis as unknown as { paint?: number }).paint !== undefined);
    paints.push(await page.evaluate(() => (globalThis as unknown as { paint: number }).paint));
    await close();
  }
  await browser.close();
  return percentile(paints, 75);
}

function percentile(values: number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.ceil((rank / 100) * sorted.length) - 1]!);
}
