import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { all, fill, find, openPage, signal, submit, text, type ExtensionPage } from './extension-page.ts';

const heard = { text: 'How did you hear about us?', options: [{ value: 'friend', label: 'From a friend' }] };
const gift = { friend: { name: 'Jo', message: 'A gift from Jo: 15 % off' }, heard };
const nothing = { friend: null, heard };
let page: ExtensionPage;

beforeEach(() => {
  page = openPage('purchase.checkout.block.render');
  page.define('discountCodes', signal([]));
  page.define('instructions', signal({ discounts: { canUpdateDiscountCodes: true } }));
  page.answers = [nothing];
});
afterEach(() => page.tearDown());

const settle = () => vi.waitFor(() => expect(page.calls.length).toBeGreaterThan(0));

test("greets whoever comes with a friend's code", async () => {
  page.define('discountCodes', signal([{ code: 'SUMMER' }, { code: 'JO-7K2M' }]));
  page.answers = [nothing, gift];
  await page.render();
  await expect.poll(text).toContain('A gift from Jo: 15 % off');
  expect(page.calls.map(({ url }) => url.searchParams.get('code'))).toEqual(['SUMMER', 'JO-7K2M']);
  expect(all('s-details')).toHaveLength(0);
});

test('says nothing of codes that are no friend’s', async () => {
  page.answers = [{ friend: null, heard: null }];
  page.define('discountCodes', signal([{ code: 'SUMMER' }]));
  await page.render();
  await settle();
  await vi.waitFor(() => expect(all('s-skeleton-paragraph')).toHaveLength(0));
  expect(text()).toBe('');
});

describe('the field for a code', () => {
  const change = vi.fn<(change: object) => Promise<object>>();
  beforeEach(() => {
    change.mockReset();
    page.define('applyDiscountCodeChange', change);
  });
  const problem = () => find('s-text-field').getAttribute('error');

  test('applies what was typed', async () => {
    change.mockResolvedValue({ type: 'success' });
    await page.render();
    fill(find('s-text-field'), 'value', ' jo-7k2m ', 'input');
    submit();
    expect(change).toHaveBeenCalledWith({ type: 'addDiscountCode', code: 'jo-7k2m' });
  });

  test('that Shopify does not take as it was typed is asked of the app, and applied as it was meant', async () => {
    change.mockImplementation(async (asked) => ({
      type: 'code' in asked && asked.code === 'JO-7K4XR2' ? 'success' : 'error',
    }));
    page.answers = [nothing, { friend: { ...gift.friend, code: 'JO-7K4XR2' }, heard: null }];
    await page.render();
    await settle();
    fill(find('s-text-field'), 'value', 'jo 7k4xrz', 'input');
    submit();
    await vi.waitFor(() => expect(change).toHaveBeenCalledTimes(2));
    expect(change).toHaveBeenLastCalledWith({ type: 'addDiscountCode', code: 'JO-7K4XR2' });
    await vi.waitFor(() => expect(find('s-button').hasAttribute('loading')).toBe(false));
    expect(problem()).toBeNull();
  });

  test('says so in our words when the code is not accepted', async () => {
    change.mockResolvedValue({ type: 'error', message: 'invalid' });
    await page.render();
    fill(find('s-text-field'), 'value', 'nope', 'input');
    submit();
    await vi.waitFor(() => expect(problem()).toBe('notAccepted'));
  });

  test('asks for a code when there is none', async () => {
    await page.render();
    submit();
    await vi.waitFor(() => expect(problem()).toBe('enterCode'));
    expect(change).not.toHaveBeenCalled();
  });

  test.each([
    [
      'where discounts may not be changed',
      () => page.define('instructions', signal({ discounts: { canUpdateDiscountCodes: false } })),
    ],
    [
      'when the merchant switched it off',
      () => (page.shopify.settings.value = { ask_how_heard: undefined, show_code_field: false }),
    ],
  ])('is not there %s', async (_, arrange) => {
    arrange();
    await page.render();
    await settle();
    expect(all('s-details')).toHaveLength(0);
  });
});

describe('how did you hear about us', () => {
  beforeEach(() => {
    page.shopify.settings.value = { show_code_field: undefined, ask_how_heard: true };
  });
  const posts = () => page.calls.filter(({ method }) => method === 'POST');

  test('is asked when the app asks it, unless the merchant does not want it here', async () => {
    page.shopify.settings.value = { show_code_field: undefined, ask_how_heard: undefined };
    await page.render();
    await expect.poll(() => all('s-select')).toHaveLength(1);
    page.leave();
    page.shopify.settings.value = { show_code_field: undefined, ask_how_heard: false };
    await page.render();
    await expect.poll(() => page.calls).toHaveLength(2);
    expect(all('s-select')).toHaveLength(0);
  });

  test('is told once', async () => {
    await page.render();
    await expect.poll(() => all('s-select')).not.toEqual([]);
    const select = find('s-select');
    fill(select, 'value', 'friend', 'change');
    fill(select, 'value', 'friend', 'change');
    await expect.poll(text).toContain('heardThanks');
    await vi.waitFor(() => expect(posts().length).toBeGreaterThan(0));
    expect(new Set(posts().map(({ body }) => body!.operationId)).size).toBe(1);
    expect(posts()[0]!.body).toMatchObject({ checkoutToken: 'checkout-1', value: 'friend' });
  });

  test('is not asked again in the same checkout', async () => {
    await page.shopify.storage.write('told:checkout-1', true);
    await page.render();
    await expect.poll(text).toContain('heardThanks');
  });
});

test('in the editor merchants see what buyers with a code see', async () => {
  page.define('extension', { editor: { type: 'checkout' } });
  page.define('sessionToken', { get: () => Promise.reject(new Error('no token in the editor')) });
  await page.render();
  await expect.poll(text).toContain('sample.friend');
});
