import { expect, test } from 'vitest';
import {
  fillPurse,
  finishByHand,
  makeCarryOutLoop,
  makeGestureCalendar,
  makeLookLoop,
  monthOf,
  saveGestureSettings,
} from '../../../app/gestures/gestures.server.ts';
import type { GesturesAtShopify } from '../../../app/gestures/carry-out.ts';
import type { Present } from '../../../app/gestures/gesture.ts';
import { firstSettings, type GestureSettings, type Occasion } from '../../../app/gestures/settings.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { watchLease } from '../../leases.ts';
import { testDb } from '../../database.ts';
import { anOrder, at, customerOf, daysAfter, eventsOf, reactionsOf, takeIn } from '../../friends.ts';

const t = testDb();
const since = at('01T00:00:00').toISOString();

interface Set {
  on: Partial<Record<Occasion['kind'], { number?: number; present?: Present }>>;
  leftOutPercent?: number;
  monthly?: bigint;
}

async function aGenerousShop({ on, leftOutPercent = 0, monthly = 100_000n }: Set): Promise<Shop> {
  const shop = await aShop(t.db);
  const first = firstSettings('EUR', 100);
  const settings: GestureSettings = {
    ...first,
    leftOutPercent,
    occasions: first.occasions.map((one) => ({
      ...one,
      ...on[one.kind],
      since: on[one.kind] ? since : null,
    })),
  };
  await t.db.inShop(shop.id, async (tx) => {
    await saveGestureSettings(tx, shop, settings, new Date(since));
    await fillPurse(
      tx,
      { currency: 'EUR', monthly, month: monthOf(new Date(since), shop.timeZone) },
      new Date(since),
    );
  });
  return shop;
}

/** Everything that follows from what has happened, until nothing does. */
async function live(now: Date) {
  const reactions = reactionsOf(t.db);
  const look = makeLookLoop({ db: t.db });
  let done = 1;
  while (done > 0) {
    await reactions.settle(now);
    done = await look(now);
  }
}

const gesturesOf = (shop: Shop) =>
  t.db.sqlAcrossShops<{
    id: string;
    subject: string;
    state: string;
    trouble: string | null;
    order_id: bigint | null;
  }>('select id, subject, state, trouble, order_id from gesture where shop_id = $1 order by at, id', [
    shop.id,
  ]);

const spentIn = async (shop: Shop) => {
  const rows = await t.db.sqlAcrossShops<{ spent: bigint }>(
    'select spent from purse_month where shop_id = $1',
    [shop.id],
  );
  return rows[0]?.spent ?? 0n;
};

async function buyTimes(shop: Shop, times: number, from = at('10T12:00:00')) {
  const customerId = BigInt(shop.id) + 70_000n;
  const orders = Array.from({ length: times }, (_, i) =>
    anOrder(shop, {
      customerId,
      email: `ana-${shop.id}@example.com`,
      at: new Date(from.getTime() + i * 60_000),
    }),
  );
  for (const order of orders) await takeIn(t.db, [order]);
  return { id: await customerOf(t.db, orders[0]!), orders };
}

test('the second order brings a note, once, with the order that it goes with', async () => {
  const shop = await aGenerousShop({ on: { orders: { number: 2, present: { kind: 'note', amount: 200 } } } });
  const { orders } = await buyTimes(shop, 3);
  const now = at('11T12:00:00');
  await live(now);
  await buyTimes(shop, 1, at('12T12:00:00'));
  await live(at('12T13:00:00'));
  expect(await gesturesOf(shop)).toMatchObject([
    { subject: 'orders:2', state: 'to-do', order_id: orders[2]!.id },
  ]);
  expect(await spentIn(shop)).toBe(200n);
});

test('what was before an occasion was switched on, or long ago, is not made up for', async () => {
  const shop = await aGenerousShop({ on: { orders: { number: 2 } } });
  await buyTimes(shop, 2, new Date('2026-04-20T12:00:00Z'));
  await live(at('02T12:00:00'));
  expect(await gesturesOf(shop)).toEqual([]);
});

test('who is left out is remembered beside those who are given something, and costs nothing', async () => {
  const shop = await aGenerousShop({ on: { orders: { number: 2 } }, leftOutPercent: 50 });
  // Which half somebody is in hangs on their id: enough of them for both.
  for (let i = 0; i < 12; i++) {
    const customerId = BigInt(shop.id) + 80_000n + BigInt(i);
    const email = `who-${shop.id}-${i}@example.com`;
    await takeIn(t.db, [anOrder(shop, { customerId, email }), anOrder(shop, { customerId, email })]);
  }
  await live(at('10T13:00:00'));
  const rows = await gesturesOf(shop);
  const given = rows.filter(({ state }) => state === 'done').length;
  expect(given).toBeGreaterThan(0);
  expect(rows.filter(({ state }) => state === 'left-out')).toHaveLength(12 - given);
  expect(given).toBeLessThan(12);
  expect(await spentIn(shop)).toBe(BigInt(given) * 1000n);
});

test('a credit is in the ledger of rewards at once, under its own cause', async () => {
  const shop = await aGenerousShop({
    on: { orders: { number: 2, present: { kind: 'credit', amount: 700 } } },
  });
  await buyTimes(shop, 2);
  await live(at('11T12:00:00'));
  const [gesture] = await gesturesOf(shop);
  expect(gesture).toMatchObject({ state: 'done' });
  const rewards = await t.db.sqlAcrossShops('select cause, state from reward where shop_id = $1', [shop.id]);
  expect(rewards).toEqual([{ cause: `gesture:${gesture!.id}`, state: 'held' }]);
  expect(await eventsOf(t.db, shop, 'gesture.given')).toMatchObject([
    { data: { gestureId: gesture!.id, gesture: 'credit', origin: 'orders' } },
  ]);
});

test('an open problem holds a gesture until it is solved, within two weeks', async () => {
  const shop = await aGenerousShop({ on: { orders: { number: 2 } } });
  const { id } = await buyTimes(shop, 2);
  const [{ id: conversation }] = (await t.db.sqlAcrossShops<{ id: string }>(
    `insert into conversation (shop_id, id, kind, clock, channel, state, customer_id, problem, opened_at, heard_at)
     values ($1, gen_random_uuid(), 'answer', 'complaint', 'mail', 'open', $2, true, $3, $3) returning id`,
    [shop.id, id, at('10T12:00:00')],
  )) as [{ id: string }];
  await live(at('11T12:00:00'));
  expect(await gesturesOf(shop)).toEqual([]);
  await t.db.sqlAcrossShops(`update conversation set state = 'solved', solved_at = $2 where id = $1`, [
    conversation,
    at('12T00:00:00'),
  ]);
  await live(at('13T12:00:00'));
  expect(await gesturesOf(shop)).toMatchObject([{ subject: 'orders:2', state: 'done' }]);
});

test('a complaint that somebody put right is answered some days later, without anything else happening', async () => {
  const shop = await aGenerousShop({ on: { healed: { number: 2 } } });
  const { id } = await buyTimes(shop, 1);
  await t.db.sqlAcrossShops(
    `insert into conversation (shop_id, id, kind, clock, channel, state, customer_id, problem, opened_at, heard_at, first_replied_at, solved_at)
     values ($1, gen_random_uuid(), 'answer', 'complaint', 'mail', 'solved', $2, true, $3, $3, $3, $3)`,
    [shop.id, id, at('10T12:00:00')],
  );
  await live(at('10T13:00:00'));
  expect(await gesturesOf(shop)).toEqual([]);
  await live(at('12T11:00:00'));
  expect(await gesturesOf(shop)).toEqual([]);
  await live(at('12T13:00:00'));
  expect(await gesturesOf(shop)).toMatchObject([{ state: 'to-do' }]);
});

test('the calendar finds anniversaries and silences, each once', async () => {
  const shop = await aGenerousShop({ on: { anniversary: { number: 1 }, silence: { number: 30 } } });
  await buyTimes(shop, 1, new Date('2025-05-14T12:00:00Z'));
  const quiet = anOrder(shop, { at: at('01T12:00:00') });
  await takeIn(t.db, [quiet]);
  const calendar = makeGestureCalendar({ db: t.db });
  for (let day = 0; day < 40; day++) {
    const now = daysAfter(new Date(since), day + 0.75);
    await calendar(now);
    await live(now);
  }
  expect((await gesturesOf(shop)).map(({ subject }) => subject)).toEqual([
    'anniversary:1',
    'silence:2026-05-01',
  ]);
});

const inStock = (yes: boolean): GesturesAtShopify => ({
  stockOf: () => Promise.resolve({ outcome: 'ok', inStock: yes }),
  tagOrder: () => Promise.resolve({ outcome: 'later', seconds: 30 }),
});

test('a gift out of stock is missed, and its money is free again; one in stock is in the ledger', async () => {
  const present: Present = { kind: 'gift', amount: 900, productId: '11', title: 'Pot' };
  const shop = await aGenerousShop({ on: { orders: { number: 2, present } } });
  await buyTimes(shop, 2);
  await live(at('11T12:00:00'));
  expect(await spentIn(shop)).toBe(900n);
  const outOfStock = makeCarryOutLoop({ db: t.db, shopify: inStock(false) });
  expect(await outOfStock(at('11T12:01:00'))).toBe(1);
  expect(await gesturesOf(shop)).toMatchObject([{ state: 'missed', trouble: 'out-of-stock' }]);
  expect(await spentIn(shop)).toBe(0n);
});

test('an order is tagged once Shopify answers, and a worker that died is followed by another', async () => {
  const present: Present = { kind: 'shipping', amount: 400, tag: 'Send faster' };
  const shop = await aGenerousShop({ on: { orders: { number: 2, present } } });
  const { orders } = await buyTimes(shop, 2);
  await live(at('11T12:00:00'));
  await makeCarryOutLoop({ db: t.db, shopify: inStock(true) })(at('11T12:00:00'));
  expect(await gesturesOf(shop)).toMatchObject([{ state: 'waiting' }]);
  const asked: unknown[] = [];
  const isProlonged = watchLease(t.db, 'gesture');
  const willing: GesturesAtShopify = {
    ...inStock(true),
    tagOrder: async (_domain, ...of) => {
      asked.push(of);
      await isProlonged();
      return { outcome: 'ok' };
    },
  };
  const loop = makeCarryOutLoop({ db: t.db, shopify: willing });
  expect(await loop(at('11T12:00:10'))).toBe(0);
  expect(await loop(at('11T12:05:00'))).toBe(1);
  expect(asked).toEqual([[orders[1]!.id, 'Send faster']]);
  expect(await gesturesOf(shop)).toMatchObject([{ state: 'done' }]);
});

test('a task that is done is told once', async () => {
  const shop = await aGenerousShop({ on: { orders: { number: 2, present: { kind: 'call', amount: 0 } } } });
  await buyTimes(shop, 2);
  await live(at('11T12:00:00'));
  const [gesture] = await gesturesOf(shop);
  const finish = () =>
    t.db.inShop(shop.id, (tx) =>
      finishByHand(tx, { id: gesture!.id, staff: 9n, happened: 'We laughed' }, at('12T12:00:00')),
    );
  expect((await Promise.all([finish(), finish()])).sort()).toEqual([false, true]);
  expect(await eventsOf(t.db, shop, 'gesture.given')).toHaveLength(1);
});
