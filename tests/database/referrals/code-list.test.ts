import { expect, test } from 'vitest';
import { issueCodes, listCodes, type CodeRow } from '../../../app/referrals/referrals.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { testDb } from '../../database.ts';
import { aFriendlyShop, anOrder, at, customerOf, daysAfter, takeIn } from '../../friends.ts';
import { insertRowWithParents } from '../rows.ts';

const t = testDb();
const start = at('10T12:00:00');

/** Each gets their code a day after the one before; two at the same moment. */
async function givenCodes(shop: Shop, count: number): Promise<string[]> {
  const orders = Array.from({ length: count }, () => anOrder(shop));
  await takeIn(t.db, orders);
  const codes: string[] = [];
  for (const [day, order] of orders.entries()) {
    const customerId = await customerOf(t.db, order);
    const now = daysAfter(start, Math.floor(day / 2));
    const [issued] = await t.db.inShop(shop.id, (tx) =>
      issueCodes(tx, [{ shopId: shop.id, customerId }], now),
    );
    codes.push(issued!.code);
  }
  return codes;
}

const listed = (shop: Shop, ask: Parameters<typeof listCodes>[2]) =>
  t.db.inShop(shop.id, (tx) => listCodes(tx, shop.id, ask));

async function everyPage(shop: Shop, group: 'given' | 'pool'): Promise<CodeRow[]> {
  const all: CodeRow[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listed>> = await listed(shop, { group, after, limit: 2 });
    all.push(...page.codes);
    after = page.next;
  } while (after !== null);
  return all;
}

test('given codes stand newest first, each once over all pages; the rest is the pool', async () => {
  const shop = await aFriendlyShop(t.db, { pool: 8 });
  const codes = await givenCodes(shop, 5);
  const given = await everyPage(shop, 'given');
  expect(given.map(({ code }) => code).sort()).toEqual([...codes].sort());
  const moments = given.map(({ issuedAt }) => issuedAt!.getTime());
  expect(moments).toEqual([...moments].sort((a, b) => b - a));
  expect(given.every(({ state, customerId }) => state === 'issued' && customerId !== null)).toBe(true);

  const pool = await everyPage(shop, 'pool');
  expect(pool).toHaveLength(3);
  expect(pool.every(({ state, customerId }) => state === 'free' && customerId === null)).toBe(true);
});

test('a code is looked up as a person types it, wherever it stands', async () => {
  const shop = await aFriendlyShop(t.db, { pool: 2 });
  const [code] = await givenCodes(shop, 1);
  expect((await listed(shop, { typed: ` ${code!.toLowerCase()} ` })).codes.map((row) => row.code)).toEqual([
    code,
  ]);
  const [free] = (await listed(shop, { group: 'pool' })).codes;
  expect((await listed(shop, { typed: free!.code })).codes).toHaveLength(1);
  expect((await listed(shop, { typed: 'FRIEND-NOBODY' })).codes).toEqual([]);
  expect((await listed(shop, { typed: '%' })).codes).toEqual([]);
});

test('uses are the friends who count; what was undone or refused does not', async () => {
  const shop = await aFriendlyShop(t.db, { pool: 2 });
  const [code] = await givenCodes(shop, 1);
  const [{ customerId } = { customerId: null }] = (await listed(shop, {})).codes;
  const states = ['pending', 'held', 'qualified', 'refused', 'void'];
  for (const [index, state] of states.entries()) {
    await insertRowWithParents(t.db, 'referral', {
      shop_id: shop.id,
      code,
      advocate_id: customerId,
      order_id: 700 + index,
      state,
    });
  }
  await insertRowWithParents(t.db, 'referral_visit', { shop_id: shop.id, code });
  expect((await listed(shop, {})).codes[0]).toMatchObject({ code, orders: 3, visits: 1 });
});
