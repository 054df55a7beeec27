/** What is learned of parcels, and what becomes of one that its buyer misses. */
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { timelineOf } from '../../../app/customers/customers.server.ts';
import type { Queue } from '../../../app/jobs/queue.server.ts';
import { arrivalsOf } from '../../../app/orders/arrivals.server.ts';
import {
  awaitedParcels,
  learnedLanes,
  learnEverywhere,
  learnTransit,
  missingParcels,
  ordersByIds,
  sayArrived,
  sayMissing,
  solveMissing,
} from '../../../app/orders/orders.server.ts';
import { makeReactionsLoop } from '../../../app/reactions.server.ts';
import { comingUp, enroll } from '../../../app/sequences/sequences.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { anInbox } from '../../inbox.ts';
import { aScanBody } from '../../webhook-bodies.ts';
import {
  aCustomer,
  anOrder,
  aSequence,
  ASK_AFTER_TWO_DAYS,
  aShipment,
  cursorsIn,
  later,
  messagesIn,
  NOON,
  outcomesOf,
  runDue,
} from '../sequences/fixtures.ts';

const t = testDb();

/** So many parcels of DHL to Spain that a carrier has scanned, all sent on Monday morning, all after so many days. */
async function scanned(shop: Shop, count: number, days: number): Promise<void> {
  const customerId = await aCustomer(t.db, shop.id);
  for (let i = 0; i < count; i++) {
    const orderId = await anOrder(t.db, shop.id, customerId);
    const id = await aShipment(t.db, shop.id, orderId);
    await t.db.sqlAcrossShops(
      `update shipment set carrier = 'DHL', origin = 'DE', country = 'ES', delivered_by = 'carrier', shipped_at = $3,
         delivered_at = $3::timestamptz + $4::int * interval '1 day' where shop_id = $1 and id = $2`,
      [shop.id, id, NOON, days],
    );
  }
}

const learn = (shop: Shop) => t.db.acrossShops((tx) => learnTransit(tx, shop.id));
const lane = { carrier: 'DHL', origin: 'DE', country: 'ES', service: '' };

const transitFor = (shop: Shop) =>
  t.db.acrossShops(async (tx) => {
    const scan = { shipmentId: 1n, status: 'shipped' as const, at: NOON, expectedAt: null };
    const order = { country: 'ES', shipments: [{ carrier: 'DHL', country: 'ES' }] };
    const about = [{ change: { kind: 'scan' as const, scan }, order: order as never }];
    const arrivals = await arrivalsOf(tx, new Map([[shop.id, shop]]), about, NOON);
    return arrivals(shop).transitOf(lane);
  });

describe('what is learned', () => {
  test('each scanned parcel counts once, in working days, and decides once there are enough', async () => {
    const shop = await aShop(t.db);
    await scanned(shop, 7, 2);
    await learn(shop);
    expect(await transitFor(shop)).toBeNull();
    await scanned(shop, 3, 7);
    await learn(shop);
    await learn(shop);
    // Monday to Monday is five working days; eight of ten took no longer.
    expect(await transitFor(shop)).toEqual({ by: 'learned', days: 5 });
    const lanes = await t.db.inShop(shop.id, (tx) => learnedLanes(tx, NOON));
    expect(lanes).toEqual([{ ...lane, parcels: 10, days: 5 }]);
    const other = await aShop(t.db);
    expect(await transitFor(other)).toBeNull();
  });

  test('all shops tell a new one, when they are five and none of them could be known by it', async () => {
    await t.db.sqlAcrossShops('delete from lane_month');
    const shops = await Promise.all([1, 2, 3, 4, 5, 6].map(() => aShop(t.db)));
    const count = (shop: Shop, counts: number[]) =>
      t.db.sqlAcrossShops(
        `insert into lane_month (shop_id, carrier, origin, country, service, month, counts)
         values ($1, 'DHL', 'DE', 'ES', '', '2026-05-01', $2) on conflict do nothing`,
        [shop.id, counts],
      );
    const [newcomer, ...others] = shops;
    let nights = 0;
    const known = async () => {
      await t.db.acrossShops((tx) => learnEverywhere(tx, later(24 * nights++)));
      return transitFor(newcomer!);
    };
    for (const shop of others.slice(0, 4)) await count(shop, [0, 0, 0, 40]);
    expect(await known()).toBeNull();
    await count(others[4]!, [0, 9]);
    expect(await known()).toEqual({ by: 'everywhere', days: 3 });
    // One that sends ten times as much as all others is no crowd.
    await t.db.sqlAcrossShops(`update lane_month set counts = '{0,0,0,10}'`);
    await t.db.sqlAcrossShops(`update lane_month set counts = '{0,5000}' where shop_id = $1`, [
      others[0]!.id,
    ]);
    expect(await known()).toBeNull();
    await expect(
      t.db.inShop(newcomer!.id, (tx) => tx.sql(`update lane_everywhere set days = 1`)),
    ).rejects.toThrow(/permission denied/);
  });
});

describe('a parcel that its buyer misses', () => {
  let shop: Shop;
  let customerId: string;
  let orderId: bigint;
  let shipmentId: bigint;
  const wanted: string[] = [];
  const queue = { enqueue: (_tx: unknown, name: string) => Promise.resolve(void wanted.push(name)) };
  let react: (now: Date) => Promise<number>;

  beforeAll(() => {
    react = makeReactionsLoop({
      db: t.db,
      queue: queue as unknown as Queue,
      settleIn: () => Promise.resolve(),
    });
  });

  beforeEach(async () => {
    wanted.length = 0;
    shop = await aShop(t.db);
    customerId = await aCustomer(t.db, shop.id);
    orderId = await anOrder(t.db, shop.id, customerId);
    shipmentId = await aShipment(t.db, shop.id, orderId);
    await t.db.sqlAcrossShops(
      `update shipment set delivered_by = 'assumed', due_by = 'learned', due_days = 2, country = 'DE' where shop_id = $1`,
      [shop.id],
    );
    await aSequence(t.db, shop.id, {
      ...ASK_AFTER_TWO_DAYS,
      trigger: { on: ['shipment.delivered'], each: 'shipment', freshFor: { days: 5 } },
    });
    const happened = { shopId: shop.id, customerId, orderId, shipmentId, at: NOON, data: {} };
    await t.db.acrossShops((tx) => enroll(tx, [{ ...happened, trigger: 'shipment.delivered' }], NOON));
    await runDue(t.db, NOON);
  });

  const click = (now: Date) =>
    t.db.inShop(shop.id, (tx) => sayMissing(tx, { orderId, shipmentId }, 'mail', now));
  const problems = () => t.db.inShop(shop.id, (tx) => missingParcels(tx, 10));
  const dueAt = async () => (await cursorsIn(t.db, shop.id))[0]?.due_at;
  const parcel = async () => {
    const ref = { shopId: shop.id, id: orderId };
    return (await t.db.inShop(shop.id, (tx) => ordersByIds(tx, [ref]))).get(`${shop.id}:${orderId}`)!
      .shipments[0]!;
  };
  const lines = async () => {
    const page = await t.db.inShop(shop.id, (tx) => timelineOf(tx, { shopId: shop.id, id: customerId }, {}));
    return page.entries.map(({ code }) => code);
  };

  test('one click undoes the arrival, holds the ask and puts it before a person; a second one changes nothing', async () => {
    expect(await dueAt()).toEqual(later(48));
    expect(await click(later(1))).toBe(1);
    expect(await click(later(2))).toBe(0);
    await react(later(2));
    expect(await parcel()).toMatchObject({ deliveredAt: null, missingAt: later(1), dueAt: null });
    expect(await problems()).toMatchObject([
      { orderId, customer: 'Ana', believedBy: 'assumed', openedBy: 'mail' },
    ]);
    expect(await lines()).toEqual(expect.arrayContaining(['shipment-missing', 'step-moved']));
    await runDue(t.db, later(100));
    expect(await messagesIn(t.db, shop.id)).toEqual([]);
    expect(
      (await outcomesOf(t.db, shop.id)).filter((outcome) => outcome.endsWith('not-arrived')),
    ).toHaveLength(1);
  });

  const awaited = () => t.db.inShop(shop.id, (tx) => awaitedParcels(tx, customerId));
  const coming = () => t.db.inShop(shop.id, (tx) => comingUp(tx, customerId));

  test('staff see how an arrival is reckoned, and what waits for one', async () => {
    expect(await awaited()).toEqual([]);
    expect(await coming()).toMatchObject([{ held: false, at: later(48) }]);
    await click(later(1));
    await react(later(1));
    expect(await awaited()).toMatchObject([{ id: shipmentId, order: expect.any(String), due: null }]);
    expect(await coming()).toMatchObject([{ held: true }]);
    await runDue(t.db, later(100));
    expect(await coming()).toMatchObject([{ held: true }]);
    await t.db.sqlAcrossShops(
      `update shipment set carrier = 'DHL', missing_at = null, delivered_at = null, due_at = $2 where shop_id = $1`,
      [shop.id, later(30)],
    );
    const due = { at: later(30), rule: 'learned', days: 2 };
    expect(await awaited()).toMatchObject([{ carrier: 'DHL', country: 'DE', due }]);
    await t.db.sqlAcrossShops('update orders set cancelled_at = $2 where shop_id = $1', [shop.id, NOON]);
    expect(await awaited()).toEqual([]);
  });

  test('an ask that was written already waits as well, and goes as long after the arrival as it was meant to', async () => {
    await runDue(t.db, later(48));
    const until = later(96);
    await t.db.sqlAcrossShops('update message set useless_after = $2 where shop_id = $1', [shop.id, until]);
    const ask = () =>
      t.db.sqlAcrossShops(
        `select state, due_at, useless_after, data ? 'held' as held from message where shop_id = $1`,
        [shop.id],
      );
    const planned = { state: 'waiting', due_at: later(48), useless_after: until, held: false };
    expect(await ask()).toEqual([planned]);
    for (const hour of [50, 51]) {
      await click(later(hour));
      await react(later(hour));
    }
    expect(await ask()).toMatchObject([{ held: true, useless_after: later(60 * 24, until) }]);
    await t.db.inShop(shop.id, (tx) => sayArrived(tx, { orderId, shipmentId }, later(72)));
    // It was meant for two days after the arrival that was believed.
    const freed = { ...planned, due_at: later(72 + 48), useless_after: later(72, until) };
    for (const hour of [73, 74]) {
      await react(later(hour));
      expect(await ask()).toEqual([freed]);
    }
  });

  test('a late scan solves it, and the ask counts from there; an older scan does not', async () => {
    await click(later(1));
    await react(later(1));
    const inbox = anInbox(t, { now: later(30) });
    const scan = (at: Date) =>
      inbox.take({
        shop,
        topic: 'fulfillment_events/create',
        body: aScanBody(Number(orderId), Number(shipmentId), {
          status: 'delivered',
          happened_at: at.toISOString(),
          created_at: at.toISOString(),
          updated_at: at.toISOString(),
        }),
      });
    await scan(later(-1));
    expect(await problems()).toMatchObject([{ believedBy: 'carrier' }]);
    await scan(later(25));
    await inbox.close();
    expect(await problems()).toEqual([]);
    await react(later(31));
    expect(wanted).toContain('orders.learn-transit');
    await runDue(t.db, later(31));
    expect(await dueAt()).toEqual(later(25 + 48));
    await runDue(t.db, later(25 + 48));
    expect(await messagesIn(t.db, shop.id)).toHaveLength(1);
  });

  test('staff give it up: the sequence stops, and it is said once', async () => {
    await click(later(1));
    const [problem] = await problems();
    const solve = (outcome: 'lost' | 'arrived') =>
      t.db.inShop(shop.id, (tx) =>
        solveMissing(tx, { problemId: problem!.id, outcome, staff: 7n }, later(3)),
      );
    expect(await solve('lost')).toBe(true);
    expect(await solve('arrived')).toBe(false);
    await react(later(3));
    expect(await outcomesOf(t.db, shop.id)).toContain('stopped delivery-failed');
    const [row] = await t.db.sqlAcrossShops(
      'select state, outcome, solved_by from problem where shop_id = $1',
      [shop.id],
    );
    expect(row).toEqual({ state: 'solved', outcome: 'lost', solved_by: 'staff:7' });
  });
});
