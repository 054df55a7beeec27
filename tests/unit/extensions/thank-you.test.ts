import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask, glad, sorry } from '../../e2e/extension-views.ts';
import { all, find, press, text, type ExtensionPage } from './extension-page.ts';
import { openThankYou, ORDER, postsOf } from './thank-you-page.ts';

let page: ExtensionPage;

beforeEach(() => {
  page = openThankYou();
});
afterEach(() => {
  vi.useRealTimers();
  page.tearDown();
});

const choices = () => all('s-press-button').map((button) => button.textContent);
const posts = () => postsOf(page);

test('holds the place of the question while it loads', async () => {
  page.answers = [ask];
  await page.render();
  expect(all('s-skeleton-paragraph')).toHaveLength(6);
  await expect.poll(text).toContain('How was your visit');
  expect(all('s-skeleton-paragraph')).toHaveLength(0);
});

test('one call shows the question, with what the page knows', async () => {
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  expect(choices()).toEqual(['Poor', 'Not great', 'All right', 'Good', 'Wonderful']);
  expect(page.calls).toHaveLength(1);
  const { url, token, method } = page.calls[0]!;
  expect([method, url.origin + url.pathname, token]).toEqual([
    'GET',
    'https://app.test/api/block',
    'token-1',
  ]);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    page: 'thank-you',
    order: ORDER,
    checkout: 'checkout-1',
    locale: 'de-DE',
    country: 'DE',
    first: 'true',
  });
});

test('an answer without a follow-up is sent by one press, and only once', async () => {
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  page.answers = [glad];
  press('s-press-button', 'Wonderful');
  press('s-press-button', 'Wonderful');
  press('s-press-button', 'Poor');
  await expect.poll(text).toContain('JO-7K2M');
  expect(posts()).toHaveLength(1);
  expect(posts()[0]!.body).toEqual({
    page: 'thank-you',
    order: ORDER,
    checkoutToken: 'checkout-1',
    locale: 'de-DE',
    country: 'DE',
    isFirst: true,
    products: [],
    survey: { id: 'survey-1', version: 1 },
    operationId: expect.stringMatching(/^[\da-f-]{36}$/),
    answers: [{ question: 'experience', value: 5 }],
  });
});

describe('thanks', () => {
  const answered = async (view: object) => {
    page.answers = [view];
    await page.render();
  };

  test('glad: code, copy, share links, QR, stage and preferences', async () => {
    page.define('shop', { name: 'Linden & Loom' });
    await answered(glad);
    await expect.poll(text).toContain('JO-7K2M');
    expect(find('s-clipboard-item').getAttribute('text')).toBe('JO-7K2M');
    expect(find('s-qr-code').getAttribute('content')).toBe(glad.referral!.shareUrl);
    const links = all('s-link').map((link) => link.getAttribute('href'));
    expect(links[0]).toBe(
      `https://wa.me/?text=${encodeURIComponent(`${glad.referral!.shareText} ${glad.referral!.shareUrl}`)}`,
    );
    expect(links.map((link) => link!.split(':')[0])).toEqual(['https', 'mailto', 'sms', 'https']);
    expect(text()).toContain('no longer strangers');
    expect(text()).toContain('said'); // they came back: what they said is repeated
  });

  test('a sorry one never celebrates and is never asked for a favour, whatever the app sends', async () => {
    await answered({ ...sorry, referral: glad.referral, referralPending: true });
    await expect.poll(text).toContain('We are sorry');
    expect(text()).not.toContain('JO-7K2M');
    expect(text()).not.toContain('codeToCome');
    expect(all('s-icon')).toHaveLength(0);
  });

  test('copied and shared are told once each, and nothing waits for it', async () => {
    await answered(glad);
    await expect.poll(text).toContain('JO-7K2M');
    page.answers = ['offline'];
    find('s-clipboard-item').dispatchEvent(new Event('copy'));
    for (let pressed = 0; pressed < 2; pressed++) press('s-link', 'whatsapp');
    press('s-link', 'mail');
    await expect.poll(() => posts().map(({ body }) => body!['shared'])).toEqual(['copy', 'share']);
    expect(posts()[0]!.body).toMatchObject({ page: 'thank-you', order: ORDER, checkoutToken: 'checkout-1' });
  });

  test('says so when copying fails', async () => {
    await answered(glad);
    await expect.poll(text).toContain('JO-7K2M');
    // jsdom knows no oncopyerror, so Preact listens to 'CopyError' here; in Shopify's worker to 'copyerror'.
    find('s-clipboard-item').dispatchEvent(new Event('CopyError'));
    await expect.poll(text).toContain('copyFailed');
  });

  test('a code that is on its way is asked for again, and takes the place that was held for it', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    await answered({ ...glad, referral: null, referralPending: true });
    await expect.poll(text).toContain('codeToCome');
    page.answers = [glad];
    await vi.advanceTimersByTimeAsync(2_500);
    await expect.poll(text).toContain('JO-7K2M');
  });

  test('the merchant may do without the QR code, and may put a heading above', async () => {
    page.shopify.settings.value = { heading: 'Before you go', show_qr: false };
    await answered(glad);
    await expect.poll(text).toContain('JO-7K2M');
    expect(all('s-qr-code')).toHaveLength(0);
    expect(find('s-section').getAttribute('heading')).toBe('Before you go');
  });
});

describe('coming back', () => {
  test('shows at once what was shown last, then what the app says now', async () => {
    await page.shopify.storage.write(`view:${ORDER}`, glad);
    page.answers = [{ ...glad, referral: { ...glad.referral, progress: 'Two friends have come so far.' } }];
    await page.render();
    await expect.poll(text).toContain('JO-7K2M');
    await expect.poll(text).toContain('Two friends have come so far.');
  });

  test('nothing to show: the block is empty, and what was shown before is forgotten', async () => {
    await page.shopify.storage.write(`view:${ORDER}`, glad);
    page.answers = [{ state: 'nothing' }];
    await page.render();
    await vi.waitFor(() => expect(document.body.children).toHaveLength(0));
    expect(await page.shopify.storage.read(`view:${ORDER}`)).toBeNull();
  });
});

test('works when the order is not known', async () => {
  page.define('orderConfirmation', undefined);
  page.define('localization', undefined);
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  expect(Object.fromEntries(page.calls[0]!.url.searchParams)).toEqual({
    page: 'thank-you',
    checkout: 'checkout-1',
    locale: 'en',
  });
});

describe('in the editor, without a session token', () => {
  beforeEach(() => {
    page.define('extension', { editor: { type: 'checkout' } });
    page.define('sessionToken', { get: () => Promise.reject(new Error('no token in the editor')) });
  });

  test('shows a sample that can be tried and is never sent', async () => {
    await page.render();
    await expect.poll(text).toContain('sample.question');
    press('s-press-button', 'sample.options.5');
    await expect.poll(text).toContain('FRIEND-123');
    expect(page.calls).toHaveLength(0);
  });
});
