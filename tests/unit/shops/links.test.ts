import { expect, test } from 'vitest';
import { feedbackLinks } from '../../../app/feedback/links.ts';
import { reviewLinks } from '../../../app/reviews/links.ts';
import { readLink, signLink } from '../../../app/shops/signed-links.ts';

const key = Buffer.alloc(32, 1);
const other = Buffer.alloc(32, 2);

test('a link says what was signed, for its purpose and key only', () => {
  const token = signLink(key, 'answer', { s: '1', c: 'x', v: 4 });
  expect(readLink(key, 'answer', token)).toEqual({ s: '1', c: 'x', v: 4 });
  expect(readLink(key, 'review', token)).toBeNull();
  expect(readLink(other, 'answer', token)).toBeNull();
});

test('no changed token is good', () => {
  const token = signLink(key, 'answer', { s: '1' });
  for (let at = 0; at < token.length; at++) {
    const sign = token[at] === 'A' ? 'Q' : 'A';
    const changed = token.slice(0, at) + sign + token.slice(at + 1);
    expect(readLink(key, 'answer', changed)).toBeNull();
  }
  const [body] = token.split('.');
  for (const wrong of ['', '.', body!, `${body}.`, `${token}.x`, 'x'.repeat(2000)]) {
    expect(readLink(key, 'answer', wrong)).toBeNull();
  }
});

test('links of mails say whose answer and review it is', () => {
  const links = feedbackLinks({ appUrl: 'https://app.test', key });
  const reviews = reviewLinks({ appUrl: 'https://app.test', key });
  const answer = {
    shopId: 7n,
    customerId: 'c',
    orderId: 9007199254740993n,
    messageId: 'm',
    surveyKey: 'how',
  };
  const url = new URL(links.answer(answer, 4));
  expect([url.origin, url.searchParams.get('v')]).toEqual(['https://app.test', '4']);
  expect(links.readAnswer(url.pathname.slice('/a/'.length))).toEqual(answer);
  const review = { shopId: 7n, customerId: 'c', orderId: 1n, productId: null };
  expect(reviews.readReview(new URL(reviews.review(review)).pathname.slice(3))).toEqual(review);
  expect(links.readAnswer('nonsense')).toBeNull();
});
