/** When the app cannot be reached: nothing is lost, nothing counts twice, and the buyer sees no error of ours. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { glad } from '../../e2e/extension-views.ts';
import { press, text, type ExtensionPage } from './extension-page.ts';
import { openThankYou, ORDER, postsOf } from './thank-you-page.ts';

let page: ExtensionPage;

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  page = openThankYou();
});
afterEach(() => {
  page.tearDown();
  vi.useRealTimers();
});

const posts = () => postsOf(page);
const operations = () => posts().map(({ body }) => body!.operationId);

async function answerWhile(...failures: (number | 'offline')[]) {
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  page.answers = [...failures, glad];
  press('s-press-button', 'Wonderful');
}

test.each([[503], [429], [500], [401], ['offline' as const]])(
  'after %s the same answer is sent again',
  async (failure) => {
    await answerWhile(failure, failure);
    await expect.poll(text).toContain('late');
    expect(await page.shopify.storage.read(`answer:${ORDER}`)).toMatchObject({ path: '/api/block' });
    await vi.advanceTimersByTimeAsync(4_000);
    await expect.poll(text).toContain('JO-7K2M');
    expect(posts()).toHaveLength(3);
    expect(new Set(operations()).size).toBe(1);
    expect(await page.shopify.storage.read(`answer:${ORDER}`)).toBeNull();
  },
);

test('is sent at once when the network is back', async () => {
  await answerWhile('offline');
  await expect.poll(text).toContain('late');
  globalThis.dispatchEvent(new Event('online'));
  await expect.poll(text).toContain('JO-7K2M');
});

test('is sent on the next visit when the page was closed in between', async () => {
  await answerWhile('offline');
  await expect.poll(text).toContain('late');
  const kept = await page.shopify.storage.read(`answer:${ORDER}`);
  page.tearDown();

  page = openThankYou();
  await page.shopify.storage.write(`answer:${ORDER}`, kept);
  page.answers = [glad];
  await page.render();
  await expect.poll(text).toContain('JO-7K2M');
  expect(page.calls.map(({ method }) => method)).toEqual(['POST']);
  expect(posts()[0]!.body).toEqual((kept as { body: object }).body);
});

test('what can never be accepted is not sent again, and the buyer is thanked all the same', async () => {
  await answerWhile(422);
  await expect.poll(text).toContain('thanks');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(posts()).toHaveLength(1);
  expect(await page.shopify.storage.read(`answer:${ORDER}`)).toBeNull();
});

test('a slow app does not keep the buyer waiting', async () => {
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  const answered = Promise.withResolvers<Response>();
  Object.assign(globalThis, { fetch: () => answered.promise });
  press('s-press-button', 'Wonderful');
  await vi.advanceTimersByTimeAsync(3_000);
  await expect.poll(text).toContain('late');
  answered.resolve(new Response(JSON.stringify(glad)));
  await expect.poll(text).toContain('JO-7K2M');
});

test('the question is asked for again, and when that is no use the block stays empty', async () => {
  page.answers = [503];
  await page.render();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(page.calls).toHaveLength(5);
  expect(document.body.children).toHaveLength(0);
});

test('works without storage', async () => {
  const gone = () => Promise.reject(new Error('no storage'));
  page.define('storage', { read: gone, write: gone, delete: gone });
  await answerWhile(503);
  await vi.advanceTimersByTimeAsync(2_000);
  await expect.poll(text).toContain('JO-7K2M');
});
