import { expect, test } from 'vitest';
import { give, lockCustomers } from '../../../app/gestures/give.server.ts';
import type { Giving } from '../../../app/gestures/give.server.ts';
import { fillPurse, monthOf, pursesOf, stopPerson, withdraw } from '../../../app/gestures/gestures.server.ts';
import { historiesOf, standingsOf } from '../../../app/gestures/history.server.ts';
import type { SqlTx } from '../../../app/db.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { anOrder, at, customerOf, daysAfter, takeIn } from '../../friends.ts';

const t = testDb();
const now = at('20T12:00:00');
const rules = { restMonths: 6, leftOutPercent: 0 };

async function customersOf(shop: Shop, count: number): Promise<string[]> {
  const orders = Array.from({ length: count }, () => anOrder(shop));
  await takeIn(t.db, orders);
  return Promise.all(orders.map((order) => customerOf(t.db, order)));
}

const fill = (shop: Shop, monthly: bigint, moment = now) =>
  t.db.inShop(shop.id, (tx) =>
    fillPurse(tx, { currency: 'EUR', monthly, month: monthOf(moment, shop.timeZone) }, moment),
  );

const giving = (with_: Partial<Giving> = {}): Giving => ({
  origin: 'orders',
  subject: 'orders:10',
  present: { kind: 'note', amount: 300 },
  currency: 'EUR',
  why: { code: 'orders', number: 10 },
  by: 'rule',
  aboutProblem: false,
  ...with_,
});

async function giveIn(tx: SqlTx, shop: Shop, customerId: string, wanted: Giving, moment = now) {
  await lockCustomers(tx, shop.id, [customerId]);
  const standings = await standingsOf(tx, shop.id, await historiesOf(tx, shop.id, [customerId]));
  return give(tx, shop, { standing: standings.get(customerId)!, giving: wanted, rules }, moment);
}

const giveTo = (shop: Shop, customerId: string, with_: Partial<Giving> = {}, moment = now) =>
  t.db.acrossShops((tx) => giveIn(tx, shop, customerId, giving(with_), moment));

const purseOf = async (shop: Shop, moment = now) => {
  const [purse] = await t.db.inShop(shop.id, (tx) => pursesOf(tx, monthOf(moment, shop.timeZone)));
  return purse!;
};
const rowsOf = (shop: Shop) =>
  t.db.sqlAcrossShops<{ state: string; amount: bigint; trouble: string | null }>(
    'select state, amount, trouble from gesture where shop_id = $1 order by id',
    [shop.id],
  );

test('a purse is never overspent, however many give at once', async () => {
  const shop = await aShop(t.db);
  const customers = await customersOf(shop, 24);
  await fill(shop, 2000n);
  const given = await Promise.all(customers.map((id) => giveTo(shop, id)));
  expect(given.filter(({ outcome }) => outcome === 'given')).toHaveLength(6);
  expect(await purseOf(shop)).toMatchObject({ budget: 2000n, spent: 1800n });
  const rows = await rowsOf(shop);
  expect(rows.filter(({ state }) => state === 'to-do').reduce((sum, { amount }) => sum + amount, 0n)).toBe(
    1800n,
  );
  expect(rows.filter(({ state }) => state === 'missed')).toHaveLength(18);
});

/** What the purse must not be: it looks how much is spent, and then spends. */
async function takeAsSeen(tx: SqlTx, shop: Shop, amount: bigint, met: () => Promise<void>): Promise<boolean> {
  const [row] = await tx.sql<{ left: bigint }>(
    `select (2000 - coalesce(sum(amount), 0))::bigint as left from gesture where shop_id = $1 and state = 'to-do'`,
    [shop.id],
  );
  await met();
  return row!.left >= amount;
}

test('a purse that looks before it spends is overspent, which the same count notices', async () => {
  const shop = await aShop(t.db);
  const customers = await customersOf(shop, 8);
  // No purse row at all: only the twin decides.
  let waiting = 0;
  let open!: () => void;
  const all = new Promise<void>((resolve) => (open = resolve));
  const met = () => {
    if (++waiting === customers.length) open();
    return all;
  };
  await Promise.all(
    customers.map((id) =>
      t.db.acrossShops(async (tx) => {
        if (!(await takeAsSeen(tx, shop, 300n, met))) return;
        await tx.sql(
          `insert into gesture (shop_id, id, customer_id, origin, subject, kind, present, amount, currency, month, state, why, by, at)
           values ($1, gen_random_uuid(), $2, 'orders', 'orders:10', 'note', '{}', 300, 'EUR', '2026-05-01', 'to-do', '{}', 'rule', $3)`,
          [shop.id, id, now],
        );
      }),
    ),
  );
  const spent = (await rowsOf(shop)).reduce((sum, { amount }) => sum + amount, 0n);
  expect(spent).toBe(2400n);
});

test('the database refuses what comes past the purse by another way', async () => {
  const shop = await aShop(t.db);
  await customersOf(shop, 1).then(([id]) => fill(shop, 1000n).then(() => giveTo(shop, id!)));
  const overdraw = t.db.sqlAcrossShops('update purse_month set spent = 1001 where shop_id = $1', [shop.id]);
  await expect(overdraw).rejects.toThrow('purse_month_spent_check');
});

test('a purse that is filled with less keeps what is spent, and gives no more; a new month is full again', async () => {
  const shop = await aShop(t.db);
  const [ana, bo, cem] = await customersOf(shop, 3);
  await fill(shop, 1000n);
  await giveTo(shop, ana!);
  await fill(shop, 100n);
  expect(await purseOf(shop)).toEqual({ currency: 'EUR', monthly: 100n, budget: 300n, spent: 300n });
  expect(await giveTo(shop, bo!)).toMatchObject({
    outcome: 'refused',
    why: { code: 'purse-empty', left: 0 },
  });
  await fill(shop, 500n);
  const june = daysAfter(now, 20);
  expect(await purseOf(shop, june)).toMatchObject({ budget: 500n, spent: 0n });
  expect(await giveTo(shop, cem!, {}, june)).toMatchObject({ outcome: 'given' });
  expect(await purseOf(shop)).toMatchObject({ spent: 300n });
});

test('nobody is given something twice within the months, by however many at once', async () => {
  const shop = await aShop(t.db);
  const [ana] = await customersOf(shop, 1);
  await fill(shop, 100_000n);
  const tries = Array.from({ length: 8 }, (_, i) =>
    giveTo(shop, ana!, { subject: `hand:${i}`, by: 'staff:1' }),
  );
  const given = await Promise.all(tries);
  expect(given.filter(({ outcome }) => outcome === 'given')).toHaveLength(1);
  const until = '2026-11-20T12:00:00.000Z';
  expect(given.filter(({ outcome }) => outcome === 'refused')[0]).toEqual({
    outcome: 'refused',
    why: { code: 'given-lately', until },
  });
  expect(await giveTo(shop, ana!, { subject: 'hand:9', by: 'staff:1' }, new Date(until))).toMatchObject({
    outcome: 'given',
  });
});

test('what is taken back is in the purse again, and once', async () => {
  const shop = await aShop(t.db);
  const [ana] = await customersOf(shop, 1);
  await fill(shop, 1000n);
  const given = await giveTo(shop, ana!);
  const id = given.outcome === 'given' ? given.id : '';
  const take = () => t.db.inShop(shop.id, (tx) => withdraw(tx, { id, staff: 7n }, now));
  expect((await Promise.all([take(), take()])).sort()).toEqual([false, true]);
  expect(await purseOf(shop)).toMatchObject({ spent: 0n });
  expect(await rowsOf(shop)).toEqual([{ state: 'withdrawn', amount: 0n, trouble: 'by-staff' }]);
});

test('who is erased gets nothing more, and what was set aside for them is free again', async () => {
  const shop = await aShop(t.db);
  const [ana] = await customersOf(shop, 1);
  await fill(shop, 1000n);
  await giveTo(shop, ana!);
  await t.db.acrossShops((tx) => stopPerson(tx, shop.id, [ana!], now));
  expect(await purseOf(shop)).toMatchObject({ spent: 0n });
  expect(await rowsOf(shop)).toMatchObject([{ state: 'withdrawn', trouble: 'erased' }]);
  await t.db.sqlAcrossShops('update customer set erased_at = $2 where shop_id = $1', [shop.id, now]);
  expect(await t.db.acrossShops((tx) => lockCustomers(tx, shop.id, [ana!]))).toEqual([]);
});
