/** What webhooks make of shipments, and what waits for its order. */
import { expect, test } from 'vitest';
import { testDb } from '../../database.ts';
import {
  aCustomerBody,
  aFulfillmentBody,
  anId,
  anOrderBody,
  aRefundBody,
  aScanBody,
} from '../../webhook-bodies.ts';
import { aHearingShop, at } from './hearing-shop.ts';

const t = testDb();
const its = aHearingShop(t);
const { take, orderOf, eventsOf, linesOf, inboxRows } = its;

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
  const { inbox } = its;
  await take('fulfillments/create', aFulfillmentBody(anId()));
  inbox.now = new Date(inbox.now.getTime() + 3 * 86_400_000);
  await inbox.workIn();
  expect(await inboxRows()).toMatchObject([{ state: 2, reason: 'order-never-came' }]);
});

test('goods from the counter have arrived at once', async () => {
  const { inbox } = its;
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
