/** Questions about products as forms say them, and the mail that tells of an answer. */
import { expect, test } from 'vitest';
import { isTold, readAnswer, readName, readQuestion } from '../../../app/reviews/questions/question.ts';
import { questionsWanted } from '../../../app/reviews/questions/wanted.ts';
import { reviewLinks } from '../../../app/reviews/links.ts';

const sent = { text: 'Is it oven proof?', name: ' Ana \n S. ', email: ' Ana@Example.com ', trap: '' };

test.each([
  [{}, { text: 'Is it oven proof?', name: 'Ana S.', email: 'Ana@example.com' }],
  [
    { email: '', name: '' },
    { text: 'Is it oven proof?', name: null, email: null },
  ],
  [{ text: ' ok? ' }, { problem: 'too-short' }],
  [{ text: 'a'.repeat(1001) }, { problem: 'too-long' }],
  [
    { text: '🫖'.repeat(1000), name: '', email: '' },
    { text: '🫖'.repeat(1000), name: null, email: null },
  ],
  [{ email: 'ana@' }, { problem: 'email' }],
  [{ email: 'ana@example.com\r\nBcc: all@example.com' }, { problem: 'email' }],
  [{ trap: 'https://buy.example' }, { problem: 'trap' }],
])('%o is read as %o', (change, read) => {
  expect(readQuestion({ ...sent, ...change })).toEqual(read);
});

test('answers and names are kept as typed, within their limits', () => {
  expect(readAnswer(' Yes,\r\nit is. ')).toBe('Yes,\nit is.');
  expect(readAnswer(' \u0007 ')).toEqual({ problem: 'too-short' });
  expect(readAnswer('a'.repeat(4001))).toEqual({ problem: 'too-long' });
  expect(readName('x'.repeat(100))).toBe('x'.repeat(60));
  expect([0, 1, 2, 3].map((before) => isTold('merchant', before))).toEqual([true, true, true, false]);
  expect([0, 1].map((before) => isTold('buyer', before))).toEqual([true, false]);
});

test('forms are signed for one shop, product and person; addresses narrow lists, junk does not', () => {
  const links = reviewLinks({ appUrl: 'https://app.example', key: Buffer.alloc(32, 3) });
  const shownAt = new Date('2026-05-20T12:00:00Z');
  const form = { shopId: 7n, productId: 11n, shopifyCustomerId: null, shownAt };
  expect(links.readAsking(links.asking(form))).toEqual(form);
  expect(links.readAsking(links.asking({ ...form, shopifyCustomerId: 5n }))?.shopifyCustomerId).toBe(5n);
  expect(links.readQuestion(links.asking(form))).toBeNull();
  expect(links.question({ shopId: 7n, questionId: 'q' })).toMatch(/^https:\/\/app\.example\/k\//);
  const wanted = (query: string) => questionsWanted(new URLSearchParams(query));
  expect(wanted('show=held&product=11')).toMatchObject({ show: 'held', productId: 11n });
  expect(wanted('show=x&product=-1&customer=me')).toEqual({
    show: null,
    productId: null,
    customerId: null,
    text: '',
  });
});
