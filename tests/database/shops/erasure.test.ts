import { expect, test } from 'vitest';
import { openQueue } from '../../../app/jobs/queue.server.ts';
import { PERSONAL } from '../../../app/shops/erasure.ts';
import { IMPERSONAL } from '../../../app/shops/impersonal.ts';
import { dataExport, dataRequests, shopWebhooks, sweepErased } from '../../../app/shops/shops.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { insertRow, tablesWith } from '../rows.ts';
import { aPerson, NOW, redactBody, requests } from './people.ts';

const t = testDb();
const { request, tombstones } = requests(() => t.db);

test('every column that could hold personal data is in the registry', async () => {
  const rows = await t.db.sqlAcrossShops<{ table: string; column: string }>(`
    select c.table_name as table, c.column_name as column from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> '_prisma_migrations'
      and (c.data_type in ('jsonb', 'json', 'bytea', 'inet')
        or c.column_name ~ '(^|_)(e?mail|phone|first_name|last_name|address|street|city|zip|province|birthday|ip|user_agent|body|html|text|data|comment|note|subject|said|answers?|content|result|search|token|url|error|reason|locale)(_|$)')`);
  const listed = new Map(PERSONAL.map(({ table, columns }) => [table, columns]));
  const missing = rows.filter(
    ({ table, column }) => !(table in IMPERSONAL) && !listed.get(table)?.includes(column),
  );
  expect(missing.map(({ table, column }) => `${table}.${column}`)).toEqual([]);
  expect(rows.length).toBeGreaterThan(60);
});

test('the registry names tables and columns that exist, and says why anything stays', async () => {
  const rows = await t.db.sqlAcrossShops<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
  );
  const existing = new Set(rows.map(({ name }) => name));
  const named = PERSONAL.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`));
  expect(named.filter((name) => !existing.has(name))).toEqual([]);
  const unexplained = PERSONAL.filter(
    ({ columns, erase, because }) =>
      erase !== 'row' && !because && columns.some((column) => !erase || !(column in erase)),
  );
  expect(unexplained.map(({ table }) => table)).toEqual([]);
});

test('after a redact nothing of the person is found anywhere, and others are untouched', async () => {
  const shop = await aShop(t.db);
  const [erased, kept] = [await aPerson(t.db, shop), await aPerson(t.db, shop)];
  const before = await tablesWith(t.db, kept.email);
  expect(await tablesWith(t.db, erased.email)).toEqual(before);
  const { handled, result } = await request(shop, 'customers/redact', redactBody(shop, erased));
  expect(handled).toEqual({ outcome: 'done' });
  expect(result).toEqual({ outcome: 'done' });
  expect(await tablesWith(t.db, erased.email)).toEqual([]);
  expect(await tablesWith(t.db, erased.phone)).toEqual([]);
  expect(await tablesWith(t.db, String(erased.shopifyId))).toEqual([]);
  expect(await tablesWith(t.db, kept.email)).toEqual(before);
  const [receipt] = await t.db.inShop(shop.id, (tx) => dataRequests(tx));
  expect(receipt).toMatchObject({
    kind: 'erase-customer',
    state: 'done',
    counts: { customer: 1, orders: 1, message: 1 },
  });
  const events = await t.db.sqlAcrossShops(`select customer_id from event where kind = 'customer.erased'`);
  expect(events).toEqual([{ customer_id: erased.customerId }]);
});

test('who was erased is known again by any trace, unless they come back later', async () => {
  const shop = await aShop(t.db);
  const person = await aPerson(t.db, shop);
  await request(shop, 'customers/redact', redactBody(shop, person));
  const shopId = shop.id;
  const ask = (trace: object) =>
    t.db.acrossShops(async (tx) => (await tombstones.isErased(tx, [{ shopId, ...trace }]))[0]);
  expect(await ask({ shopifyId: person.shopifyId })).toBe(true);
  expect(await ask({ email: person.email.toUpperCase() })).toBe(true);
  expect(await ask({ phone: person.phone })).toBe(true);
  expect(await ask({ orderId: person.orderId })).toBe(true);
  expect(await ask({ email: person.email, at: new Date(NOW.getTime() - 1000) })).toBe(true);
  expect(await ask({ email: person.email, at: new Date(NOW.getTime() + 1000) })).toBe(false);
  expect(await ask({ email: 'somebody@example.com', phone: person.phone })).toBe(false);
  const other = await aShop(t.db);
  expect(
    await t.db.acrossShops((tx) => tombstones.isErased(tx, [{ shopId: other.id, email: person.email }])),
  ).toEqual([false]);
});

test('what came in behind an erasure is swept away', async () => {
  const shop = await aShop(t.db);
  const person = await aPerson(t.db, shop);
  await request(shop, 'customers/redact', redactBody(shop, person));
  const body = JSON.stringify({ id: Number(person.orderId), email: person.email });
  await insertRow(t.db, 'webhook_inbox', { shop_id: shop.id, topic: 'orders/updated', body, state: 1 });
  await t.db.sqlAcrossShops(`update message set html = $2 where shop_id = $1`, [shop.id, person.email]);
  expect(await tablesWith(t.db, person.email)).toEqual(['public.message', 'public.webhook_inbox']);
  await t.db.acrossShops((tx) => sweepErased(tx, new Date(NOW.getTime() + 3600_000)));
  expect(await tablesWith(t.db, person.email)).toEqual([]);
});

test('the same request twice is one; one with another shop’s name in its body is none', async () => {
  const [shop, other] = [await aShop(t.db), await aShop(t.db)];
  const person = await aPerson(t.db, shop);
  const body = redactBody(shop, person);
  expect((await request(other, 'customers/redact', body)).handled).toMatchObject({ outcome: 'ignored' });
  await request(shop, 'customers/redact', body);
  expect((await request(shop, 'customers/redact', body)).handled).toMatchObject({ outcome: 'ignored' });
  expect((await request(shop, 'customers/redact', 'nonsense')).handled).toMatchObject({ outcome: 'dead' });
});

test('a data request gives the merchant everything that is held, and nothing of anybody else', async () => {
  const shop = await aShop(t.db);
  const [person, other] = [await aPerson(t.db, shop), await aPerson(t.db, shop)];
  const body = {
    ...redactBody(shop, person),
    orders_to_redact: undefined,
    orders_requested: [person.orderId],
    data_request: { id: 9 },
  };
  await request(shop, 'customers/data_request', body);
  const [listed] = await t.db.inShop(shop.id, (tx) => dataRequests(tx));
  expect(listed).toMatchObject({ kind: 'export', state: 'done', hasExport: true });
  const text = (await t.db.inShop(shop.id, (tx) => dataExport(tx, listed!.id)))!;
  const data = JSON.parse(text) as Record<string, Record<string, unknown>[]>;
  const counts = Object.fromEntries(Object.entries(data).map(([table, rows]) => [table, rows.length]));
  const exported = PERSONAL.filter(({ exported }) => exported).map(({ table }) => [table, 1]);
  expect(counts).toEqual(Object.fromEntries(exported));
  expect(data['customer']![0]).toMatchObject({ email: person.email });
  expect(text).not.toContain(other.email);
  const foreign = await aShop(t.db);
  expect(await t.db.inShop(foreign.id, (tx) => dataExport(tx, listed!.id))).toBeNull();
  // An export is personal data too: it goes with the person.
  await request(shop, 'customers/redact', redactBody(shop, person));
  expect(await tablesWith(t.db, person.email)).toEqual([]);
});

test('jobs carry no personal data', async () => {
  const shop = await aShop(t.db);
  const person = await aPerson(t.db, shop);
  const real = openQueue({ url: t.url, worker: false });
  const handle = shopWebhooks(real)['customers/redact'];
  await t.db.acrossShops((tx) => handle(tx, { shopId: shop.id, body: redactBody(shop, person) }, NOW));
  await real.stop();
  const found = await tablesWith(t.db, person.email);
  expect(found.filter((name) => name.startsWith('pgboss'))).toEqual([]);
  expect(found).toContain('public.data_request');
});
