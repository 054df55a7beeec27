import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { all, fill, find, openPage, text, type ExtensionPage } from './extension-page.ts';
import { extensionsFolder } from '../../../sandbox/extension-host/manifest.ts';
import type { CustomerBlock } from '../../../app/customer-block.ts';
import type { OrderBlock } from '../../../app/order-block.ts';

const ANA = 'gid://shopify/Customer/7';
const block: CustomerBlock = {
  customerId: '0190a000-0000-7000-8000-000000000001',
  stage: 'Friend',
  sentence: 'They ordered twice.',
  words: [{ text: 'A joy.', on: '2 Aug 2026' }],
  conversation: { id: '0190a000-0000-7000-8000-000000000002', subject: 'A crack', since: '2 hours ago' },
  code: 'FRIEND-7KQ4W',
  friends: 2,
  owed: ['€10 store credit, set aside'],
  gestures: [{ what: 'A call', why: 'Plain luck', state: 'Given', on: '1 Aug 2026' }],
  currency: 'EUR',
  leftInPurse: '42.50',
};
let page: ExtensionPage;

beforeEach(() => {
  page = openPage('admin.customer-details.block.render');
  page.define('data', { selected: [{ id: ANA }] });
  page.define('auth', { idToken: () => Promise.resolve('token-1') });
  page.answers = [block];
});
afterEach(() => page.tearDown());

const button = (label: string) => all('s-button').find((each) => each.textContent === label)!;
const press = (label: string) => button(label).dispatchEvent(new Event('click', { bubbles: true }));

test('asks for the customer who is looked at, as the member of the staff, and draws their story', async () => {
  await page.render();
  await expect.poll(text).toContain('They ordered twice.');
  const [call] = page.calls;
  expect([call!.method, call!.url.pathname, call!.url.searchParams.get('id'), call!.token]).toEqual([
    'GET',
    '/api/customer',
    ANA,
    'token-1',
  ]);
  expect(text()).toContain('“A joy.” (2 Aug 2026)');
  expect(text()).toContain('€10 store credit, set aside');
  expect(text()).toContain('A call: Plain luck. Given, 1 Aug 2026');
  expect(all('s-link').map((link) => link.getAttribute('href'))).toEqual([
    `app:app/customers/${block.customerId}`,
    `app:app/conversations?open=${block.conversation!.id}`,
  ]);
});

test('says that nothing is known, or that the app does not answer, and asks again', async () => {
  page.answers = [404];
  await page.render();
  await expect.poll(text).toContain('unknown');
  page.leave();
  page.answers = ['offline', block];
  await page.render();
  await expect.poll(text).toContain('unavailable');
  press('again');
  await expect.poll(text).toContain('They ordered twice.');
});

test('gives something, and says in the app’s words why it does not go', async () => {
  const refused = { outcome: 'refused', said: 'They have an open problem.' };
  page.answers = [block, refused, { outcome: 'given', said: 'Given.' }, block];
  await page.render();
  await vi.waitFor(() => expect(button('give.open')).toBeDefined());
  press('give.open');
  await vi.waitFor(() => expect(all('s-select')).toHaveLength(1));
  fill(find('s-text-field'), 'value', '5', 'change');
  press('give.send');
  await expect.poll(text).toContain('They have an open problem.');
  expect(page.calls[1]).toMatchObject({
    method: 'POST',
    body: { kind: 'note', amount: '5', note: '', aboutProblem: false },
  });
  press('give.send');
  await expect.poll(text).toContain('Given.');
  expect(all('s-select')).toHaveLength(0);
  expect(page.calls).toHaveLength(4);
});

describe('on an order', () => {
  const ORDER = 'gid://shopify/Order/9';
  const brought: OrderBlock = {
    referral: {
      id: '0190a000-0000-7000-8000-000000000003',
      advocateId: block.customerId,
      advocate: 'Ana Lima',
      how: 'by the link of ANA-7K4XR2, opened on 3 May 2026',
      standing: 'Being checked',
      tone: 'warning',
      why: ['The order comes from the same line.', 'The shop looks at it.'],
      due: null,
    },
  };
  beforeEach(() => {
    page.tearDown();
    page = openPage('admin.order-details.block.render');
    page.define('data', { selected: [{ id: ORDER }] });
    page.define('auth', { idToken: () => Promise.resolve('token-1') });
  });

  test('each language of the block says which it is', () => {
    const folder = path.join(extensionsFolder, 'customer-admin/locales');
    const said = readdirSync(folder).map((file) => {
      const { locale } = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as { locale: string };
      return [file.replace(/(\.default)?\.json$/, ''), locale];
    });
    expect(said.length).toBe(6);
    for (const [file, locale] of said) expect(locale).toBe(file);
  });

  test('says who brought it, how, and what has come of it', async () => {
    page.answers = [brought];
    await page.render();
    await expect.poll(text).toContain('Ana Lima');
    const [call] = page.calls;
    expect([call!.url.pathname, Object.fromEntries(call!.url.searchParams), call!.token]).toEqual([
      '/api/order',
      // Shopify's tester translates a key as itself.
      { id: ORDER, locale: 'locale' },
      'token-1',
    ]);
    for (const part of ['Being checked', 'opened on 3 May 2026', ...brought.referral!.why])
      expect(text()).toContain(part);
    expect(all('s-link').map((link) => link.getAttribute('href'))).toEqual([
      `app:app/customers/${block.customerId}`,
      `app:app/referrals/orders/${brought.referral!.id}`,
    ]);
  });

  test('says that nobody did, also of an order that is not known', async () => {
    page.answers = [{ referral: null }];
    await page.render();
    await expect.poll(text).toContain('nobody');
    page.leave();
    page.answers = [404];
    await page.render();
    await expect.poll(text).toContain('nobody');
  });
});
