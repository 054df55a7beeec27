/** A friend's order that is cancelled or refunded, before and after the reward was given. */
import { describe, expect, test } from 'vitest';
import { STOP_PERSON } from '../../../app/stops.server.ts';
import { testDb } from '../../database.ts';
import { tablesWith } from '../../database/rows.ts';
import { requests } from '../shops/people.ts';
import { anOrder, daysAfter, newShopifyId, takeIn } from '../../friends.ts';
import { paidAt, programmesOn } from './programme.ts';

const t = testDb();
const { aProgramme, list, ledger } = programmesOn(t);

describe('an order that is undone', () => {
  const undo = [
    ['cancelled', { cancelledAt: daysAfter(paidAt, 3) }],
    [
      'refunded',
      {
        financialStatus: 'refunded',
        refunded: 5000n,
        refunds: [{ id: newShopifyId(), amount: 5000n, at: daysAfter(paidAt, 3) }],
      },
    ],
    [
      'refunded',
      {
        total: 5500n,
        goods: 5000n,
        financialStatus: 'partially_refunded',
        refunds: [{ id: newShopifyId(), amount: 5000n, at: daysAfter(paidAt, 3) }],
      },
    ],
    [
      'refunded',
      {
        financialStatus: 'partially_refunded',
        refunds: [{ id: newShopifyId(), amount: 4999n, at: daysAfter(paidAt, 3) }],
      },
    ],
  ] as const;

  test.each(undo)('%s before the window has passed gives nothing', async (reason, change) => {
    const { shop, code, shopify, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    await takeIn(t.db, [{ ...order, updatedAt: daysAfter(paidAt, 3), ...change } as typeof order]);
    await settle(daysAfter(paidAt, 3));
    expect(await list(shop)).toMatchObject([{ state: 'void', reasons: [reason], dueAt: null }]);
    await settle(daysAfter(paidAt, 40));
    expect(await ledger(shop)).toMatchObject([{ state: 'void', reason: { code: reason } }]);
    expect(shopify.of(shop)).toEqual([]);
  });

  test('in part leaves the reward; when the last piece goes, it is taken back at any time', async () => {
    const { shop, code, shopify, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt });
    const refunds = [{ id: newShopifyId(), amount: 2000n, at: daysAfter(paidAt, 3) }];
    await takeIn(t.db, [order]);
    await settle(paidAt);
    await takeIn(t.db, [{ ...order, updatedAt: daysAfter(paidAt, 3), refunds }]);
    await settle(daysAfter(paidAt, 20));
    expect(await list(shop)).toMatchObject([{ state: 'qualified' }]);
    expect(shopify.of(shop)).toMatchObject([{ isActive: true }]);
    const lines = order.lines!.map((line) => ({ ...line, currentQuantity: 0 }));
    await takeIn(t.db, [{ ...order, updatedAt: daysAfter(paidAt, 30), refunds, lines }]);
    await settle(daysAfter(paidAt, 30));
    expect(await list(shop)).toMatchObject([{ state: 'void', reasons: ['refunded'] }]);
    expect(shopify.of(shop)).toMatchObject([{ isActive: false }]);
  });

  test('long after the reward was issued takes it back at Shopify, unless it was used', async () => {
    const { shop, code, shopify, settle } = await aProgramme();
    const orders = [
      anOrder(shop, { codes: [code], at: paidAt }),
      anOrder(shop, { codes: [code], at: paidAt }),
    ];
    await takeIn(t.db, orders);
    await settle(paidAt);
    await settle(daysAfter(paidAt, 20));
    const issued = await ledger(shop);
    expect(issued.map(({ state }) => state)).toEqual(['issued', 'issued']);
    shopify.kept.get(issued[0]!.code!)!.used = 1;

    const late = daysAfter(paidAt, 90);
    await takeIn(
      t.db,
      orders.map((order) => ({ ...order, updatedAt: late, cancelledAt: late })),
    );
    await settle(late);
    const taken = await ledger(shop);
    // What was used before it could be taken back was given after all.
    expect(taken.map(({ state, dueAt }) => [state, dueAt]).sort()).toEqual([
      ['clawed-back', null],
      ['used', null],
    ]);
    expect(taken.map(({ reason }) => reason.withdrawn).sort()).toEqual(['deactivated', 'used']);
    expect(
      shopify
        .of(shop)
        .map(({ used, isActive }) => [used, isActive])
        .sort(),
    ).toEqual([
      [0, false],
      [1, true],
    ]);
  });

  test('before anybody looked is void from the start', async () => {
    const { shop, code, settle } = await aProgramme();
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt, change: { cancelledAt: paidAt } })]);
    await settle(daysAfter(paidAt, 40));
    expect(await list(shop)).toMatchObject([{ state: 'void', reasons: ['cancelled'] }]);
    expect(await ledger(shop)).toEqual([]);
  });
});

test('an advocate who is erased leaves their name in no code, nor in the orders of friends', async () => {
  const customerId = newShopifyId();
  const email = `canary-${customerId}@example.com`;
  const { shop, code, settle } = await aProgramme({ customerId, email });
  const order = anOrder(shop, { codes: [code], at: paidAt });
  const unpaid = anOrder(shop, { codes: [code.toLowerCase()], at: paidAt, paid: false });
  const test = anOrder(shop, { codes: [code], at: paidAt, test: true });
  await takeIn(t.db, [order, unpaid, test]);
  await settle(paidAt);
  expect(await tablesWith(t.db, code)).toContain('public.orders');
  const coded = async () => {
    const rows = await t.db.sqlAcrossShops<{ codes: string[] }>(
      'select discount_codes as codes from orders where shop_id = $1',
      [shop.id],
    );
    return rows.filter(({ codes }) => codes.some((each) => each.toUpperCase() === code)).length;
  };
  expect(await coded()).toBe(3);
  await requests(() => t.db, STOP_PERSON).request(shop, 'customers/redact', {
    shop_id: 1,
    shop_domain: shop.domain,
    customer: { id: customerId, email, phone: null },
    orders_to_redact: [],
  });
  expect(await tablesWith(t.db, code)).toEqual([]);
  expect(await coded()).toBe(0);
  expect(await list(shop)).toMatchObject([{ state: 'void', reasons: ['erased'] }]);
});
