/** Reconciliation finds what was missed and mends it; parcels arrive by themselves when their time has come. */
import { beforeEach, expect, test } from 'vitest';
import {
  applyOrders,
  makeReconcileLoop,
  makeShipmentLoop,
  reconcile,
  reconciliationStatus,
  startReconciling,
} from '../../../app/orders/orders.server.ts';
import type { OrderSource } from '../../../app/orders/orders.server.ts';
import { readOrder } from '../../../app/orders/bodies/order.ts';
import type { OrderSnapshot } from '../../../app/orders/snapshot.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { ordersDeps } from '../../inbox.ts';
import { aFulfillmentBody, anId, anOrderBody, type Body } from '../../webhook-bodies.ts';

const t = testDb();
const now = new Date('2026-05-10T12:00:00Z');
let shop: Shop;
beforeEach(async () => {
  shop = await aShop(t.db);
  await t.db.sqlAcrossShops('delete from reconciliation');
});

const snapshotOf = (fields: Body = {}): OrderSnapshot =>
  readOrder(anOrderBody({ updated_at: '2026-05-10T11:00:00Z', ...fields }), {
    shop: { ...shop, shopifyId: null },
    topic: '',
    at: now,
  });
const apply = (...snapshots: OrderSnapshot[]) =>
  t.db.inShop(shop.id, (tx) => applyOrders(tx, snapshots, now, ordersDeps));
const kinds = async () =>
  (
    await t.db.sqlAcrossShops<{ kind: string }>('select kind from event where shop_id = $1 order by id', [
      shop.id,
    ])
  ).map(({ kind }) => kind);

/** Shopify as it stands, one page an order. */
function shopify(orders: readonly OrderSnapshot[]): OrderSource & { fetched: bigint[] } {
  const fetched: bigint[] = [];
  return {
    fetched,
    async *ordersChanged(_shop, { from, to }) {
      for (const { id, updatedAt } of orders) {
        await Promise.resolve();
        if (updatedAt >= from && updatedAt <= to) yield [{ id, updatedAt }];
      }
    },
    async *ordersByIds(_shop, ids) {
      await Promise.resolve();
      fetched.push(...ids);
      yield orders.filter(({ id }) => ids.includes(id));
    },
  };
}

test('orders that were missed or have changed are fetched and applied; the rest is only counted', async () => {
  const [known, changed, missed] = [snapshotOf(), snapshotOf(), snapshotOf()];
  await apply(known, { ...changed, updatedAt: new Date('2026-05-10T10:00:00Z') });
  const source = shopify([known, changed, missed]);
  const run = () =>
    reconcile({ db: t.db, orders: ordersDeps, source }, { shopId: String(shop.id), hours: 2 }, now);
  expect(await run()).toEqual({ outcome: 'done' });
  expect(source.fetched.sort()).toEqual([changed.id, missed.id].sort());
  const status = () => t.db.inShop(shop.id, (tx) => reconciliationStatus(tx, shop.id, now));
  expect(await status()).toEqual({ lastRunAt: now, isCurrent: true, compared: 3, missing: 1, stale: 1 });
  await run();
  expect(source.fetched).toHaveLength(2);
  expect(await status()).toMatchObject({ missing: 1, stale: 1 });
  expect((await kinds()).filter((kind) => kind === 'order.created')).toHaveLength(3);
});

test('a webhook of the last two minutes may still come; a shop that is gone is left alone', async () => {
  const source = shopify([snapshotOf({ updated_at: '2026-05-10T11:59:00Z' })]);
  await reconcile({ db: t.db, orders: ordersDeps, source }, { shopId: String(shop.id), hours: 2 }, now);
  expect(source.fetched).toEqual([]);
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [shop.id]);
  expect(
    await reconcile({ db: t.db, orders: ordersDeps, source }, { shopId: String(shop.id), hours: 2 }, now),
  ).toMatchObject({ outcome: 'cancel' });
});

const hoursLater = (from: Date, hours: number) => new Date(from.getTime() + hours * 3_600_000);
const dueAt = async () => {
  const [row] = await t.db.sqlAcrossShops<{ due_at: Date }>(
    `select due_at from due_moment where shop_id = $1 and kind = 'reconciliation'`,
    [shop.id],
  );
  return row?.due_at;
};

test('a run counts from the last good one, however long nothing ran', async () => {
  const missed = snapshotOf({ updated_at: '2026-05-11T09:00:00Z' });
  const source = shopify([missed]);
  const deps = { db: t.db, orders: ordersDeps, source };
  await t.db.inShop(shop.id, (tx) => startReconciling(tx, shop.id, now));
  const job = (at: Date) => reconcile(deps, { shopId: String(shop.id), hours: 2 }, at);
  const status = (at: Date) => t.db.inShop(shop.id, (tx) => reconciliationStatus(tx, shop.id, at));
  await job(hoursLater(now, 12));
  expect(source.fetched).toEqual([]);
  // Everything was down for ten days.
  const late = hoursLater(now, 252);
  expect(await status(late)).toMatchObject({ isCurrent: false, missing: 0 });
  await job(late);
  expect(source.fetched).toEqual([missed.id]);
  expect(await status(hoursLater(late, 2))).toMatchObject({ isCurrent: true, missing: 1 });
  expect(await status(hoursLater(late, 48))).toMatchObject({ isCurrent: false, missing: 1 });
});

test('an interrupted run goes on where it stood, and sixty days are the farthest', async () => {
  const [first, second] = [
    snapshotOf({ updated_at: '2026-05-10T08:00:00Z' }),
    snapshotOf({ updated_at: '2026-05-10T10:00:00Z' }),
  ];
  const source = shopify([first, second]);
  const asked: Date[] = [];
  let failing = true;
  const flaky: OrderSource = {
    ...source,
    ordersChanged: (of, window) => (asked.push(window.from), source.ordersChanged(of, window)),
    ordersByIds: (of, ids) => {
      if (failing && ids.includes(second.id)) throw new Error('no answer');
      return source.ordersByIds(of, ids);
    },
  };
  await t.db.inShop(shop.id, (tx) => startReconciling(tx, shop.id, new Date('2026-01-05T00:00:00Z')));
  const loop = makeReconcileLoop({ db: t.db, orders: ordersDeps, source: flaky });
  expect(await loop(now)).toBe(1);
  expect(await loop(now)).toBe(0);
  failing = false;
  expect(await loop(hoursLater(now, 6))).toBe(1);
  expect(source.fetched).toEqual([first.id, second.id]);
  expect(asked).toEqual([hoursLater(now, -60 * 24), new Date('2026-05-10T07:00:00Z')]);
});

test('the next moment moves with the clock: within two hours while orders change, once a day when it is quiet', async () => {
  const loop = makeReconcileLoop({ db: t.db, orders: ordersDeps, source: shopify([]) });
  await apply(snapshotOf());
  await t.db.inShop(shop.id, (tx) => startReconciling(tx, shop.id, now));
  expect(await dueAt()).toEqual(hoursLater(now, 1));
  expect(await loop(now)).toBe(0);
  const ends = await Promise.all([loop(hoursLater(now, 1)), loop(hoursLater(now, 1))]);
  expect(ends.sort()).toEqual([0, 1]);
  expect(await dueAt()).toEqual(hoursLater(now, 2));
  let runs = 0;
  const end = hoursLater(now, 90 * 24);
  for (let at = (await dueAt())!; at < end; at = (await dueAt())!) runs += await loop(at);
  expect(runs).toBeLessThan(115);
  const pause = (await dueAt())!.getTime() - end.getTime();
  expect(pause).toBeLessThan(24 * 3_600_000);
  expect(await loop(now), 'a clock that is put back does not switch it off').toBe(1);
  expect(await dueAt()).toEqual(hoursLater(now, 1));
  const [earliest] = await t.db.sqlAcrossShops(
    'select window_from from reconcile_run where shop_id = $1 order by at limit 1',
    [shop.id],
  );
  expect(earliest).toEqual({ window_from: hoursLater(now, -24) });
});

test('a parcel without a scan is taken as delivered after the usual days, once, and the carrier still knows better', async () => {
  const id = anId();
  const parcel = aFulfillmentBody(id, {
    created_at: '2026-05-01T08:00:00Z',
    updated_at: '2026-05-01T08:00:00Z',
  });
  await apply(snapshotOf({ id, fulfillments: [parcel] }));
  const loop = makeShipmentLoop({ db: t.db });
  expect(await loop(new Date('2026-05-08T07:59:00Z'))).toBe(0);
  const ends = await Promise.all([loop(now), loop(now), loop(now)]);
  expect(ends.reduce((sum, n) => sum + n, 0)).toBe(1);
  const shipmentOf = async () =>
    (
      await t.db.sqlAcrossShops(
        'select status, delivered_by, delivered_at, due_at from shipment where shop_id = $1',
        [shop.id],
      )
    )[0];
  expect(await shipmentOf()).toEqual({
    status: 'delivered',
    delivered_by: 'assumed',
    delivered_at: new Date('2026-05-08T08:00:00Z'),
    due_at: null,
  });
  const scanned = { ...parcel, shipment_status: 'delivered', updated_at: '2026-05-09T10:00:00Z' };
  await apply(snapshotOf({ id, updated_at: '2026-05-10T11:30:00Z', fulfillments: [scanned] }));
  expect(await shipmentOf()).toMatchObject({
    delivered_by: 'carrier',
    delivered_at: new Date('2026-05-09T10:00:00Z'),
  });
  expect((await kinds()).filter((kind) => kind === 'shipment.delivered')).toHaveLength(1);
});
