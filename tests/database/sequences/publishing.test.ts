import { expect, test } from 'vitest';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import { enroll, previewPublishing, publish, saveDraft } from '../../../app/sequences/sequences.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import {
  aCustomer,
  anOrder,
  aSequence,
  ASK_AFTER_TWO_DAYS,
  cursorsIn,
  later,
  messagesIn,
  NOON,
  paid,
  runDue,
} from './fixtures.ts';

const t = testDb();
const [WAIT, ASK] = ASK_AFTER_TWO_DAYS.steps;
const waiting = (days: number): PlanInput => ({
  ...ASK_AFTER_TWO_DAYS,
  steps: [{ ...WAIT, until: { after: { days } } } as PlanInput['steps'][number], ASK!],
});

/** Three who were enrolled at different hours, standing at the wait. */
async function threeInside() {
  const shop = await aShop(t.db);
  const id = await aSequence(t.db, shop.id);
  for (const hours of [0, 10, 20]) {
    const customerId = await aCustomer(t.db, shop.id);
    const order = await anOrder(t.db, shop.id, customerId, { paidAt: later(hours) });
    await t.db.acrossShops((tx) =>
      enroll(tx, [paid(shop.id, customerId, order, later(hours))], later(hours)),
    );
    await runDue(t.db, later(hours));
  }
  await t.db.sqlAcrossShops(`update customer set last_name = 'Müller' where shop_id = $1`, [shop.id]);
  const draft = (plan: PlanInput) => t.db.inShop(shop.id, (tx) => saveDraft(tx, id, { plan }, NOON));
  const preview = (now: Date) => t.db.inShop(shop.id, (tx) => previewPublishing(tx, id, now));
  return { shop, id, draft, preview };
}

test('without a draft there is nothing to say, and a broken one is said to be broken', async () => {
  const { draft, preview, shop } = await threeInside();
  expect(await preview(NOON)).toEqual({ outcome: 'unchanged' });
  await draft({ ...ASK_AFTER_TWO_DAYS, start: 'nowhere' });
  expect(await preview(NOON)).toMatchObject({ outcome: 'problems' });
  const unknown = '00000000-0000-7000-8000-000000000000';
  expect(await t.db.inShop(shop.id, (tx) => previewPublishing(tx, unknown, NOON))).toEqual({
    outcome: 'unknown',
  });
});

test('those for whom the new wait is over are counted as written to at once, by name', async () => {
  const { draft, preview } = await threeInside();
  await draft(waiting(1));
  const said = await preview(later(26));
  expect(said).toMatchObject({
    outcome: 'preview',
    inside: 3,
    looked: 3,
    stay: { counts: [{ effect: 'same', count: 3 }] },
    move: {
      counts: [
        { effect: 'message', count: 1 },
        { effect: 'earlier', count: 2, medianHours: 24 },
      ],
    },
  });
  const [first] = said.outcome === 'preview' ? said.move.examples : [];
  expect(first).toMatchObject({ name: 'Ana M.', effect: 'message', before: { at: later(48) } });
});

test.each([1, 2, 4])('what was said before comes about (a wait of %i days)', async (days) => {
  const { shop, id, draft, preview } = await threeInside();
  await draft(waiting(days));
  const now = later(26);
  const said = await preview(now);
  if (said.outcome !== 'preview') throw new Error(said.outcome);
  const count = (effect: string) => said.move.counts.find((each) => each.effect === effect)?.count ?? 0;
  await t.db.inShop(shop.id, (tx) => publish(tx, id, { inside: 'move' }, now));
  await runDue(t.db, now);
  expect(await messagesIn(t.db, shop.id)).toHaveLength(count('message'));
  const dates = (await cursorsIn(t.db, shop.id)).map(({ due_at }) => due_at!.getTime()).sort();
  const promised = said.move.examples
    .filter(({ effect }) => effect !== 'message')
    .map(({ after }) => after.at!.getTime());
  expect(dates).toEqual(promised.sort());
});

test('looking writes nothing', async () => {
  const { shop, draft, preview } = await threeInside();
  await draft(waiting(1));
  const before = await cursorsIn(t.db, shop.id);
  await preview(later(30));
  expect(await cursorsIn(t.db, shop.id)).toEqual(before);
  expect(await messagesIn(t.db, shop.id)).toEqual([]);
});

test('of very many a sample is looked at, and all are counted', async () => {
  const { shop, id, draft, preview } = await threeInside();
  await t.db.sqlAcrossShops(
    `with copies as (
       insert into enrollment (shop_id, id, sequence_id, version, customer_id, order_id, subject, epoch, state, anchor_at, started_at)
       select e.shop_id, gen_random_uuid(), e.sequence_id, 1, e.customer_id, e.order_id, 'copy:' || n, 0, 'open', e.anchor_at, e.started_at
       from (select * from enrollment where shop_id = $1 limit 1) e, generate_series(1, 2500) n returning id)
     insert into enrollment_cursor (shop_id, enrollment_id, sequence_id, version, step_key, reached_at, due_at)
     select $1, id, $2, 1, 'wait', $3, $4 from copies`,
    [shop.id, id, NOON, later(48)],
  );
  await draft(waiting(3));
  const said = await preview(later(26));
  expect(said).toMatchObject({
    inside: 2503,
    looked: 2000,
    move: { counts: [{ effect: 'later', count: 2000 }] },
  });
});
