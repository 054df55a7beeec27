import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { landingTexts, offerFor, welcomeText } from '../../../app/referrals/offer.ts';
import { OFFER_TEXTS } from '../../../app/referrals/offer-texts.ts';
import { defaultTerms } from '../../../app/referrals/program.ts';
import { termsIn, termsSchema } from '../../../app/referrals/terms.ts';
import type { Order } from '../../../app/orders/order.ts';
import { commissionLeft, promiseOf } from '../../../app/referrals/promise.ts';
import { settlesAt, undoneBy } from '../../../app/referrals/referral.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));

test.each([
  ['friend', { friend: { percent: 0 } }],
  ['friend', { friend: { percent: 101 } }],
  ['advocate', { advocate: { amount: 0, currency: 'EUR' } }],
  ['perAdvocate', { perAdvocate: 0 }],
])('terms that cannot be are refused at %s', (field, wrong) => {
  const terms = defaultTerms('EUR');
  expect(termsIn(terms)).toEqual({ terms });
  const read = termsIn({ ...terms, ...wrong });
  expect('errors' in read && Object.keys(read.errors)).toEqual([field]);
});

describe('when a return window ends', () => {
  const window = { returnDays: 14, transitDays: 7 };
  const parcel = (with_: object) => ({
    status: 'shipped',
    shippedAt: day(1),
    expectedAt: null,
    deliveredAt: null,
    ...with_,
  });

  test.each([
    ['nothing travels: from payment', [], 14],
    ['arrived: from there', [parcel({ deliveredAt: day(3), status: 'delivered' })], 17],
    [
      'the last of two parcels counts',
      [parcel({ deliveredAt: day(3) }), parcel({ deliveredAt: day(9) })],
      23,
    ],
    ['under way: as if it took its time', [parcel({})], 22],
    ['under way and expected late', [parcel({ expectedAt: day(12) })], 26],
    ['a cancelled parcel counts for nothing', [parcel({ status: 'cancelled' })], 14],
    ['arrived before payment: from payment', [parcel({ deliveredAt: day(-9) })], 14],
  ])('%s', (_name, shipments, expected) => {
    expect(settlesAt({ paidAt: day(0), shipments }, window)).toEqual(day(expected));
  });

  test('never before payment plus the window, and later deliveries never make it earlier', () => {
    const arrivals = fc.array(fc.integer({ min: -20, max: 60 }), { maxLength: 5 });
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 0, max: 60 }), (days, later) => {
        const at = (some: number[]) =>
          settlesAt(
            { paidAt: day(0), shipments: some.map((n) => parcel({ deliveredAt: day(n) })) },
            window,
          ).getTime();
        return at(days) >= day(14).getTime() && at([...days, later]) >= at(days);
      }),
    );
  });
});

test('what undoes an order, the strongest reason first', () => {
  const lines = [{ quantity: 2 }] as Order['lines'];
  const none = { cancelledAt: null, refundedAt: null, deletedAt: null, lines, returns: [] };
  const back = (pieces: number) => [{ id: 1n, state: 'open' as const, at: day(1), pieces }];
  expect(undoneBy(none)).toBeNull();
  expect(undoneBy({ ...none, returns: back(1) })).toBeNull();
  expect(undoneBy({ ...none, returns: back(2) })).toBe('returned');
  expect(undoneBy({ ...none, refundedAt: day(1), returns: back(2) })).toBe('refunded');
  expect(undoneBy({ ...none, cancelledAt: day(1), refundedAt: day(1) })).toBe('cancelled');
});

test('of an order that is paid back in part a commission is the same share of what is left, to the unit', () => {
  const sum = fc.bigInt({ min: 100n, max: 10n ** 9n });
  fc.assert(
    fc.property(sum, sum, fc.integer({ min: 1, max: 100 }), (total, back, percent) => {
      const facts = { currency: 'EUR', advocateCurrency: null };
      const of = (paid: bigint) =>
        promiseOf({ kind: 'commission', value: { percent } }, { ...facts, total: paid });
      const left = back < total ? total - back : 0n;
      const kept = of(left);
      expect(commissionLeft(of(total), { left, total })).toBe(
        kept?.kind === 'commission' ? kept.value.amount : 0,
      );
    }),
  );
  // Agreed of another sum, or no share of anything: nobody can tell.
  const odd = { kind: 'commission' as const, value: { amount: 1, currency: 'EUR' } };
  expect(commissionLeft(odd, { left: 1000n, total: 5000n })).toBeNull();
  expect(commissionLeft({ kind: 'points', value: { points: 5 } }, { left: 1000n, total: 5000n })).toBeNull();
});

describe('the offer', () => {
  const shop = {
    name: 'Leaf & Co',
    domain: 'leaf.myshopify.com',
    url: 'https://leaf.example/',
    locale: 'en',
    currency: 'EUR',
  };

  test('says what both get, in the reader’s language', () => {
    const terms = defaultTerms('EUR');
    expect(offerFor(shop, terms, 'FRIEND-7KQ4-WXHT', 2, 'en')).toEqual({
      code: 'FRIEND-7KQ4-WXHT',
      shareUrl: 'https://leaf.example/apps/friends/FRIEND-7KQ4-WXHT',
      shareText: '15% off at Leaf & Co with my code FRIEND-7KQ4-WXHT',
      offer: 'Your friend gets 15% off, you get €10 off when their order is settled.',
      progress: '2 friends have come so far.',
    });
    expect(offerFor(shop, terms, 'X', 0, 'de').offer).toMatch(/15\s%\sRabatt.*10\s€\sRabatt/);
    expect(offerFor(shop, terms, 'X', 1, 'ja').progress).toMatch(/1人/);
    expect(offerFor({ ...shop, url: null }, terms, 'X', 0, 'en').shareUrl).toBe(
      'https://leaf.myshopify.com/apps/friends/X',
    );
    expect(welcomeText(shop, terms, 'es')).toMatch(/15\s?%\sde\sdescuento/);
  });

  test('is whole in six languages, every name filled in', () => {
    const terms = termsSchema.parse({ ...defaultTerms('JPY'), minimum: 5000 });
    for (const locale of ['en', 'de', 'fr', 'es', 'pt-BR', 'ja']) {
      const { language, collections, ...landing } = landingTexts({ ...shop, currency: 'JPY' }, terms, locale);
      expect([language, collections]).toEqual([locale, null]);
      const texts = [...Object.values(landing), ...Object.values(offerFor(shop, terms, 'X', 3, locale))];
      for (const text of texts) expect(text).toMatch(/^[^{}]+$/);
    }
    for (const texts of Object.values(OFFER_TEXTS)) expect(Object.keys(texts)).toHaveLength(6);
  });

  test('a sum that is round in the shop’s money; a part where no sum is', () => {
    expect(defaultTerms('EUR').advocate.value).toEqual({ amount: 1000, currency: 'EUR' });
    expect(defaultTerms('JPY').advocate.value).toEqual({ amount: 1500, currency: 'JPY' });
    expect(defaultTerms('ISK').advocate.value).toEqual({ percent: 15 });
  });
});
