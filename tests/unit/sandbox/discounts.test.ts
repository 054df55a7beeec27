/** Discount codes: who may use them, when, how often, and what they take off. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSandbox, type RunningSandbox } from '../../../sandbox/sandbox.ts';
import type { Discount } from '../../../sandbox/state/discount.ts';
import type { OrderInput } from '../../../sandbox/types.ts';

let sandbox: RunningSandbox;
beforeEach(() => {
  sandbox = createSandbox();
});
afterEach(() => sandbox.close());

const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();

function discount(change: Partial<Discount> = {}, code = 'JO-10'): Discount {
  const made: Discount = {
    id: `gid://shopify/DiscountCodeNode/${sandbox.shop().discounts.length + 1}`,
    kind: 'basic',
    title: 'Friends',
    startsAt: hours(-1),
    endsAt: null,
    usageLimit: null,
    oncePerCustomer: false,
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
    customers: { all: true },
    value: { percentage: 0.1 },
    items: { all: true },
    minimum: null,
    tags: [],
    codes: [{ id: `gid://shopify/DiscountRedeemCode/${code.length}`, code, uses: [] }],
    functionHandle: null,
    createdAt: hours(-1),
    updatedAt: hours(-1),
    ...change,
  };
  sandbox.shop().discounts.push(made);
  return made;
}

const buy = (input: Partial<OrderInput> = {}) =>
  sandbox.store.placeOrder(sandbox.shop(), {
    customer: { email: 'friend@example.com' },
    lines: [{ handle: 'chefs-knife' }],
    discountCodes: ['JO-10'],
    ...input,
  });

describe('a code', () => {
  test('is the same whatever its case, and is counted', () => {
    const made = discount();
    const order = buy({ discountCodes: ['jo-10'] });
    expect(order.discounts[0]).toMatchObject({ code: 'JO-10', amount: { shop: 980, presentment: 980 } });
    expect(made.codes[0]!.uses).toEqual([
      { order: order.id, customer: order.customer, email: 'friend@example.com', at: order.createdAt },
    ]);
  });

  test.each<[string, Partial<Discount>, RegExp]>([
    ['has not started', { startsAt: hours(1) }, /has not started yet/],
    ['is over', { endsAt: hours(-0.5) }, /no longer valid/],
    [
      'is for certain customers',
      { customers: { ids: ['gid://shopify/Customer/1'] } },
      /certain customers only/,
    ],
    ['wants more in the cart', { minimum: { subtotal: 9801 } }, /below the minimum/],
    ['wants more items', { minimum: { quantity: 2 } }, /too few items/],
    [
      'is for something else',
      { items: { products: ['gid://shopify/Product/1'], variants: [], collections: [] } },
      /nothing in the cart/,
    ],
  ])('that %s is refused with the reason', (_name, change, reason) => {
    discount(change);
    expect(() => buy()).toThrow(reason);
    expect(sandbox.shop().orders).toEqual([]);
  });

  test('that nobody made is refused', () => {
    expect(() => buy()).toThrow('discountCodes[0]: JO-10 cannot be used: there is no such code');
  });

  test('may be used as often as its limit says', () => {
    discount({ usageLimit: 1 });
    buy();
    expect(() => buy({ customer: { email: 'other@example.com' } })).toThrow(/reached its usage limit/);
  });

  test('once per customer: known by id or by e-mail, over all codes of the discount', () => {
    const made = discount({ oncePerCustomer: true });
    made.codes.push({ id: 'gid://shopify/DiscountRedeemCode/99', code: 'ANA-10', uses: [] });
    buy();
    expect(() => buy({ discountCodes: ['ANA-10'], customer: { email: 'Friend@example.com' } })).toThrow(
      /already used/,
    );
    buy({ customer: { email: 'other@example.com' } });
  });

  test('for one customer works for that one', () => {
    const customer = sandbox.store.createCustomer(sandbox.shop(), { email: 'jo@example.com' });
    discount({ customers: { ids: [customer.id] } });
    expect(buy({ customer: { email: 'jo@example.com' } }).discounts).toHaveLength(1);
  });

  test('for a segment asks who is inside', () => {
    const segment = sandbox.shop().segments.find((s) => s.query === 'number_of_orders = 0')!;
    sandbox.store.createCustomer(sandbox.shop(), { email: 'jo@example.com' });
    discount({ customers: { segments: [segment.id] } });
    buy({ customer: { email: 'jo@example.com' } });
    expect(() => buy({ customer: { email: 'jo@example.com' } })).toThrow(/other customers/);
  });
});

describe('together', () => {
  test('two that do not combine are refused, in a checkout left out', () => {
    discount();
    discount({ title: 'Sale' }, 'SALE');
    expect(() => buy({ discountCodes: ['JO-10', 'SALE'] })).toThrow(/cannot be combined/);
    expect(buy({ discountCodes: ['JO-10', 'SALE'], codes: 'lenient' }).discounts.map((d) => d.code)).toEqual([
      'JO-10',
    ]);
  });

  test('a friend’s code and free shipping, when both agree', () => {
    const both = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };
    discount({ combinesWith: both });
    discount({ kind: 'free-shipping', value: null, combinesWith: both }, 'POST');
    const order = buy({
      lines: [{ handle: 'olive-oil' }],
      discountCodes: ['JO-10', 'POST'],
      shipTo: { country: 'IE' },
    });
    expect(order.totals).toMatchObject({
      subtotal: { shop: 1485 },
      shipping: { shop: 0 },
      total: { shop: 1485 },
    });
    expect(order.discounts[1]).toMatchObject({ target: 'shipping_line', amount: { shop: 590 } });
  });
});

describe('what it takes off', () => {
  test('a fixed amount is spread over the lines to the last cent', () => {
    discount({ value: { amount: 1000, eachItem: false } });
    const order = buy({
      lines: [{ handle: 'olive-oil', quantity: 3 }, { handle: 'heather-honey' }, { handle: 'linen-towels' }],
    });
    const parts = order.lines.flatMap((line) => line.allocations.map((a) => a.amount.shop));
    expect(parts.reduce((a, b) => a + b, 0)).toBe(1000);
  });

  test('never more than there is', () => {
    discount({ value: { amount: 999_900, eachItem: false } });
    expect(buy().totals).toMatchObject({ subtotal: { shop: 0 }, discounts: { shop: 9800 } });
  });

  test('only from what is part of it', () => {
    const honey = sandbox.shop().products.find((p) => p.handle === 'heather-honey')!;
    discount({ items: { products: [honey.id], variants: [], collections: [] } });
    const order = buy({ lines: [{ handle: 'heather-honey' }, { handle: 'chefs-knife' }] });
    expect(order.lines.map((line) => line.allocations.length)).toEqual([1, 0]);
    expect(order.totals.discounts.shop).toBe(125);
  });
});
