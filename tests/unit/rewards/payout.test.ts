import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sumsName, takeOff, type Debt, type Due } from '../../../app/rewards/payout.ts';

const who = fc.constantFrom('ana', 'bo');
const currency = fc.constantFrom('EUR', 'JPY', 'KWD');
const amount = fc.bigInt({ min: 1n, max: 5_000n });
const due: fc.Arbitrary<Due> = fc.record({
  batch: fc.constantFrom('1', '2', null),
  customerId: who,
  currency,
  amount,
});
const debts: fc.Arbitrary<Debt[]> = fc
  .array(fc.record({ customerId: who, currency, amount }), { maxLength: 6 })
  .map((all) => all.map((debt, n) => ({ ...debt, rewardId: String(n) })));

const sum = (all: readonly { amount: bigint }[]) => all.reduce((total, each) => total + each.amount, 0n);
const min = (a: bigint, b: bigint) => (a < b ? a : b);

test('a debt is taken off its own advocate in its own currency, all of it that fits, and never more than is due or owed', () => {
  fc.assert(
    fc.property(fc.array(due, { maxLength: 8 }), debts, (rows, owed) => {
      const taken = takeOff(rows, owed);
      for (const customerId of ['ana', 'bo'])
        for (const of of ['EUR', 'JPY', 'KWD']) {
          const theirs = <T extends { customerId: string; currency: string }>(all: readonly T[]) =>
            all.filter((each) => each.customerId === customerId && each.currency === of);
          expect(sum(theirs(taken))).toBe(min(sum(theirs(rows)), sum(theirs(owed))));
          for (const batch of ['1', '2', null]) {
            const inIt = <T extends { batch: string | null }>(all: readonly T[]) =>
              all.filter((each) => each.batch === batch);
            expect(sum(inIt(theirs(taken)))).toBeLessThanOrEqual(sum(inIt(theirs(rows))));
          }
        }
      for (const { rewardId, amount: most } of owed)
        expect(sum(taken.filter((one) => one.rewardId === rewardId))).toBeLessThanOrEqual(most);
      return taken.every((one) => one.amount > 0n);
    }),
  );
});

test('the oldest batch takes off first, what is in none last; a page’s sums have one name in any order', () => {
  const of = (batch: string | null): Due => ({ batch, customerId: 'ana', currency: 'EUR', amount: 30n });
  const debt = { rewardId: 'r', customerId: 'ana', currency: 'EUR', amount: 50n };
  expect(takeOff([of(null), of('b'), of('a')], [debt]).map(({ batch, amount: off }) => [batch, off])).toEqual(
    [
      ['a', 30n],
      ['b', 20n],
    ],
  );
  const [eur, jpy] = [
    { currency: 'EUR', amount: '5' },
    { currency: 'JPY', amount: '7' },
  ];
  expect(sumsName([jpy!, eur!])).toBe(sumsName([eur!, jpy!]));
});
