import fc from 'fast-check';
import { expect, test } from 'vitest';
import { givenSchema, sizeOf } from '../../../app/rewards/reward.ts';
import {
  entriesOf,
  transferOf,
  type Account,
  type Change,
  type Owed,
} from '../../../app/rewards/transfer.ts';
import { givenText } from '../../../app/rewards/words.ts';
import { decimalOf, minorDigits } from '../../../app/shops/money.ts';

/** Without decimals, with two, with three. */
const CURRENCIES = ['JPY', 'EUR', 'KWD'] as const;
const accounts: Account[] = ['promised:a', 'issued:a', 'used:a', 'expense:referral', 'purse:joy', 'breakage'];
const move = fc.record({
  from: fc.constantFrom(...accounts),
  to: fc.constantFrom(...accounts),
  amount: fc.bigInt({ min: 0n, max: 10n ** 15n }),
  currency: fc.constantFrom<string>(...CURRENCIES, 'POINTS', 'CODES'),
});

test('whatever moves, entries sum to zero in every currency, one an account', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 20 }), (moves) => {
      const entries = entriesOf(moves);
      const sums = new Map<string, bigint>();
      for (const { currency, amount } of entries) sums.set(currency, (sums.get(currency) ?? 0n) + amount);
      expect([...sums.values()].every((sum) => sum === 0n)).toBe(true);
      expect(new Set(entries.map(({ account, currency }) => `${account} ${currency}`)).size).toBe(
        entries.length,
      );
      expect(entries.every(({ amount }) => amount !== 0n)).toBe(true);
    }),
  );
});

test('nothing moves backwards', () => {
  expect(() => entriesOf([{ from: 'issued:a', to: 'used:a', amount: -1n, currency: 'EUR' }])).toThrow(
    '-1 EUR cannot move from issued:a to used:a',
  );
});

test('every life of a reward leaves its whole amount in one place, to the minor unit', () => {
  const lives: [Change[], Account][] = [
    [['earned', 'void'], 'expense:referral'],
    [['earned', 'issued', 'used'], 'used:a'],
    [['earned', 'issued', 'expired'], 'breakage'],
    [['earned', 'issued', 'clawed-back'], 'expense:referral'],
    [['earned', 'issued', 'expired', 'used-after-expiry'], 'used:a'],
    [['earned', 'issued', 'clawed-back', 'used-before-clawback'], 'used:a'],
  ];
  const money = fc.record({
    amount: fc.integer({ min: 1, max: 1_000_000_000 }),
    currency: fc.constantFrom(...CURRENCIES),
  });
  fc.assert(
    fc.property(money, fc.constantFrom(...lives), (value, [changes, ends]) => {
      const size = sizeOf(givenSchema.parse({ kind: 'store-credit', value }));
      const owed: Owed = { shopId: 1n, id: 'r', customerId: 'a', paidBy: 'expense:referral', ...size };
      const entries = entriesOf(changes.flatMap((change) => transferOf(change, owed).moves));
      const expected =
        ends === 'expense:referral'
          ? []
          : [
              { account: 'expense:referral', currency: value.currency, amount: -size.amount },
              { account: ends, currency: value.currency, amount: size.amount },
            ];
      expect(entries).toEqual(expect.arrayContaining(expected));
      expect(entries).toHaveLength(expected.length);
      // What Shopify is told is the same amount.
      const decimals = minorDigits(value.currency);
      expect(decimalOf(size.amount, value.currency).split('.')[1]?.length ?? 0).toBe(decimals);
      expect(BigInt(decimalOf(size.amount, value.currency).replace('.', ''))).toBe(size.amount);
    }),
  );
});

test('a reward that is none is refused, saying what is wrong with it', () => {
  const problem = (given: object) => givenSchema.safeParse(given).error?.issues[0];
  expect(problem({ kind: 'store-credit', value: { amount: 9.99, currency: 'EUR' } })).toMatchObject({
    path: ['value', 'amount'],
  });
  expect(problem({ kind: 'gift-card', value: { amount: 500, currency: 'euro' } })).toMatchObject({
    path: ['value', 'currency'],
  });
  expect(problem({ kind: 'donation', value: { amount: 500, currency: 'EUR', to: ' ' } })).toMatchObject({
    path: ['value', 'to'],
  });
  expect(problem({ kind: 'voucher', value: {} })).toMatchObject({ path: ['kind'] });
  expect(problem({ kind: 'points', value: { points: 10 } })).toBeUndefined();
});

test('what is given is said in the reader’s language', () => {
  const credit = { kind: 'store-credit', value: { amount: 1050, currency: 'EUR' } } as const;
  expect(givenText(credit, 'en')).toBe('€10.50 store credit');
  expect(givenText(credit, 'de-AT')).toMatch(/^10,50\s€ Guthaben$/);
  expect(givenText({ kind: 'donation', value: { amount: 500, currency: 'JPY', to: '$& Co' } }, 'en')).toBe(
    '¥500 for $& Co',
  );
  expect(givenText({ kind: 'points', value: { points: 1200 } }, null, 'fr')).toMatch(/^1\s200 points$/);
  expect(givenText({ kind: 'discount', value: { percent: 10 } }, 'en')).toBe('10% off');
});
