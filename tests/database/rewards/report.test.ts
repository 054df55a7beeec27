/** What the pages say is what the books say, to the minor unit; and what staff do is in both. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { disagreements, remainders } from '../../../app/rewards/books.server.ts';
import { breakageRate } from '../../../app/rewards/report.ts';
import { sumsName } from '../../../app/rewards/payout.ts';
import {
  balanceOf,
  debtsOf,
  forgiveDebt,
  gatherPayouts,
  hold,
  lessen,
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
import { at, newShopifyId } from '../../friends.ts';
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
    shopify_id: newShopifyId(),
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

test('what comes back after it was paid is owed, and the next payout takes it off: file, page and books agree', async () => {
  const shop = await aShop(t.db);
  const [ana, bo] = [await aCustomer(shop), await aCustomer(shop)];
  const commission = (amount: number): Given => ({ kind: 'commission', value: { amount, currency: 'EUR' } });
  const cause = (n: number) => `referral:${n}:advocate`;
  const sums = () => across((tx) => payoutSums(tx, shop.id));
  const pay = async (at: Date) => {
    const batch = (await across((tx) => gatherPayouts(tx, shop.id, at)))!;
    const shown = (await sums()).filter((one) => one.batch === batch);
    return { batch, shown, mark: () => across((tx) => markPaid(tx, shop.id, batch, at, sumsName(shown))) };
  };
  const booked = async (account: `owing:${string}` | `used:${string}`) =>
    (await across((tx) => balanceOf(tx, shop.id, account)))[0]?.amount ?? 0n;
  await give(shop, ana, 1, commission(1000), start, null);
  await give(shop, bo, 2, commission(400), start, null);
  await loopOf()(start);
  expect(await (await pay(day(1))).mark()).toBe(2);

  // A part of Ana's order comes back, then half of it, then the news of the part once more.
  const less = (left: bigint, now: Date) =>
    across((tx) => lessen(tx, [{ shopId: shop.id, cause: cause(1), left, of: 100n }], now));
  expect([await less(80n, day(2)), await less(50n, day(3)), await less(80n, day(4))]).toEqual([1, 1, 0]);
  expect(await booked(`owing:${ana}`)).toBe(-500n);
  expect(await across((tx) => debtsOf(tx, shop.id))).toMatchObject([{ customerId: ana, amount: 500n }]);

  await give(shop, ana, 7, commission(300), day(5), null);
  await give(shop, bo, 4, commission(700), day(5), null);
  await loopOf()(day(5));
  expect(await sums()).toMatchObject([{ batch: null, amount: '700', takenOff: '300' }, { isPaid: true }]);
  const second = await pay(day(6));
  const lines = () => textOf(payoutCsv(t.db, shop.id, second.batch));
  const before = await lines();
  expect(before.join()).toContain('"commission","0.00","EUR","referral:7:advocate","3.00","3.00"');
  expect(before.join()).toContain('"commission","7.00","EUR","referral:4:advocate","7.00","0.00"');
  expect(await second.mark()).toBe(2);
  expect(await lines()).toEqual(before);
  expect(await booked(`owing:${ana}`)).toBe(-200n);

  // All of it comes back; what is left of the debt is taken off the next one.
  const back = { shopId: shop.id, cause: cause(1), reason: 'refunded' };
  expect(await across((tx) => voidRewards(tx, [back], day(7)))).toBe(1);
  expect(await booked(`owing:${ana}`)).toBe(-700n);
  await give(shop, ana, 5, commission(1000), day(8), null);
  await loopOf()(day(8));
  const third = await pay(day(9));
  expect(third.shown).toMatchObject([{ amount: '300', takenOff: '700' }]);
  // Somebody else's order comes back between the list and the press: what is said to be paid is not what is due.
  await across((tx) => voidRewards(tx, [{ ...back, cause: cause(5) }], day(9)));
  await give(shop, ana, 8, commission(900), day(9), null);
  await loopOf()(day(9));
  expect(await third.mark()).toBe(0);
  const fourth = await pay(day(10));
  const marks = await Promise.all([fourth.mark(), fourth.mark()]);
  expect(marks.toSorted()).toEqual([0, 1]);
  expect(await booked(`owing:${ana}`)).toBe(0n);
  // In money: 10 for the first, nothing for the seventh, 2 for the eighth.
  expect(await booked(`used:${ana}`)).toBe(1200n);

  expect(await across((tx) => voidRewards(tx, [{ ...back, cause: cause(2) }], day(11)))).toBe(1);
  const [debt] = await across((tx) => debtsOf(tx, shop.id));
  expect(debt).toMatchObject({ customerId: bo, amount: 400n });
  const forgiven = [1, 2].map(() => across((tx) => forgiveDebt(tx, shop.id, debt!.rewardId, day(12))));
  expect((await Promise.all(forgiven)).toSorted()).toEqual([false, true]);
  expect(await booked(`owing:${bo}`)).toBe(0n);
  expect(await across((tx) => disagreements(tx, shop.id))).toEqual([]);
  expect(await across((tx) => remainders(tx, shop.id))).toEqual([]);
});

test('a list that says something else than what is due by now is not marked as paid', async () => {
  const shop = await aShop(t.db);
  const ana = await aCustomer(shop);
  for (const n of [1, 2])
    await give(shop, ana, n, { kind: 'commission', value: { amount: 500, currency: 'EUR' } }, start, null);
  await loopOf()(start);
  const batch = (await across((tx) => gatherPayouts(tx, shop.id, start)))!;
  const shown = sumsName(await across((tx) => payoutSums(tx, shop.id)));
  const back = { shopId: shop.id, cause: 'referral:2:advocate', reason: 'refunded' };
  await across((tx) => voidRewards(tx, [back], start));
  expect(await across((tx) => markPaid(tx, shop.id, batch, day(1), shown))).toBe('changed');
  const anew = sumsName(await across((tx) => payoutSums(tx, shop.id)));
  expect(await across((tx) => markPaid(tx, shop.id, batch, day(1), anew))).toBe(1);
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
