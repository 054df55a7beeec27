import { expect, test } from 'vitest';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import {
  askSimulation,
  enroll,
  saveDraft,
  simulate,
  simulationOf,
} from '../../../app/sequences/sequences.server.ts';
import type { Compared } from '../../../app/sequences/simulation.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import {
  aCustomer,
  anOrder,
  aSequence,
  aShipment,
  ASK_AFTER_TWO_DAYS,
  enrollmentsIn,
  later,
  messagesIn,
  NOON,
  paid,
  runDue,
} from './fixtures.ts';

const t = testDb();
const KEY = Buffer.alloc(32, 7);
/** When it is asked for: 30 days after the orders came. */
const ASKED = later(30 * 24);
const deps = () => ({ db: t.db, hashKey: KEY, texts: false });

/** Small orders are left alone, and who orders again is not asked. */
const CHOOSY: PlanInput = {
  ...ASK_AFTER_TWO_DAYS,
  steps: [
    ASK_AFTER_TWO_DAYS.steps[0]!,
    {
      kind: 'condition',
      key: 'large',
      branches: [{ when: { fact: 'order.total', is: 'at-least', value: 3000 }, next: 'ask' }],
      otherwise: null,
    },
    ASK_AFTER_TWO_DAYS.steps[1]!,
  ].map((step) => (step.kind === 'wait' ? { ...step, next: 'large' } : step)) as PlanInput['steps'],
  exits: [{ key: 'ordered-again', when: { fact: 'customer.ordered-since', is: 'at-least', value: 1 } }],
};

/** The same a day earlier, without choosing. */
const SOONER: PlanInput = {
  ...ASK_AFTER_TWO_DAYS,
  steps: [
    { kind: 'wait', key: 'wait', until: { after: { days: 1 } }, next: 'ask' },
    ASK_AFTER_TWO_DAYS.steps[1]!,
  ],
};

async function aShopWithOrders(plan: PlanInput = ASK_AFTER_TWO_DAYS) {
  const shop = await aShop(t.db);
  const id = await aSequence(t.db, shop.id, plan);
  await t.db.sqlAcrossShops(
    `update shop set settings = '{"rhythm":{"quietFrom":0,"quietTo":0}}' where id = $1`,
    [shop.id],
  );
  const happened = [];
  for (const [hours, total] of [
    [0, 4900n],
    [5, 1000n],
    [10, 5000n],
    [30, 2999n],
  ] as const) {
    const customerId = await aCustomer(t.db, shop.id);
    await consents(shop.id, customerId);
    const paidAt = later(hours);
    happened.push(
      paid(shop.id, customerId, await anOrder(t.db, shop.id, customerId, { total, paidAt }), paidAt),
    );
  }
  // One of them comes again before the two days are over.
  const { customerId } = happened[2]!;
  const again = await anOrder(t.db, shop.id, customerId, { paidAt: later(20) });
  happened.push(paid(shop.id, customerId, again, later(20)));
  return { shop, id, happened };
}

const consents = (shopId: bigint, customerId: string) =>
  t.db.sqlAcrossShops(
    `insert into consent (shop_id, customer_id, channel, state, source, at)
     values ($1, $2, 'email', 'subscribed', 'shopify', $3)`,
    [shopId, customerId, later(-1000)],
  );

const queued: { simulationId: string }[] = [];
const ask = async (shopId: bigint, id: string, now = ASKED) => {
  const asked = await t.db.inShop(shopId, (tx) =>
    askSimulation(tx, id, async (_tx, payload) => void queued.push(payload), now),
  );
  return (asked as { id: string }).id;
};
const run = (shopId: bigint, simulationId: string) =>
  simulate(deps(), { shopId: String(shopId), simulationId }, ASKED);
const viewOf = (shopId: bigint, id: string) => t.db.inShop(shopId, (tx) => simulationOf(tx, id));

test('a draft is compared with what runs now, on the same orders', async () => {
  const { shop, id } = await aShopWithOrders();
  await t.db.inShop(shop.id, (tx) => saveDraft(tx, id, { plan: SOONER }, NOON));
  const simulationId = await ask(shop.id, id);
  expect(queued.at(-1)).toEqual({ shopId: String(shop.id), simulationId });
  expect(await viewOf(shop.id, id)).toMatchObject({ state: 'waiting', progress: 0, report: null });
  expect(await run(shop.id, simulationId)).toEqual({ outcome: 'done' });
  const view = await viewOf(shop.id, id);
  expect(view).toMatchObject({ state: 'done', progress: 1, isCurrent: true });
  const { draft, live } = view!.report!;
  const sentOn = ({ days, steps }: Compared['draft']) =>
    days.filter((_, index) => steps[0]!.byDay[index]! > 0);
  expect(sentOn(live!)).toEqual(['2026-05-06', '2026-05-07']);
  expect(sentOn(draft)).toEqual(['2026-05-05', '2026-05-06']);
  expect(draft).toMatchObject({ customers: 4, enrolled: 5, messages: { planned: 5, sent: 5, waiting: 0 } });
});

test('what is simulated of the live plan is what the engine has really done', async () => {
  const { shop, id, happened } = await aShopWithOrders(CHOOSY);
  for (let hour = 0; hour <= 100; hour += 1) {
    const due = happened.filter(({ at }) => at.getTime() === later(hour).getTime());
    if (due.length > 0) await t.db.acrossShops((tx) => enroll(tx, due, later(hour)));
    if (hour % 5 === 0) await runDue(t.db, later(hour));
  }
  const real = await messagesIn(t.db, shop.id);
  await run(shop.id, await ask(shop.id, id));
  const { live } = (await viewOf(shop.id, id))!.report!;
  const enrollments = await enrollmentsIn(t.db, shop.id);
  expect(real).toHaveLength(2);
  expect(live!.messages.planned).toBe(real.length);
  expect(live!.enrolled).toBe(enrollments.length);
  const reasons = enrollments.map(({ state, reason }) => reason ?? state);
  for (const { code, count } of live!.ended)
    expect([code, count]).toEqual([code, reasons.filter((reason) => reason === code).length]);
});

test('what others have sent counts towards the budget, what the sequence sent itself does not', async () => {
  const { shop, id, happened } = await aShopWithOrders();
  const other = await aSequence(t.db, shop.id, ASK_AFTER_TWO_DAYS);
  await t.db.acrossShops((tx) => enroll(tx, happened, NOON));
  await runDue(t.db, later(80));
  await t.db.sqlAcrossShops(
    `update message set state = 'sent', handed_at = $2, due_at = null where shop_id = $1`,
    [shop.id, later(47)],
  );
  await run(shop.id, await ask(shop.id, id));
  const both = (await viewOf(shop.id, id))!.report!.live!;
  expect(both.moved.because.map(({ code }) => code)).toContain('gap');
  await t.db.sqlAcrossShops(
    `delete from message where shop_id = $1 and enrollment_id in
       (select id from enrollment where shop_id = $1 and sequence_id = $2)`,
    [shop.id, other],
  );
  await run(shop.id, await ask(shop.id, id));
  const alone = (await viewOf(shop.id, id))!.report!.live!;
  expect(alone.moved.count).toBeLessThan(both.moved.count);
});

test('parcels and products come with their days', async () => {
  const { shop, happened } = await aShopWithOrders();
  const orderId = happened[0]!.orderId!;
  const id = await aSequence(t.db, shop.id, {
    ...ASK_AFTER_TWO_DAYS,
    trigger: { on: ['shipment.delivered'], each: 'product', freshFor: { days: 2 } },
  });
  await aShipment(t.db, shop.id, orderId, { deliveredAt: later(24) });
  await run(shop.id, await ask(shop.id, id));
  const { live } = (await viewOf(shop.id, id))!.report!;
  expect(live!.enrolled).toBe(1);
  expect(live!.days[live!.steps[0]!.byDay.indexOf(1)]).toBe('2026-05-07');
});

test('asking again takes the place of the older try, which gives up', async () => {
  const { shop, id } = await aShopWithOrders();
  const older = await ask(shop.id, id);
  const newer = await ask(shop.id, id, later(1, ASKED));
  expect(await run(shop.id, older)).toMatchObject({ outcome: 'cancel' });
  expect(await viewOf(shop.id, id)).toMatchObject({ id: newer, state: 'waiting' });
  expect(await run(shop.id, newer)).toEqual({ outcome: 'done' });
  // A job that is delivered twice finds nothing to do.
  expect(await run(shop.id, newer)).toMatchObject({ outcome: 'cancel' });
  expect(await viewOf(shop.id, id)).toMatchObject({ id: newer, state: 'done' });
});

test('one that is under way stops as soon as a newer one is asked for, and writes nothing into it', async () => {
  const { shop, id } = await aShopWithOrders();
  const older = await ask(shop.id, id);
  let newer: string | undefined;
  const interrupted: typeof t.db = {
    ...t.db,
    async inShop(shopId, work) {
      const result = await t.db.inShop(shopId, work);
      newer ??= await ask(shop.id, id, later(1, ASKED));
      return result;
    },
  };
  const result = await simulate(
    { ...deps(), db: interrupted },
    { shopId: String(shop.id), simulationId: older },
    ASKED,
  );
  expect(result).toMatchObject({ outcome: 'cancel' });
  expect(await viewOf(shop.id, id)).toMatchObject({ id: newer, state: 'waiting', progress: 0, report: null });
});

test('a report of an older draft says so', async () => {
  const { shop, id } = await aShopWithOrders();
  await run(shop.id, await ask(shop.id, id));
  expect(await viewOf(shop.id, id)).toMatchObject({ isCurrent: true });
  await t.db.inShop(shop.id, (tx) => saveDraft(tx, id, { plan: SOONER }, NOON));
  expect(await viewOf(shop.id, id)).toMatchObject({ state: 'done', isCurrent: false });
});

test('facts are read in transactions that cannot write', async () => {
  const { shop, id } = await aShopWithOrders();
  const asked = await ask(shop.id, id);
  const modes: unknown[] = [];
  const watched: typeof t.db = {
    ...t.db,
    inShop: (shopId, work) =>
      t.db.inShop(shopId, async (tx) => {
        const result = await work(tx);
        modes.push(...(await tx.sql('show transaction_read_only')));
        await expect(tx.sql('update customer set stage = stage')).rejects.toThrow(/read-only/);
        return result;
      }),
  };
  // The refused update ends each transaction: what was read before it has been read all the same.
  await simulate({ ...deps(), db: watched }, { shopId: String(shop.id), simulationId: asked }, ASKED).catch(
    () => null,
  );
  expect(modes.length).toBeGreaterThan(0);
  expect(new Set(modes.map((mode) => JSON.stringify(mode)))).toEqual(
    new Set(['{"transaction_read_only":"on"}']),
  );
});
