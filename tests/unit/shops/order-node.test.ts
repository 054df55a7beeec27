import { expect, test } from 'vitest';
import type { FulfillmentNode, OrderCore } from '../../../app/adapters/shopify/documents/orders.ts';
import { idOf, minorOf } from '../../../app/adapters/shopify/node-values.ts';
import { groupsOf, linesOf } from '../../../app/adapters/shopify/bulk-file.ts';
import { orderOfNode } from '../../../app/adapters/shopify/order-node.ts';
import { orderSnapshotSchema } from '../../../app/orders/snapshot.ts';
import { percentDone } from '../../../app/shops/sync.ts';

const money = (amount: string, currencyCode = 'EUR') => ({ shopMoney: { amount, currencyCode } });

const node = (change: Partial<OrderCore> = {}): OrderCore => ({
  id: 'gid://shopify/Order/9007199254740993',
  name: '#1001',
  confirmationNumber: 'ABC',
  checkoutToken: 'tok',
  test: false,
  createdAt: '2026-11-01T10:00:00Z',
  updatedAt: '2026-11-02T10:00:00Z',
  cancelledAt: null,
  displayFinancialStatus: 'PARTIALLY_REFUNDED',
  displayFulfillmentStatus: 'PARTIALLY_FULFILLED',
  sourceName: 'web',
  email: '',
  phone: null,
  customerLocale: 'de-DE',
  customerAcceptsMarketing: true,
  clientIp: null,
  statusPageUrl: 'https://shop.example/1/orders/x',
  discountCodes: ['FRIEND-1'],
  shippingLine: { title: 'Express' },
  presentmentCurrencyCode: 'JPY',
  totalPriceSet: { ...money('10.5'), presentmentMoney: { amount: '1650', currencyCode: 'JPY' } },
  currentTotalPriceSet: money('9.5'),
  taxesIncluded: false,
  subtotalPriceSet: money('8.0'),
  currentSubtotalPriceSet: money('7.0'),
  totalTaxSet: money('1.5'),
  currentTotalTaxSet: money('1.3'),
  totalRefundedSet: money('1.0'),
  totalRefundedShippingSet: money('0.4'),
  shippingAddress: null,
  billingAddress: null,
  customer: null,
  fulfillments: [],
  refunds: [{ id: 'gid://shopify/Refund/1', createdAt: null, totalRefundedSet: money('1.0') }],
  ...change,
});

const fulfillment = (change: Partial<FulfillmentNode>): FulfillmentNode => ({
  id: 'gid://shopify/Fulfillment/5',
  status: 'SUCCESS',
  displayStatus: 'FULFILLED',
  createdAt: '2026-11-03T10:00:00Z',
  updatedAt: '2026-11-05T10:00:00Z',
  inTransitAt: null,
  deliveredAt: null,
  estimatedDeliveryAt: null,
  requiresShipping: true,
  originAddress: null,
  trackingInfo: [],
  ...change,
});

test('an order without a customer, in two currencies, with an id above 2^53', () => {
  const order = orderOfNode(1n, node(), [], []);
  expect(orderSnapshotSchema.parse(order)).toMatchObject({
    id: 9007199254740993n,
    customer: { shopifyId: null, email: null },
    email: null,
    total: 1050n,
    presentTotal: 1650n,
    presentCurrency: 'JPY',
    refunded: 100n,
    financialStatus: 'partially_refunded',
    fulfillmentStatus: 'partial',
    refunds: [{ id: 1n, amount: 100n, currency: 'EUR', at: new Date('2026-11-02T10:00:00Z') }],
  });
});

test.each([
  ['FULFILLED', 'shipped', '2026-11-03T10:00:00Z'],
  ['LABEL_PRINTED', 'shipped', '2026-11-03T10:00:00Z'],
  ['IN_TRANSIT', 'in-transit', '2026-11-05T10:00:00Z'],
  ['OUT_FOR_DELIVERY', 'out-for-delivery', '2026-11-05T10:00:00Z'],
  ['DELIVERED', 'delivered', '2026-11-05T10:00:00Z'],
  ['NOT_DELIVERED', 'failed', '2026-11-05T10:00:00Z'],
  [null, 'shipped', '2026-11-03T10:00:00Z'],
])('a parcel that is %s', (displayStatus, status, at) => {
  const order = orderOfNode(1n, node({ fulfillments: [fulfillment({ displayStatus })] }), [], []);
  expect(order.shipments).toMatchObject([{ status, at: new Date(at) }]);
});

test('a fulfillment that never came to be is no parcel', () => {
  const order = orderOfNode(1n, node({ fulfillments: [fulfillment({ status: 'ERROR' })] }), [], []);
  expect(order.shipments).toEqual([]);
});

test.each([
  ['10.5', 'EUR', 1050n],
  ['10', 'EUR', 1000n],
  ['-0.10', 'EUR', -10n],
  ['1650.0', 'JPY', 1650n],
  ['1.2345', 'KWD', 1235n],
  ['0.005', 'EUR', 1n],
])('%s %s', (amount, currency, minor) => {
  expect(minorOf(amount, currency)).toBe(minor);
});

test('an id is a number of Shopify’s, or an error', () => {
  expect(idOf('gid://shopify/Order/12?x=1')).toBe(12n);
  expect(() => idOf('12')).toThrow('not an id');
});

async function* chunks(text: string, size: number): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

test('a file is read whatever pieces it comes in', async () => {
  const text = ['{"id":"a","name":"ü€"}', '{"id":"b","__parentId":"a"}', '{"id":"c"}', ''].join('\n');
  for (const size of [1, 2, 3, 7, 100]) {
    const groups = [];
    for await (const group of groupsOf(linesOf(chunks(text, size)))) groups.push(group);
    expect(groups).toEqual([
      { node: { id: 'a', name: 'ü€' }, children: [{ id: 'b', __parentId: 'a' }] },
      { node: { id: 'c' }, children: [] },
    ]);
  }
});

test('the bar: the shop itself, products and orders by how much is in', () => {
  const part = (
    kind: 'shop' | 'products' | 'orders',
    state: 'waiting' | 'running' | 'done',
    done = 0,
    total = 0,
  ) => ({
    kind,
    state,
    done,
    total,
    error: null,
  });
  expect(percentDone([part('shop', 'waiting'), part('products', 'waiting'), part('orders', 'waiting')])).toBe(
    0,
  );
  expect(
    percentDone([part('shop', 'done'), part('products', 'done'), part('orders', 'running', 50, 100)]),
  ).toBe(70);
  expect(percentDone([])).toBe(100);
});
