/**
 * E01, short form: two real worker processes hand over 2,000 messages while one of them is killed every half second.
 * The judge is the mail server's own log. Each broken twin must be caught by the same judge.
 */
import { expect, test, vi } from 'vitest';
import type { Db } from '../../app/db.server.ts';
import { newId } from '../../app/ids.ts';
import { planMessages } from '../../app/messages/plan.server.ts';
import type { MessageClass } from '../../app/messages/message.ts';
import { aShop } from '../builders.ts';
import { testDb } from '../database.ts';
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

/** One message each to so many customers of five shops, all due. @returns the addresses */
async function messagesTo(db: Db, count: number, kind: MessageClass): Promise<Set<string>> {
  const now = new Date();
  const addresses = new Set<string>();
  for (let i = 0; i < 5; i++) {
    const shop = await aShop(db, { settings: NO_QUIET_HOURS });
    const ids = Array.from({ length: count / 5 }, () => newId(now));
    const drafts = ids.map((customerId) => ({
      shopId: shop.id,
      customerId,
      key: `storm:${customerId}`,
      channel: 'email' as const,
      class: kind,
      templateKey: 'thanks',
      data: {},
      dueAt: now,
      uselessAfter: null,
      epoch: shop.epoch,
    }));
    await db.acrossShops(async (tx) => {
      await tx.sql(PEOPLE, [shop.id, ids, now]);
      await tx.sql(CONSENT, [shop.id, ids, now]);
      await planMessages(tx, drafts, now);
    });
    for (const id of ids) addresses.add(`${id}@example.com`);
  }
  return addresses;
}

const OPEN = `select count(*)::int as open from message where state in ('waiting', 'handing-over')`;
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

test('with a provider that knows the key: 2,000 messages, none lost, none twice', async () => {
  const standIn = await httpProvider({ refuse: nowAndThen });
  const addresses = await messagesTo(t.db, 2000, 'ask');
  const { lost, duplicated, kills } = await stormOver(addresses, standIn, 'http', 50);
  expect(kills).toBeGreaterThanOrEqual(15);
  expect({ lost: lost.length, duplicated: duplicated.length }).toEqual({ lost: 0, duplicated: 0 });
  expect(await statesOf([...addresses])).toEqual(['sent']);
});

test('the broken twin without a stable key is caught', async () => {
  const standIn = await httpProvider();
  const addresses = await messagesTo(t.db, 400, 'ask');
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
  const addresses = await messagesTo(t.db, 300, 'service');
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
