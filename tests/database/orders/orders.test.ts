/** What snapshots make of an order, from the signed request to the timeline. */
import { expect, test } from 'vitest';
import { ordersByIds } from '../../../app/orders/orders.server.ts';
import { testDb } from '../../database.ts';
import { ordersDeps } from '../../inbox.ts';
import { aFulfillmentBody, aLineBody, anId, anOrderBody } from '../../webhook-bodies.ts';
import { aHearingShop, at } from './hearing-shop.ts';

const t = testDb();
const its = aHearingShop(t);
const { take, orderOf, eventsOf, linesOf, inboxRows } = its;

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
  const { inbox, shop } = its;
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
  const { inbox, shop } = its;
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

test('many orders are read at once, and nobody asks for parts that none of them has', async () => {
  const [plain, shipped] = [anOrderBody(), anOrderBody()];
  await take('orders/create', plain);
  await take('orders/create', { ...shipped, fulfillments: [aFulfillmentBody(shipped['id'])] });
  const read = async (...bodies: object[]) => {
    const asked: string[] = [];
    const refs = bodies.map((body) => ({ shopId: its.shop.id, id: (body as { id: bigint }).id }));
    const orders = await t.db.acrossShops((tx) => {
      const sql: typeof tx.sql = (text, values) => (asked.push(text), tx.sql(text, values));
      return ordersByIds({ sql }, refs);
    });
    const parts = [...orders.values()].map((order) => [order.lines.length, order.shipments.length]);
    return { asked: asked.length, parts };
  };
  expect(await read(plain)).toEqual({ asked: 2, parts: [[1, 0]] });
  const both = await read(plain, shipped);
  expect(both.asked).toBe(4);
  expect(both.parts.sort()).toEqual([
    [1, 0],
    [1, 1],
  ]);
});

test('draft, test and zero-total orders are orders; a test order does not count', async () => {
  const { shop } = its;
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
  const { inbox, shop } = its;
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

test('the first sync announces nothing, and parcels of long ago have arrived', async () => {
  const { inbox, shop } = its;
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
    // Seven days on it is Sunday evening where it goes to: by the evening of Monday.
    { deliveredBy: 'assumed', deliveredAt: at('2026-03-09T22:00:00Z') },
  ]);
  expect(await eventsOf()).toEqual([]);
  expect(await linesOf(order.customerId)).toEqual([
    'order-placed',
    'shipment-shipped',
    'shipment-delivered',
    'order-paid',
  ]);
});
