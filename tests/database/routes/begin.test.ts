/** Staff begins a sequence from the customer's page, and is told plainly when that cannot be. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { makeReactionsLoop } from '../../../app/reactions.server.ts';
import type * as customerRoute from '../../../app/routes/app.customers.$id.tsx';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import { beginByHand } from '../../../app/sequences/sequences.server.ts';
import type { NotBegun } from '../../../app/sequences/sequence.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { whyNotBegun } from '../../../app/ui/beginWords.ts';
import { testDb } from '../../database.ts';
import { testShopify } from '../../shopify.ts';
import {
  aCustomer,
  anOrder,
  aSequence,
  aShipment,
  ASK_AFTER_TWO_DAYS,
  enrollmentsIn,
} from '../sequences/fixtures.ts';

const t = testDb();
const shopify = testShopify(t);

let shop: Shop;
let page: typeof customerRoute;
let react: () => Promise<number>;

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  ({ shop } = await shopify.open());
  page = await import('../../../app/routes/app.customers.$id.tsx');
  const loop = makeReactionsLoop({ db: t.db, queue: shopify.queue, settleIn: async () => {} });
  react = () => loop(new Date());
  await react();
});

beforeEach(async () => {
  for (const table of ['enrollment_cursor', 'enrollment', 'sequence'])
    await t.db.sqlAcrossShops(`delete from ${table} where shop_id = $1`, [shop.id]);
});

const argsOf = (id: string, form?: Record<string, string>) => {
  const token = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
  const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
  return {
    request: shopify.request(`/app/customers/${id}`, token, init),
    params: { id },
    context: {},
  } as unknown as Parameters<typeof page.loader>[0];
};

const begin = (id: string, sequence = 'care') => page.action(argsOf(id, { intent: 'begin', sequence }));
const BEGUN = { toast: 'It begins in a moment', saved: true };
const refused = (why: NotBegun, sequence = 'care') => ({ refused: whyNotBegun(why), sequence });

const plan = (
  each: PlanInput['trigger']['each'],
  with_: Partial<PlanInput> = {},
  trigger: Partial<PlanInput['trigger']> = {},
): PlanInput => ({
  ...ASK_AFTER_TWO_DAYS,
  ...with_,
  trigger: { ...ASK_AFTER_TWO_DAYS.trigger, each, ...trigger },
});

const care = (of: PlanInput, status = 'on') => aSequence(t.db, shop.id, of, { key: 'care', status });

test('the page offers what is switched on; it begins about the last order, once', async () => {
  await care(plan('order'));
  await aSequence(t.db, shop.id, plan('order'), { key: 'off', status: 'off' });
  const ana = await aCustomer(t.db, shop.id);
  await anOrder(t.db, shop.id, ana, { paidAt: new Date('2026-01-01T00:00:00Z') });
  const last = await anOrder(t.db, shop.id, ana, { paidAt: new Date('2026-03-01T00:00:00Z') });
  expect((await page.loader(argsOf(ana))).sequences).toEqual([{ key: 'care', name: 'A sequence' }]);
  expect(await begin(ana)).toEqual(BEGUN);
  // Pressed again before the worker came to it.
  expect(await begin(ana)).toEqual(refused('inside'));
  expect(await react()).toBeGreaterThan(0);
  expect(await enrollmentsIn(t.db, shop.id)).toMatchObject([{ state: 'open', subject: `order:${last}` }]);
  expect(await begin(ana)).toEqual(refused('inside'));
  await t.db.sqlAcrossShops(`update enrollment set state = 'done' where shop_id = $1`, [shop.id]);
  expect(await begin(ana)).toEqual(refused('been-through'));
  const { timeline } = await page.loader(argsOf(ana));
  expect(timeline.map(({ sentence }) => sentence)).toContain('“care” began');
  expect(await react()).toBe(0);
});

test('two who press at once begin one', async () => {
  await care(plan('customer'));
  const ana = await aCustomer(t.db, shop.id);
  const press = (then = async () => {}) =>
    t.db.inShop(shop.id, async (tx) => {
      const begun = await beginByHand(tx, { customerId: ana, sequence: 'care' }, new Date());
      await then();
      return begun;
    });
  let second: ReturnType<typeof press> | undefined;
  // Pressed while the first is not committed yet: it has to wait for that.
  const first = await press(async () => {
    second = press();
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  expect(first).toEqual({ outcome: 'begun' });
  expect(await second).toEqual({ outcome: 'refused', why: 'inside' });
  await react();
  expect(await enrollmentsIn(t.db, shop.id)).toHaveLength(1);
});

test('what is about an order, a parcel or its products needs one', async () => {
  const ana = await aCustomer(t.db, shop.id);
  await care(plan('order'));
  expect(await begin(ana)).toEqual(refused('no-order'));
  await aSequence(t.db, shop.id, plan('shipment'), { key: 'parcel' });
  await aSequence(t.db, shop.id, plan('product'), { key: 'products' });
  const order = await anOrder(t.db, shop.id, ana, {
    products: [
      [70n, 900n],
      [71n, 400n],
    ],
  });
  expect(await begin(ana, 'parcel')).toEqual(refused('no-parcel', 'parcel'));
  const shipment = await aShipment(t.db, shop.id, order);
  expect(await begin(ana, 'parcel')).toEqual(BEGUN);
  expect(await begin(ana, 'products')).toEqual(BEGUN);
  await react();
  expect((await enrollmentsIn(t.db, shop.id)).map(({ subject }) => subject).sort()).toEqual([
    `order:${order}:product:70`,
    `order:${order}:product:71`,
    `shipment:${shipment}`,
  ]);
});

test('an order that is over, a plan that does not take them in, and sequences that are off are named', async () => {
  const ana = await aCustomer(t.db, shop.id);
  const order = await anOrder(t.db, shop.id, ana, { test: true });
  const sequence = await care(plan('order'));
  expect(await begin(ana)).toEqual(refused('not-for-them'));
  await t.db.sqlAcrossShops(
    `update orders set test = false, cancelled_at = $2 where shop_id = $1 and id = $3`,
    [shop.id, new Date(), order],
  );
  expect(await begin(ana)).toEqual(refused('order-over'));
  await t.db.sqlAcrossShops(`update sequence set status = 'off' where id = $1`, [sequence]);
  expect(await begin(ana)).toEqual(refused('not-on'));
  expect(await begin(ana, 'nothing')).toEqual(refused('not-on', 'nothing'));
});

test('who was in it within the time that its plan keeps them out is kept out', async () => {
  await care(plan('customer', { reentry: { kind: 'once' } }));
  const ana = await aCustomer(t.db, shop.id);
  expect(await begin(ana)).toEqual(BEGUN);
  await react();
  expect(await begin(ana)).toEqual(refused('inside'));
  await t.db.sqlAcrossShops(`update enrollment set state = 'done' where shop_id = $1`, [shop.id]);
  expect(await begin(ana)).toEqual(refused('been-through'));
});

test('nobody of another shop is begun with', async () => {
  await care(plan('customer'));
  const { aShop } = await import('../../builders.ts');
  const other = await aShop(t.db);
  const stranger = await aCustomer(t.db, other.id);
  expect(await begin(stranger)).toEqual(refused('gone'));
});
