/** What is asked after the first press: it depends on the answer, which has gone by then. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { glad, sorry } from '../../e2e/extension-views.ts';
import { all, fill, find, press, submit, text, type ExtensionPage } from './extension-page.ts';
import { openThankYou, ORDER, postsOf } from './thank-you-page.ts';

let page: ExtensionPage;

beforeEach(() => {
  page = openThankYou();
});
afterEach(() => {
  vi.useRealTimers();
  page.tearDown();
});

const posts = () => postsOf(page);

test('depends on the answer, which is sent at once; what is said to it follows under the same id', async () => {
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  press('s-press-button', 'Poor');
  await expect.poll(() => all('s-text-area')).not.toEqual([]);
  expect(posts().map(({ body }) => body)).toMatchObject([
    { answers: [{ question: 'experience', value: 1 }], more: true },
  ]);
  fill(find('s-choice-list'), 'values', ['price', 'other'], 'change');
  fill(find('s-text-area'), 'value', '  Too dear  ', 'input');
  page.answers = [sorry];
  submit();
  submit();
  await expect.poll(text).toContain('We are sorry');
  expect(posts()).toHaveLength(2);
  expect(posts()[1]!.body).toMatchObject({ amends: true, operationId: posts()[0]!.body!.operationId });
  expect(posts()[1]!.body!.answers).toEqual([
    { question: 'experience', value: 1 },
    { question: 'better', value: ['price', 'other'] },
    { question: 'comment', value: 'Too dear' },
  ]);
});

test('what is optional may stay empty', async () => {
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  press('s-press-button', 'Not great');
  await expect.poll(() => all('s-text-area')).not.toEqual([]);
  page.answers = [sorry];
  submit();
  await expect.poll(text).toContain('We are sorry');
  expect(posts()[1]!.body!.answers).toEqual([{ question: 'experience', value: 2 }]);
});

test('what is required is asked for at Send, beside the field', async () => {
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  press('s-press-button', 'Good');
  await expect.poll(() => all('s-text-area')).not.toEqual([]);
  submit();
  await vi.waitFor(() => expect(find('s-text-area').getAttribute('error')).toBe('write'));
  fill(find('s-text-area'), 'value', 'The colours', 'input');
  await vi.waitFor(() => expect(find('s-text-area').getAttribute('error')).toBeFalsy());
  expect(posts()).toHaveLength(1);
});

test('pressing the chosen one again offers all of them; another one changes the answer', async () => {
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  page.answers = [sorry];
  press('s-press-button', 'Poor');
  await expect.poll(() => all('s-text-area')).not.toEqual([]);
  press('s-press-button', 'Poor');
  await vi.waitFor(() => expect(all('s-text-area')).toHaveLength(0));
  page.answers = [glad];
  press('s-press-button', 'Wonderful');
  await expect.poll(text).toContain('JO-7K2M');
  const said = posts().map(({ body }) => [body!.answers, body!.amends ?? false]);
  expect(said).toEqual([
    [[{ question: 'experience', value: 1 }], false],
    [[{ question: 'experience', value: 5 }], true],
  ]);
  expect(new Set(posts().map(({ body }) => body!.operationId)).size).toBe(1);
});

test('an abandoned page loses nothing: the first answer has gone, the words are there on the next visit', async () => {
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  page.answers = [sorry];
  press('s-press-button', 'Poor');
  await expect.poll(() => all('s-text-area')).not.toEqual([]);
  await expect.poll(posts).toHaveLength(1);
  fill(find('s-text-area'), 'value', 'Too dear', 'input');
  await vi.waitFor(async () =>
    expect(await page.shopify.storage.read(`draft:${ORDER}`)).toMatchObject({
      answers: { experience: 1, comment: 'Too dear' },
    }),
  );
  page.leave();
  await page.render();
  await expect.poll(() => all('s-text-area')).not.toEqual([]);
  submit();
  await expect.poll(text).toContain('We are sorry');
  expect(posts()).toHaveLength(2);
  expect(posts()[1]!.body).toMatchObject({
    amends: true,
    operationId: posts()[0]!.body!.operationId,
    answers: [
      { question: 'experience', value: 1 },
      { question: 'comment', value: 'Too dear' },
    ],
  });
  expect(await page.shopify.storage.read(`draft:${ORDER}`)).toBeNull();
});

test('what is added while the app cannot be reached waits behind the first answer', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  page.answers = [503, 503, sorry];
  press('s-press-button', 'Poor');
  await expect.poll(() => all('s-text-area')).not.toEqual([]);
  fill(find('s-text-area'), 'value', 'Too dear', 'input');
  submit();
  await expect.poll(text).toContain('late');
  await vi.advanceTimersByTimeAsync(5_000);
  await expect.poll(text).toContain('We are sorry');
  const said = posts().map(({ body }) => (body!.answers as object[]).length);
  expect(said).toEqual([1, 1, 1, 2]);
  expect(await page.shopify.storage.read(`answer:${ORDER}`)).toBeNull();
});

test('who leaves it alone has answered all the same', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  page.answers = [sorry];
  press('s-press-button', 'Poor');
  await expect.poll(() => all('s-text-area')).not.toEqual([]);
  await vi.advanceTimersByTimeAsync(31_000);
  await expect.poll(text).toContain('We are sorry');
  expect(posts().map(({ body }) => body!.answers)).toEqual([[{ question: 'experience', value: 1 }]]);
});

test('who has begun to write is not cut short', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  await page.render();
  await expect.poll(text).toContain('How was your visit');
  press('s-press-button', 'Poor');
  await expect.poll(() => all('s-text-area')).not.toEqual([]);
  fill(find('s-text-area'), 'value', 'Well', 'input');
  await vi.advanceTimersByTimeAsync(120_000);
  expect(all('s-text-area')).not.toEqual([]);
  expect(posts()).toHaveLength(1);
});
