/** What is answered to a webhook, and what lies in the inbox afterwards. */
import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeIntake, openInboxPool } from '../../../app/adapters/shopify/intake.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { anInbox, sign, type Inbox } from '../../inbox.ts';
import { anOrderBody } from '../../webhook-bodies.ts';

const t = testDb();
let inbox: Inbox;
beforeEach(() => void (inbox = anInbox(t, { secrets: ['test-secret', 'former-secret'] })));
afterEach(() => inbox.close());

interface Row {
  webhook_id: string;
  topic: string;
  state: number;
  reason: string | null;
  body: string;
}
const rowsOf = (shopId: bigint) =>
  t.db.sqlAcrossShops<Row>(
    'select webhook_id, topic, state, reason, body from webhook_inbox where shop_id = $1 order by received_at, webhook_id',
    [shopId],
  );

test('a signed webhook is stored byte for byte and answered 200', async () => {
  const shop = await aShop(t.db);
  const body = `{ "id": 1, "name": "Zoë \\ud800 \\u0000", "note": "\\"a\\\\b\\"" }`;
  expect(await inbox.send({ shop, topic: 'orders/create', body })).toBe(200);
  expect(await rowsOf(shop.id)).toMatchObject([{ topic: 'orders/create', state: 0, reason: null, body }]);
});

test('a webhook signed with the former secret is taken while it rotates', async () => {
  const shop = await aShop(t.db);
  const body = anOrderBody();
  expect(await inbox.send({ shop, topic: 'orders/create', body, secret: 'former-secret' })).toBe(200);
  expect(await inbox.send({ shop, topic: 'orders/create', body, secret: 'older-secret' })).toBe(401);
});

test('what is not signed, or not right, is answered 401 and leaves nothing', async () => {
  const shop = await aShop(t.db);
  const body = JSON.stringify(anOrderBody());
  const wrong = [null, '', 'AAAA', sign(`${body} `), sign(body).toLowerCase()];
  for (const mac of wrong) {
    const headers = { 'x-shopify-hmac-sha256': mac };
    expect(await inbox.send({ shop, topic: 'orders/create', body, headers })).toBe(401);
  }
  expect(await rowsOf(shop.id)).toEqual([]);
});

test('headers that do not say which shop, topic and delivery are answered 400', async () => {
  const shop = await aShop(t.db);
  const wrong: Record<string, string | null>[] = [
    { 'x-shopify-shop-domain': null },
    { 'x-shopify-shop-domain': 'evil.example.com' },
    { 'x-shopify-shop-domain': `${shop.domain}.evil.com` },
    { 'x-shopify-topic': null },
    { 'x-shopify-topic': "orders/create'; drop table shop" },
    { 'x-shopify-webhook-id': null },
    { 'x-shopify-webhook-id': 'x'.repeat(300) },
  ];
  for (const headers of wrong) {
    expect(await inbox.send({ shop, topic: 'orders/create', body: {}, headers })).toBe(400);
  }
  expect(await rowsOf(shop.id)).toEqual([]);
});

test('more than 5 MB is answered 413, 5 MB is taken', async () => {
  const shop = await aShop(t.db);
  const most = Buffer.alloc(5 * 1024 * 1024, ' ');
  expect(await inbox.send({ shop, topic: 'orders/create', body: most })).toBe(200);
  expect(
    await inbox.send({ shop, topic: 'orders/create', body: Buffer.concat([most, Buffer.from(' ')]) }),
  ).toBe(413);
});

test('the same delivery is stored once, however often it comes', async () => {
  const shop = await aShop(t.db);
  const headers = { 'x-shopify-webhook-id': randomUUID() };
  const one = { shop, topic: 'orders/create', body: anOrderBody({ id: 5 }), headers };
  const answers = await Promise.all(Array.from({ length: 20 }, () => inbox.send(one)));
  expect(new Set(answers)).toEqual(new Set([200]));
  expect(await rowsOf(shop.id)).toHaveLength(1);
});

test('bytes that are no text are kept as a dead letter and spoil nobody else', async () => {
  const shop = await aShop(t.db);
  const bodies = [Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), Buffer.from('{"a":"\0"}'), Buffer.from('{"id":1}')];
  const answers = await Promise.all(bodies.map((body) => inbox.send({ shop, topic: 'orders/create', body })));
  expect(answers).toEqual([200, 200, 200]);
  const rows = await rowsOf(shop.id);
  const dead = rows.filter(({ state }) => state === 2);
  expect(dead.map(({ reason, body }) => [reason, Buffer.from(body, 'base64')])).toEqual(
    expect.arrayContaining([
      ['not-text', bodies[0]],
      ['not-text', bodies[1]],
    ]),
  );
  expect(rows.filter(({ state }) => state === 0).map(({ body }) => body)).toEqual(['{"id":1}']);
});

test('a webhook triggered more than three days ago is a dead letter', async () => {
  const shop = await aShop(t.db);
  const headers = { 'x-shopify-triggered-at': '2026-05-07T11:59:00Z' };
  expect(await inbox.send({ shop, topic: 'orders/create', body: anOrderBody(), headers })).toBe(200);
  expect(await rowsOf(shop.id)).toMatchObject([{ state: 2, reason: 'too-old' }]);
});

test('what comes for an unknown shop is answered 200 and kept aside; an uninstalled one keeps its own', async () => {
  const gone = await aShop(t.db);
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [gone.id]);
  expect(
    await inbox.send({ shop: { domain: 'never-heard.myshopify.com' }, topic: 'orders/create', body: {} }),
  ).toBe(200);
  expect(await inbox.send({ shop: gone, topic: 'customers/redact', body: {} })).toBe(200);
  const strays = await t.db.sqlAcrossShops('select domain, topic, body from stray_webhook');
  expect(strays).toEqual([{ domain: 'never-heard.myshopify.com', topic: 'orders/create', body: '{}' }]);
  expect(await rowsOf(gone.id)).toHaveLength(1);
});

test('requests that come together share inserts, and each is answered for itself', async () => {
  const shop = await aShop(t.db);
  const before = await statements();
  const answers = await Promise.all(
    Array.from({ length: 300 }, (_, n) => inbox.send({ shop, topic: 'orders/create', body: { n } })),
  );
  expect(answers.filter((status) => status === 200)).toHaveLength(300);
  expect(await rowsOf(shop.id)).toHaveLength(300);
  expect((await statements()) - before).toBeLessThan(60);
});

const statements = async () => {
  const sql = `select xact_commit::int as commits from pg_stat_database where datname = current_database()`;
  await t.db.sqlAcrossShops('select pg_stat_force_next_flush()');
  const [row] = await t.db.sqlAcrossShops<{ commits: number }>(sql);
  return row!.commits;
};

test('without a database the answer is 503, at once and after it has gone', async () => {
  const server = net.createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  const failures: unknown[] = [];
  const pool = openInboxPool(`postgresql://x@127.0.0.1:${port}/x`);
  const ingest = makeIntake({
    pool,
    secrets: ['s'],
    now: () => inbox.now,
    onFailure: (error) => failures.push(error),
  });
  const headers: Record<string, string> = {
    'x-shopify-hmac-sha256': sign('{}', 's'),
    'x-shopify-shop-domain': 'a.myshopify.com',
    'x-shopify-topic': 'orders/create',
    'x-shopify-webhook-id': '1',
  };
  expect(await ingest(Buffer.from('{}'), (name) => headers[name] ?? null)).toEqual({ status: 503 });
  expect(failures).toHaveLength(1);
  await pool.end();
  server.close();
});

test.each(['53100', '53300', '25006', '57P01', '57P02', '57P03', '08006', 'XX000'])(
  'a database error %s is answered 503',
  async (code) => {
    const shop = await aShop(t.db);
    const raise = `create function refuse() returns trigger language plpgsql as $f$ begin raise exception 'no' using errcode = '${code}'; end $f$`;
    const owner = await ownerOf(t.url);
    await owner.query(
      `${raise}; create trigger refuse before insert on webhook_inbox for each row execute function refuse()`,
    );
    try {
      expect(await inbox.send({ shop, topic: 'orders/create', body: {} })).toBe(503);
    } finally {
      await owner.query('drop trigger refuse on webhook_inbox; drop function refuse()');
      await owner.end();
    }
    expect(await inbox.send({ shop, topic: 'orders/create', body: {} })).toBe(200);
  },
);

test('a row that PostgreSQL refuses is kept as a dead letter, its neighbours as they are', async () => {
  const shop = await aShop(t.db);
  const owner = await ownerOf(t.url);
  await owner.query(`alter table webhook_inbox add constraint no_poison check (body not like '%poison%')`);
  try {
    const bodies = ['one', 'poison', 'two'].map((name) => JSON.stringify({ name }));
    const answers = await Promise.all(
      bodies.map((body) => inbox.send({ shop, topic: 'orders/create', body })),
    );
    expect(answers).toEqual([200, 200, 200]);
  } finally {
    await owner.query('alter table webhook_inbox drop constraint no_poison');
    await owner.end();
  }
  const rows = await rowsOf(shop.id);
  expect(rows.map(({ state, reason }) => [state, reason]).sort()).toEqual([
    [0, null],
    [0, null],
    [2, 'not-storable'],
  ]);
});

async function ownerOf(url: string) {
  const { default: pg } = await import('pg');
  const client = new pg.Client(url);
  await client.connect();
  return client;
}
