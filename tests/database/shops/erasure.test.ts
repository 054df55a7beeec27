import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { lockPeople } from '../../../app/customers/customers.server.ts';
import { openQueue } from '../../../app/jobs/queue.server.ts';
import { IMPERSONAL, PERSONAL } from '../../../app/shops/erasure.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import {
  dataExport,
  dataRequests,
  handleDataRequest,
  installShop,
  shopWebhooks,
  sweepErased,
  tombstonesOf,
  uninstallShop,
  type ComplianceDeps,
} from '../../../app/shops/shops.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { insertRow, tablesWith } from '../rows.ts';

const t = testDb();
const NOW = new Date('2026-11-22T10:00:00Z');
const tombstones = tombstonesOf([Buffer.alloc(32, 1)]);
const sent: { name: string; payload: unknown }[] = [];
const queue = {
  enqueue: async (_tx: unknown, name: string, payload: unknown) => void sent.push({ name, payload }),
} as never;

let answer: 'ok' | 'unauthorized' = 'ok';
const deps = (): ComplianceDeps => ({
  db: t.db,
  queue,
  tombstones,
  lockPeople,
  stopPerson: [],
  stopWork: [],
  probe: async () => (answer === 'ok' ? { outcome: 'ok', value: null } : { outcome: 'unauthorized' }),
});

interface TestPerson {
  customerId: string;
  shopifyId: bigint;
  orderId: bigint;
  email: string;
  phone: string;
  canary: string;
}

let count = 0;

/** A person with a row in every table of the registry, and the canary in every column that is to be erased. */
async function aPerson(shop: Shop): Promise<TestPerson> {
  count += 1;
  const person = {
    customerId: randomUUID(),
    shopifyId: 7_000_000_000_000n + BigInt(count),
    orderId: 5_000_000_000_000n + BigInt(count),
    email: `canary-${count}@example.com`,
    phone: `+4930123450${count}`,
    canary: `canary-${count}@`,
  };
  const { customerId, orderId } = person;
  const messageId = randomUUID();
  const ids = { shop_id: shop.id, customer_id: customerId, order_id: orderId, message_id: messageId };
  const own: Record<string, object> = {
    orders: { id: orderId, email: person.email, phone: person.phone, snapshot_at: NOW, placed_at: NOW },
    customer: { id: customerId, shopify_id: person.shopifyId, email: person.email, phone: person.phone },
    message: { id: messageId, epoch: shop.epoch },
    enrollment: { epoch: shop.epoch },
    referral: { advocate_id: customerId },
  };
  for (const { table, columns, erase, mine } of PERSONAL) {
    if (!mine) continue;
    const erased =
      erase === 'row' ? columns : Object.keys(erase ?? {}).filter((column) => columns.includes(column));
    const catalogue = await t.db.sqlAcrossShops<{ name: string; type: string }>(
      `select column_name as name, udt_name as type from information_schema.columns where table_name = $1`,
      [table],
    );
    const typeOf = new Map(catalogue.map(({ name, type }) => [name, type]));
    const marked = erased
      .filter((column) => typeOf.get(column) === 'text' || typeOf.get(column) === 'jsonb')
      .map((column) => [
        column,
        typeOf.get(column) === 'jsonb' ? { said: person.email } : `${person.email} ${randomUUID()}`,
      ]);
    const known = Object.fromEntries(Object.entries(ids).filter(([name]) => typeOf.has(name)));
    await insertRow(t.db, table, { ...Object.fromEntries(marked), ...known, ...own[table] });
  }
  const body = JSON.stringify({ id: Number(orderId), email: person.email });
  await insertRow(t.db, 'webhook_inbox', { shop_id: shop.id, topic: 'orders/create', body, state: 1 });
  await insertRow(t.db, 'stray_webhook', { domain: shop.domain, topic: 'orders/create', body });
  return person;
}

const redactBody = (shop: Shop, person: TestPerson) => ({
  shop_id: 1,
  shop_domain: shop.domain,
  customer: { id: person.shopifyId, email: person.email, phone: person.phone },
  orders_to_redact: [person.orderId],
});

/** The webhook, then its job. */
async function request(
  shop: Shop,
  topic: 'customers/redact' | 'customers/data_request' | 'shop/redact',
  body: unknown,
) {
  const handle = shopWebhooks(queue)[topic];
  sent.length = 0;
  const handled = await t.db.acrossShops((tx) => handle(tx, { shopId: shop.id, body }, NOW));
  const job = sent.find(({ name }) => name === 'shops.data-request');
  if (!job) return { handled, result: null };
  return { handled, result: await handleDataRequest(deps(), job.payload as never, NOW) };
}

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
  for (const { table, columns, erase, because } of PERSONAL) {
    for (const column of columns) expect(existing).toContain(`${table}.${column}`);
    const stays = erase === 'row' ? [] : columns.filter((column) => !erase || !(column in erase));
    if (stays.length > 0) expect(because, `${table}: why do ${stays.join(', ')} stay?`).toBeTruthy();
  }
});

test('after a redact nothing of the person is found anywhere, and others are untouched', async () => {
  const shop = await aShop(t.db);
  const [erased, kept] = [await aPerson(shop), await aPerson(shop)];
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
  const person = await aPerson(shop);
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
  const person = await aPerson(shop);
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
  const person = await aPerson(shop);
  const body = redactBody(shop, person);
  expect((await request(other, 'customers/redact', body)).handled).toMatchObject({ outcome: 'ignored' });
  await request(shop, 'customers/redact', body);
  expect((await request(shop, 'customers/redact', body)).handled).toMatchObject({ outcome: 'ignored' });
  expect((await request(shop, 'customers/redact', 'nonsense')).handled).toMatchObject({ outcome: 'dead' });
});

test('a data request gives the merchant everything that is held, and nothing of anybody else', async () => {
  const shop = await aShop(t.db);
  const [person, other] = [await aPerson(shop), await aPerson(shop)];
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
  for (const { table, exported } of PERSONAL) if (exported) expect(data[table], table).toHaveLength(1);
  expect(data['customer']![0]).toMatchObject({ email: person.email });
  expect(text).not.toContain(other.email);
  const foreign = await aShop(t.db);
  expect(await t.db.inShop(foreign.id, (tx) => dataExport(tx, listed!.id))).toBeNull();
  // An export is personal data too: it goes with the person.
  await request(shop, 'customers/redact', redactBody(shop, person));
  expect(await tablesWith(t.db, person.email)).toEqual([]);
});

test('a shop that is gone is erased whole; tombstones and the receipt stay', async () => {
  const [shop, other] = [await aShop(t.db), await aShop(t.db)];
  const [erasedBefore, person, elsewhere] = [await aPerson(shop), await aPerson(shop), await aPerson(other)];
  await request(shop, 'customers/redact', redactBody(shop, erasedBefore));
  await t.db.acrossShops((tx) => uninstallShop(tx, shop.id, [], NOW));
  answer = 'unauthorized';
  const { result } = await request(shop, 'shop/redact', { shop_id: 1, shop_domain: shop.domain });
  expect(result).toEqual({ outcome: 'done' });
  expect(await tablesWith(t.db, person.email)).toEqual([]);
  expect(await tablesWith(t.db, elsewhere.email)).not.toEqual([]);
  const left = await t.db.sqlAcrossShops<{ table: string }>(`
    select t.table_name as table from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'shop_id' and t.table_type = 'BASE TABLE'`);
  for (const { table } of left) {
    const [row] = await t.db.sqlAcrossShops<{ n: bigint }>(
      `select count(*) as n from ${table} where shop_id = $1`,
      [shop.id],
    );
    if (!['tombstone', 'data_request', 'suppression'].includes(table)) expect(row!.n, table).toBe(0n);
  }
  expect(await t.db.sqlAcrossShops(`select status, name, email from shop where id = $1`, [shop.id])).toEqual([
    { status: 'erased', name: '', email: null },
  ]);
  expect(
    await t.db.acrossShops((tx) => tombstones.isErased(tx, [{ shopId: shop.id, email: erasedBefore.email }])),
  ).toEqual([true]);
});

test('a redact of a shop that has the app and never lost it is refused', async () => {
  const shop = await aShop(t.db);
  const person = await aPerson(shop);
  answer = 'ok';
  const { result } = await request(shop, 'shop/redact', { shop_id: 1, shop_domain: shop.domain });
  expect(result).toEqual({ outcome: 'cancel', reason: 'installed' });
  expect(await tablesWith(t.db, person.email)).not.toEqual([]);
});

test('a shop that is back loses only what is left of before', async () => {
  const shop = await aShop(t.db);
  const former = await aPerson(shop);
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
  const present = await aPerson(back);
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
  answer = 'ok';
  sent.length = 0;
  const { result } = await request(back, 'shop/redact', { shop_id: 1, shop_domain: shop.domain });
  expect(result).toEqual({ outcome: 'done' });
  expect(await tablesWith(t.db, former.email)).toEqual(['public.stray_webhook']);
  const data = await tablesWith(t.db, present.email);
  for (const table of ['orders', 'customer', 'consent', 'message', 'answer', 'review'])
    expect(data).toContain(`public.${table}`);
  expect(sent.map(({ name }) => name)).toContain('shops.sync');
});

test('jobs carry no personal data', async () => {
  const shop = await aShop(t.db);
  const person = await aPerson(shop);
  const real = openQueue({ url: t.url, worker: false });
  const handle = shopWebhooks(real)['customers/redact'];
  await t.db.acrossShops((tx) => handle(tx, { shopId: shop.id, body: redactBody(shop, person) }, NOW));
  await real.stop();
  const found = await tablesWith(t.db, person.email);
  expect(found.filter((name) => name.startsWith('pgboss'))).toEqual([]);
  expect(found).toContain('public.data_request');
});
