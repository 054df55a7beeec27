import { expect, test } from 'vitest';
import { stop, wake } from '../../../app/sequences/sequences.server.ts';
import type { GiftWanted } from '../../../app/sequences/source.ts';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import { enroll } from '../../../app/sequences/sequences.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import {
  ASK_AT_ONCE,
  aSequence,
  cursorsIn,
  later,
  manyEnrolled,
  messagesIn,
  NOON,
  runDue,
} from './fixtures.ts';

const t = testDb();

const waitForAnswer: PlanInput = {
  ...ASK_AT_ONCE,
  start: 'answer',
  steps: [
    {
      kind: 'wait-for',
      key: 'answer',
      when: { fact: 'order.answered', is: 'equal', value: true },
      within: { days: 5 },
      next: 'ask',
      otherwise: null,
    },
    ...ASK_AT_ONCE.steps,
  ],
};

const withSteps = (...steps: PlanInput['steps']): PlanInput => ({
  ...ASK_AT_ONCE,
  start: steps[0]!.key,
  steps,
});

async function answered(shopId: bigint, one: { customerId: string; orderId?: bigint | null }) {
  await t.db.sqlAcrossShops(
    `insert into answer (shop_id, id, survey_id, survey_version, subject, operation_id, customer_id, order_id, source, score, answers, at)
     values ($1, gen_random_uuid(), gen_random_uuid(), 1, $2, $2, $3, $4, 'page', 5, '{}', $5)`,
    [shopId, `order:${one.orderId}`, one.customerId, one.orderId, NOON],
  );
}

test('what waits for something is looked at at once when it happens to that customer, and to nobody else', async () => {
  const shop = await aShop(t.db);
  await aSequence(t.db, shop.id, waitForAnswer);
  const [ana, ben] = await manyEnrolled(t.db, shop.id, 2);
  await runDue(t.db, NOON);
  await answered(shop.id, ana!);
  await answered(shop.id, ben!);
  const now = later(2);
  expect(await t.db.acrossShops((tx) => wake(tx, [{ shopId: shop.id, id: ana!.customerId }], now))).toBe(1);
  await runDue(t.db, now);
  expect(await messagesIn(t.db, shop.id)).toMatchObject([{ customer_id: ana!.customerId }]);
  // Nobody spoke for Ben: the daily look finds it.
  await runDue(t.db, later(24));
  expect(await messagesIn(t.db, shop.id)).toHaveLength(2);
});

test('a plain wait does not listen', async () => {
  const shop = await aShop(t.db);
  await aSequence(t.db, shop.id);
  const [ana] = await manyEnrolled(t.db, shop.id, 1);
  expect(await t.db.acrossShops((tx) => wake(tx, [{ shopId: shop.id, id: ana!.customerId }], NOON))).toBe(0);
});

test('a present is entered once, whoever asks twice', async () => {
  const shop = await aShop(t.db);
  await aSequence(
    t.db,
    shop.id,
    withSteps({ kind: 'gift', key: 'gift', value: { percent: 10 }, validDays: 30, next: null }),
  );
  const [ana] = await manyEnrolled(t.db, shop.id, 1);
  const given: GiftWanted[] = [];
  await runDue(t.db, NOON, { give: async (_tx, gifts) => void given.push(...gifts) });
  expect(given).toMatchObject([{ shopId: shop.id, customerId: ana!.customerId, validDays: 30 }]);
  expect(given[0]!.cause).toMatch(/^gesture:[0-9a-f-]{36}:gift$/);
});

test('tags, metafields, webhooks and tasks are kept as rows; those for a person wait without a moment', async () => {
  const shop = await aShop(t.db);
  await aSequence(
    t.db,
    shop.id,
    withSteps(
      { kind: 'tag', key: 'tag', tags: ['vip'], next: 'card' },
      { kind: 'task', key: 'card', title: 'Write a card', next: null },
    ),
  );
  await manyEnrolled(t.db, shop.id, 1);
  await runDue(t.db, NOON);
  const rows = await t.db.sqlAcrossShops(
    `select step_key, kind, state, due_at, what ->> 'title' as title from deed where shop_id = $1 order by step_key`,
    [shop.id],
  );
  expect(rows).toEqual([
    { step_key: 'card', kind: 'task', state: 'waiting', due_at: null, title: 'Write a card' },
    { step_key: 'tag', kind: 'tag', state: 'waiting', due_at: NOON, title: null },
  ]);
});

test('another sequence is begun by name, for the same order, once', async () => {
  const shop = await aShop(t.db);
  const only: PlanInput['trigger'] = { ...ASK_AT_ONCE.trigger, on: ['sequence.started'] };
  await aSequence(t.db, shop.id, withSteps({ kind: 'start', key: 'on', sequence: 'more', next: null }), {
    key: 'first',
  });
  await aSequence(t.db, shop.id, { ...ASK_AT_ONCE, trigger: only }, { key: 'more' });
  const [ana] = await manyEnrolled(t.db, shop.id, 1);
  await runDue(t.db, NOON);
  const events = await t.db.sqlAcrossShops<{
    data: Record<string, string>;
    customer_id: string;
    order_id: bigint;
  }>(`select data, customer_id, order_id from event where shop_id = $1 and kind = 'sequence.started'`, [
    shop.id,
  ]);
  expect(events).toMatchObject([
    { customer_id: ana!.customerId, order_id: ana!.orderId, data: { by: 'step' } },
  ]);
  const started = events.map(({ data, customer_id: customerId, order_id: orderId }) => ({
    shopId: shop.id,
    trigger: 'sequence.started' as const,
    customerId,
    orderId,
    at: NOON,
    data,
  }));
  expect(await t.db.acrossShops((tx) => enroll(tx, started, NOON))).toBe(1);
  expect(await t.db.acrossShops((tx) => enroll(tx, started, NOON))).toBe(0);
  await runDue(t.db, NOON);
  expect(await messagesIn(t.db, shop.id)).toHaveLength(1);
});

test('sequences that start each other go round once a day at most', async () => {
  const shop = await aShop(t.db);
  const trigger = { ...ASK_AT_ONCE.trigger, each: 'customer' as const };
  const ring = { ...withSteps({ kind: 'start', key: 'on', sequence: 'ring', next: null }), trigger };
  await aSequence(t.db, shop.id, ring, { key: 'ring' });
  const [ana] = await manyEnrolled(t.db, shop.id, 1);
  await runDue(t.db, NOON);
  const again = (hours: number) => {
    const at = later(hours);
    const data = { sequence: 'ring', by: 'step', cause: `round ${hours}` };
    const started = {
      shopId: shop.id,
      trigger: 'sequence.started' as const,
      customerId: ana!.customerId,
      at,
      data,
    };
    return t.db.acrossShops((tx) => enroll(tx, [started], at));
  };
  expect(await again(1)).toBe(0);
  expect(await again(25)).toBe(1);
});

test('a cancelled order ends what it set off, but not what is about the cancelling', async () => {
  const shop = await aShop(t.db);
  const trigger = { ...ASK_AT_ONCE.trigger, on: ['order.cancelled', 'order.paid'] as const };
  await aSequence(
    t.db,
    shop.id,
    { ...waitForAnswer, trigger: { ...trigger, on: [...trigger.on] } },
    { key: 'sorry' },
  );
  await aSequence(t.db, shop.id, waitForAnswer, { key: 'other' });
  const [ana] = await manyEnrolled(t.db, shop.id, 1);
  await runDue(t.db, NOON);
  expect(await cursorsIn(t.db, shop.id)).toHaveLength(2);
  const over = {
    shopId: shop.id,
    by: 'order' as const,
    id: String(ana!.orderId),
    reason: 'refunded' as const,
  };
  expect(await t.db.acrossShops((tx) => stop(tx, [over], NOON))).toBe(1);
  expect(await cursorsIn(t.db, shop.id)).toHaveLength(1);
  const erased = { shopId: shop.id, by: 'customer' as const, id: ana!.customerId, reason: 'erased' as const };
  expect(await t.db.acrossShops((tx) => stop(tx, [erased], NOON))).toBe(1);
});
