/** What became of an order is asked before its mail goes, whatever webhooks were lost; silence holds mails up for a while only. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { orderSource } from '../../../app/adapters/shopify/order-source.server.ts';
import { makeHearing, reconcile, startReconciling } from '../../../app/orders/orders.server.ts';
import type { HandOverDeps } from '../../../app/messages/messages.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { ordersDeps } from '../../inbox.ts';
import {
  aMessage,
  aRecipient,
  aTextOf,
  handOverAll,
  handOverDeps,
  messageRow,
  RememberingMail,
} from '../../messages.ts';
import { testShopify } from '../../shopify.ts';

const t = testDb();
const shopify = testShopify(t);
const MINUTE = 60_000;
const start = new Date();
const minutes = (count: number) => new Date(start.getTime() + count * MINUTE);

/** These tests run at any hour of the day. */
const NO_QUIET_HOURS = { rhythm: { quietFrom: 0, quietTo: 0, perWeek: 14, minGapHours: 0 } };

let shop: Shop;
let mail: RememberingMail;
let asked: bigint[];
let deps: HandOverDeps;

const comparing = () => ({ db: t.db, orders: ordersDeps, source: orderSource(shopify.admin) });

beforeAll(async () => {
  ({ shop } = await shopify.open());
  await aTextOf(t.db, shop);
  await t.db.sqlAcrossShops('update shop set settings = $1::jsonb', [NO_QUIET_HOURS]);
});
beforeEach(async () => {
  mail = new RememberingMail();
  asked = [];
  const hearing = makeHearing(comparing());
  const ask = (shopId: bigint, now: Date) => (asked.push(shopId), hearing.ask(shopId, now));
  deps = handOverDeps(t.db, mail, { hearing: { ...hearing, ask } });
  await t.db.sqlAcrossShops('delete from message');
  await t.db.inShop(shop.id, (tx) => startReconciling(tx, shop.id, start));
});

/** Somebody orders, the app hears of it, and half an hour later a service mail about it is due. */
async function anOrderWithMail(email: string) {
  const { store } = shopify.sandbox;
  const lines = [{ handle: shopify.sandbox.shop().products[0]!.handle }];
  const placed = store.placeOrder(shopify.sandbox.shop(), { lines, customer: { email, locale: 'en' } });
  await reconcile(comparing(), { shopId: String(shop.id), hours: 0 }, minutes(5));
  const [order] = await t.db.sqlAcrossShops<{ id: bigint; customer_id: string }>(
    'select id, customer_id from orders where name = $1',
    [placed.name],
  );
  const about = { orderId: order!.id, class: 'service', dueAt: minutes(30) } as const;
  return { placed, id: await aMessage(t.db, shop, order!.customer_id, about) };
}

/** Shopify's moments are whole seconds: what changes in the same one can't be told from before. */
const aMinutePasses = () => shopify.sandbox.clock.moveTo(shopify.sandbox.clock.now() + MINUTE);

test('an order that was cancelled unheard gets no mail, though without asking it would', async () => {
  const asking = await anOrderWithMail('ana@example.com');
  const trusting = await anOrderWithMail('ben@example.com');
  await aMinutePasses();
  shopify.sandbox.store.cancel(shopify.sandbox.shop(), asking.placed);
  shopify.sandbox.store.cancel(shopify.sandbox.shop(), trusting.placed);
  await t.db.sqlAcrossShops('update message set due_at = $2 where id = $1', [trusting.id, minutes(29)]);
  await handOverAll({ ...deps, hearing: undefined as never }, minutes(29));
  expect((await messageRow(t.db, trusting.id)).state).toBe('sent');

  await handOverAll(deps, minutes(30));
  expect(await messageRow(t.db, asking.id)).toMatchObject({
    state: 'skipped',
    reason: { code: 'order-cancelled' },
  });
  expect(mail.accepted.map(({ to }) => to)).toEqual(['ben@example.com']);
});

test('with a change of the order comes the new address of its customer', async () => {
  const { placed, id } = await anOrderWithMail('old@example.com');
  await aMinutePasses();
  const store = shopify.sandbox.shop();
  const customer = store.customers.find(({ id: each }) => each === placed.customer)!;
  shopify.sandbox.store.updateCustomer(store, customer, { email: 'new@example.com' });
  shopify.sandbox.store.refund(store, placed, { amount: '0.50' });
  await handOverAll(deps, minutes(30));
  expect((await messageRow(t.db, id)).state).toBe('sent');
  expect(mail.accepted.map(({ to }) => to)).toEqual(['new@example.com']);
});

test('one question for all mails of a shop, and none while the last answer is fresh', async () => {
  for (let n = 0; n < 12; n++) await anOrderWithMail(`many${n}@example.com`);
  await handOverAll({ ...deps, batch: 5 }, minutes(30));
  expect(mail.accepted).toHaveLength(12);
  expect(asked).toEqual([shop.id]);
  const { id } = await anOrderWithMail('later@example.com');
  await t.db.sqlAcrossShops('update reconciliation set good_until = $1', [minutes(28)]);
  await handOverAll(deps, minutes(37));
  expect((await messageRow(t.db, id)).state).toBe('sent');
  expect(asked).toHaveLength(1);
});

test('while Shopify is silent mails wait, for half an hour and no longer', async () => {
  const { id } = await anOrderWithMail('cleo@example.com');
  await shopify.control('POST', 'faults', { target: 'admin-api', mode: 'reject' });
  await handOverAll(deps, minutes(30));
  expect(await messageRow(t.db, id)).toMatchObject({
    state: 'waiting',
    due_at: minutes(40),
    reason: { code: 'shopify-silent', since: minutes(30).toISOString() },
    attempts: 0,
  });
  for (const at of [40, 50]) await handOverAll(deps, minutes(at));
  expect(mail.calls).toBe(0);
  await handOverAll(deps, minutes(60));
  expect((await messageRow(t.db, id)).state).toBe('sent');
  await shopify.control('POST', 'faults', { target: 'admin-api', mode: 'off' });
});

test('a shop whose answer takes for ever holds up nobody else’s mails', async () => {
  const { id } = await anOrderWithMail('dora@example.com');
  const other = await aShop(t.db, { settings: NO_QUIET_HOURS });
  await aTextOf(t.db, other);
  const theirs = await aMessage(t.db, other, await aRecipient(t.db, other), {
    class: 'service',
    dueAt: minutes(30),
  });
  const hearing = { ...makeHearing(comparing()), ask: () => new Promise<void>(() => {}) };
  await handOverAll({ ...deps, hearing }, minutes(30));
  expect((await messageRow(t.db, theirs)).state).toBe('sent');
  expect((await messageRow(t.db, id)).reason.code).toBe('shopify-silent');
});
