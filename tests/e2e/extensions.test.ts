/** Both extensions in the browser: the real bundles in a worker, against a stand-in of the app that can be told to fail. */
import type { BrowserContextOptions, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { layoutShift, openBrowser, seriousViolations, type OpenPage, type TestBrowser } from '../browser.ts';
import { startStandIn, type StandIn } from './extension-stand-in.ts';
import { ask, glad, sorry } from './extension-views.ts';

const THANK_YOU = 'purchase.thank-you.block.render';
const ORDER_STATUS = 'customer-account.order-status.block.render';
const CHECKOUT = 'purchase.checkout.block.render';
const LOCALES = ['en-US', 'de-DE', 'fr-FR', 'es-ES', 'pt-BR', 'ja-JP'];
const WIDTHS: BrowserContextOptions[] = [
  { viewport: { width: 375, height: 800 } },
  { viewport: { width: 1440, height: 900 } },
];
/** Other tests may keep the machine busy. */
const PATIENT = { timeout: 30_000 };
const heard = {
  text: 'How did you hear about us?',
  options: [{ value: 'friend', label: 'From a friend' }],
  survey: { id: 'survey-2', version: 1 },
};

let browser: TestBrowser;
let app: StandIn;
let open: OpenPage;

beforeAll(async () => {
  browser = await openBrowser();
  app = await startStandIn(() => ({
    view: ask,
    follow: ({ answers }) => (Number(answers[0]!.value) > 3 ? glad : sorry),
    greet: (code) => ({
      friend: code === 'JO-15' ? { name: 'Jo', message: 'A gift from Jo: 15 % off' } : null,
      heard,
    }),
  }));
});
afterAll(async () => {
  await browser.close();
  await app.stop();
});
beforeEach(() => app.reset());
afterEach(() => open.close());

type Tag = Parameters<StandIn['url']>[0];
async function visit(tag: Tag, options: BrowserContextOptions = {}): Promise<Locator> {
  open = await browser.open(options);
  await open.page.goto(app.url(tag));
  return open.page.locator('extension-block');
}
const button = (name: string) => open.page.getByRole('button', { name, exact: true });
const words = (text: string) => open.page.getByText(text, { exact: true });
const posts = () => app.api.calls.filter((call) => call.startsWith('POST'));

describe('on the thank-you page', () => {
  test('a question becomes thanks with a code to copy; who comes back sees it again', async () => {
    await visit({ target: THANK_YOU }, { permissions: ['clipboard-read', 'clipboard-write'] });
    await button('Wonderful').click();
    await words('JO-7K2M').waitFor();
    expect(app.api.calls).toEqual(['GET /api/block', 'POST /api/block']);
    expect(open.page.workers()).toHaveLength(1);

    await open.page.getByRole('button', { name: 'Copy the code JO-7K2M' }).click();
    await words('Copied').waitFor();
    expect(await open.page.evaluate(() => navigator.clipboard.readText())).toBe('JO-7K2M');
    expect(await open.page.getByRole('img', { name: /QR code/ }).isVisible()).toBe(true);

    await open.page.reload();
    await words('You said: Wonderful').waitFor();
    await words('JO-7K2M').waitFor();
    expect(open.problems).toEqual([]);
  });

  test('a poor answer is asked about, and what is typed arrives as it was typed', async () => {
    await visit({ target: THANK_YOU });
    await button('Poor').click();
    await open.page.getByRole('checkbox', { name: 'Prices' }).check();
    const comment = 'It is all rather dear, and the parcel came late.';
    await open.page
      .getByRole('textbox', { name: 'In your own words (optional)' })
      .pressSequentially(comment, { delay: 1 });
    await button('Send').click();
    await words('We are sorry, Jo. Somebody of us reads this today.').waitFor();
    expect(app.api.answers[0]!.answers).toEqual([
      { question: 'experience', value: 1 },
      { question: 'better', value: ['price'] },
      { question: 'comment', value: comment },
    ]);
    expect(await words('JO-7K2M').count()).toBe(0);
    expect(open.problems).toEqual([]);
  });

  test('works by keyboard alone', async () => {
    await visit({ target: THANK_YOU });
    await button('Poor').waitFor();
    const { keyboard } = open.page;
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await button('Send').waitFor();
    for (let i = 0; i < 5; i++) await keyboard.press('Tab');
    await keyboard.press('Space'); // the first thing that could be better
    for (let i = 0; i < 4; i++) await keyboard.press('Tab');
    await keyboard.type('More light');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await words('We are sorry, Jo. Somebody of us reads this today.').waitFor();
    expect(app.api.answers[0]!.answers).toEqual([
      { question: 'experience', value: 1 },
      { question: 'better', value: ['finding'] },
      { question: 'comment', value: 'More light' },
    ]);
  });

  test('two clicks are one answer', async () => {
    await visit({ target: THANK_YOU });
    app.api.delayMs = 200;
    await button('Wonderful').dblclick();
    await words('JO-7K2M').waitFor();
    expect(posts()).toHaveLength(1);
  });

  test('what was chosen and not yet sent is there after a reload', async () => {
    await visit({ target: THANK_YOU });
    await button('Poor').click();
    await open.page.getByRole('checkbox', { name: 'Prices' }).check();
    // What is chosen is kept by way of the block's worker: nobody reloads within that moment.
    await expect.poll(() => open.page.evaluate(() => JSON.stringify(localStorage))).toContain('price');
    await open.page.reload();
    await expect
      .poll(() => open.page.getByRole('checkbox', { name: 'Prices' }).isChecked(), PATIENT)
      .toBe(true);
  });
});

describe('when the app cannot be reached', () => {
  test('the answer is kept and sent later, once, without a word of trouble', async () => {
    await visit({ target: THANK_YOU });
    await button('Wonderful').waitFor();
    app.api.failures = [503, 503];
    await button('Wonderful').click();
    await words('Thank you. Your answer is on its way to us.').waitFor();
    await words('JO-7K2M').waitFor();
    expect(posts()).toHaveLength(3);
    expect(app.api.answers).toHaveLength(1);
    expect(await open.page.getByRole('alert').count()).toBe(0);
  });

  test('it is sent as soon as the network is back', async () => {
    await visit({ target: THANK_YOU });
    await button('Wonderful').waitFor();
    await open.context.setOffline(true);
    await button('Wonderful').click();
    await words('Thank you. Your answer is on its way to us.').waitFor();
    await open.context.setOffline(false);
    await words('JO-7K2M').waitFor();
    expect(app.api.answers).toHaveLength(1);
  });

  test('it is sent on the next visit when the page was closed in between', async () => {
    await visit({ target: THANK_YOU });
    await button('Wonderful').waitFor();
    app.api.failures = Array<number>(20).fill(503);
    await button('Wonderful').click();
    await words('Thank you. Your answer is on its way to us.').waitFor();
    await open.page.goto('about:blank');
    app.api.failures = [];
    app.api.calls = [];
    await open.page.goto(app.url({ target: THANK_YOU }));
    await words('JO-7K2M').waitFor();
    expect(app.api.calls).toEqual(['POST /api/block']);
    expect(app.api.answers).toHaveLength(1);
  });

  test('a question that cannot be had is not missed', async () => {
    app.api.failures = Array<number>(20).fill(503);
    const block = await visit({ target: THANK_YOU });
    await expect.poll(() => block.getAttribute('data-empty'), { timeout: 30_000 }).toBe('');
  });
});

describe('on the order-status page', () => {
  test('what was said elsewhere is known, and care guides unfold', async () => {
    app.api.view = { ...glad, careGuides: [{ title: 'Linen shirt', text: 'Wash at 30 °C.', url: null }] };
    await visit({ target: ORDER_STATUS });
    await words('JO-7K2M').waitFor();
    expect(await words('Wash at 30 °C.').isVisible()).toBe(false);
    await words('Linen shirt').click();
    await words('Wash at 30 °C.').waitFor();
    expect(open.problems).toEqual([]);
  });

  test('nothing to show leaves no trace', async () => {
    app.api.view = { state: 'nothing' };
    const block = await visit({ target: ORDER_STATUS });
    await expect.poll(() => block.getAttribute('data-empty'), PATIENT).toBe('');
    expect(await block.evaluate((element) => element.getBoundingClientRect().height)).toBe(0);
  });
});

describe('in the checkout', () => {
  test("a friend's code is entered quietly, and welcomed", async () => {
    await visit({ target: CHECKOUT, order: null });
    await words('Do you have a code from a friend?').click();
    const field = open.page.getByRole('textbox', { name: "Friend's code" });
    await field.fill('nope');
    await button('Apply').click();
    await words('This code cannot be used for this order.').waitFor();
    await field.fill('jo-15');
    await field.press('Enter');
    await words('A gift from Jo: 15 % off').waitFor();
    expect(await field.count()).toBe(0);
  });

  test('a code that came with a link is welcomed at once; other codes are none of our business', async () => {
    await visit({ target: CHECKOUT, order: null, discountCodes: ['JO-15'] });
    await words('A gift from Jo: 15 % off').waitFor();
    await open.page.evaluate(() => {
      Object.assign(document.querySelector('extension-block')!, { discountCodes: ['SUMMER'] });
    });
    await words('A gift from Jo: 15 % off').waitFor({ state: 'detached' });
    expect(open.problems).toEqual([]);
  });

  test('where codes may not be changed there is no field', async () => {
    const block = await visit({ target: CHECKOUT, order: null, canChangeDiscounts: false });
    await expect.poll(() => app.api.calls, PATIENT).toEqual(['GET /api/checkout']);
    expect(await block.locator('s-details').count()).toBe(0);
  });

  test('how they heard of the shop is told once', async () => {
    await visit({ target: CHECKOUT, order: null, settings: { ask_how_heard: true } });
    await open.page.getByRole('combobox', { name: heard.text }).selectOption('friend');
    await words('Thank you for telling us.').waitFor();
    await expect
      .poll(() => app.api.heard, PATIENT)
      .toMatchObject([{ checkoutToken: 'checkout-1', value: 'friend' }]);
    await open.page.reload();
    await words('Thank you for telling us.').waitFor();
  });
});

describe.each(WIDTHS)('at $viewport.width px', (size) => {
  const fits = () =>
    open.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

  test('nothing shifts while it loads', async () => {
    app.api.delayMs = 300;
    await visit({ target: THANK_YOU }, size);
    await button('Wonderful').waitFor();
    expect(await layoutShift(open.page)).toBe(0);
  });

  test.each(LOCALES)('%s: every state is readable, translated and fits', async (locale) => {
    await visit({ target: THANK_YOU, locale, editor: true }, size);
    const choices = open.page.locator('s-press-button');
    await choices.last().waitFor();
    expect(await choices.count()).toBe(5);
    expect(await fits()).toBe(true);
    expect(await seriousViolations(open.page, 'extension-block')).toEqual([]);
    await choices.last().click();
    await words('FRIEND-123').waitFor();
    expect(await fits()).toBe(true);
    expect(await seriousViolations(open.page, 'extension-block')).toEqual([]);
    await open.page.goto(
      app.url({ target: CHECKOUT, locale, editor: true, settings: { ask_how_heard: true } }),
    );
    await open.page.locator('s-select').waitFor();
    expect(await fits()).toBe(true);
    expect(await seriousViolations(open.page, 'extension-block')).toEqual([]);
    expect(open.problems).toEqual([]);
  });

  test('a missed parcel takes one press, moves nothing, and is remembered', async () => {
    app.api.view = { ...ask, parcel: 'believed' };
    const block = await visit({ target: ORDER_STATUS, locale: 'fr-FR' }, size);
    const height = () => block.evaluate((element) => element.getBoundingClientRect().height);
    const fine = async () => {
      expect(await fits()).toBe(true);
      expect(await seriousViolations(open.page, 'extension-block')).toEqual([]);
    };
    await button('Pas encore arrivée').focus();
    await fine();
    const before = await height();
    await open.page.keyboard.press('Enter');
    const told = words('Merci de nous l’avoir dit. Nous la cherchons et revenons vers vous.');
    await told.waitFor();
    await fine();
    expect(await height()).toBe(before);
    await open.page.reload();
    await told.waitFor();
    await button('Elle est arrivée').click();
    await words('Ravis qu’elle soit chez vous.').waitFor();
    expect(posts()).toHaveLength(2);
    expect(open.problems).toEqual([]);
  });

  test('the follow-up and the sorry thanks have no serious barrier', async () => {
    await visit({ target: THANK_YOU }, size);
    await button('Good').click();
    await button('Send').click();
    await words('Please write a few words.').waitFor();
    expect(await seriousViolations(open.page, 'extension-block')).toEqual([]);
    await button(size.viewport!.width < 500 ? 'Good' : 'Poor').click();
    if (size.viewport!.width < 500) await button('Poor').click();
    await button('Send').click();
    await words('We are sorry, Jo. Somebody of us reads this today.').waitFor();
    expect(await seriousViolations(open.page, 'extension-block')).toEqual([]);
  });
});
