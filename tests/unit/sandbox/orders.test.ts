/** Orders through their life: paid, shipped in parts, refunded, edited, cancelled, returned, merged. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type RunningSandbox } from '../../../sandbox/sandbox.ts';
import type { Order } from '../../../sandbox/state/order.ts';
import type { LineInput } from '../../../sandbox/types.ts';
import { financialStatus, fulfillmentStatus, standing } from '../../../sandbox/store/standing.ts';

let sandbox: RunningSandbox;
let order: Order;
beforeEach(() => {
  sandbox = createSandbox();
  order = sandbox.store.placeOrder(sandbox.shop(), {
    customer: { email: 'Jo@Example.com', firstName: 'Jo' },
    lines: [{ handle: 'linen-towels', quantity: 3 }, { handle: 'chefs-knife' }],
    shipTo: { country: 'DE', city: 'Berlin' },
  });
});
afterEach(() => sandbox.close());
const verbs = () => sandbox.store;
const shop = () => sandbox.shop();

test('a new e-mail becomes a customer with the language of the country and the address', () => {
  expect(shop().customers[0]).toMatchObject({
    email: 'jo@example.com',
    locale: 'de',
    addresses: [{ country: 'DE', city: 'Berlin', firstName: 'Jo' }],
  });
  const again = verbs().placeOrder(shop(), {
    customer: { email: 'JO@example.com' },
    lines: [{ handle: 'olive-oil' }],
  });
  expect(again.customer).toBe(order.customer);
  expect(shop().customers).toHaveLength(1);
});

test.each([
  ['US', 'California', 'CA'],
  ['US', 'ca', 'CA'],
  ['CA', 'newfoundland and labrador', 'NL'],
  ['BR', 'Sao Paulo', 'SP'],
  ['KI', 'Line Islands', 'Line Islands'],
])('a province of %s may be said in words: %s is %s', (country, said, code) => {
  const address = { country, province: said };
  const { addresses } = verbs().createCustomer(shop(), { email: 'c@example.com', address });
  expect(addresses[0]?.province).toBe(code);
});

test('prices contain the tax of the country; shipping is free from 80 on', () => {
  expect(order.totals).toMatchObject({
    subtotal: { shop: 17_000 },
    shipping: { shop: 0 },
    total: { shop: 17_000 },
    tax: { shop: 2715 },
  });
  const abroad = verbs().placeOrder(shop(), {
    customer: { email: 'b@example.com' },
    lines: [{ handle: 'olive-oil' }],
    shipTo: { country: 'JP' },
  });
  expect(abroad.totals).toMatchObject({ tax: { shop: 0 }, total: { shop: 2240, presentment: 3584 } });
  expect(abroad.presentmentCurrency).toBe('JPY');
});

describe('shipments', () => {
  test('each part is delivered alone', () => {
    verbs().fulfil(shop(), order, { lines: [{ handle: 'linen-towels', quantity: 2 }], carrier: 'An Post' });
    expect(fulfillmentStatus(order)).toBe('partial');
    verbs().fulfil(shop(), order);
    expect(fulfillmentStatus(order)).toBe('fulfilled');
    verbs().deliver(shop(), order, { fulfillment: `${order.name}.2` });
    expect(order.fulfillments.map((f) => f.shipmentStatus)).toEqual([null, 'delivered']);
    verbs().deliver(shop(), order, { status: 'in_transit' });
    verbs().deliver(shop(), order);
    expect(order.fulfillments[0]).toMatchObject({
      shipmentStatus: 'delivered',
      inTransitAt: expect.any(String),
      carrier: 'An Post',
    });
    expect(() => verbs().deliver(shop(), order)).toThrow(/every shipment has been delivered/);
  });

  test('nothing is shipped twice, nothing is delivered that was not shipped', () => {
    expect(() => verbs().deliver(shop(), order)).toThrow(/fulfil it first/);
    verbs().fulfil(shop(), order);
    expect(() => verbs().fulfil(shop(), order)).toThrow(/nothing left/);
    expect(() => verbs().fulfil(shop(), order, { lines: [{ handle: 'chefs-knife' }] })).toThrow(
      /0 of chefs-knife/,
    );
  });

  test('a line that is named twice counts twice', () => {
    const towels = (quantity: number) => ({ handle: 'linen-towels', quantity });
    expect(() => verbs().fulfil(shop(), order, { lines: [towels(2), towels(2)] })).toThrow(
      /lines\[1\].quantity: 1 of linen-towels can be fulfilled, not 2/,
    );
    expect(order.lines[0]?.fulfilledQuantity).toBe(0);
    verbs().fulfil(shop(), order, { lines: [towels(2), towels(1)] });
    expect(order.fulfillments[0]?.lines).toEqual([{ line: order.lines[0]?.id, quantity: 3 }]);
  });

  test('a parcel may change hands', () => {
    verbs().fulfil(shop(), order, { carrier: 'DHL' });
    verbs().deliver(shop(), order, { carrier: 'An Post' });
    expect(order.fulfillments[0]).toMatchObject({ shipmentStatus: 'delivered', carrier: 'An Post' });
  });
});

describe('money back', () => {
  test('for lines', () => {
    verbs().refund(shop(), order, { lines: [{ handle: 'linen-towels', quantity: 1 }] });
    expect(financialStatus(order)).toBe('partially_refunded');
    expect(standing(order)).toMatchObject({ total: { shop: 14_600 }, refunded: { shop: 2400 } });
  });

  test('for an amount, then all that is left', () => {
    verbs().refund(shop(), order, { amount: '10.00' });
    expect(standing(order)).toMatchObject({ total: { shop: 16_000 }, refunded: { shop: 1000 } });
    verbs().refund(shop(), order);
    expect(financialStatus(order)).toBe('refunded');
    expect(standing(order)).toMatchObject({ total: { shop: 0 }, refunded: { shop: 17_000 } });
    expect(() => verbs().refund(shop(), order)).toThrow(/nothing that could be refunded/);
  });

  test('an order is worth nothing at the least, in whatever steps the money goes back', () => {
    verbs().refund(shop(), order, { lines: [{ handle: 'linen-towels', quantity: 1 }], amount: '5.00' });
    expect(standing(order).total.shop).toBe(16_500);
    verbs().cancel(shop(), order);
    expect(standing(order)).toMatchObject({ total: { shop: 0 }, refunded: { shop: 17_000 } });
  });

  test('what was called off without money back owes nothing more when it is paid back after all', () => {
    verbs().cancel(shop(), order, { refund: false });
    verbs().refund(shop(), order, { amount: '10.00' });
    expect(standing(order).total.shop).toBe(0);
  });

  test('for no lines at all is no refund', () => {
    expect(() => verbs().refund(shop(), order, { lines: [] })).toThrow(/name at least one/);
    expect(order.refunds).toEqual([]);
  });

  test('not more than was paid, not in nonsense', () => {
    expect(() => verbs().refund(shop(), order, { amount: '170.01' })).toThrow(/at most 170.00 EUR/);
    expect(() => verbs().refund(shop(), order, { amount: '1.001' })).toThrow(/no amount in EUR/);
  });
});

test('a cancelled order is refunded, closed, and stays so', () => {
  verbs().cancel(shop(), order, { reason: 'inventory' });
  expect(order).toMatchObject({
    cancelReason: 'inventory',
    cancelledAt: expect.any(String),
    closedAt: expect.any(String),
  });
  expect(financialStatus(order)).toBe('refunded');
  expect(standing(order).total.shop).toBe(0);
  expect(() => verbs().cancel(shop(), order)).toThrow(/cancelled already/);
  expect(() => verbs().fulfil(shop(), order)).toThrow(/cancelled/);
});

test('an unpaid order is void when cancelled, and paid when paid', () => {
  const later = verbs().placeOrder(shop(), {
    customer: { email: 'b@example.com' },
    lines: [{ handle: 'olive-oil' }],
    paid: false,
  });
  expect(financialStatus(later)).toBe('pending');
  verbs().markPaid(shop(), later);
  expect(financialStatus(later)).toBe('paid');
  const never = verbs().placeOrder(shop(), {
    customer: { email: 'b@example.com' },
    lines: [{ handle: 'olive-oil' }],
    paid: false,
  });
  verbs().cancel(shop(), never);
  expect(financialStatus(never)).toBe('voided');
});

test('an edit adds, takes out and leaves a debt', () => {
  verbs().edit(shop(), order, {
    lines: [
      { handle: 'chefs-knife', quantity: 0 },
      { handle: 'heather-honey', quantity: 2 },
    ],
  });
  expect(order.lines.map((line) => [line.handle, line.quantity, line.currentQuantity])).toEqual([
    ['linen-towels', 3, 3],
    ['chefs-knife', 1, 0],
    ['heather-honey', 2, 2],
  ]);
  expect(standing(order)).toMatchObject({ total: { shop: 9700 }, outstanding: { shop: -7300 } });
  verbs().edit(shop(), order, { lines: [{ handle: 'heather-honey', quantity: 9 }] });
  expect(financialStatus(order)).toBe('partially_paid');
});

test('an edit that cannot be made whole is not made at all', () => {
  const before = structuredClone(order);
  const editing =
    (...lines: LineInput[]) =>
    () =>
      verbs().edit(shop(), order, { lines });
  expect(editing({ handle: 'chefs-knife', quantity: 4 }, { handle: 'sofa' })).toThrow(/lines\[1\].handle/);
  expect(editing({ handle: 'olive-oil', quantity: 0 })).toThrow(/is like that already/);
  expect(editing({ handle: 'olive-oil' }, { handle: 'olive-oil', quantity: 2 })).toThrow(/named twice/);
  expect(editing({ id: '7' })).toThrow(/has no line 7/);
  expect(order).toEqual(before);
  const digits = order.lines[1]!.id.split('/').at(-1)!;
  verbs().edit(shop(), order, { lines: [{ id: digits, quantity: 2 }] });
  expect(order.lines[1]?.currentQuantity).toBe(2);
});

test('a return opens and closes', () => {
  expect(() => verbs().startReturn(shop(), order, {})).toThrow(/fulfil it first/);
  verbs().fulfil(shop(), order);
  verbs().startReturn(shop(), order, { lines: [{ handle: 'chefs-knife' }], reason: 'defective' });
  expect(order.returns[0]).toMatchObject({ status: 'open', lines: [{ quantity: 1, reason: 'defective' }] });
  verbs().closeReturn(shop(), order);
  expect(order.returns[0]).toMatchObject({ status: 'closed' });
});

test('two customers become one, with orders, tags and addresses', () => {
  const other = verbs().createCustomer(shop(), { email: 'jo.lee@example.com', tags: ['vip'] });
  const [jo] = shop().customers;
  verbs().mergeCustomers(shop(), other, jo!);
  expect(order.customer).toBe(other.id);
  expect(shop().customers).toEqual([other]);
  expect(other).toMatchObject({ tags: ['vip'], addresses: [{ city: 'Berlin' }], firstName: 'Jo' });
});

test('consent is set with its moment', () => {
  const [jo] = shop().customers;
  verbs().setConsent(shop(), jo!, 'email', 'UNSUBSCRIBED');
  expect(jo!.emailConsent).toMatchObject({ state: 'UNSUBSCRIBED', updatedAt: expect.any(String) });
});

test('a customer pays in the money of the shop, or of the country that the parcel goes to', () => {
  const kiwi = sandbox.addShop({ domain: 'kiwi.myshopify.com', currency: 'NZD' });
  const lines = [{ handle: 'olive-oil' }];
  const place = (shipTo?: { country: string }, source?: 'pos') =>
    verbs().placeOrder(kiwi, { lines, ...(shipTo && { shipTo }), ...(source && { source }) });
  for (const one of [place(), place({ country: 'NZ' }), place({ country: 'DE' }, 'pos')]) {
    expect(one).toMatchObject({ currency: 'NZD', presentmentCurrency: 'NZD' });
    expect(one.totals.total.presentment).toBe(one.totals.total.shop);
  }
  const abroad = place({ country: 'DE' });
  expect(abroad).toMatchObject({ currency: 'NZD', presentmentCurrency: 'EUR' });
  expect(abroad.totals.lines.presentment / abroad.totals.lines.shop).toBeCloseTo(1 / 1.8, 2);
  const strange = sandbox.addShop({ domain: 'strange.myshopify.com', currency: 'XCD' });
  expect(verbs().placeOrder(strange, { lines, shipTo: { country: 'DE' } }).presentmentCurrency).toBe('XCD');
});
