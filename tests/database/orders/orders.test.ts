/** What webhooks make of orders, shipments and customers, from the signed request to the timeline. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { timelineOf } from '../../../app/customers/customers.server.ts';
import { ordersByIds } from '../../../app/orders/orders.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { anInbox, ordersDeps, type Inbox } from '../../inbox.ts';
import {
  ADDRESS,
  aCustomerBody,
  aFulfillmentBody,
  aLineBody,
  anId,
  anOrderBody,
  aRefundBody,
  aScanBody,
  type Body,
} from '../../webhook-bodies.ts';

const t = testDb();
let inbox: Inbox;
let shop: Shop;
beforeEach(async () => {
  inbox = anInbox(t);
  shop = await aShop(t.db);
});
afterEach(() => inbox.close());

const take = (topic: string, body: unknown) => inbox.take({ shop, topic, body });
const at = (iso: string) => new Date(iso);

async function orderOf(body: Body) {
  const ref = { shopId: shop.id, id: BigInt(body['id'] as number) };
  const orders = await t.db.inShop(shop.id, (tx) => ordersByIds(tx, [ref]));
  return orders.get(`${ref.shopId}:${ref.id}`)!;
}

async function eventsOf(): Promise<string[]> {
  const rows = await t.db.sqlAcrossShops<{ kind: string }>(
    'select kind from event where shop_id = $1 order by id',
    [shop.id],
  );
  return rows.map(({ kind }) => kind);
}

async function linesOf(customerId: string | null): Promise<string[]> {
  const page = await t.db.inShop(shop.id, (tx) => timelineOf(tx, { shopId: shop.id, id: customerId! }, {}));
  return page.entries.map(({ code }) => code).reverse();
}

async function inboxRows() {
  return t.db.sqlAcrossShops<{ topic: string; state: number; reason: string | null }>(
    'select topic, state, reason from webhook_inbox where shop_id = $1 order by received_at, webhook_id',
    [shop.id],
  );
}

test('a paid order makes an order, a customer, their story and what follows from it', async () => {
  const body = anOrderBody({
    discount_codes: [{ code: 'ANNA', amount: '5', type: 'percentage' }],
    discount_applications: [{ type: 'discount_code', code: 'ANNA' }],
  });
  await take('orders/create', body);
  const order = await orderOf(body);
  expect(order).toMatchObject({
    name: '#1005',
    total: 4990n,
    currency: 'EUR',
    discountCodes: ['ANNA'],
    ordinal: 1,
    country: 'CA',
    timeZone: 'America/Toronto',
    paidAt: at('2026-05-01T10:00:03Z'),
    checkoutToken: body['checkout_token'],
  });
  expect(order.lines).toMatchObject([{ title: 'Ski Wax', quantity: 2, price: 2495n }]);
  expect(await eventsOf()).toEqual(['customer.stage-changed', 'order.created', 'order.paid']);
  expect(await linesOf(order.customerId)).toEqual(['order-placed', 'order-paid', 'stage-changed']);
});

test('duplicates, and the same body under another topic or delivery, change nothing', async () => {
  const body = anOrderBody();
  await take('orders/create', body);
  const before = [await orderOf(body), await eventsOf()];
  await inbox.take(
    { shop, topic: 'orders/create', body },
    { shop, topic: 'orders/paid', body },
    { shop, topic: 'orders/cancelled', body },
  );
  expect([await orderOf(body), await eventsOf()]).toEqual(before);
  expect((await inboxRows()).slice(1)).toMatchObject(
    Array.from({ length: 3 }, () => ({ state: 3, reason: 'body-seen-before' })),
  );
});

test('an older snapshot changes nothing but what is final in it', async () => {
  const id = anId();
  const newer = anOrderBody({ id, name: '#2', updated_at: '2026-05-03T12:00:00+02:00', cancelled_at: null });
  const older = anOrderBody({ id, name: '#1', updated_at: '2026-05-02T12:00:00+02:00' });
  await take('orders/updated', newer);
  await take('orders/create', older);
  expect(await orderOf(newer)).toMatchObject({ name: '#2', paidAt: at('2026-05-02T10:00:00Z') });
  expect(await eventsOf()).toEqual(['customer.stage-changed', 'order.created', 'order.paid']);
});

test('each shipment has its own clock', async () => {
  const body = anOrderBody();
  const [first, second] = [aFulfillmentBody(body['id']), aFulfillmentBody(body['id'])];
  await take('orders/create', body);
  await take('fulfillments/create', first);
  await take('fulfillments/create', second);
  await take(
    'fulfillment_events/create',
    aScanBody(body['id'], first['id'], { status: 'in_transit', happened_at: '2026-05-03T00:00:00Z' }),
  );
  await take('fulfillment_events/create', aScanBody(body['id'], first['id']));
  const { shipments } = await orderOf(body);
  expect(shipments).toMatchObject([
    { status: 'delivered', deliveredAt: at('2026-05-05T12:00:00Z'), deliveredBy: 'carrier', carrier: 'UPS' },
    { status: 'shipped', deliveredAt: null },
  ]);
  expect((await eventsOf()).filter((kind) => kind.startsWith('shipment'))).toEqual([
    'shipment.shipped',
    'shipment.shipped',
    'shipment.delivered',
  ]);
});

test('what comes before its order waits for it', async () => {
  const body = anOrderBody();
  const parcel = aFulfillmentBody(body['id'], {
    shipment_status: 'delivered',
    updated_at: '2026-05-05T08:00:00Z',
  });
  await take('fulfillments/update', parcel);
  await take('refunds/create', aRefundBody(body['id'], '10.00'));
  expect(await inboxRows()).toMatchObject([
    { state: 0, reason: 'waits-for-order' },
    { state: 0, reason: 'waits-for-order' },
  ]);
  expect(await eventsOf()).toEqual([]);
  await take('orders/create', body);
  const order = await orderOf(body);
  expect(order).toMatchObject({ refunded: 1000n });
  expect(order.shipments).toMatchObject([{ status: 'delivered' }]);
  expect(await inboxRows()).toMatchObject([{ state: 1 }, { state: 1 }, { state: 1 }]);
});

test('what waits for an order that never comes is a dead letter after three days', async () => {
  await take('fulfillments/create', aFulfillmentBody(anId()));
  inbox.now = new Date(inbox.now.getTime() + 3 * 86_400_000);
  await inbox.workIn();
  expect(await inboxRows()).toMatchObject([{ state: 2, reason: 'order-never-came' }]);
});

test('partial refunds add up to a full one, each told once', async () => {
  const body = anOrderBody();
  const [one, two] = [
    aRefundBody(body['id'], '20.00'),
    aRefundBody(body['id'], '29.90', { created_at: '2026-05-09T10:00:00Z' }),
  ];
  await take('orders/create', body);
  await take('refunds/create', one);
  expect(await orderOf(body)).toMatchObject({ refunded: 2000n, refundedAt: null });
  const snapshot = {
    ...body,
    updated_at: '2026-05-09T10:00:05Z',
    financial_status: 'refunded',
    refunds: [one, two],
  };
  await take('orders/updated', snapshot);
  await take('refunds/create', two);
  const order = await orderOf(body);
  expect(order).toMatchObject({ refunded: 4990n, refundedAt: at('2026-05-09T10:00:00Z') });
  expect((await eventsOf()).filter((kind) => kind === 'order.refunded')).toHaveLength(2);
  const [row] = await t.db.sqlAcrossShops('select total_spent from customer where id = $1', [
    order.customerId,
  ]);
  expect(row).toEqual({ total_spent: 0n });
});

test('a refund in the currency that was paid counts by its share of the shop currency', async () => {
  const set = (shopAmount: string, paid: string) => ({
    shop_money: { amount: shopAmount, currency_code: 'EUR' },
    presentment_money: { amount: paid, currency_code: 'JPY' },
  });
  const body = anOrderBody({ presentment_currency: 'JPY', total_price_set: set('49.90', '8000') });
  await take('orders/create', body);
  const refund = aRefundBody(body['id'], '8000', {
    transactions: [{ kind: 'refund', status: 'success', amount: '8000', currency: 'JPY' }],
  });
  await take('refunds/create', refund);
  const order = await orderOf(body);
  expect(order).toMatchObject({ presentCurrency: 'JPY', presentTotal: 8000n, refunded: 4990n });
  expect(order.refundedAt).not.toBeNull();
});

test('a cancelled order stays cancelled and does not count', async () => {
  const body = anOrderBody();
  const cancelled = { ...body, updated_at: '2026-05-02T12:00:00Z', cancelled_at: '2026-05-02T12:00:00Z' };
  await take('orders/cancelled', cancelled);
  await take('orders/create', body);
  const order = await orderOf(body);
  expect(order).toMatchObject({ cancelledAt: at('2026-05-02T12:00:00Z'), ordinal: null });
  expect((await eventsOf()).filter((kind) => kind === 'order.cancelled')).toHaveLength(1);
});

test('a deleted order stays deleted, and nothing else passes for a deletion', async () => {
  const body = anOrderBody();
  await take('orders/create', body);
  await take('orders/delete', { ...anOrderBody({ id: body['id'] }), note: 'another body' });
  expect(await orderOf(body)).toMatchObject({ deletedAt: null });
  await take('orders/delete', { id: body['id'] });
  await take('orders/updated', { ...body, updated_at: '2026-05-04T12:00:00Z' });
  expect(await orderOf(body)).toMatchObject({ deletedAt: expect.any(Date), ordinal: null });
  expect((await inboxRows()).map(({ state }) => state)).toEqual([1, 2, 1, 1]);
});

test('an edit after payment is told once, and its lines and total are those of the new snapshot', async () => {
  const lines = [
    aLineBody(),
    aLineBody({ title: 'Snowboard', price: '300.00', quantity: 1, current_quantity: 1 }),
  ];
  const body = anOrderBody({ line_items: [lines[0]] });
  await take('orders/create', body);
  const edit = { order_edit: { id: anId(), order_id: body['id'], created_at: '2026-05-02T10:00:00Z' } };
  await inbox.take(
    { shop, topic: 'orders/edited', body: edit },
    { shop, topic: 'orders/edited', body: edit },
  );
  await take('orders/updated', {
    ...body,
    updated_at: '2026-05-02T10:00:01Z',
    line_items: lines,
    current_total_price: '349.90',
  });
  const order = await orderOf(body);
  expect(order.total).toBe(34990n);
  expect(order.lines.map(({ title }) => title)).toEqual(['Ski Wax', 'Snowboard']);
  expect((await eventsOf()).filter((kind) => kind === 'order.edited')).toHaveLength(1);
});

test('returns: asked for is no return yet, agreed to is one, once', async () => {
  const body = anOrderBody();
  await take('orders/create', body);
  const ret = { id: anId(), order: { id: body['id'] }, status: 'requested' };
  await take('returns/request', ret);
  expect(await orderOf(body)).toMatchObject({ returnedAt: null, returns: [{ state: 'requested' }] });
  inbox.now = at('2026-05-11T12:00:00Z');
  await take('returns/approve', { ...ret, status: 'open' });
  inbox.now = at('2026-05-12T12:00:00Z');
  await take('returns/close', { ...ret, status: 'closed' });
  await take('returns/reopen', { ...ret, status: 'open' });
  const order = await orderOf(body);
  expect(order).toMatchObject({ returnedAt: at('2026-05-11T12:00:00.001Z') });
  expect((await eventsOf()).filter((kind) => kind === 'order.returned')).toHaveLength(1);
});

test('an order of nobody is kept: no customer, an empty e-mail', async () => {
  const body = anOrderBody({
    customer: null,
    email: '',
    phone: null,
    shipping_address: null,
    billing_address: null,
    source_name: 'pos',
  });
  await take('orders/create', body);
  expect(await orderOf(body)).toMatchObject({ customerId: null, email: null, source: 'pos', ordinal: null });
  expect(await eventsOf()).toEqual(['order.created', 'order.paid']);
});

test('an order whose customer becomes known later has its whole story there', async () => {
  const body = anOrderBody({ customer: null, email: '', shipping_address: null, billing_address: null });
  await take('orders/create', body);
  await take('orders/updated', {
    ...body,
    updated_at: '2026-05-02T00:00:00Z',
    customer: aCustomerBody(),
    fulfillment_status: 'fulfilled',
  });
  const order = await orderOf(body);
  expect(order.customerId).not.toBeNull();
  expect(await linesOf(order.customerId)).toEqual([
    'order-placed',
    'order-paid',
    'order-fulfilled',
    'stage-changed',
  ]);
  expect(await eventsOf()).toEqual([
    'order.created',
    'order.paid',
    'customer.stage-changed',
    'order.fulfilled',
  ]);
});

test('goods from the counter have arrived at once', async () => {
  const body = anOrderBody({
    source_name: 'pos',
    fulfillments: [aFulfillmentBody(1, { created_at: '2026-05-01T12:00:00+02:00' })],
  });
  await take('orders/create', body);
  expect((await orderOf(body)).shipments).toMatchObject([{ status: 'shipped' }]);
  const { makeShipmentLoop } = await import('../../../app/orders/orders.server.ts');
  await makeShipmentLoop({ db: t.db })(inbox.now);
  const order = await orderOf(body);
  expect(order.shipments).toMatchObject([
    { deliveredBy: 'assumed', deliveredAt: at('2026-05-01T10:00:00Z') },
  ]);
  expect(await linesOf(order.customerId)).not.toContain('shipment-shipped');
});

test('draft, test and zero-total orders are orders; a test order does not count', async () => {
  const draft = anOrderBody({
    source_name: 'shopify_draft_order',
    total_price: '0.00',
    current_total_price: '0.00',
    total_price_set: null,
  });
  const trial = anOrderBody({ test: true, created_at: '2026-05-03T00:00:00Z' });
  await take('orders/create', draft);
  await take('orders/create', trial);
  expect(await orderOf(draft)).toMatchObject({
    source: 'shopify_draft_order',
    total: 0n,
    refundedAt: null,
    ordinal: 1,
  });
  expect(await orderOf(trial)).toMatchObject({ test: true, ordinal: null });
  const [row] = await t.db.sqlAcrossShops('select orders_count from customer where shop_id = $1', [shop.id]);
  expect(row).toEqual({ orders_count: 1 });
});

test('300 lines, products that are gone, and ids above 2^53 keep every digit', async () => {
  const lines = Array.from({ length: 300 }, (_, n) =>
    aLineBody({ product_id: n % 2 ? null : 8_000_000_000_000 + n }),
  );
  const body = anOrderBody({ id: 0, line_items: lines });
  const text = JSON.stringify(body)
    .replace('"id":0,', '"id":9007199254740993123,')
    .replace('gid://shopify/Order/0', 'gid://shopify/Order/9007199254740993123');
  await inbox.take({ shop, topic: 'orders/create', body: text });
  const ref = { shopId: shop.id, id: 9007199254740993123n };
  const order = (await t.db.inShop(shop.id, (tx) => ordersByIds(tx, [ref]))).get(`${ref.shopId}:${ref.id}`)!;
  expect(order.lines).toHaveLength(300);
  expect(order.lines.filter(({ productId }) => productId === null)).toHaveLength(150);
});

test('with only some fields (include_fields) the rest stays as it was', async () => {
  const body = anOrderBody();
  await take('orders/create', body);
  const before = await orderOf(body);
  await take('orders/updated', {
    id: body['id'],
    updated_at: '2026-05-03T00:00:00Z',
    financial_status: 'paid',
  });
  const after = await orderOf(body);
  expect(after).toEqual({ ...before, snapshotAt: at('2026-05-03T00:00:00Z') });
  const fresh = { id: anId(), updated_at: '2026-05-03T00:00:00Z' };
  await take('orders/updated', fresh);
  expect(await orderOf(fresh)).toMatchObject({ currency: 'EUR', total: 0n, customerId: null, lines: [] });
});

test('what cannot be read is a dead letter that names the field, never its value', async () => {
  const bodies = [
    'not json',
    '[]',
    '{}',
    anOrderBody({ updated_at: 'yesterday' }),
    anOrderBody({ id: -1, admin_graphql_api_id: undefined }),
    anOrderBody({ line_items: [{ id: 1, quantity: 'two' }] }),
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    '{"__proto__":{"id":1},"constructor":{"prototype":{}}}',
  ];
  for (const body of bodies) await take('orders/create', body);
  const rows = await inboxRows();
  expect(rows.map(({ state }) => state)).toEqual(bodies.map(() => 2));
  expect(rows.map(({ reason }) => reason).join()).not.toMatch(/yesterday|two/);
  expect(rows[0]).toMatchObject({ reason: 'not-json' });
  expect(rows[3]).toMatchObject({ reason: 'unreadable (updated_at: custom)' });
});

test('a topic that nobody knows is kept and ignored; so is what comes after the uninstall', async () => {
  await take('carts/update', { id: 1 });
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [shop.id]);
  await take('orders/create', anOrderBody());
  expect(await inboxRows()).toMatchObject([
    { state: 3, reason: 'unknown-topic' },
    { state: 3, reason: 'shop-uninstalled' },
  ]);
});

test('an erased person is not brought back by a late snapshot, and their order stays blank', async () => {
  const erased = {
    ...ordersDeps,
    isErased: (_tx: unknown, traces: readonly { email: string | null }[]) =>
      Promise.resolve(traces.map(({ email }) => email === 'gone@example.com')),
  };
  const careful = anInbox(t, { deps: erased });
  const customer = aCustomerBody({ email: 'gone@example.com' });
  const body = anOrderBody({ email: 'gone@example.com', customer });
  await careful.take(
    { shop, topic: 'orders/create', body },
    { shop, topic: 'customers/update', body: customer },
  );
  await careful.close();
  expect(await orderOf(body)).toMatchObject({
    customerId: null,
    email: null,
    country: null,
    addressHash: null,
    checkoutToken: null,
  });
  const [row] = await t.db.sqlAcrossShops('select count(*) from customer where shop_id = $1', [shop.id]);
  expect(row).toEqual({ count: 0n });
});

test('the first sync announces nothing, and parcels of long ago have arrived', async () => {
  const { applyOrders } = await import('../../../app/orders/orders.server.ts');
  const { readOrder } = await import('../../../app/orders/bodies/order.ts');
  const body = anOrderBody({
    created_at: '2026-03-01T00:00:00Z',
    fulfillments: [aFulfillmentBody(1, { created_at: '2026-03-02T00:00:00Z' })],
  });
  const context = { shop: { ...shop, shopifyId: null }, topic: '', at: inbox.now };
  await t.db.inShop(shop.id, (tx) =>
    applyOrders(tx, [readOrder(body, context)], inbox.now, ordersDeps, { history: true }),
  );
  const order = await orderOf(body);
  expect(order.shipments).toMatchObject([
    { deliveredBy: 'assumed', deliveredAt: at('2026-03-09T00:00:00Z') },
  ]);
  expect(await eventsOf()).toEqual([]);
  expect(await linesOf(order.customerId)).toEqual([
    'order-placed',
    'shipment-shipped',
    'shipment-delivered',
    'order-paid',
  ]);
});

test('a second order of the same person is their second', async () => {
  const [first, second] = [
    anOrderBody(),
    anOrderBody({
      created_at: '2026-05-04T10:00:00Z',
      shipping_address: { ...ADDRESS, country_code: 'DE', province_code: null },
    }),
  ];
  await take('orders/create', second);
  expect(await orderOf(second)).toMatchObject({ ordinal: 1 });
  await take('orders/create', first);
  expect([await orderOf(first), await orderOf(second)]).toMatchObject([{ ordinal: 1 }, { ordinal: 2 }]);
  const [row] = await t.db.sqlAcrossShops(
    'select orders_count, total_spent, country, time_zone, stage, locale from customer where shop_id = $1',
    [shop.id],
  );
  expect(row).toEqual({
    orders_count: 2,
    total_spent: 9980n,
    country: 'DE',
    time_zone: 'Europe/Berlin',
    stage: 'friend',
    locale: 'en-CA',
  });
});

test('the language of the checkout is the customer’s, wherever the order went, if it went anywhere', async () => {
  const nowhere = { shipping_address: null, billing_address: null, customer_locale: 'de-DE' };
  const body = anOrderBody({ ...nowhere, customer: aCustomerBody() });
  await take('orders/create', body);
  const { customerId } = await orderOf(body);
  const localeOf = () =>
    t.db.sqlAcrossShops('select locale, country from customer where id = $1', [customerId]);
  expect(await localeOf()).toEqual([{ locale: 'de-DE', country: null }]);
});

test('what was sold at the counter is in its owner’s hands: nothing is told to be on its way', async () => {
  const id = anId();
  const sale = { source_name: 'pos', fulfillment_status: 'fulfilled', customer: aCustomerBody() };
  const body = anOrderBody({ id, ...sale, fulfillments: [aFulfillmentBody(id)] });
  await take('orders/create', body);
  expect(await eventsOf()).toContain('order.fulfilled');
  const lines = await linesOf((await orderOf(body)).customerId);
  expect(lines).not.toContain('order-fulfilled');
  expect(lines).not.toContain('shipment-shipped');
});

test('a NUL in a text is as if it had not been sent', async () => {
  const email = 'nul\0.canary@example.com';
  const body = anOrderBody({ email, customer: aCustomerBody({ email, first_name: 'A\0da' }) });
  await take('orders/create', body);
  expect(await inboxRows()).toMatchObject([{ state: 1, reason: null }]);
  expect(await orderOf(body)).toMatchObject({ email: 'nul.canary@example.com' });
});
