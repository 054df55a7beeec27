import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysOf, pointsForOrder, pointsLeft, spread } from '../../../app/loyalty/points.ts';
import { benefitsAt, firstLoyalty, parseLoyalty } from '../../../app/loyalty/settings.ts';
import { loyaltyView } from '../../../app/loyalty/view.ts';

const first = firstLoyalty(100);

test.each([
  [4999n, 'EUR', 49],
  [4999n, 'JPY', 4999],
  [4999n, 'KWD', 4],
  [99n, 'EUR', 0],
  [-500n, 'EUR', 0],
])('%s minor units of %s are %s points at one a unit', (spent, currency, points) => {
  expect(pointsForOrder(spent, currency, first.points)).toBe(points);
});

test('an order of more than anybody spends earns no more than the ledger holds', () => {
  expect(pointsForOrder(10n ** 15n, 'EUR', { ...first.points, perUnit: 1_000_000 })).toBe(1_000_000_000);
});

test('what is paid back leaves as many points as what is left would have earned, never more than before, in any currency', () => {
  const currency = fc.constantFrom('EUR', 'JPY', 'KWD');
  const sum = fc.bigInt({ min: 1n, max: 10_000_000n });
  fc.assert(
    fc.property(
      currency,
      sum,
      fc.array(sum, { maxLength: 6 }),
      fc.integer({ min: 1, max: 50 }),
      (of, spent, refunds, perUnit) => {
        const terms = { ...first.points, perUnit };
        const points = pointsForOrder(spent, of, terms);
        fc.pre(points > 0);
        let [left, before] = [spent, points];
        for (const refund of refunds) {
          left = left > refund ? left - refund : 0n;
          const now = pointsLeft({ points, of: Number(spent) }, { left, paid: spent }, of);
          expect(now).toBe(pointsForOrder(left, of, terms));
          expect(now).toBeLessThanOrEqual(before);
          before = now;
        }
        expect(pointsLeft({ points, of: Number(spent) }, { left: spent * 2n, paid: spent * 2n }, of)).toBe(
          points,
        );
        expect(pointsLeft({ points }, { left: 0n, paid: spent }, of)).toBe(0);
      },
    ),
  );
});

test('what is taken from lots is what was asked for, never more than is in one, and nothing where they are too few', () => {
  const lot = fc.record({ id: fc.uuid(), points: fc.bigInt({ min: 0n, max: 1000n }) });
  fc.assert(
    fc.property(fc.array(lot, { maxLength: 8 }), fc.bigInt({ min: 1n, max: 4000n }), (lots, points) => {
      const taken = spread(lots, points);
      const all = lots.reduce((sum, each) => sum + each.points, 0n);
      if (all < points) return taken === null;
      expect(taken!.reduce((sum, each) => sum + each.points, 0n)).toBe(points);
      return taken!.every(
        (each, i) =>
          each.points > 0n &&
          (i === taken!.length - 1 || each.points === lots.find(({ id }) => id === each.id)!.points),
      );
    }),
  );
});

test('points last whole months on the calendar', () => {
  expect(daysOf(null, new Date('2026-01-31T00:00:00Z'))).toBeNull();
  expect(daysOf(12, new Date('2026-01-15T00:00:00Z'))).toBe(365);
});

test('a benefit comes from its stage on, and closer', () => {
  const settings = {
    ...first,
    benefits: {
      ...first.benefits,
      tag: { ...first.benefits.tag, from: 'friend' as const },
      inbox: { from: 'family' as const, pace: 50 },
    },
  };
  expect(benefitsAt('acquaintance', settings)).toEqual([]);
  expect(benefitsAt('friend', settings)).toEqual(['tag']);
  expect(benefitsAt('family', settings)).toEqual(['tag', 'inbox']);
});

test('what every shop begins with is sound and gives nothing; what is wrong is named with its place', () => {
  expect(parseLoyalty(first)).toEqual({ settings: first });
  expect(benefitsAt('family', first)).toEqual([]);
  const wrong = { ...first, points: { ...first.points, perUnit: 1.5, redeem: { points: 0, amount: 0 } } };
  expect(parseLoyalty(wrong)).toEqual({
    problems: [
      { path: 'points.perUnit', message: 'Write a whole number' },
      { path: 'points.redeem.points', message: 'At least one' },
      { path: 'points.redeem.amount', message: 'More than nothing' },
    ],
  });
});

test.each([
  ['en', 'You have 1,200 points. 500 of them are worth €5. 30 more are on their way.'],
  ['de-AT', 'Sie haben 1.200 Punkte. 500 davon sind 5 € wert. 30 weitere sind unterwegs.'],
  ['fr', 'Vous avez 1 200 points. 500 points valent 5 €. 30 autres arrivent.'],
])('is told in %s', (locale, sentence) => {
  const on = { ...first, points: { ...first.points, since: '2026-01-01T00:00:00.000Z' } };
  const view = loyaltyView(['shipping', 'inbox'], { points: 1200n, coming: 30n }, on, {
    locale,
    currency: 'EUR',
  });
  expect(view.points?.sentence.replaceAll(/\s/g, ' ')).toBe(sentence);
  expect(view.benefits).toHaveLength(1);
});

test('points that are off, or worth something in a currency that the shop has left, are told and turned into nothing', () => {
  const on = { ...first, points: { ...first.points, since: '2026-01-01T00:00:00.000Z' } };
  for (const settings of [first, { ...on, currency: 'USD' }]) {
    const view = loyaltyView([], { points: 1200n, coming: 0n }, settings, { locale: 'en', currency: 'EUR' });
    expect(view.points).toMatchObject({ sentence: 'You have 1,200 points.', canRedeem: false });
  }
});
