import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask, glad } from '../../e2e/extension-views.ts';
import { all, openPage, press, signal, text, type ExtensionPage } from './extension-page.ts';

const KEY = 'parcel:gid://shopify/Order/7';
let page: ExtensionPage;
beforeEach(() => {
  page = openPage('customer-account.order-status.block.render');
  page.define('order', signal({ id: 'gid://shopify/Order/7', name: '#1001' }));
});
afterEach(() => page.tearDown());

test('the same block, told which page it stands on', async () => {
  page.answers = [ask];
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  expect(page.calls[0]!.url.searchParams.get('page')).toBe('order-status');
  expect(page.calls[0]!.url.searchParams.get('order')).toBe('gid://shopify/Order/7');
});

test('care guides of what was bought are folded, one line each', async () => {
  page.answers = [
    {
      ...glad,
      careGuides: [
        { title: 'Linen shirt', text: 'Wash at 30 °C.', url: 'https://linden.example/care' },
        { title: 'Wool blanket', text: 'Air it, wash it rarely.', url: null },
      ],
    },
  ];
  await page.render();
  await expect.poll(text).toContain('Wash at 30 °C.');
  expect(all('s-summary').map(({ textContent }) => textContent)).toEqual(['Linen shirt', 'Wool blanket']);
  expect(text()).toContain('careMore');
});

test('its own buyer is shown where photos and stories go, whatever else there is to say', async () => {
  page.answers = [{ state: 'nothing', storyUrl: 'https://app.test/s/token' }];
  await page.render();
  await expect.poll(text).toContain('story');
  expect(all('s-link').map((link) => link.getAttribute('href'))).toEqual(['https://app.test/s/token']);
});

test('what comes with being close is read there, and points are turned into their worth by one press', async () => {
  const points = { balance: 600, sentence: '600 points', canRedeem: true, redeem: 'Turn 500 into 5 €' };
  const loyalty = { benefits: ['Your shipping is free.'], points };
  const after = { ...loyalty, points: { ...points, sentence: '100 points', canRedeem: false } };
  page.answers = [{ state: 'nothing', loyalty }, 503, { state: 'nothing', loyalty: after }];
  await page.render();
  await expect.poll(text).toContain('Your shipping is free.');
  press('s-button');
  await expect.poll(text, { timeout: 5000 }).toContain('100 points');
  expect(all('s-button')).toHaveLength(0);
  // The answer got lost once: what is sent again is the same operation.
  const told = page.calls.filter(({ method }) => method === 'POST').map(({ body }) => body!['redeem']);
  expect(told).toHaveLength(2);
  expect(told[0]).toBe(told[1]);
});

test('an order that is not known is asked about all the same', async () => {
  page.define('order', signal(undefined));
  page.answers = [{ state: 'nothing' }];
  await page.render();
  await vi.waitFor(() => expect(document.body.children).toHaveLength(0));
  expect(page.calls).toHaveLength(1);
});

describe('a parcel that nobody has seen arrive', () => {
  const posts = () => page.calls.filter(({ method }) => method === 'POST');
  const open = async (...answers: ExtensionPage['answers']) => {
    page.answers = answers;
    await page.render();
  };

  test('one press says that it has not arrived, and is thanked', async () => {
    await open({ ...ask, parcel: 'believed' }, { ...ask, parcel: 'missing' });
    await expect.poll(text).toContain('parcel.late');
    press('s-button', 'parcel.missing');
    await expect.poll(text).toContain('parcel.told');
    expect(posts()).toMatchObject([
      { body: { page: 'order-status', order: 'gid://shopify/Order/7', parcel: 'missing' } },
    ]);
    // The question stands as before, and nothing is left to press a second time.
    expect(text()).toContain('How was your visit');
    expect(all('s-button').map(({ textContent }) => textContent)).not.toContain('parcel.arrived');
  });

  test('who comes back is told so again, and may say that it is here', async () => {
    await open({ state: 'nothing', parcel: 'missing' }, { state: 'nothing' });
    await expect.poll(text).toContain('parcel.told');
    press('s-button', 'parcel.arrived');
    await expect.poll(text).toContain('parcel.good');
    expect(posts()).toMatchObject([{ body: { parcel: 'arrived' } }]);
  });

  test('what the app has not heard is said on the next visit', async () => {
    await open({ ...ask, parcel: 'believed' }, 'offline');
    await expect.poll(text).toContain('parcel.late');
    press('s-button', 'parcel.missing');
    await expect.poll(text).toContain('parcel.told');
    await expect.poll(() => page.shopify.storage.read(KEY)).toMatchObject({ path: '/api/block' });
    page.leave();
    page.calls.length = 0;
    await open({ ...ask, parcel: 'missing' });
    await expect.poll(text).toContain('parcel.told');
    await expect.poll(posts).toMatchObject([{ body: { parcel: 'missing' } }]);
    await expect.poll(() => page.shopify.storage.read(KEY)).toBeNull();
  });

  test('a scan that came in between makes it needless', async () => {
    await open({ ...ask, parcel: 'believed' }, ask);
    await expect.poll(text).toContain('parcel.late');
    press('s-button', 'parcel.missing');
    await expect.poll(text).not.toContain('parcel.');
  });

  test('is not spoken of where there is nothing to say', async () => {
    await open(ask);
    await expect.poll(text).toContain('How was your visit');
    expect(text()).not.toContain('parcel.');
  });
});
