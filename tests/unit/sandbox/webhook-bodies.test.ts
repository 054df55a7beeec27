/** Bodies of webhooks have every key of the samples, down to the last corner, and values of the same kind. */

import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { createSandbox } from '../../../sandbox/sandbox.ts';
import {
  customerBody,
  emailConsentBody,
  smsConsentBody,
  tagsBody,
} from '../../../sandbox/webhooks/bodies/customer.ts';
import { bulkBody } from '../../../sandbox/webhooks/bodies/discount.ts';
import { fulfillmentBody, fulfillmentEventBody } from '../../../sandbox/webhooks/bodies/fulfillment.ts';
import { orderBody } from '../../../sandbox/webhooks/bodies/order.ts';
import { refundBody } from '../../../sandbox/webhooks/bodies/refund.ts';
import {
  customerRedactBody,
  dataRequestBody,
  scopesBody,
  shopBody,
  shopRedactBody,
} from '../../../sandbox/webhooks/bodies/shop.ts';

const sandbox = createSandbox();
afterAll(() => sandbox.close());
const shop = sandbox.shop();
const { store, urls } = sandbox;

const customer = store.createCustomer(shop, {
  email: 'ada.tester@example.com',
  phone: '+16135550143',
  firstName: 'Ada',
  lastName: 'Tester',
  acceptsMarketing: true,
  address: { country: 'CA', province: 'ON', city: 'Ottawa', line1: '1 Testing Street', zip: 'K1A 0B1' },
});
shop.discounts.push({
  id: 'gid://shopify/DiscountCodeNode/1',
  kind: 'basic',
  title: 'Friends',
  startsAt: '2020-01-01T00:00:00Z',
  endsAt: null,
  usageLimit: null,
  oncePerCustomer: false,
  combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
  customers: { all: true },
  value: { percentage: 0.15 },
  items: { all: true },
  minimum: null,
  tags: [],
  codes: [{ id: 'gid://shopify/DiscountRedeemCode/1', code: 'ANNA-7KQ2', uses: [] }],
  functionHandle: null,
  createdAt: '2020-01-01T00:00:00Z',
  updatedAt: '2020-01-01T00:00:00Z',
});
const order = store.placeOrder(shop, {
  customer: { id: customer.id },
  lines: [{ handle: 'linen-apron', quantity: 2 }, { handle: 'chefs-knife' }],
  discountCodes: ['anna-7kq2'],
  attributes: [{ name: 'referral', value: 'ANNA-7KQ2' }],
});
store.fulfil(shop, order, { carrier: 'UPS' });
store.deliver(shop, order, { status: 'in_transit' });
store.refund(shop, order, { lines: [{ handle: 'linen-apron', quantity: 1 }] });
const fulfillment = order.fulfillments[0]!;
const orders = [order.id];

const sample = (name: string) =>
  JSON.parse(readFileSync(`tests/contracts/shopify/samples/${name}.json`, 'utf8')) as unknown;
const sent = (body: object) => JSON.parse(JSON.stringify(body)) as unknown;

const bodies: [string, object][] = [
  ['orders_create', orderBody(shop, order, urls)],
  ['orders_paid', orderBody(shop, order, urls)],
  ['orders_fulfilled', orderBody(shop, order, urls)],
  ['orders_cancelled', orderBody(shop, order, urls)],
  ['fulfillments_create', fulfillmentBody(shop, order, fulfillment)],
  ['fulfillments_update_in_transit', fulfillmentBody(shop, order, fulfillment)],
  ['fulfillment_events_create', fulfillmentEventBody(shop, order, fulfillment, fulfillment.events[0]!)],
  ['refunds_create', refundBody(shop, order, order.refunds[0]!)],
  ['customers_update', customerBody(shop, customer)],
  ['customers_email_marketing_consent_update', emailConsentBody(shop, customer)],
  ['customers_marketing_consent_update', smsConsentBody(shop, customer)],
  ['customer_tags_added', tagsBody(customer, ['vip'], sandbox.clock.iso())],
  ['customers_redact', customerRedactBody(shop, customer, orders)],
  ['customers_data_request', dataRequestBody(shop, customer, orders, 'gid://shopify/DataRequest/9')],
  ['shop_redact', shopRedactBody(shop)],
  ['app_uninstalled', shopBody(shop)],
  [
    'app_scopes_update',
    scopesBody('gid://shopify/AppInstallation/1', [], ['read_orders'], sandbox.clock.iso()),
  ],
  [
    'bulk_operations_finish',
    bulkBody({
      id: 'gid://shopify/BulkOperation/1',
      completedAt: null,
      createdAt: '',
      errorCode: null,
      status: 'COMPLETED',
    }),
  ],
];

/** Paths of what a sample has and a body lacks, or has of another kind; null fits everything. */
function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (expected === null || actual === null) return actual === undefined ? [`${path} is missing`] : [];
  if (actual === undefined) return [`${path} is missing`];
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path} should be a list`];
    return expected.length > 0 && actual.length > 0 ? differences(expected[0], actual[0], `${path}[]`) : [];
  }
  if (typeof expected !== typeof actual) return [`${path} is a ${typeof actual}, not a ${typeof expected}`];
  if (typeof expected !== 'object') return [];
  const there = actual as Record<string, unknown>;
  return Object.entries(expected as Record<string, unknown>).flatMap(([key, value]) =>
    differences(value, there[key], path ? `${path}.${key}` : key),
  );
}

test.each(bodies)('%s', (name, body) => {
  expect(differences(sample(name), sent(body))).toEqual([]);
});

test('a comparison that finds nothing would be worth nothing', () => {
  const { line_items: _, ...poorer } = sent(orderBody(shop, order, urls)) as { line_items: unknown };
  expect(differences(sample('orders_create'), poorer)).toEqual(['line_items is missing']);
});

describe('an order', () => {
  const body = sent(orderBody(shop, order, urls)) as Record<string, unknown>;
  const lines = body.line_items as { discount_allocations: { amount: string }[] }[];

  test('is as large as real ones', () => {
    const size = JSON.stringify(body).length;
    expect(size).toBeGreaterThan(6000);
    expect(size).toBeLessThan(16_000);
  });

  test('adds up', () => {
    const cents = (text: unknown) => Math.round(Number(text) * 100);
    expect(cents(body.total_price)).toBe(
      cents(body.subtotal_price) +
        cents((body.total_shipping_price_set as { shop_money: { amount: string } }).shop_money.amount),
    );
    expect(cents(body.subtotal_price)).toBe(cents(body.total_line_items_price) - cents(body.total_discounts));
    const allocated = lines.flatMap((line) => line.discount_allocations);
    expect(allocated.reduce((sum, a) => sum + cents(a.amount), 0)).toBe(cents(body.total_discounts));
  });

  test('tells moments in the shop’s zone and prices in two currencies', () => {
    expect(body.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
    expect(body.presentment_currency).toBe('CAD');
    expect(body.total_price_set).toMatchObject({
      shop_money: { currency_code: 'EUR' },
      presentment_money: { currency_code: 'CAD' },
    });
  });

  test('has an address of its status page with the shop’s number in it', () => {
    expect(body.order_status_url).toMatch(
      /\/store\/linden\/61400032769\/orders\/[0-9a-f]{32}\/authenticate\?key=[0-9a-f]{32}$/,
    );
  });
});

test('ids above 2^53 keep their digits', () => {
  const big = createSandbox({ hugeIds: true });
  const placed = big.store.placeOrder(big.shop(), {
    customer: { email: 'a@example.com' },
    lines: [{ handle: 'olive-oil' }],
  });
  const text = JSON.stringify(orderBody(big.shop(), placed, big.urls));
  const digits = placed.id.split('/').at(-1)!;
  expect(Number.isSafeInteger(Number(digits))).toBe(false);
  expect(text).toContain(`{"id":${digits},"admin_graphql_api_id":"${placed.id}"`);
  void big.close();
});

test('an order of nobody has no customer and an empty e-mail', () => {
  const pos = store.placeOrder(shop, { lines: [{ handle: 'olive-oil' }], source: 'pos' });
  expect(sent(orderBody(shop, pos, urls))).toMatchObject({
    customer: null,
    email: '',
    source_name: 'pos',
    checkout_token: null,
    shipping_address: null,
    fulfillment_status: 'fulfilled',
    shipping_lines: [],
  });
});
