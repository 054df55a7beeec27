/** The three pages as a shopper meets them: the sandbox's own pages, the real bundles, the real app on its own port. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openDb } from '../../app/db.server.ts';
import { pixelStanding, wantPixel } from '../../app/referrals/referrals.server.ts';
import { layoutShift, openBrowser, seriousViolations, type OpenPage, type TestBrowser } from '../browser.ts';
import { startStack, type Stack } from '../stack.ts';
import { walkGifts } from './gifts-walk.ts';
import { anotherWeb, guess, SECRETS } from './guessing-shoppers.ts';

interface Placed {
  id: string;
  thankYouUrl: string;
  orderStatusUrl: string;
}

let stack: Stack;
let browser: TestBrowser;
let open: OpenPage;
let handle: string;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(SECRETS), openBrowser()]);
  await stack.post('/control/settle');
  handle = (await stack.get<{ handle: string }[]>('/control/products'))[0]!.handle;
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});
afterEach(() => open?.close());

async function buy(firstName: string, locale = 'en'): Promise<Placed> {
  const order = await stack.post<Placed>('/control/orders', {
    customer: {
      email: `${firstName}@example.com`,
      firstName,
      locale,
      address: { country: 'DE', line1: firstName },
    },
    lines: [{ handle, quantity: 1 }],
  });
  await stack.post('/control/settle');
  return order;
}

async function visit(url: string) {
  open = await browser.open();
  await open.page.goto(url);
  return open.page.locator('extension-block');
}

/** Answers the question, best or worst, and sends it. */
async function answer(order: Placed, which: 'best' | 'worst') {
  const block = await visit(order.thankYouUrl);
  const choices = block.locator('s-press-button');
  await choices.first().waitFor();
  expect(await choices.count()).toBe(5);
  expect(await layoutShift(open.page)).toBeLessThanOrEqual(0.02);
  await (which === 'best' ? choices.last() : choices.first()).click();
  await block.locator('s-form s-button').click();
  await block.getByRole('heading').first().waitFor();
  return block;
}

const codeIn = (page: OpenPage['page']) => page.locator('extension-block s-clipboard-item');

test('a glad answer earns a code, which the order-status page knows too', async () => {
  const order = await buy('ana');
  await answer(order, 'best');
  await codeIn(open.page).waitFor({ state: 'attached' });
  const code = await codeIn(open.page).evaluate((item) => (item as unknown as { text: string }).text);
  const discounts = await stack.get<{ code: string; active: boolean }[]>('/control/discounts');
  expect(discounts.some((discount) => discount.code === code && discount.active)).toBe(true);
  expect(await seriousViolations(open.page, 'extension-block')).toEqual([]);
  expect(open.problems).toEqual([]);
  await open.close();

  await visit(order.orderStatusUrl);
  await codeIn(open.page).waitFor({ state: 'attached' });
  expect(await codeIn(open.page).evaluate((item) => (item as unknown as { text: string }).text)).toBe(code);
  expect(await open.page.locator('extension-block s-press-button').count()).toBe(0);
  expect(open.problems).toEqual([]);
});

test('a sorry answer is thanked for, without a code', async () => {
  const block = await answer(await buy('ben'), 'worst');
  await block.locator('s-press-button').first().waitFor({ state: 'detached' });
  expect(await codeIn(open.page).count()).toBe(0);
  expect(open.problems).toEqual([]);
});

test('the block speaks the language of the order', async () => {
  const block = await visit((await buy('carla', 'de')).thankYouUrl);
  await block.locator('s-press-button').first().click();
  await block.getByRole('button', { name: 'Senden' }).waitFor();
  expect(open.problems).toEqual([]);
});

test('a friend who comes with the code is welcomed in the checkout', async () => {
  await answer(await buy('dora'), 'best');
  await codeIn(open.page).waitFor({ state: 'attached' });
  const code = await codeIn(open.page).evaluate((item) => (item as unknown as { text: string }).text);
  await open.close();

  await visit(`${stack.url}/discount/${code}?redirect=/products/${handle}`);
  await open.page.getByRole('button', { name: 'Add to cart' }).click();
  await open.page.goto(new URL('checkout', open.page.url()).href);
  const welcome = open.page.locator('extension-block s-text').filter({ hasText: '%' });
  await welcome.waitFor();
  expect(await open.page.locator('extension-block s-details').count()).toBe(0);
  expect(open.problems).toEqual([]);
});

test('a thousand addresses that guess codes at two processes get so many answers and no code; shoppers are answered', async () => {
  await answer(await buy('gina'), 'best');
  await codeIn(open.page).waitFor({ state: 'attached' });
  const code = await codeIn(open.page).evaluate((item) => (item as unknown as { text: string }).text);
  const second = await anotherWeb(stack);
  try {
    const { statuses, found, shoppers, minutes } = await guess(stack, [stack.appUrl, second.url], code);
    expect(found).toBe(0);
    // Forty a minute from each of 25 networks, whichever process is asked.
    expect(statuses[200]).toBeGreaterThanOrEqual(1000);
    expect(statuses[200]).toBeLessThanOrEqual(1000 * minutes);
    expect((statuses[200] ?? 0) + (statuses[429] ?? 0)).toBe(2000);
    expect(shoppers).toHaveLength(40);
    expect(shoppers.filter((friend) => friend === null)).toEqual([]);
  } finally {
    await second.end();
  }
});

test('a friend who came by a link and orders three visits later without the code still counts', async () => {
  await answer(await buy('emil'), 'best');
  await codeIn(open.page).waitFor({ state: 'attached' });
  const code = await codeIn(open.page).evaluate((item) => (item as unknown as { text: string }).text);
  await open.close();
  await stack.post('/control/scopes', { scopes: ['write_pixels', 'read_customer_events'] });
  await rememberLinks();

  open = await browser.open();
  const { page } = open;
  await page.goto(`${stack.url}/store/linden/apps/friends/${code}`);
  await page.locator('a.button').click();
  // Without consent nothing is remembered, and nothing runs.
  await page.getByRole('button', { name: 'Decline' }).click();
  await page.waitForURL(/friend=/);
  expect(await page.locator('iframe[title="Web pixel"]').count()).toBe(0);
  expect(await page.evaluate(() => localStorage.getItem('everafter-friend'))).toBeNull();
  await page.context().clearCookies();

  await page.goto(`${stack.url}/store/linden/apps/friends/${code}`);
  await page.locator('a.button').click();
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect.poll(() => page.evaluate(() => localStorage.getItem('everafter-friend'))).not.toBeNull();
  // Another two visits, days later: Shopify has forgotten the code and the page they came in by, their browser has not.
  const consent = page.getByRole('button', { name: 'Accept' });
  for (const path of ['', `/products/${handle}`]) {
    await page.context().clearCookies();
    await stack.post('/control/clock', { advance: 'P5D' });
    await page.goto(`${stack.url}/store/linden${path}`);
    await consent.click();
    await page.locator('html[data-pixel]').waitFor({ state: 'attached' });
  }
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'Check out' }).click();
  await page.getByLabel('E-mail', { exact: true }).fill('freya@example.net');
  await page.getByLabel('Country').selectOption('US');
  await page.getByLabel('Last name').fill('Lind');
  await page.getByLabel('Street').fill('9 Other Street');
  await page.getByLabel('Postal code').fill('97209');
  await page.getByLabel('City').fill('Portland');
  await page.getByLabel('State or province').selectOption('OR');
  await page.getByRole('button', { name: /^Pay/ }).click();
  await page.getByRole('heading', { name: /^Thank you/ }).waitFor();
  // Told, and forgotten: what it says is looked at in tests/unit/extensions/pixel.test.ts.
  await expect.poll(() => page.evaluate(() => localStorage.getItem('everafter-friend'))).toBeNull();
  await stack.post('/control/settle');
  const [referral] = await referrals();
  expect(referral).toMatchObject({ code, via: 'link', state: 'pending' });
  // Shopify's own page of the order says it too.
  await page.goto(`${stack.url}/admin/orders/${referral!.order_id}`);
  await page.locator('extension-block').getByText(`by the link of ${code}`).waitFor();
  expect(open.problems).toEqual([]);
});

/** The merchant has switched it on: what the page does, with the worker of the stack behind it. */
async function rememberLinks() {
  const db = openDb({ url: stack.databaseUrl, max: 1 });
  try {
    const [shop] = await db.sqlAcrossShops<{ id: bigint }>('select id from shop');
    await db.inShop(shop!.id, (tx) => wantPixel(tx, true, new Date()));
    await stack.post('/control/settle');
    await expect
      .poll(async () => (await db.inShop(shop!.id, (tx) => pixelStanding(tx))).state, { timeout: 30_000 })
      .toBe('on');
  } finally {
    await db.close();
  }
}

async function referrals() {
  const db = openDb({ url: stack.databaseUrl, max: 1 });
  try {
    return await db.sqlAcrossShops<{ code: string; via: string; state: string; order_id: bigint }>(
      'select code, via, state, order_id from referral',
    );
  } finally {
    await db.close();
  }
}

test('a note is written for a second order, and points become credit on the page of the order', async () => {
  await walkGifts({ stack, browser });
});
