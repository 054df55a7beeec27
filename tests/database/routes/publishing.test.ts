import { beforeAll, expect, test } from 'vitest';
import { now } from '../../../app/clock.server.ts';
import { planSchema } from '../../../app/sequences/plan.ts';
import { enroll, saveDraft, sequenceOf, simulate } from '../../../app/sequences/sequences.server.ts';
import { testDb } from '../../database.ts';
import { testShopify } from '../../shopify.ts';
import {
  aCustomer,
  anOrder,
  ASK_AFTER_TWO_DAYS,
  ASK_AT_ONCE,
  aSequence,
  paid,
  runDue,
} from '../sequences/fixtures.ts';

const t = testDb();
const shopify = testShopify(t);

beforeAll(() => {
  process.env['DATABASE_URL'] = t.url;
});

async function aDraft() {
  const { shop } = await shopify.open();
  const id = await aSequence(t.db, shop.id, ASK_AFTER_TWO_DAYS);
  for (let person = 0; person < 2; person++) {
    const customerId = await aCustomer(t.db, shop.id);
    const order = await anOrder(t.db, shop.id, customerId, { paidAt: now() });
    await t.db.acrossShops((tx) => enroll(tx, [paid(shop.id, customerId, order, now())], now()));
  }
  await runDue(t.db, now());
  await t.db.inShop(shop.id, (tx) => saveDraft(tx, id, { plan: ASK_AT_ONCE }, now()));
  const token = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
  const call = (fields: Record<string, string> | null, params = { id }) =>
    ({
      request: shopify.request(
        '/x',
        token,
        fields ? { method: 'POST', body: new URLSearchParams(fields) } : undefined,
      ),
      params,
      context: {},
    }) as never;
  return { shop, id, call };
}

test('what publishing would do is said without doing it', async () => {
  const { shop, id, call } = await aDraft();
  const { action } = await import('../../../app/routes/app.sequences.$id.publish.tsx');
  expect(await action(call({ plan: '' }))).toMatchObject({
    outcome: 'preview',
    inside: 2,
    move: { counts: [{ effect: 'message', count: 2 }] },
  });
  // Also of what is drawn and not saved yet.
  expect(await action(call({ plan: JSON.stringify(ASK_AFTER_TWO_DAYS) }))).toMatchObject({
    move: { counts: [{ effect: 'same', count: 2 }] },
  });
  expect(await t.db.inShop(shop.id, (tx) => sequenceOf(tx, id))).toMatchObject({ liveVersion: 1 });
  const nobody = { id: '00000000-0000-7000-8000-000000000000' };
  await expect(action(call({ plan: '' }, nobody))).rejects.toMatchObject({ status: 404 });
});

test('what is drawn is judged without being kept', async () => {
  const { shop, id, call } = await aDraft();
  const { action } = await import('../../../app/routes/app.sequences.$id.judge.tsx');
  const before = await t.db.inShop(shop.id, (tx) => sequenceOf(tx, id));
  const said = async (plan: object) => (await action(call({ plan: JSON.stringify(plan) }))).json();
  expect(await said(ASK_AFTER_TWO_DAYS)).toEqual({ problems: [] });
  const steps = ASK_AFTER_TWO_DAYS.steps.map((step) =>
    step.kind === 'message' ? { ...step, next: 'nowhere' } : step,
  );
  expect(await said({ ...ASK_AFTER_TWO_DAYS, steps })).toMatchObject({ problems: [{ step: 'ask' }] });
  expect(await t.db.inShop(shop.id, (tx) => sequenceOf(tx, id))).toEqual(before);
  await expect(action(call({ plan: '[]' }))).rejects.toMatchObject({ status: 400 });
});

test('a try is asked for, worked off by the queue, and shown', async () => {
  const { shop, call } = await aDraft();
  const { action, loader } = await import('../../../app/routes/app.sequences.$id.simulate.tsx');
  expect(await loader(call(null))).toEqual({ simulation: null, problems: false });
  const asked = await action(call({}));
  expect(asked).toMatchObject({ simulation: { state: 'waiting' }, problems: false });
  const rows = await t.db.sqlAcrossShops<{ data: { shopId: string; simulationId: string } }>(
    `select data from pgboss.job where name = 'sequences.simulate'`,
  );
  expect(rows.map(({ data }) => data)).toEqual([
    { shopId: String(shop.id), simulationId: asked.simulation!.id },
  ]);
  const deps = { db: t.db, hashKey: Buffer.alloc(32), texts: false };
  expect(await simulate(deps, rows[0]!.data, now())).toEqual({ outcome: 'done' });
  expect(await loader(call(null))).toMatchObject({ simulation: { state: 'done', isCurrent: true } });
});

test('publishing keeps those inside, or moves them, as was chosen', async () => {
  const { shop, id, call } = await aDraft();
  const { action } = await import('../../../app/routes/app.sequences.$id._index.tsx');
  expect(await action(call({ intent: 'publish', inside: 'move' }))).toMatchObject({
    toast: 'Version 2 is published, and 2 inside follow it',
  });
  const versions = await t.db.sqlAcrossShops(
    'select distinct version from enrollment where shop_id = $1 and sequence_id = $2',
    [shop.id, id],
  );
  expect(versions).toEqual([{ version: 2 }]);
  expect(await action(call({ intent: 'publish', inside: 'stay' }))).toEqual({
    toast: 'There was nothing new to publish',
  });
  const plan = JSON.stringify(planSchema.parse(ASK_AFTER_TWO_DAYS));
  expect(await action(call({ intent: 'publish', inside: 'stay', plan }))).toMatchObject({
    toast: 'Version 3 is published',
  });
});
