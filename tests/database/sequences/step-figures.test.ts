/** What came of each step: counted from real runs of the engine. */
import { expect, test } from 'vitest';
import { stepFigures, stop } from '../../../app/sequences/sequences.server.ts';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { aSequence, enrollmentsIn, later, manyEnrolled, NOON, runDue } from './fixtures.ts';

const t = testDb();

/** Two days, then nobody or everybody by lot: a mail, or one that comes too late. */
const PLAN: PlanInput = {
  format: 1,
  trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
  start: 'wait',
  steps: [
    { kind: 'wait', key: 'wait', until: { after: { days: 2 } }, next: 'lots' },
    {
      kind: 'split',
      key: 'lots',
      ways: [
        { name: 'A', weight: 1, next: 'ask' },
        { name: 'none', weight: 0, next: null },
      ],
    },
    { kind: 'message', key: 'ask', class: 'ask', template: 'ask', next: 'rest' },
    { kind: 'wait', key: 'rest', until: { after: { days: 2 }, from: 'reached' }, next: 'late' },
    {
      kind: 'message',
      key: 'late',
      class: 'ask',
      template: 'ask',
      uselessAfter: { hours: 1 },
      next: null,
    },
  ],
};

test('how many passed, wait here, were left out and left, step by step', async () => {
  const shop = await aShop(t.db);
  const id = await aSequence(t.db, shop.id, PLAN);
  const figures = (now: Date) => t.db.inShop(shop.id, (tx) => stepFigures(tx, id, now));
  await manyEnrolled(t.db, shop.id, 4);
  await runDue(t.db, NOON);
  const [one] = await enrollmentsIn(t.db, shop.id);
  await t.db.inShop(shop.id, (tx) =>
    stop(tx, [{ shopId: shop.id, by: 'enrollment', id: one!.id, reason: 'stopped-by-staff' }], later(1)),
  );
  expect(await figures(later(1))).toMatchObject({
    began: 4,
    isPart: false,
    steps: { wait: { passed: 0, left: [{ code: 'stopped-by-staff', count: 1 }] }, ask: { passed: 0 } },
  });

  await runDue(t.db, later(48));
  expect((await figures(later(48)))!.steps).toMatchObject({
    wait: { passed: 3 },
    lots: { passed: 3, ways: [3, 0] },
    ask: { passed: 3, sent: 0, waiting: 3, skipped: [] },
    rest: { passed: 0 },
  });

  // Two of them are written to, one may not be; the second mail comes hours after its moment.
  await t.db.sqlAcrossShops(
    `update message m set state = case when n = 1 then 'skipped' else 'sent' end,
       reason = case when n = 1 then '{"code":"no-consent"}'::jsonb else '{}'::jsonb end
     from (select id, row_number() over (order by id) as n from message where shop_id = $1) o
     where m.shop_id = $1 and m.id = o.id`,
    [shop.id],
  );
  await runDue(t.db, later(48 + 48 + 5));
  expect((await figures(later(101)))!.steps).toMatchObject({
    ask: { passed: 3, sent: 2, waiting: 0, skipped: [{ code: 'no-consent', count: 1 }] },
    rest: { passed: 3 },
    late: { passed: 3, sent: 0, skipped: [{ code: 'too-late', count: 3 }] },
  });
  // Those who came in longer ago are no longer counted.
  expect(await figures(later(24 * 40))).toMatchObject({ began: 0 });
});

test('a sequence that was never published has no figures, an unknown one none at all', async () => {
  const shop = await aShop(t.db);
  const read = (id: string) => t.db.inShop(shop.id, (tx) => stepFigures(tx, id, NOON));
  const id = await aSequence(t.db, shop.id, PLAN);
  await t.db.sqlAcrossShops(`update sequence set live_version = null, status = 'off' where id = $1`, [id]);
  expect(await read(id)).toEqual({ began: 0, isPart: false, steps: {} });
  expect(await read(crypto.randomUUID())).toBeNull();
});
