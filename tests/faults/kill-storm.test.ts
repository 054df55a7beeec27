/**
 * E01, short form: two real worker processes lead 2,000 orders through "Thank you" and hand its mails over, while one of
 * them is killed every half second. The judge is the mail server's own log; the broken twin must be caught by it.
 */
import { expect, test, vi } from 'vitest';
import type { Db } from '../../app/db.server.ts';
import { newId } from '../../app/ids.ts';
import { planMessages } from '../../app/messages/messages.server.ts';
import type { MessageClass } from '../../app/messages/message.ts';
import { enroll, installDefaults } from '../../app/sequences/sequences.server.ts';
import { aShop } from '../builders.ts';
import type { Shop } from '../../app/shops/shop.ts';
import { testDb } from '../database.ts';
import { aTextOf } from '../messages.ts';
import type { WorkerOrders } from './hand-over-worker.ts';
import { httpProvider, smtpServer, type MailStandIn } from './mail-stand-ins.ts';
import { storm } from './storm.ts';

const t = testDb();
// Half a minute each on an idle machine; starting workers is what takes long on a busy one.
vi.setConfig({ testTimeout: 400_000 });

const NO_QUIET_HOURS = { rhythm: { quietFrom: 0, quietTo: 0, perWeek: 14, minGapHours: 0 } };
const PEOPLE = `
  insert into customer (shop_id, id, email, country, last_order_at, created_at, updated_at)
  select $1::bigint, id, id || '@example.com', 'DE', $3::timestamptz, $3::timestamptz, $3::timestamptz
  from unnest($2::uuid[]) id`;
const CONSENT = `
  insert into consent (shop_id, customer_id, channel, state, source, at)
  select $1::bigint, id, 'email', 'subscribed', 'shopify', $3::timestamptz from unnest($2::uuid[]) id`;

const ORDERS = `
  insert into orders (shop_id, id, name, customer_id, currency, total, present_currency, present_total, source,
    placed_at, paid_at, snapshot_at)
  select $1::bigint, n, '#' || n, id, 'EUR', 1000, 'EUR', 1000, 'web', $3::timestamptz, $3::timestamptz, $3::timestamptz
  from unnest($2::uuid[]) with ordinality as t(id, n)`;
const SHOPS = 5;

/** Customers of five shops who want to hear from them. */
async function peopleOfShops(db: Db, count: number): Promise<{ shop: Shop; ids: string[] }[]> {
  const now = new Date();
  const crowds: { shop: Shop; ids: string[] }[] = [];
  for (let i = 0; i < SHOPS; i++) {
    const shop = await aShop(db, { settings: NO_QUIET_HOURS });
    const ids = Array.from({ length: count / SHOPS }, () => newId(now));
    await db.acrossShops(async (tx) => {
      await tx.sql(PEOPLE, [shop.id, ids, now]);
      await tx.sql(CONSENT, [shop.id, ids, now]);
    });
    crowds.push({ shop, ids });
  }
  return crowds;
}

const addressesOf = (crowds: { ids: string[] }[]) =>
  new Set(crowds.flatMap(({ ids }) => ids.map((id) => `${id}@example.com`)));

/** One message each, all due. @returns the addresses */
async function messagesTo(db: Db, count: number, kind: MessageClass): Promise<Set<string>> {
  const now = new Date();
  const crowds = await peopleOfShops(db, count);
  for (const { shop, ids } of crowds) {
    await aTextOf(db, shop);
    const drafts = ids.map((customerId) => ({
      shopId: shop.id,
      customerId,
      key: `storm:${customerId}`,
      channel: 'email' as const,
      class: kind,
      templateKey: 'hello',
      data: {},
      dueAt: now,
      uselessAfter: null,
      epoch: shop.epoch,
    }));
    await db.acrossShops((tx) => planMessages(tx, drafts, now));
  }
  return addressesOf(crowds);
}

/** One order each, paid a little more than an hour ago: "Thank you" is due. @returns the addresses */
async function ordersOf(db: Db, count: number): Promise<Set<string>> {
  const now = new Date();
  const paidAt = new Date(now.getTime() - 61 * 60_000);
  const crowds = await peopleOfShops(db, count);
  for (const { shop, ids } of crowds) {
    await db.inShop(shop.id, (tx) => installDefaults(tx, shop, now));
    const happened = ids.map((customerId, index) => ({
      shopId: shop.id,
      trigger: 'order.paid' as const,
      customerId,
      orderId: BigInt(index + 1),
      at: paidAt,
      data: {},
    }));
    await db.acrossShops(async (tx) => {
      await tx.sql(ORDERS, [shop.id, ids, paidAt]);
      await enroll(tx, happened, now);
    });
  }
  return addressesOf(crowds);
}

/** Steps that are due and messages that have not come to an end. */
const OPEN = `
  select (select count(*) from message where state in ('waiting', 'handing-over'))::int
    + (select count(*) from enrollment_cursor where due_at < now())::int as open`;
const countOpen = async () => (await t.db.sqlAcrossShops<{ open: number }>(OPEN))[0]!.open;

interface Verdict {
  lost: string[];
  duplicated: string[];
  kills: number;
}

async function stormOver(
  addresses: Set<string>,
  standIn: MailStandIn,
  provider: WorkerOrders['provider']['kind'],
  perSecond: number,
): Promise<Verdict> {
  const kills = await storm({
    orders: { databaseUrl: t.url, provider: { kind: provider, url: standIn.url }, perSecond },
    calm: async () => (await countOpen()) <= addresses.size / 20,
    finished: async () => (await countOpen()) === 0,
  });
  await standIn.close();
  const counts = new Map<string, number>();
  for (const { to } of standIn.delivered) counts.set(to, (counts.get(to) ?? 0) + 1);
  return {
    lost: [...addresses].filter((address) => !counts.has(address)),
    duplicated: [...addresses].filter((address) => (counts.get(address) ?? 0) > 1),
    kills,
  };
}

/** Now and then: taken but the answer lost, busy, an error after taking. */
const nowAndThen = (call: number) =>
  call % 50 === 0 ? ('lost-answer' as const) : call % 77 === 0 ? 'broken' : call % 91 === 0 ? 'busy' : null;

const statesOf = async (addresses: string[]) => {
  const ids = addresses.map((address) => address.split('@')[0]);
  const rows = await t.db.sqlAcrossShops<{ state: string }>(
    'select distinct state from message where customer_id = any($1::uuid[])',
    [ids],
  );
  return rows.map((row) => row.state);
};

test('with a provider that knows the key: 2,000 orders, no thank-you lost, none twice', async () => {
  const standIn = await httpProvider({ refuse: nowAndThen });
  const addresses = await ordersOf(t.db, 2000);
  const { lost, duplicated, kills } = await stormOver(addresses, standIn, 'http', 80);
  expect(kills).toBeGreaterThanOrEqual(8);
  expect({ lost: lost.length, duplicated: duplicated.length }).toEqual({ lost: 0, duplicated: 0 });
  expect(await statesOf([...addresses])).toEqual(['sent']);
});

test('the broken twin without a stable key is caught', async () => {
  const standIn = await httpProvider();
  const addresses = await messagesTo(t.db, 300, 'ask');
  const { lost, duplicated } = await stormOver(addresses, standIn, 'unstable-key', 30);
  expect(lost).toEqual([]);
  expect(duplicated.length).toBeGreaterThan(0);
});

test('by SMTP asks go at most once, and what nobody can tell of is kept as unknown', async () => {
  const standIn = await smtpServer({ dropsRepeated: false });
  const addresses = await messagesTo(t.db, 300, 'ask');
  const { lost, duplicated, kills } = await stormOver(addresses, standIn, 'smtp', 25);
  expect(kills).toBeGreaterThan(3);
  expect(duplicated).toEqual([]);
  expect(lost.length).toBeLessThanOrEqual(kills * 8);
  expect(await statesOf(lost)).toEqual(lost.length > 0 ? ['unknown'] : []);
});

test('by SMTP service mails go at least once, twice only where a worker died between dot and record', async () => {
  const standIn = await smtpServer({ dropsRepeated: false });
  const addresses = await messagesTo(t.db, 200, 'service');
  const { lost, duplicated, kills } = await stormOver(addresses, standIn, 'smtp', 25);
  const unknown = lost.length > 0 ? await statesOf(lost) : [];
  expect(unknown.filter((state) => state !== 'unknown')).toEqual([]);
  expect(duplicated.length).toBeLessThanOrEqual(kills * 8);
});

test('by SMTP to a server that drops repeated Message-IDs: none lost, none twice', async () => {
  const standIn = await smtpServer({ dropsRepeated: true });
  const addresses = await messagesTo(t.db, 300, 'ask');
  const { lost, duplicated } = await stormOver(addresses, standIn, 'smtp-that-remembers', 25);
  expect({ lost: lost.length, duplicated: duplicated.length }).toEqual({ lost: 0, duplicated: 0 });
});
