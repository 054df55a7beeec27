/** Who somebody is now, read without reading everybody: as a shop's own transactions do it and as the worker's do. */
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { customerByShopifyId, customersByIds } from '../../../app/customers/customers.server.ts';
import type { SqlTx } from '../../../app/db.server.ts';
import { unsubscribe } from '../../../app/messages/unsubscribe.server.ts';
import { explainFor } from '../../../app/referrals/chosen.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { noon } from '../../messages.ts';

const t = testDb();
const PEOPLE = 3000;
let shop: Shop;
let one: { id: string; shopify_id: bigint };

const MANY = `
  insert into customer (shop_id, id, shopify_id, created_at, updated_at)
  select $1::bigint, gen_random_uuid(), n, $2::timestamptz, $2::timestamptz from generate_series(1, $3::int) n
  returning id, shopify_id`;

beforeAll(async () => {
  shop = await aShop(t.db);
  [one] = (await t.db.sqlAcrossShops<typeof one>(MANY, [shop.id, noon, PEOPLE])) as [typeof one];
  const owner = new pg.Client(t.url);
  await owner.connect();
  await owner.query('analyze customer');
  await owner.end();
  await t.db.sqlAcrossShops('update customer set merged_into = $2 where shop_id = $1 and shopify_id = 2', [
    shop.id,
    one.id,
  ]);
});

type Explained = [{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }];

/** The most pages of memory that one of its statements touches. */
async function mostPages(tx: SqlTx, work: (tx: SqlTx) => Promise<unknown>): Promise<number> {
  let most = 0;
  const watched: SqlTx = {
    sql: async <Row>(text: string, values?: readonly unknown[]) => {
      if (/^\s*select/.test(text) && !text.includes(' lock')) {
        const [plan] = (await tx.sql(
          `explain (analyze, buffers, format json) ${text}`,
          values,
        )) as unknown as Explained;
        most = Math.max(most, plan['QUERY PLAN'][0].Plan['Shared Hit Blocks']!);
      }
      return tx.sql<Row>(text, values);
    },
  };
  await work(watched);
  return most;
}

/** All of them lie on sixty pages. */
const FEW = 30;

const readers: [string, (tx: SqlTx) => Promise<unknown>][] = [
  ['by id', (tx) => customersByIds(tx, [{ shopId: shop.id, id: one.id }])],
  ["by Shopify's id", (tx) => customerByShopifyId(tx, shop.id, 2n)],
  ['for a programme', (tx) => explainFor(tx, { shopId: shop.id, customerId: one.id }, noon)],
  [
    'to be written to no more',
    (tx) =>
      unsubscribe(
        tx,
        Buffer.alloc(32),
        { shopId: shop.id, customerId: one.id, channel: 'email', classes: ['ask'], source: 'one-click' },
        noon,
      ),
  ],
];

test.each(readers)('one is read %s', async (_how, work) => {
  expect(await t.db.inShop(shop.id, (tx) => mostPages(tx, work))).toBeLessThan(FEW);
  expect(await t.db.acrossShops((tx) => mostPages(tx, work))).toBeLessThan(FEW);
});

test('who was joined to somebody is them', async () => {
  const found = await t.db.inShop(shop.id, (tx) => customerByShopifyId(tx, shop.id, 2n));
  expect(found?.id).toBe(one.id);
});

test('a look through everybody would be noticed', async () => {
  const everybody = `select c.email from customer a join customer c on c.shop_id = a.shop_id and c.id = coalesce(a.merged_into, a.id)
    where a.shop_id = $1 and a.id = $2`;
  const pages = await t.db.inShop(shop.id, (tx) =>
    mostPages(tx, (watched) => watched.sql(everybody, [shop.id, one.id])),
  );
  expect(pages).toBeGreaterThan(FEW);
});
