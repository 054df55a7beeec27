import { expect, test } from 'vitest';
import { applyOrders, makeInboxLoop, type WebhookHandlers } from '../../../app/orders/orders.server.ts';
import type { OrderSnapshot } from '../../../app/orders/snapshot.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { sweepErased } from '../../../app/shops/shops.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { anInbox } from '../../inbox.ts';
import { aCustomerBody, aFulfillmentBody, anOrderBody } from '../../webhook-bodies.ts';
import { insertRow, tablesWith } from '../rows.ts';
import { NOW, redactBody, requests } from './people.ts';

const t = testDb();
const { request, tombstones } = requests(() => t.db);
const orders = () => ({ isErased: tombstones.isErased, hashKey: Buffer.alloc(32, 3) });
const hours = (count: number) => new Date(NOW.getTime() + count * 3600_000);

const EMAIL = 'late.canary@example.com';
const PHONE = '+4915112345678';

const snapshot = (shop: Shop, id: bigint, at: Date, change: Partial<OrderSnapshot> = {}): OrderSnapshot => ({
  shopId: shop.id,
  id,
  updatedAt: at,
  placedAt: hours(-100),
  paidAt: hours(-100),
  name: `#${id}`,
  customer: { shopifyId: 77n, email: EMAIL, phone: PHONE, firstName: 'Canarina', lastName: 'Latecomer' },
  email: EMAIL,
  phone: PHONE,
  currency: 'EUR',
  total: 1000n,
  presentCurrency: 'EUR',
  presentTotal: 1000n,
  financialStatus: 'paid',
  fulfillmentStatus: null,
  source: 'web',
  test: false,
  checkoutToken: 'canary-token',
  discountCodes: [],
  shipTo: { country: 'DE', province: null, city: 'Canarystadt', zip: '12345', street: 'Canaryweg 1' },
  billTo: null,
  statusUrl: 'https://shop.example/orders/canary-status',
  lines: [],
  shipments: [],
  refunds: [],
  returns: [],
  ...change,
});

const CANARIES = [EMAIL, PHONE, 'Canarina', 'Latecomer', 'Canarystadt', 'canary-token', 'canary-status'];
const traces = async () => {
  const found = await Promise.all(
    CANARIES.map(async (text) => [text, await tablesWith(t.db, text)] as const),
  );
  return found.filter(([, tables]) => tables.length > 0);
};

const apply = (shop: Shop, ...snapshots: OrderSnapshot[]) =>
  t.db.acrossShops((tx) => applyOrders(tx, snapshots, NOW, orders()));

test('a late snapshot brings nobody back; a new order of the same person does', async () => {
  const shop = await aShop(t.db);
  await apply(shop, snapshot(shop, 5001n, hours(-50)));
  expect((await traces()).length).toBe(CANARIES.length);
  const body = redactBody(shop, {
    customerId: '',
    shopifyId: 77n,
    orderId: 5001n,
    email: EMAIL,
    phone: PHONE,
  });
  await request(shop, 'customers/redact', body);
  expect(await traces()).toEqual([]);

  await apply(
    shop,
    snapshot(shop, 5001n, hours(-1), { financialStatus: 'partially_refunded', refunded: 100n }),
  );
  expect(await traces()).toEqual([]);
  const [order] = await t.db.sqlAcrossShops<{ refunded: bigint }>(
    `select refunded from orders where id = 5001`,
  );
  expect(order).toEqual({ refunded: 100n });

  // An old order that was never heard of names the person too.
  await apply(shop, snapshot(shop, 4999n, hours(-1)));
  expect(await traces()).toEqual([]);

  await apply(shop, snapshot(shop, 5002n, hours(3), { placedAt: hours(2), paidAt: hours(2) }));
  const back = await t.db.sqlAcrossShops<{ email: string }>(
    `select email from customer where shop_id = $1 and erased_at is null`,
    [shop.id],
  );
  expect(back).toEqual([{ email: EMAIL }]);
});

test('a webhook that was on its way is worked in without the person, and its body is swept', async () => {
  const shop = await aShop(t.db);
  const email = 'swept.canary@example.com';
  const person = { shopifyId: 88n, email, firstName: 'Swept', lastName: 'Canary' };
  await apply(shop, snapshot(shop, 6001n, hours(-50), { customer: person, email, phone: null }));
  await request(
    shop,
    'customers/redact',
    redactBody(shop, { customerId: '', shopifyId: 88n, orderId: 6001n, email, phone: '' }),
  );
  expect(await tablesWith(t.db, email)).toEqual([]);
  const body = JSON.stringify({
    id: 6001,
    admin_graphql_api_id: 'gid://shopify/Order/6001',
    email,
    updated_at: hours(-1).toISOString(),
    created_at: hours(-100).toISOString(),
    name: '#6001',
    currency: 'EUR',
    total_price: '10.00',
    customer: { id: 88, email, first_name: 'Swept', last_name: 'Canary' },
    line_items: [],
  });
  await insertRow(t.db, 'webhook_inbox', {
    shop_id: shop.id,
    webhook_id: 'late',
    topic: 'orders/updated',
    received_at: NOW,
    due_at: NOW,
    body,
  });
  const loop = makeInboxLoop({ db: t.db, orders: orders(), handlers: {} as WebhookHandlers });
  expect(await loop(NOW)).toBe(1);
  const left = await tablesWith(t.db, email);
  expect(left.filter((name) => name !== 'public.webhook_inbox')).toEqual([]);
  await t.db.acrossShops((tx) => sweepErased(tx, hours(1)));
  expect(await tablesWith(t.db, email)).toEqual([]);
});

test('webhooks that come after an erasure leave no text of the person anywhere, read or not', async () => {
  const shop = await aShop(t.db);
  const email = 'after.canary@example.com';
  const customer = { shopifyId: 99n, email, firstName: 'Aftername', lastName: 'Canary' };
  await apply(shop, snapshot(shop, 7001n, hours(-50), { customer, email, phone: null }));
  const redact = redactBody(shop, { customerId: '', shopifyId: 99n, orderId: 7001n, email, phone: '' });
  await request(shop, 'customers/redact', redact);

  const inbox = anInbox(t, { deps: orders(), now: NOW });
  const moments = { created_at: hours(-100).toISOString(), updated_at: hours(-1).toISOString() };
  const account = aCustomerBody({ id: 99, email, first_name: 'Aftername', ...moments });
  const tracked = {
    ...moments,
    tracking_number: 'CANARYTRACK',
    tracking_url: 'https://ups.example/CANARYTRACK',
  };
  const order = anOrderBody({ id: 7001, email, customer: account, ...moments });
  const late = [
    { topic: 'orders/updated', body: order },
    { topic: 'customers/update', body: account },
    { topic: 'fulfillments/create', body: aFulfillmentBody(7001, tracked) },
    { topic: 'fulfillments/update', body: aFulfillmentBody(7009, { ...tracked, email }) },
    { topic: 'orders/updated', body: { ...order, currency: 'no currency' } },
    { topic: 'orders/updated', body: `{"email": "${email}"` },
    { topic: 'customers/unheard', body: account },
    { topic: 'customers/redact', body: redact },
  ].map((sent) => ({ shop, ...sent, body: withBigints(sent.body) }));
  await inbox.take(...late);
  await inbox.close();
  for (const text of [email, 'Aftername', 'CANARYTRACK']) expect(await tablesWith(t.db, text)).toEqual([]);
  const rows = await t.db.sqlAcrossShops<{ state: number }>(
    'select state from webhook_inbox where shop_id = $1 order by received_at',
    [shop.id],
  );
  expect(rows.map(({ state }) => state)).toEqual([1, 1, 1, 3, 3, 3, 3, 1]);

  // Somebody else's letters, and those of the person who came back, stay.
  const moment = hours(2).toISOString();
  const person = aCustomerBody({ id: 199, email });
  const back = anOrderBody({ id: 7002, email, customer: person, created_at: moment, updated_at: moment });
  const again = anInbox(t, { deps: orders(), now: hours(3) });
  await again.take({ shop, topic: 'orders/create', body: back });
  await again.close();
  expect(await tablesWith(t.db, email)).toEqual(
    expect.arrayContaining(['public.customer', 'public.webhook_inbox']),
  );
});

const withBigints = (body: unknown) =>
  typeof body === 'string'
    ? body
    : JSON.stringify(body, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
