import { expect, test } from 'vitest';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import type { Happened } from '../../../app/sequences/sequence.ts';
import { enroll } from '../../../app/sequences/sequences.server.ts';
import {
  aCustomer,
  anOrder,
  aSequence,
  aShipment,
  ASK_AFTER_TWO_DAYS,
  enrollmentsIn,
  later,
  NOON,
  paid,
  runDue,
} from './fixtures.ts';

const t = testDb();

const enrolling = (happened: Happened[], now = NOON) => t.db.acrossShops((tx) => enroll(tx, happened, now));

async function aShopWith(
  changes: Partial<Omit<PlanInput, 'trigger'>> & { trigger?: Partial<PlanInput['trigger']> } = {},
) {
  const shop = await aShop(t.db);
  const plan = {
    ...ASK_AFTER_TWO_DAYS,
    ...changes,
    trigger: { ...ASK_AFTER_TWO_DAYS.trigger, ...changes.trigger },
  };
  const sequenceId = await aSequence(t.db, shop.id, plan);
  const customerId = await aCustomer(t.db, shop.id);
  return { shop, sequenceId, customerId };
}

test('the same news twice enrolls once, also from two workers at once', async () => {
  const { shop, customerId } = await aShopWith();
  const news = paid(shop.id, customerId, await anOrder(t.db, shop.id, customerId));
  const counts = await Promise.all([enrolling([news]), enrolling([news, news]), enrolling([news])]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(1);
  expect(await enrollmentsIn(t.db, shop.id)).toHaveLength(1);
});

test.each([
  ['a test order enrolls nobody', { test: true }, 0],
  ['a point-of-sale order enrolls nobody where the plan does not say so', { source: 'pos' }, 0],
  ['a draft order enrolls', { source: 'shopify_draft_order' }, 1],
  ['an order of another app enrolls', { source: '580111' }, 1],
  ['an order that cost nothing enrolls', { total: 0n }, 1],
])('%s', async (_title, order, expected) => {
  const { shop, customerId } = await aShopWith();
  const orderId = await anOrder(t.db, shop.id, customerId, order);
  expect(await enrolling([paid(shop.id, customerId, orderId)])).toBe(expected);
});

test('old news enrolls nobody', async () => {
  const { shop, customerId } = await aShopWith();
  const orderId = await anOrder(t.db, shop.id, customerId);
  expect(await enrolling([paid(shop.id, customerId, orderId)], later(49))).toBe(0);
});

test('an order that is over already, an erased customer, a sequence that is off: nobody is enrolled', async () => {
  const { shop, sequenceId, customerId } = await aShopWith();
  const [cancelled, fine] = [
    await anOrder(t.db, shop.id, customerId),
    await anOrder(t.db, shop.id, customerId),
  ];
  await t.db.sqlAcrossShops('update orders set cancelled_at = $3 where shop_id = $1 and id = $2', [
    shop.id,
    cancelled,
    NOON,
  ]);
  expect(await enrolling([paid(shop.id, customerId, cancelled)])).toBe(0);
  const erased = await aCustomer(t.db, shop.id);
  await t.db.sqlAcrossShops('update customer set erased_at = $3 where shop_id = $1 and id = $2', [
    shop.id,
    erased,
    NOON,
  ]);
  expect(await enrolling([paid(shop.id, erased, await anOrder(t.db, shop.id, erased))])).toBe(0);
  await t.db.sqlAcrossShops(`update sequence set status = 'off' where shop_id = $1 and id = $2`, [
    shop.id,
    sequenceId,
  ]);
  expect(await enrolling([paid(shop.id, customerId, fine)])).toBe(0);
});

test('a customer who was merged is enrolled as the one who is left', async () => {
  const { shop, customerId } = await aShopWith();
  const left = await aCustomer(t.db, shop.id);
  await t.db.sqlAcrossShops('update customer set merged_into = $3 where shop_id = $1 and id = $2', [
    shop.id,
    customerId,
    left,
  ]);
  const orderId = await anOrder(t.db, shop.id, left);
  await enrolling([paid(shop.id, customerId, orderId)]);
  const [row] = await t.db.sqlAcrossShops<{ customer_id: string }>(
    'select customer_id from enrollment where shop_id = $1',
    [shop.id],
  );
  expect(row?.customer_id).toBe(left);
});

const delivered = (
  shopId: bigint,
  customerId: string,
  orderId: bigint,
  shipmentId: bigint,
  at = NOON,
): Happened => ({
  shopId,
  trigger: 'shipment.delivered',
  customerId,
  orderId,
  shipmentId,
  at,
  data: { by: 'carrier' },
});

test('a parcel enrolls once for each product in it, dearest first, and no product of an order twice', async () => {
  const { shop, customerId } = await aShopWith({
    trigger: { on: ['shipment.delivered'], each: 'product', most: 2 },
  });
  const products: [bigint, bigint][] = [
    [71n, 100n],
    [72n, 900n],
    [73n, 500n],
  ];
  const orderId = await anOrder(t.db, shop.id, customerId, { products });
  const whole = await aShipment(t.db, shop.id, orderId);
  const part = await aShipment(t.db, shop.id, orderId, { lines: [1, 2] });
  expect(await enrolling([delivered(shop.id, customerId, orderId, whole)])).toBe(2);
  expect(await enrolling([delivered(shop.id, customerId, orderId, part)])).toBe(1);
  const subjects = (await enrollmentsIn(t.db, shop.id)).map(({ subject }) => subject).sort();
  expect(subjects).toEqual([71, 72, 73].map((product) => `order:${orderId}:product:${product}`));
});

test('only a good sign enrolls, and the same customer once in the time that was set', async () => {
  const trigger = {
    on: ['answer.verified' as const, 'review.written' as const],
    each: 'customer' as const,
    when: { fact: 'trigger.score' as const, is: 'at-least' as const, value: 4 },
  };
  const { shop, customerId } = await aShopWith({ trigger, reentry: { kind: 'after', days: 180 } });
  const said = (
    trigger_: 'answer.verified' | 'review.written',
    data: Record<string, unknown>,
    at = NOON,
  ): Happened => ({
    shopId: shop.id,
    trigger: trigger_,
    customerId,
    at,
    data,
  });
  expect(await enrolling([said('answer.verified', { answerId: 'a', score: 3 })])).toBe(0);
  expect(await enrolling([said('answer.verified', { answerId: 'a', score: null })])).toBe(0);
  const together = await Promise.all([
    enrolling([said('answer.verified', { answerId: 'b', score: 5 })]),
    enrolling([said('review.written', { reviewId: 'c', stars: 4 })]),
  ]);
  expect(together.sort()).toEqual([0, 1]);
  const muchLater = later(24 * 181);
  expect(await enrolling([said('answer.verified', { answerId: 'd', score: 5 }, muchLater)], muchLater)).toBe(
    1,
  );
});

test('a customer who orders again leaves the win-back sequence, and the timeline says why', async () => {
  const { shop, customerId } = await aShopWith({ reentry: { kind: 'replace' } });
  const first = await anOrder(t.db, shop.id, customerId);
  await enrolling([paid(shop.id, customerId, first)]);
  await runDue(t.db, NOON);
  const second = await anOrder(t.db, shop.id, customerId, { paidAt: later(24) });
  await enrolling([paid(shop.id, customerId, second, later(24))], later(24));
  expect(await enrollmentsIn(t.db, shop.id)).toMatchObject([
    { subject: `order:${first}`, state: 'stopped', reason: 'ordered-again' },
    { subject: `order:${second}`, state: 'open' },
  ]);
  const lines = await t.db.sqlAcrossShops<{ code: string; reason: string }>(
    `select code, data->'reason'->>'code' as reason from timeline_entry where shop_id = $1 and code = 'sequence-stopped'`,
    [shop.id],
  );
  expect(lines).toEqual([{ code: 'sequence-stopped', reason: 'ordered-again' }]);
  // An older order that is heard of late changes nothing.
  const older = await anOrder(t.db, shop.id, customerId, { paidAt: later(12) });
  expect(await enrolling([paid(shop.id, customerId, older, later(12))], later(25))).toBe(0);
});

test('two orders of one batch count as the newer one', async () => {
  const { shop, customerId } = await aShopWith({ reentry: { kind: 'replace' } });
  const [first, second] = [
    await anOrder(t.db, shop.id, customerId),
    await anOrder(t.db, shop.id, customerId),
  ];
  await enrolling([paid(shop.id, customerId, second, later(1)), paid(shop.id, customerId, first)], later(1));
  expect(await enrollmentsIn(t.db, shop.id)).toMatchObject([{ subject: `order:${second}`, state: 'open' }]);
});

test('news of several shops in one batch stay apart', async () => {
  const [one, two] = [await aShopWith(), await aShopWith()];
  const orders = [
    await anOrder(t.db, one.shop.id, one.customerId),
    await anOrder(t.db, two.shop.id, two.customerId),
  ];
  await enrolling([
    paid(one.shop.id, one.customerId, orders[0]!),
    paid(two.shop.id, two.customerId, orders[1]!),
  ]);
  expect(await enrollmentsIn(t.db, one.shop.id)).toMatchObject([{ sequence_id: one.sequenceId }]);
  expect(await enrollmentsIn(t.db, two.shop.id)).toMatchObject([{ sequence_id: two.sequenceId }]);
});
