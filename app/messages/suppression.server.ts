/**
 * Addresses that are not written to. Kept as keyed hashes, so that they hold for whoever has the address, for a
 * customer who comes back as somebody new, and after erasure, without keeping the address itself.
 */
import { createHmac } from 'node:crypto';
import type { SqlTx } from '../db.server.ts';
import { derivedKey } from '../shops/derived-key.ts';
import { mailboxOf, phoneOf } from './address.ts';
import type { MessageChannel, MessageClass } from './message.ts';

export type SuppressionReason = 'unsubscribed' | 'bounced' | 'complained' | 'merchant';

/** The same for every spelling of an address. @param key 32 bytes; the key that hashes is derived from it */
export function addressHash(
  key: Uint8Array,
  shopId: bigint,
  channel: MessageChannel,
  address: string,
): Buffer {
  return createHmac('sha256', derivedKey(key, 'suppression'))
    .update(`${shopId}|${channel}|${address.trim().toLowerCase()}`)
    .digest();
}

export interface SuppressionInput {
  shopId: bigint;
  channel: MessageChannel;
  address: string;
  classes: readonly MessageClass[];
  reason: SuppressionReason;
}

const SUPPRESS = `
  insert into suppression (shop_id, channel, hash, classes, reason, at)
  select $1::bigint, $2, $3::bytea, $4::text[], $5, $6::timestamptz
  on conflict (shop_id, channel, hash) do update
    set classes = (select array_agg(distinct c order by c) from unnest(suppression.classes || excluded.classes) c),
      reason = excluded.reason, at = excluded.at
    where not suppression.classes @> excluded.classes
  returning 1 as changed`;

/** Adds classes to what is suppressed. @returns whether anything is new */
export async function suppress(
  tx: SqlTx,
  key: Uint8Array,
  input: SuppressionInput,
  now: Date,
): Promise<boolean> {
  const hash = addressHash(key, input.shopId, input.channel, input.address);
  const rows = await tx.sql(SUPPRESS, [
    input.shopId,
    input.channel,
    hash,
    [...input.classes],
    input.reason,
    now,
  ]);
  return rows.length > 0;
}

const ALLOW = `
  delete from suppression where shop_id = $1 and channel = $2 and hash = $3 and reason = 'unsubscribed'`;

/** Lifts what the customer themselves asked for, when they subscribe again; bounces and complaints stay. */
export async function allowAgain(
  tx: SqlTx,
  key: Uint8Array,
  { shopId, channel, address }: Pick<SuppressionInput, 'shopId' | 'channel' | 'address'>,
): Promise<void> {
  await tx.sql(ALLOW, [shopId, channel, addressHash(key, shopId, channel, address)]);
}

/** Why an address is not written to in a class; null when it is. */
export type Suppressions = (
  shopId: bigint,
  channel: MessageChannel,
  address: string,
  kind: MessageClass,
) => string | null;

const FIND = `
  select s.shop_id, s.channel, s.hash, s.classes, s.reason from suppression s
  join (select distinct * from unnest($1::bigint[], $2::text[], $3::bytea[]) as t(shop_id, channel, hash)) t
    using (shop_id, channel, hash)`;

interface Row {
  shop_id: bigint;
  channel: MessageChannel;
  hash: Uint8Array;
  classes: MessageClass[];
  reason: string;
}

/** What is suppressed for a batch of people. */
export async function suppressedClasses(
  tx: SqlTx,
  key: Uint8Array,
  people: readonly { shop_id: bigint; email: string | null; phone: string | null }[],
): Promise<Suppressions> {
  const asked = people.flatMap(({ shop_id: shopId, email, phone }) => [
    ...(email ? [{ shopId, channel: 'email' as const, address: mailboxOf(email) ?? email }] : []),
    ...(phone ? [{ shopId, channel: 'sms' as const, address: phoneOf(phone) ?? phone }] : []),
  ]);
  const hashes = asked.map((one) => addressHash(key, one.shopId, one.channel, one.address));
  const rows = await tx.sql<Row>(FIND, [
    asked.map((one) => one.shopId),
    asked.map((one) => one.channel),
    hashes,
  ]);
  if (rows.length === 0) return () => null;
  const nameOf = (shopId: bigint, channel: string, hash: Uint8Array) =>
    `${shopId} ${channel} ${Buffer.from(hash).toString('base64')}`;
  const found = new Map(rows.map((row) => [nameOf(row.shop_id, row.channel, row.hash), row]));
  return (shopId, channel, address, kind) => {
    const row = found.get(nameOf(shopId, channel, addressHash(key, shopId, channel, address)));
    return row?.classes.includes(kind) ? row.reason : null;
  };
}
