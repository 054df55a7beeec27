import { expect, test } from 'vitest';
import { installShop, uninstallShop } from '../../../app/shops/shops.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { tablesWith } from '../rows.ts';
import { aPerson, NOW, redactBody, requests } from './people.ts';

const t = testDb();
const { request, tombstones, shopify, sent, queue } = requests(() => t.db);

test('a shop that is gone is erased whole; tombstones and the receipt stay', async () => {
  const [shop, other] = [await aShop(t.db), await aShop(t.db)];
  const [erasedBefore, person, elsewhere] = [
    await aPerson(t.db, shop),
    await aPerson(t.db, shop),
    await aPerson(t.db, other),
  ];
  await request(shop, 'customers/redact', redactBody(shop, erasedBefore));
  await t.db.acrossShops((tx) => uninstallShop(tx, shop.id, [], NOW));
  shopify.says = 'unauthorized';
  const { result } = await request(shop, 'shop/redact', { shop_id: 1, shop_domain: shop.domain });
  expect(result).toEqual({ outcome: 'done' });
  expect(await tablesWith(t.db, person.email)).toEqual([]);
  expect(await tablesWith(t.db, elsewhere.email)).not.toEqual([]);
  const left = await t.db.sqlAcrossShops<{ table: string }>(`
    select t.table_name as table from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'shop_id' and t.table_type = 'BASE TABLE'`);
  const rows: string[] = [];
  for (const { table } of left) {
    const found = await t.db.sqlAcrossShops(`select 1 from ${table} where shop_id = $1 limit 1`, [shop.id]);
    if (found.length > 0) rows.push(table);
  }
  // What lies in the storage is removed by the worker, by these.
  expect(rows.sort()).toEqual(['data_request', 'removed_folder', 'tombstone']);
  expect(await t.db.sqlAcrossShops(`select status, name, email from shop where id = $1`, [shop.id])).toEqual([
    { status: 'erased', name: '', email: null },
  ]);
  expect(
    await t.db.acrossShops((tx) => tombstones.isErased(tx, [{ shopId: shop.id, email: erasedBefore.email }])),
  ).toEqual([true]);
});

test('a redact of a shop that has the app and never lost it is refused', async () => {
  const shop = await aShop(t.db);
  const person = await aPerson(t.db, shop);
  shopify.says = 'ok';
  const { result } = await request(shop, 'shop/redact', { shop_id: 1, shop_domain: shop.domain });
  expect(result).toEqual({ outcome: 'cancel', reason: 'installed' });
  expect(await tablesWith(t.db, person.email)).not.toEqual([]);
});

test('a shop that is back loses only what is left of before', async () => {
  const shop = await aShop(t.db);
  const former = await aPerson(t.db, shop);
  await t.db.sqlAcrossShops(`update orders set snapshot_at = $2, placed_at = $2 where shop_id = $1`, [
    shop.id,
    new Date('2026-05-01T00:00:00Z'),
  ]);
  await t.db.sqlAcrossShops(`update event set due_at = null where shop_id = $1`, [shop.id]);
  await t.db.acrossShops((tx) => uninstallShop(tx, shop.id, [], new Date('2026-11-20T00:00:00Z')));
  const back = await t.db.acrossShops((tx) =>
    installShop(queue, tx, shop.domain, new Date('2026-11-21T00:00:00Z')),
  );
  expect(back).toMatchObject({ id: shop.id, status: 'installed', epoch: 3 });
  const present = await aPerson(t.db, back);
  for (const table of [
    'answer',
    'review',
    'timeline_entry',
    'decision',
    'access_log',
    'message_event',
    'event',
    'permission_answer',
  ])
    await t.db.sqlAcrossShops(
      `update ${table} set at = $2 where shop_id = $1 and to_jsonb(${table})::text like '%' || $3 || '%'`,
      [shop.id, NOW, present.customerId],
    );
  for (const [table, column] of [
    ['customer', 'created_at'],
    ['referral', 'created_at'],
    ['reward', 'earned_at'],
  ] as const)
    await t.db.sqlAcrossShops(
      `update ${table} set ${column} = $2 where shop_id = $1 and to_jsonb(${table})::text like '%' || $3 || '%'`,
      [shop.id, NOW, present.customerId],
    );
  shopify.says = 'ok';
  sent.length = 0;
  const { result } = await request(back, 'shop/redact', { shop_id: 1, shop_domain: shop.domain });
  expect(result).toEqual({ outcome: 'done' });
  expect(await tablesWith(t.db, former.email)).toEqual(['public.stray_webhook']);
  const data = await tablesWith(t.db, present.email);
  for (const table of ['orders', 'customer', 'consent', 'message', 'answer', 'review'])
    expect(data).toContain(`public.${table}`);
  expect(sent.map(({ name }) => name)).toContain('shops.sync');
});
