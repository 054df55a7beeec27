import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ask, glad } from '../../e2e/extension-views.ts';
import { all, openPage, signal, text, type ExtensionPage } from './extension-page.ts';

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

test('an order that is not known is asked about all the same', async () => {
  page.define('order', signal(undefined));
  page.answers = [{ state: 'nothing' }];
  await page.render();
  await vi.waitFor(() => expect(document.body.children).toHaveLength(0));
  expect(page.calls).toHaveLength(1);
});
