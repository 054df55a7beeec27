/** Whose an order is: what webhooks make of its customer. */
import { expect, test } from 'vitest';
import { testDb } from '../../database.ts';
import { anInbox, ordersDeps } from '../../inbox.ts';
import { ADDRESS, aCustomerBody, anOrderBody } from '../../webhook-bodies.ts';
import { aHearingShop } from './hearing-shop.ts';

const t = testDb();
const its = aHearingShop(t);
const { take, orderOf, eventsOf, linesOf } = its;

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

test('an erased person is not brought back by a late snapshot, and their order stays blank', async () => {
  const { shop } = its;
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

test('a second order of the same person is their second', async () => {
  const { shop } = its;
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

test('tags that were told before their customer is known are the customer’s with their first order, each change once', async () => {
  const customer = aCustomerBody();
  const told = (tags: string[], at: string) => ({
    customerId: customer['admin_graphql_api_id'],
    tags,
    occurredAt: at,
  });
  await take('customer.tags_added', told(['vip', 'trade'], '2026-04-01T10:00:00Z'));
  await take('customer.tags_removed', told(['trade'], '2026-04-02T10:00:00Z'));
  const rows = () =>
    t.db.sqlAcrossShops<{ state: number; reason: string | null }>(
      `select state, reason from webhook_inbox where shop_id = $1 and topic like 'customer.tags%' order by received_at`,
      [its.shop.id],
    );
  expect(await rows()).toEqual([
    { state: 0, reason: 'waits-for-customer' },
    { state: 0, reason: 'waits-for-customer' },
  ]);
  const body = anOrderBody({ customer });
  await take('orders/create', body);
  const { customerId } = await orderOf(body);
  const tags = () => t.db.sqlAcrossShops('select tags from customer where id = $1', [customerId]);
  expect(await tags()).toEqual([{ tags: ['vip'] }]);
  expect(await rows()).toEqual([
    { state: 1, reason: null },
    { state: 1, reason: null },
  ]);
  expect((await eventsOf()).filter((kind) => kind === 'customer.tagged')).toHaveLength(1);
});
