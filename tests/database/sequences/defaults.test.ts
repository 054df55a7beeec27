/** The six sequences of every new shop, and those that a merchant chose besides, lived through by one customer. */
import { expect, test } from 'vitest';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import type { Happened } from '../../../app/sequences/sequence.ts';
import {
  createSequence,
  enroll,
  installDefaults,
  listSequences,
  publish,
  switchSequence,
} from '../../../app/sequences/sequences.server.ts';
import { insertRow } from '../rows.ts';
import {
  aCustomer,
  anOrder,
  aShipment,
  later,
  messagesIn,
  NOON,
  enrollmentsIn,
  paid,
  runDue,
} from './fixtures.ts';

const t = testDb();
const day = (days: number, hours = 0) => later(days * 24 + hours);

async function aNewShop() {
  const shop = await aShop(t.db);
  await t.db.inShop(shop.id, (tx) => installDefaults(tx, shop, NOON));
  const customerId = await aCustomer(t.db, shop.id);
  const tell = (happened: Happened[], now: Date) => t.db.acrossShops((tx) => enroll(tx, happened, now));
  return { shop, customerId, tell };
}

/** Paid at noon, delivered two days later. */
async function anOrderThatArrived() {
  const { shop, customerId, tell } = await aNewShop();
  const products: [bigint, bigint][] = [
    [81n, 900n],
    [82n, 4900n],
  ];
  const orderId = await anOrder(t.db, shop.id, customerId, { products });
  await tell([paid(shop.id, customerId, orderId)], NOON);
  const shipmentId = await aShipment(t.db, shop.id, orderId, { deliveredAt: day(2) });
  const arrived = { customerId, orderId, shipmentId, at: day(2), data: { by: 'carrier' } };
  await liveUntil(shop.id, day(2));
  await tell([{ ...arrived, shopId: shop.id, trigger: 'shipment.delivered' }], day(2));
  return { shop, customerId, tell, orderId, shipmentId };
}

/** Moves from due moment to due moment until `end`. */
async function liveUntil(shopId: bigint, end: Date) {
  for (;;) {
    const [row] = await t.db.sqlAcrossShops<{ due_at: Date | null }>(
      'select min(due_at) as due_at from enrollment_cursor where shop_id = $1',
      [shopId],
    );
    if (!row?.due_at || row.due_at > end) return;
    await runDue(t.db, row.due_at);
  }
}

/** What was planned, with the hours after noon of the first day. */
async function plannedHours(shopId: bigint): Promise<[string, number][]> {
  const rows = await t.db.sqlAcrossShops<{ template_key: string; planned_at: Date }>(
    'select template_key, planned_at from message where shop_id = $1 order by planned_at, template_key',
    [shopId],
  );
  return rows.map((row) => [row.template_key, (row.planned_at.getTime() - NOON.getTime()) / 3_600_000]);
}

test('a new shop has six sequences, switched on, with texts in four languages; a second time changes nothing', async () => {
  const { shop } = await aNewShop();
  await t.db.inShop(shop.id, (tx) => installDefaults(tx, shop, day(1)));
  const list = await t.db.inShop(shop.id, (tx) => listSequences(tx, NOON));
  expect(list.map(({ key, on, liveVersion }) => [key, on, liveVersion])).toEqual(
    ['thank-you', 'getting-started', 'how-is-it-going', 'review', 'invite', 'win-back'].map((key) => [
      key,
      true,
      1,
    ]),
  );
  const [row] = await t.db.sqlAcrossShops<{ texts: number }>(
    'select count(*)::int as texts from template where shop_id = $1',
    [shop.id],
  );
  expect(row?.texts).toBe(24);
});

test('each mail is planned at its moment, from the thank-you to the win-back', async () => {
  const { shop } = await anOrderThatArrived();
  await liveUntil(shop.id, day(100));
  const hours = await plannedHours(shop.id);
  expect(hours).toEqual([
    ['thank-you', 1],
    ['getting-started', 3 * 24],
    ['how-is-it-going', 9 * 24],
    ...Array(2).fill(['review', expect.any(Number)]),
    ['win-back', 90 * 24],
  ]);
  const messages = await messagesIn(t.db, shop.id);
  const dataOf = (template: string) =>
    messages.filter((message) => message.template_key === template).map(({ data }) => data);
  expect(
    dataOf('review')
      .map((data) => data['productId'])
      .sort(),
  ).toEqual(['81', '82']);
  expect(dataOf('how-is-it-going')).toMatchObject([{ surveyKey: 'how-is-it-going' }]);
  expect(dataOf('thank-you')).toEqual([{ sequenceKey: 'thank-you' }]);
});

test('after a long silence of the worker what is useless by then is left out, with its reason', async () => {
  const { shop } = await anOrderThatArrived();
  await runDue(t.db, day(60));
  expect((await plannedHours(shop.id)).map(([template]) => template)).toEqual(['thank-you']);
  const skipped = await t.db.sqlAcrossShops<{ code: string }>(
    `select reason->>'code' as code from decision where shop_id = $1 and outcome = 'skipped'`,
    [shop.id],
  );
  expect(skipped.map(({ code }) => code)).toEqual(Array(4).fill('too-late'));
});

test.each([
  ['cancelled', 'cancelled_at'],
  ['refunded', 'refunded_at'],
  ['returned', 'returned_at'],
])(
  'an order that is %s ends everything that is about it, even when nobody says so',
  async (reason, column) => {
    const { shop, orderId } = await anOrderThatArrived();
    await runDue(t.db, day(2));
    const before = (await messagesIn(t.db, shop.id)).length;
    await t.db.sqlAcrossShops(`update orders set ${column} = $3 where shop_id = $1 and id = $2`, [
      shop.id,
      orderId,
      day(3),
    ]);
    await runDue(t.db, day(120));
    expect((await messagesIn(t.db, shop.id)).length).toBe(before);
    const open = (await enrollmentsIn(t.db, shop.id)).filter(({ state }) => state !== 'done');
    expect(open.map((row) => [row.state, row.reason])).toEqual(open.map(() => ['stopped', reason]));
    expect(open.length).toBeGreaterThan(3);
  },
);

test('an unsubscribed customer gets news of the order only', async () => {
  const { shop, customerId } = await anOrderThatArrived();
  await t.db.sqlAcrossShops(
    `insert into consent (shop_id, customer_id, channel, state, source, at) values ($1, $2, 'email', 'unsubscribed', 'one-click', $3)`,
    [shop.id, customerId, day(2)],
  );
  await liveUntil(shop.id, day(100));
  const messages = await messagesIn(t.db, shop.id);
  expect(messages.map((message) => message.template_key)).toEqual(['thank-you', 'getting-started']);
});

test('an invitation follows a good answer once there is a code, and a poor answer takes it back', async () => {
  const { shop, customerId, tell, orderId } = await anOrderThatArrived();
  const answered = (score: number): Happened => ({
    shopId: shop.id,
    trigger: 'answer.verified',
    customerId,
    orderId,
    at: day(3),
    data: { answerId: 'a', surveyKey: 'post-purchase', score },
  });
  await tell([answered(3)], day(3));
  expect((await enrollmentsIn(t.db, shop.id)).some(({ subject }) => subject.startsWith('customer:'))).toBe(
    false,
  );
  await tell([answered(5)], day(3));
  await t.db.sqlAcrossShops('update customer set last_score = 2 where shop_id = $1 and id = $2', [
    shop.id,
    customerId,
  ]);
  await runDue(t.db, day(6));
  const invitation = (await enrollmentsIn(t.db, shop.id)).find(({ subject }) =>
    subject.startsWith('customer:'),
  );
  expect(invitation).toMatchObject({ state: 'stopped', reason: 'exit:not-happy' });
});

test('a customer who wrote the review already is not asked for it', async () => {
  const { shop, customerId, orderId } = await anOrderThatArrived();
  await t.db.sqlAcrossShops(
    `insert into review (shop_id, id, customer_id, order_id, product_id, stars, at)
     values ($1, gen_random_uuid(), $2, $3, 82, 2, $4)`,
    [shop.id, customerId, orderId, day(4)],
  );
  await liveUntil(shop.id, day(40));
  const reviews = (await messagesIn(t.db, shop.id)).filter((message) => message.template_key === 'review');
  expect(reviews.map(({ data }) => data['productId'])).toEqual(['81']);
});

test('who was happy is asked for a photo ten days after the parcel came, once, and not after a story of theirs', async () => {
  const { shop, tell } = await aNewShop();
  await t.db.inShop(shop.id, async (tx) => {
    const id = await createSequence(tx, 'show-us', NOON);
    await publish(tx, id, { inside: 'stay' }, NOON);
    await switchSequence(tx, id, true, NOON);
  });
  /** Answers on the thank-you page, before anything has been sent. */
  const buys = async (score: number) => {
    const customerId = await aCustomer(t.db, shop.id);
    const orderId = await anOrder(t.db, shop.id, customerId);
    const trigger = 'answer.verified' as const;
    const data = { answerId: 'a', surveyKey: 'post-purchase', score };
    await tell([{ ...paid(shop.id, customerId, orderId), trigger, data }], NOON);
    return { customerId, orderId };
  };
  const [happy, shown, poor, waiting] = [await buys(5), await buys(4), await buys(3), await buys(5)];
  await liveUntil(shop.id, day(3));
  for (const { orderId } of [happy, shown, poor]) {
    await aShipment(t.db, shop.id, orderId, { deliveredAt: day(3) });
    await t.db.sqlAcrossShops('update orders set fulfilled_at = $2 where id = $1', [orderId, day(3)]);
  }
  await insertRow(t.db, 'story', { shop_id: shop.id, customer_id: shown.customerId, at: day(5) });
  await liveUntil(shop.id, day(90));
  const asked = await t.db.sqlAcrossShops<{ customer_id: string; planned_at: Date }>(
    `select customer_id, planned_at from message where shop_id = $1 and template_key = 'show-us'`,
    [shop.id],
  );
  expect(asked).toEqual([{ customer_id: happy.customerId, planned_at: day(15) }]);
  const ends = new Map(
    (await enrollmentsIn(t.db, shop.id)).map(({ subject, state, reason }) => [subject, [state, reason]]),
  );
  const endOf = ({ orderId }: { orderId: bigint }) => ends.get(`order:${orderId}`);
  expect([endOf(happy), endOf(shown), endOf(poor), endOf(waiting)]).toEqual([
    ['done', null],
    ['stopped', 'exit:story-sent'],
    undefined,
    ['done', null],
  ]);
});
