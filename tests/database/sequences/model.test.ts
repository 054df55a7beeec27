/**
 * Whatever happens in whatever order: orders, news twice, time, refunds, switches, new versions, workers that die.
 * After each step the rows have to agree with what is promised; a plain list of orders is the model.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import {
  advanceDue,
  enroll,
  publish,
  readFacts,
  saveDraft,
  stop,
  switchSequence,
} from '../../../app/sequences/sequences.server.ts';
import { aCustomer, anOrder, aSequence, NOON, paid, runDue } from './fixtures.ts';

const t = testDb();

/** Two waits and two mails; versions differ in how long the waits are. */
const planOf = (days: number): PlanInput => ({
  format: 1,
  trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 1000 } },
  start: 'first',
  steps: [
    { kind: 'wait', key: 'first', until: { after: { days } }, next: 'hello' },
    { kind: 'message', key: 'hello', class: 'ask', template: 'hello', next: 'second' },
    { kind: 'wait', key: 'second', until: { after: { days }, from: 'reached' }, next: 'again' },
    { kind: 'message', key: 'again', class: 'offer', template: 'again', next: null },
  ],
});

interface World {
  shopId: bigint;
  sequenceId: string;
  now: Date;
  on: boolean;
  orders: { id: bigint; customerId: string; at: Date; stopped: boolean }[];
}

type Act =
  | { do: 'order' }
  | { do: 'news-again'; which: number }
  | { do: 'time'; hours: number; workers: number }
  | { do: 'dies' }
  | { do: 'refund'; which: number; meanwhile: boolean }
  | { do: 'switch' }
  | { do: 'publish'; days: number; move: boolean };

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Act>({ do: 'order' }) },
  { weight: 1, arbitrary: fc.nat(9).map((which): Act => ({ do: 'news-again', which })) },
  {
    weight: 5,
    arbitrary: fc
      .record({ hours: fc.integer({ min: 1, max: 60 }), workers: fc.integer({ min: 1, max: 3 }) })
      .map((time): Act => ({ do: 'time', ...time })),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'dies' }) },
  {
    weight: 2,
    arbitrary: fc
      .record({ which: fc.nat(9), meanwhile: fc.boolean() })
      .map((refund): Act => ({ do: 'refund', ...refund })),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'switch' }) },
  {
    weight: 1,
    arbitrary: fc
      .record({ days: fc.integer({ min: 0, max: 4 }), move: fc.boolean() })
      .map((version): Act => ({ do: 'publish', ...version })),
  },
);

async function perform(world: World, act: Act): Promise<void> {
  const { shopId, now } = world;
  switch (act.do) {
    case 'order': {
      const customerId = await aCustomer(t.db, shopId);
      const id = await anOrder(t.db, shopId, customerId, { paidAt: now });
      world.orders.push({ id, customerId, at: now, stopped: false });
      await t.db.acrossShops((tx) => enroll(tx, [paid(shopId, customerId, id, now)], now));
      return;
    }
    case 'news-again': {
      const order = world.orders[act.which];
      if (order)
        await t.db.acrossShops((tx) => enroll(tx, [paid(shopId, order.customerId, order.id, order.at)], now));
      return;
    }
    case 'time':
      world.now = new Date(now.getTime() + act.hours * 3_600_000);
      await Promise.all(Array.from({ length: act.workers }, () => runDue(t.db, world.now)));
      return;
    case 'dies':
      await t.db
        .acrossShops(async (tx) => {
          await advanceDue(tx, new Date(now.getTime() + 86_400_000), { facts: readFacts });
          throw new Error('killed');
        })
        .catch(() => {});
      return;
    case 'refund':
      return refund(world, act.which, act.meanwhile);
    case 'switch':
      world.on = !world.on;
      await t.db.inShop(shopId, (tx) => switchSequence(tx, world.sequenceId, world.on, now));
      return;
    case 'publish':
      await t.db.inShop(shopId, async (tx) => {
        await saveDraft(tx, world.sequenceId, { plan: planOf(act.days) }, now);
        await publish(tx, world.sequenceId, { inside: act.move ? 'move' : 'stay' }, now);
      });
  }
}

/** A refund, alone or while workers are busy. */
async function refund(world: World, which: number, meanwhile: boolean): Promise<void> {
  const order = world.orders[which];
  if (!order) return;
  const { shopId, now } = world;
  const stopping = t.db.acrossShops((tx) =>
    stop(tx, [{ shopId, by: 'order', id: String(order.id), reason: 'refunded' }], now),
  );
  await Promise.all(meanwhile ? [runDue(t.db, now), stopping, runDue(t.db, now)] : [stopping]);
  order.stopped = true;
}

interface Row {
  order_id: bigint;
  state: string;
  has_cursor: boolean;
  due_at: Date | null;
  waiting: number;
  messages: number;
  steps: number;
}

const ROWS = `
  select e.order_id, e.state, c.enrollment_id is not null as has_cursor, c.due_at,
    count(m.id) filter (where m.state = 'waiting')::int as waiting, count(m.id)::int as messages,
    count(distinct m.template_key)::int as steps
  from enrollment e
  left join enrollment_cursor c on c.shop_id = e.shop_id and c.enrollment_id = e.id
  left join message m on m.shop_id = e.shop_id and m.enrollment_id = e.id
  where e.shop_id = $1 group by e.order_id, e.state, c.enrollment_id, c.due_at`;

/** What has been seen of all that was promised: an engine that does nothing breaks nothing either. */
const seen = { done: 0, stopped: 0 };

async function check(world: World): Promise<void> {
  const rows = await t.db.sqlAcrossShops<Row>(ROWS, [world.shopId]);
  for (const row of rows) {
    const order = world.orders.find(({ id }) => id === row.order_id)!;
    expect(row.has_cursor).toBe(row.state === 'open');
    expect(row.messages).toBe(row.steps);
    if (order.stopped)
      expect([row.state, row.waiting]).toEqual([
        row.messages === 2 && row.state === 'done' ? 'done' : 'stopped',
        0,
      ]);
    if (row.state === 'done') expect(row.messages).toBe(2);
  }
  expect(new Set(rows.map((row) => row.order_id)).size).toBe(rows.length);
}

async function countEnds(world: World): Promise<void> {
  const rows = await t.db.sqlAcrossShops<Row>(ROWS, [world.shopId]);
  seen.done += rows.filter(({ state }) => state === 'done').length;
  seen.stopped += rows.filter(({ state }) => state === 'stopped').length;
}

test('no order of events breaks a promise', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 4, maxLength: 14 }), async (all) => {
      const shop = await aShop(t.db);
      const sequenceId = await aSequence(t.db, shop.id, planOf(2));
      const world: World = { shopId: shop.id, sequenceId, now: NOON, on: true, orders: [] };
      for (const act of all) {
        await perform(world, act);
        await check(world);
      }
      // In the end everybody who was let in is out again.
      if (!world.on) await perform(world, { do: 'switch' });
      for (const hours of [200, 200, 200]) await perform(world, { do: 'time', hours, workers: 2 });
      await check(world);
      const left = await t.db.sqlAcrossShops('select 1 from enrollment_cursor where shop_id = $1', [shop.id]);
      expect(left).toEqual([]);
      await countEnds(world);
      await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [shop.id]);
    }),
    { numRuns: 25, endOnFailure: true },
  );
  expect(seen.done).toBeGreaterThan(0);
  expect(seen.stopped).toBeGreaterThan(0);
}, 120_000);
