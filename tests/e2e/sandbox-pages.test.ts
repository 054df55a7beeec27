/** The pages of the sandbox, walked by a person: from the shelves to a parcel at the door, and the tools beside them. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type RunningSandbox } from '../../sandbox/sandbox.ts';
import { openBrowser, seriousViolations, type OpenPage, type TestBrowser } from '../browser.ts';
import { startEmbeddedApp, type EmbeddedApp } from './embedded-stand-in.ts';

let browser: TestBrowser;
let app: EmbeddedApp;
let sandbox: RunningSandbox;
let open: OpenPage;
let page: Page;

beforeAll(async () => {
  [browser, app] = await Promise.all([openBrowser(), startEmbeddedApp()]);
  sandbox = createSandbox({ appUrl: app.url });
  app.sandbox = await sandbox.listen();
});
afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await app.close();
});
beforeEach(async () => {
  await sandbox.reset();
  open = await browser.open();
  ({ page } = open);
});
afterEach(() => open.close());

async function fillCart(handle = 'carbon-steel-pan'): Promise<void> {
  await page.goto(`${sandbox.origin}/store/linden/products/${handle}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'Check out' }).click();
}

async function fillAddress(): Promise<void> {
  await page.getByLabel('E-mail', { exact: true }).fill('sam@example.com');
  await page.getByLabel('Country').selectOption('US');
  await page.getByLabel('State or province').selectOption('OR');
  await page.getByLabel('First name').fill('Sam');
  await page.getByLabel('Last name').fill('Okafor');
  await page.getByLabel('Street').fill('1 Main Street');
  await page.getByLabel('Postal code').fill('97209');
  await page.getByLabel('City').fill('Portland');
}

/** Of the page itself: what an extension draws is looked at by the tests of the extensions. */
const violations = async () =>
  (await seriousViolations(page)).filter((each) => !/: (extension-block|s-)/.test(each));

const pay = () => page.getByRole('button', { name: /^Pay/ }).click();

describe('the store', () => {
  test('a guest finds a pan, pays, and sees it arrive', async () => {
    await page.goto(sandbox.origin);
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Store/ })
      .click();
    await page.getByRole('link', { name: /Carbon Steel Pan/ }).click();
    await page.getByText('28 cm').click();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('link', { name: 'Check out' }).click();
    await fillAddress();
    await page.getByText('USD $76.89').waitFor();
    await pay();

    await page.getByRole('heading', { name: 'Thank you, Sam!' }).waitFor();
    const [order] = sandbox.shop().orders;
    expect(order).toMatchObject({ email: 'sam@example.com', presentmentCurrency: 'USD', landingSite: '/' });
    expect(page.url()).toBe(sandbox.urls.thankYou(sandbox.shop(), order!));
    expect(await page.locator('extension-block').count()).toBe(1);

    await page.getByRole('link', { name: 'The order’s own page' }).click();
    await page.getByRole('button', { name: 'Fulfil' }).click();
    await page.getByText('On its way', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Deliver', exact: true }).click();
    await page.getByRole('heading', { name: /Delivered/ }).waitFor();
    await page.getByRole('button', { name: 'Log in as Sam' }).click();
    await page.getByRole('link', { name: 'Orders', exact: true }).click();
    await page.getByRole('link', { name: /#1001/ }).waitFor();
    // The basket is empty again, and what was typed is forgotten.
    expect(await page.getByRole('link', { name: 'Cart, 0 items' }).count()).toBe(1);
  });

  test('somebody who was here before is chosen, and all is filled in', async () => {
    const address = { country: 'DE', line1: 'Hof 3', zip: '10115', city: 'Berlin', lastName: 'Weiß' };
    sandbox.store.createCustomer(sandbox.shop(), {
      email: 'lukas@example.de',
      firstName: 'Lukas',
      lastName: 'Weiß',
      locale: 'de',
      address,
    });
    await fillCart();
    await page.getByLabel('Sandbox: buy as').selectOption({ index: 1 });
    await expect.poll(() => page.getByLabel('City').inputValue()).toBe('Berlin');
    await pay();
    await page.getByRole('heading', { name: /Thank you/ }).waitFor();
    const shop = sandbox.shop();
    expect(shop.customers).toHaveLength(1);
    expect(shop.orders[0]).toMatchObject({ customer: shop.customers[0]!.id, customerLocale: 'de' });
  });

  test('a code that nobody made is told so and not kept; missing fields keep what was typed', async () => {
    await fillCart();
    await page.getByLabel('Discount code').fill('NOPE');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.locator('.code-tag').count()).toBe(0);
    await page.getByLabel('City').fill('Galway');
    await pay();
    await page.getByText('Enter an e-mail address').waitFor();
    expect(await page.getByLabel('City').inputValue()).toBe('Galway');
    expect(sandbox.shop().orders).toEqual([]);
  });

  test('a friend’s link leads to the product and the code waits at the checkout', async () => {
    await page.goto(`${sandbox.origin}/discount/JO-15?redirect=/products/olive-oil`);
    await page.getByRole('heading', { name: /Olive Oil/ }).waitFor();
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.getByText('Code JO-15 will be used').waitFor();
    await page.getByRole('button', { name: 'Remove' }).click();
    expect(await page.getByRole('heading', { name: 'Your cart is empty' }).isVisible()).toBe(true);
  });
});

describe('the tools', () => {
  test('the clock goes on by a day and back to now', async () => {
    await page.goto(`${sandbox.origin}/clock`);
    const before = sandbox.clock.now();
    await page.getByRole('button', { name: 'A day' }).click();
    await page.getByText('24 h ahead of the world outside').waitFor();
    expect(sandbox.clock.now() - before).toBeGreaterThanOrEqual(86_400_000);
    await page.getByRole('button', { name: 'Back to now' }).click();
    await page.getByText('the same as outside').waitFor();
  });

  test('a fault begins, is seen in the bar, and ends', async () => {
    await page.goto(`${sandbox.origin}/faults`);
    const mail = page.locator('.fault', { hasText: 'Mail server' });
    await mail.getByLabel('What happens').selectOption('slow');
    await mail.getByLabel('How often').fill('50');
    await mail.getByRole('button', { name: 'Begin' }).click();
    await mail.getByText('answers late, 50 % of the time').waitFor();
    expect(sandbox.faults.list()).toMatchObject([{ target: 'mail', mode: 'slow', rate: 0.5 }]);
    await page
      .getByRole('link', { name: /^Faults/ })
      .getByText('1')
      .waitFor();
    await mail.getByRole('button', { name: 'End', exact: true }).click();
    await mail.getByText('well', { exact: true }).waitFor();
    sandbox.faults.set('webhooks', 'down');
    await page.reload();
    await page.getByRole('button', { name: 'End all faults' }).click();
    await page.locator('button:disabled', { hasText: 'End all faults' }).waitFor();
    expect(sandbox.faults.list()).toEqual([]);
  });

  test('a mail is read in all four ways, and cannot run scripts', async () => {
    const html =
      '<html><head></head><body><h1>Hello</h1><script>document.title = "taken"</script><a href="/clock">x</a></body></html>';
    const at = sandbox.clock.iso();
    const headers = { 'message-id': '<1@linden.example>' };
    sandbox.state.mails.push(
      {
        id: 'm1',
        to: 'jo@example.com',
        from: 'shop@linden.example',
        subject: 'First',
        text: 'Plain',
        html,
        headers,
        raw: 'Source',
        at,
      },
      {
        id: 'm2',
        to: 'ana@example.es',
        from: 'shop@linden.example',
        subject: '<b>Second</b>',
        text: 'x',
        html: '',
        headers,
        raw: 'x',
        at,
      },
    );
    await page.goto(`${sandbox.origin}/mailbox`);
    await page.getByRole('heading', { name: '<b>Second</b>' }).waitFor();
    await page.getByRole('searchbox').fill('jo@');
    await page.getByRole('searchbox').press('Enter');
    await page.getByRole('link', { name: /First/ }).click();
    await page.frameLocator('.mail-frame').getByRole('heading', { name: 'Hello' }).waitFor();
    expect(page.frames().at(-1)?.url()).toContain('/mailbox/m1/html');
    expect(await page.frames().at(-1)!.title()).toBe('');
    for (const [tab, text] of [
      ['Text', 'Plain'],
      ['Headers', '<1@linden.example>'],
      ['Source', 'Source'],
    ] as const) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('tabpanel').getByText(text, { exact: true }).waitFor();
    }
    // A browser says so when it keeps a script from running; that is what was wanted.
    open.problems = open.problems.filter((problem) => !/script/i.test(problem));
  });
});

describe('the admin’s own pages', () => {
  test('an order is found, fulfilled in part and refunded in part', async () => {
    const shop = sandbox.shop();
    sandbox.store.placeOrder(shop, {
      customer: { email: 'jo@example.com', firstName: 'Jo', address: { country: 'IE' } },
      lines: [{ handle: 'heather-honey', quantity: 2 }, { handle: 'linen-apron' }],
      paid: true,
    });
    await page.goto(`${sandbox.origin}/admin/orders?query=jo`);
    await page.getByRole('link', { name: '#1001' }).click();
    await page.getByText('Fulfil a part').click();
    await page.getByLabel(/Honey/).fill('1');
    await page.getByRole('button', { name: 'Fulfil these' }).click();
    await page.getByText('Partly on its way').waitFor();
    await page.getByText('Refund an amount').click();
    await page.getByLabel(/Amount/).fill('5.00');
    await page.getByRole('button', { name: 'Refund', exact: true }).click();
    await page.getByText('Partly refunded').waitFor();
    expect(shop.orders[0]!.refunds[0]!.total.shop).toBe(500);
  });
});

const PAGES = [
  '/',
  '/store/linden',
  '/store/linden/products/enamel-kettle',
  '/store/linden/cart',
  '/store/linden/account',
];
const TOOLS = [
  '/mailbox',
  '/mailbox/texts',
  '/clock',
  '/faults',
  '/admin/orders',
  '/admin/products',
  '/admin/customers',
  '/admin/discounts',
  '/admin/settings',
];

test.each([
  ['the store', PAGES],
  ['admin and tools', TOOLS],
])('%s: every page is accessible and fits a phone, empty as on the first day', async (_, paths) => {
  await page.setViewportSize({ width: 375, height: 740 });
  const found: Record<string, unknown> = {};
  for (const path of paths) {
    await page.goto(sandbox.origin + path);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    const problems = [...(await violations()), ...(width > 375 ? [`${width} pixels wide`] : [])];
    if (problems.length > 0) found[path] = problems;
  }
  expect(found).toEqual({});
  expect(open.problems).toEqual([]);
});

test('checkout, thank-you and order-status page are accessible and fit a phone', async () => {
  await page.setViewportSize({ width: 375, height: 740 });
  await fillCart();
  await fillAddress();
  const check = async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
    expect(await violations()).toEqual([]);
  };
  await check();
  await pay();
  await page.getByRole('heading', { name: /Thank you/ }).waitFor();
  await check();
  await page.getByRole('link', { name: 'The order’s own page' }).click();
  await page.getByRole('heading', { name: /Order #1001/ }).waitFor();
  await check();
});
