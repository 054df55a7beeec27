/** Codes as a metafield of their customers: written once, taken away with the person. */
import { expect, test } from 'vitest';
import {
  issueCodes,
  tellCodes,
  withdrawFields,
  type CodeFields,
} from '../../../app/referrals/referrals.server.ts';
import { testDb } from '../../database.ts';
import { aFriendlyShop, anOrder, at, customerOf, takeIn } from '../../friends.ts';

const t = testDb();
const now = at('10T12:00:00');

/** A Shopify that keeps the fields; it refuses a batch with somebody whom it does not know. */
function fieldsAtShopify(unknown: bigint[] = []) {
  const kept = new Map<bigint, string>();
  const calls: number[] = [];
  let sleeps = 0;
  const fields: CodeFields = {
    set(_domain, codes) {
      calls.push(codes.length);
      if (sleeps-- > 0) return Promise.resolve({ outcome: 'later', seconds: 7 });
      if (codes.some(({ shopifyId }) => unknown.includes(shopifyId)))
        return Promise.resolve({ outcome: 'failed' });
      for (const { shopifyId, code } of codes) kept.set(shopifyId, code);
      return Promise.resolve({ outcome: 'done' });
    },
    clear(_domain, ids) {
      for (const id of ids) kept.delete(id);
      return Promise.resolve({ outcome: 'done' });
    },
  };
  return { fields, kept, calls, sleep: (times: number) => (sleeps = times) };
}

async function aShopWithCodes(count: number) {
  const shop = await aFriendlyShop(t.db, { pool: count });
  const orders = Array.from({ length: count }, () => anOrder(shop));
  await takeIn(t.db, orders);
  const customers = await Promise.all(orders.map((order) => customerOf(t.db, order)));
  const wishes = customers.map((customerId) => ({ shopId: shop.id, customerId }));
  const issued = await t.db.inShop(shop.id, (tx) => issueCodes(tx, wishes, now));
  const codeOf = (customerId: string) => issued.find((each) => each.customerId === customerId)!.code;
  const expected = new Map(orders.map((order, i) => [order.customer!.shopifyId!, codeOf(customers[i]!)]));
  return { shop, customers, expected };
}

test('every code is told once, 25 at a time; who is unknown there holds up nobody; later is later', async () => {
  const { shop, expected } = await aShopWithCodes(27);
  const [stranger] = expected.keys();
  const { fields, kept, calls, sleep } = fieldsAtShopify([stranger!]);
  const tell = () => tellCodes({ db: t.db, fields }, { shopId: String(shop.id) }, now);
  sleep(1);
  expect(await tell()).toEqual({ outcome: 'snooze', seconds: 7 });
  expect(await tell()).toEqual({ outcome: 'done' });
  expected.delete(stranger!);
  expect(kept).toEqual(expected);
  expect(Math.max(...calls)).toBe(25);
  const told = calls.length;
  expect(await tell()).toEqual({ outcome: 'done' });
  expect(calls).toHaveLength(told);
});

test('of somebody who is erased it is taken away, of nobody else', async () => {
  const { shop, customers, expected } = await aShopWithCodes(2);
  const { fields, kept } = fieldsAtShopify();
  const tell = () => tellCodes({ db: t.db, fields }, { shopId: String(shop.id) }, now);
  await tell();
  const [ana] = customers;
  await t.db.inShop(shop.id, (tx) => withdrawFields(tx, shop.id, [ana!], now));
  await t.db.sqlAcrossShops(
    'update customer set shopify_id = null, erased_at = $3 where shop_id = $1 and id = $2',
    [shop.id, ana, now],
  );
  expect(await tell()).toEqual({ outcome: 'done' });
  const [, ben] = expected.keys();
  expect([...kept.keys()]).toEqual([ben]);
  expect(await t.db.sqlAcrossShops('select from code_field_gone where shop_id = $1', [shop.id])).toEqual([]);
});
