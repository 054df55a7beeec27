import pg from 'pg';
import { expect, test } from 'vitest';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import {
  advanceDue,
  comingUp,
  enroll,
  enrollmentsOf,
  makeEndingsLoop,
  mergeCustomers,
  readFacts,
  stop,
} from '../../../app/sequences/sequences.server.ts';
import type { Stop } from '../../../app/sequences/sequence.ts';
import type { FactsSource } from '../../../app/sequences/source.ts';
import {
  aCustomer,
  anOrder,
  aSequence,
  ASK_AFTER_TWO_DAYS,
  ASK_AT_ONCE,
  cursorsIn,
  enrollmentsIn,
  later,
  manyEnrolled,
  messagesIn,
  NOON,
  paid,
  runDue,
} from './fixtures.ts';

const t = testDb();

async function aShopWith(plan = ASK_AFTER_TWO_DAYS, people = 1) {
  const shop = await aShop(t.db);
  const sequenceId = await aSequence(t.db, shop.id, plan);
  return { shop, sequenceId, happened: await manyEnrolled(t.db, shop.id, people) };
}

const stopping = (stops: Stop[], now = NOON) => t.db.acrossShops((tx) => stop(tx, stops, now));

test.each(['order', 'customer', 'enrollment', 'sequence', 'shop'] as const)(
  'stopping by %s ends what is inside and nothing else',
  async (by) => {
    const { shop, sequenceId, happened } = await aShopWith();
    const other = await aShopWith();
    const [enrollment] = await enrollmentsIn(t.db, shop.id);
    const ids = {
      order: String(happened[0]!.orderId),
      customer: happened[0]!.customerId,
      enrollment: enrollment!.id,
      sequence: sequenceId,
      shop: '',
    };
    expect(await stopping([{ shopId: shop.id, by, id: ids[by], reason: 'cancelled' }])).toBe(1);
    expect(await enrollmentsIn(t.db, shop.id)).toMatchObject([{ state: 'stopped', reason: 'cancelled' }]);
    expect(await cursorsIn(t.db, shop.id)).toEqual([]);
    expect(await cursorsIn(t.db, other.shop.id)).toHaveLength(1);
    expect(await stopping([{ shopId: shop.id, by, id: ids[by], reason: 'cancelled' }])).toBe(0);
  },
);

test('a shop that uninstalls stops every enrollment, and what waits to be handed over', async () => {
  const { shop } = await aShopWith(ASK_AT_ONCE, 20);
  await aSequence(t.db, shop.id, ASK_AFTER_TWO_DAYS);
  await manyEnrolled(t.db, shop.id, 5);
  await runDue(t.db, NOON);
  expect(await messagesIn(t.db, shop.id)).toHaveLength(25);
  expect(await stopping([{ shopId: shop.id, by: 'shop', id: '', reason: 'uninstalled' }])).toBe(5);
  expect(await cursorsIn(t.db, shop.id)).toEqual([]);
  expect((await messagesIn(t.db, shop.id)).filter(({ state }) => state === 'waiting')).toEqual([]);
});

test('unsubscribing stops asks, not news of the order', async () => {
  const shop = await aShop(t.db);
  const news = {
    ...ASK_AFTER_TWO_DAYS,
    steps: ASK_AFTER_TWO_DAYS.steps.map((step) =>
      step.kind === 'message' ? { ...step, class: 'service' as const } : step,
    ),
  };
  const asks = await aSequence(t.db, shop.id, ASK_AFTER_TWO_DAYS);
  await aSequence(t.db, shop.id, news);
  const [happened] = await manyEnrolled(t.db, shop.id, 1);
  const classes: Stop['classes'] = ['ask', 'offer'];
  await stopping([
    { shopId: shop.id, by: 'customer', id: happened!.customerId, reason: 'unsubscribed', classes },
  ]);
  const enrollments = await enrollmentsIn(t.db, shop.id);
  expect(enrollments.filter(({ state }) => state === 'stopped').map((row) => row.sequence_id)).toEqual([
    asks,
  ]);
});

test('a refund cancels a message that was planned and has not gone', async () => {
  const { shop, happened } = await aShopWith(ASK_AT_ONCE);
  await runDue(t.db, NOON);
  expect(await messagesIn(t.db, shop.id)).toMatchObject([{ state: 'waiting' }]);
  await stopping([{ shopId: shop.id, by: 'order', id: String(happened[0]!.orderId), reason: 'refunded' }]);
  expect(await messagesIn(t.db, shop.id)).toMatchObject([{ state: 'skipped' }]);
});

test('a stop that meets a batch under way waits for it, and cancels what it planned', async () => {
  const { shop, happened } = await aShopWith(ASK_AT_ONCE);
  const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const facts: FactsSource = async (tx, wanted, now) => {
    const found = await readFacts(tx, wanted, now);
    reached.resolve();
    await goOn.promise;
    return found;
  };
  const batch = t.db.acrossShops((tx) => advanceDue(tx, NOON, { facts }));
  await reached.promise;
  let stopped = false;
  const order = String(happened[0]!.orderId);
  const stop_ = stopping([{ shopId: shop.id, by: 'order', id: order, reason: 'cancelled' }]).then(
    () => (stopped = true),
  );
  await someoneWaits();
  expect(stopped).toBe(false);
  goOn.resolve();
  await Promise.all([batch, stop_]);
  expect(await messagesIn(t.db, shop.id)).toMatchObject([{ state: 'skipped' }]);
  expect(await runDue(t.db, later(1))).toBe(0);
});

/** Until some connection of this database waits for another's lock. */
async function someoneWaits() {
  const owner = new pg.Client(t.url);
  await owner.connect();
  const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await owner.query(waiting)).rowCount === 0);
  await owner.end();
}

test('a batch that comes after a stop plans nothing, in whatever order the two meet', async () => {
  const { shop, happened } = await aShopWith(ASK_AT_ONCE, 40);
  const stops = happened.map(({ orderId }): Stop => ({
    shopId: shop.id,
    by: 'order',
    id: String(orderId),
    reason: 'cancelled',
  }));
  const halves = [stops.slice(0, 20), stops.slice(20)];
  await Promise.all([
    runDue(t.db, NOON),
    stopping(halves[0]!),
    runDue(t.db, NOON),
    stopping(halves[1]!.reverse()),
  ]);
  await runDue(t.db, later(1));
  expect((await messagesIn(t.db, shop.id)).filter(({ state }) => state === 'waiting')).toEqual([]);
  expect(await cursorsIn(t.db, shop.id)).toEqual([]);
});

test('stops that overlap in another order, batches and enrolling at once never wait for each other for ever', async () => {
  const { shop, happened } = await aShopWith(ASK_AT_ONCE, 30);
  await aSequence(t.db, shop.id, { ...ASK_AFTER_TWO_DAYS, reentry: { kind: 'replace' } });
  const byOrder = happened.map(({ orderId }): Stop => ({
    shopId: shop.id,
    by: 'order',
    id: String(orderId),
    reason: 'cancelled',
  }));
  const byCustomer = [...happened]
    .reverse()
    .map(({ customerId }): Stop => ({ shopId: shop.id, by: 'customer', id: customerId, reason: 'erased' }));
  const work = () => [
    stopping(byOrder),
    stopping(byCustomer),
    runDue(t.db, NOON),
    t.db.acrossShops((tx) => enroll(tx, [...happened].reverse(), NOON)),
    stopping([{ shopId: shop.id, by: 'shop', id: '', reason: 'uninstalled' }]),
  ];
  await expect(Promise.all([...work(), ...work()])).resolves.toBeDefined();
});

test('what either of two customers is inside of belongs to the one who is left, once', async () => {
  const shop = await aShop(t.db);
  await aSequence(t.db, shop.id, { ...ASK_AFTER_TWO_DAYS, reentry: { kind: 'replace' } });
  await aSequence(t.db, shop.id, ASK_AFTER_TWO_DAYS);
  const [from, into] = [await aCustomer(t.db, shop.id), await aCustomer(t.db, shop.id)];
  const orders = [await anOrder(t.db, shop.id, from), await anOrder(t.db, shop.id, into)];
  const news = [paid(shop.id, from, orders[0]!), paid(shop.id, into, orders[1]!)];
  await t.db.acrossShops((tx) => enroll(tx, news, NOON));
  await t.db.acrossShops((tx) => mergeCustomers(tx, [{ shopId: shop.id, from, into }], NOON));
  const mine = await t.db.inShop(shop.id, (tx) => enrollmentsOf(tx, into));
  expect(mine.map(({ state, reason }) => `${state} ${reason}`).sort()).toEqual([
    'open null',
    'open null',
    'open null',
    'stopped merged',
  ]);
  expect(await t.db.inShop(shop.id, (tx) => enrollmentsOf(tx, from))).toEqual([]);
});

test('what comes next for a customer has its date and its mail', async () => {
  const { shop, happened } = await aShopWith();
  await runDue(t.db, NOON);
  const coming = await t.db.inShop(shop.id, (tx) => comingUp(tx, happened[0]!.customerId));
  expect(coming).toMatchObject([
    { template: 'ask', class: 'ask', at: later(48), orderId: happened[0]!.orderId },
  ]);
});

/** So many people inside, whom nobody will look at. */
const INSIDE = `
  with enrolled as (
    insert into enrollment (shop_id, id, sequence_id, version, customer_id, subject, epoch, state, anchor_at, started_at)
    select $1, uuidv7(), $2::uuid, 1, uuidv7(), $5::text || n, 1, 'open', $3, $3 from generate_series(1, $4::int) n returning id
  )
  insert into enrollment_cursor (shop_id, enrollment_id, sequence_id, version, step_key, reached_at, due_at)
  select $1, id, $2::uuid, 1, 'wait', $3, $3::timestamptz + interval '1 day' from enrolled`;

test('thousands are out at once, and written down as stopped by whoever comes by, however often it is cut off', async () => {
  const shop = await aShop(t.db);
  const [many, other] = [
    await aSequence(t.db, shop.id, ASK_AFTER_TWO_DAYS),
    await aSequence(t.db, shop.id, ASK_AFTER_TWO_DAYS),
  ];
  await t.db.sqlAcrossShops(INSIDE, [shop.id, many, NOON, 4500, 'one:']);
  await t.db.sqlAcrossShops(INSIDE, [shop.id, other, NOON, 10, 'one:']);
  const out = { shopId: shop.id, by: 'sequence', id: many, reason: 'stopped-by-staff' } as const;
  expect(await stopping([out])).toBe(4500);
  expect(await cursorsIn(t.db, shop.id)).toHaveLength(10);
  // Who comes in behind it stays, though it be at the same moment.
  await t.db.sqlAcrossShops(INSIDE, [shop.id, many, NOON, 1, 'new:']);

  const round = makeEndingsLoop(t);
  const cutOff = makeEndingsLoop({
    db: {
      ...t.db,
      acrossShops: (work) =>
        t.db.acrossShops(async (tx) => {
          await work(tx);
          throw new Error('killed');
        }),
    },
  });
  await expect(cutOff()).rejects.toThrow('killed');
  await Promise.all([round(), round()]);
  while ((await round()) > 0);
  const states = (await enrollmentsIn(t.db, shop.id)).map(
    ({ sequence_id, state, reason }) => `${sequence_id === many ? 'many' : 'other'} ${state} ${reason}`,
  );
  const count = (what: string) => states.filter((state) => state === what).length;
  expect(count('many stopped stopped-by-staff')).toBe(4500);
  expect([count('many open null'), count('other open null')]).toEqual([1, 10]);
});
