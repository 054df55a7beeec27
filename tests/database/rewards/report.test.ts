/** What the pages say is what the books say, to the minor unit; and what staff do is in both. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { disagreements } from '../../../app/rewards/books.server.ts';
import { breakageRate } from '../../../app/rewards/report.ts';
import {
  gatherPayouts,
  hold,
  makeRewardLoop,
  markPaid,
  mergeCustomers,
  monthsOf,
  owedCsv,
  owedNow,
  payoutCsv,
  payoutSums,
  rewardStory,
  voidByStaff,
  voidRewards,
} from '../../../app/rewards/rewards.server.ts';
import type { Given, RewardDraft } from '../../../app/rewards/reward.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { creditsAtShopify } from '../../credits.ts';
import { discountsAtShopify } from '../../discounts.ts';
import { testDb } from '../../database.ts';
import { at } from '../../friends.ts';
import { insertRow } from '../rows.ts';

const t = testDb();
const start = at('10T12:00:00');
const day = (count: number) => new Date(start.getTime() + count * 86_400_000);
const codeKey = Buffer.alloc(32, 5);
const across = <T>(work: Parameters<typeof t.db.acrossShops<T>>[0]) => t.db.acrossShops(work);

async function aCustomer(shop: Shop): Promise<string> {
  const id = randomUUID();
  await insertRow(t.db, 'customer', {
    shop_id: shop.id,
    id,
    shopify_id: 77n,
    email: `${id}@example.com`,
    first_name: 'Ana',
  });
  return id;
}
const loopOf = () =>
  makeRewardLoop({ db: t.db, discounts: discountsAtShopify().discounts, ...creditsAtShopify(), codeKey });
const give = (
  shop: Shop,
  customerId: string,
  n: number,
  given: Given,
  moment: Date,
  validDays: number | null = 40,
) =>
  across((tx) => {
    const base = {
      shopId: shop.id,
      cause: `referral:${n}:advocate`,
      customerId,
      validDays,
      isReady: n % 3 !== 0,
    };
    return hold(tx, [{ ...base, ...given } as RewardDraft], moment);
  });

const given = fc.oneof(
  fc.record({
    kind: fc.constantFrom('store-credit', 'gift-card', 'commission'),
    value: fc.record({
      amount: fc.integer({ min: 1, max: 1_000_000_000 }),
      currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
    }),
  }),
  fc.constant({ kind: 'free-shipping', value: {} }),
  fc.record({ kind: fc.constant('points'), value: fc.record({ points: fc.integer({ min: 1, max: 9999 }) }) }),
) as fc.Arbitrary<Given>;
const life = fc.record({ given, day: fc.nat(400), isVoid: fc.boolean() });

/** What the accounts of the ledger sum to, by currency. */
const sumOf = async (shop: Shop, accounts: string) => {
  const rows = await t.db.sqlAcrossShops<{ currency: string; amount: string }>(
    `select currency, sum(amount)::text as amount from ledger_entry where shop_id = $1 and account ~ $2 group by 1 having sum(amount) <> 0`,
    [shop.id, accounts],
  );
  return Object.fromEntries(rows.map(({ currency, amount }) => [currency, amount]));
};
const added = <Row extends { currency: string }>(rows: readonly Row[], amount: (row: Row) => string) => {
  const sums: Record<string, bigint> = {};
  for (const row of rows) sums[row.currency] = (sums[row.currency] ?? 0n) + BigInt(amount(row));
  return Object.fromEntries(
    Object.entries(sums).flatMap(([key, sum]) => (sum === 0n ? [] : [[key, String(sum)]])),
  );
};

test('what is owed and what each month moved sum to the ledger, to the minor unit, in every currency', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 10 }), async (lives) => {
      const shop = await aShop(t.db);
      const [ana, bea] = [await aCustomer(shop), randomUUID()];
      const loop = loopOf();
      for (const [n, one] of lives.toSorted((a, b) => a.day - b.day).entries()) {
        await give(shop, ana, n, one.given, day(one.day));
        while ((await loop(day(one.day))) > 0);
        const back = { shopId: shop.id, cause: `referral:${n}:advocate`, reason: 'refunded' };
        if (one.isVoid) await across((tx) => voidRewards(tx, [back], day(one.day + 10)));
      }
      await across((tx) => mergeCustomers(tx, [{ shopId: shop.id, from: ana, into: bea }], day(401)));
      const [owed, months] = await across(async (tx) => [
        await owedNow(tx, shop.id, day(410)),
        await monthsOf(tx, shop.id, 'Europe/Berlin'),
      ]);
      expect(added(owed, (row) => row.amount)).toEqual(await sumOf(shop, '^(promised|issued):'));
      expect(added(months, (row) => row.used)).toEqual(await sumOf(shop, '^used:'));
      expect(added(months, (row) => row.expired)).toEqual(await sumOf(shop, '^breakage$'));
      const last = months.filter((row, i) => months[i - 1]?.currency !== row.currency);
      expect(added(last, (row) => row.owed)).toEqual(await sumOf(shop, '^(promised|issued):'));
    }),
    { numRuns: 15 },
  );
}, 60_000);

test('the rate of breakage is of what came to its end', () => {
  expect(breakageRate({ used: '300', expired: '100' })).toBe(0.25);
  expect(breakageRate({ used: '0', expired: '0' })).toBeNull();
});

async function textOf(csv: AsyncGenerator<string>): Promise<string[]> {
  let text = '';
  for await (const part of csv) text += part;
  return text.trim().split('\r\n').slice(1);
}

test('what is owed can be taken along, in units that people read', async () => {
  const shop = await aShop(t.db);
  const ana = await aCustomer(shop);
  await give(shop, ana, 1, { kind: 'gift-card', value: { amount: 1050, currency: 'EUR' } }, start);
  await give(shop, ana, 2, { kind: 'points', value: { points: 250 } }, start);
  await loopOf()(start);
  await give(shop, ana, 3, { kind: 'commission', value: { amount: 1500, currency: 'JPY' } }, start);
  expect(await textOf(owedCsv(t.db, shop.id, day(100)))).toEqual([
    '"EUR","gift-card","given","91 days to a year","10.50"',
    '"JPY","commission","promised","91 days to a year","1500"',
    '"POINTS","points","given","91 days to a year","250"',
  ]);
});

test('commissions are gathered, taken along and paid as one batch; what was taken back meanwhile is not', async () => {
  const shop = await aShop(t.db);
  const ana = await aCustomer(shop);
  const commission: Given = { kind: 'commission', value: { amount: 700, currency: 'EUR' } };
  await give(shop, ana, 1, commission, start, null);
  await give(shop, ana, 2, commission, start, null);
  await give(
    shop,
    ana,
    4,
    { kind: 'donation', value: { amount: 300, currency: 'EUR', to: 'The sea' } },
    start,
    null,
  );
  await loopOf()(start);
  const batch = (await across((tx) => gatherPayouts(tx, shop.id, start)))!;
  expect(await across((tx) => gatherPayouts(tx, shop.id, start))).toBeNull();
  expect(await textOf(payoutCsv(t.db, shop.id, batch))).toHaveLength(3);
  const back = { shopId: shop.id, cause: 'referral:2:advocate', reason: 'refunded' };
  await across((tx) => voidRewards(tx, [back], start));
  const paid = await Promise.all([1, 2].map(() => across((tx) => markPaid(tx, shop.id, batch, day(1)))));
  expect(paid.sort()).toEqual([0, 2]);
  expect(await across((tx) => payoutSums(tx, shop.id))).toMatchObject([
    { batch, currency: 'EUR', count: 2, amount: '1000', isPaid: true },
  ]);
  const lines = await textOf(payoutCsv(t.db, shop.id, batch));
  expect(lines[1]).toContain('"The sea",,"donation","3.00","EUR","in the name of Ana"');
  expect(await across((tx) => disagreements(tx, shop.id))).toEqual([]);
});

test('one reward tells its whole story; a person may end it, and it is kept who did and why', async () => {
  const shop = await aShop(t.db);
  const ana = await aCustomer(shop);
  await give(shop, ana, 1, { kind: 'store-credit', value: { amount: 999, currency: 'EUR' } }, start);
  await loopOf()(start);
  const [{ id }] = (await t.db.sqlAcrossShops<{ id: string }>('select id from reward where shop_id = $1', [
    shop.id,
  ])) as [{ id: string }];
  const ask = { shopId: shop.id, id, note: 'Asked for something else', by: 'Kim' };
  expect(await across((tx) => voidByStaff(tx, ask, day(1)))).toBe(true);
  expect(await across((tx) => voidByStaff(tx, ask, day(1)))).toBe(false);
  const story = await across((tx) => rewardStory(tx, shop.id, id));
  expect(story).toMatchObject({
    reward: { state: 'clawed-back', reason: { code: 'staff', note: 'Asked for something else', by: 'Kim' } },
    bookings: [
      { from: 'expense:referral', to: `promised:${ana}`, amount: '999' },
      { from: `promised:${ana}`, to: `issued:${ana}` },
      { from: `issued:${ana}`, to: 'expense:referral', currency: 'EUR' },
    ],
  });
  expect(await across((tx) => rewardStory(tx, shop.id, randomUUID()))).toBeNull();
});
