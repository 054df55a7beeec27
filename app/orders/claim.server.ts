/** Claiming webhooks: due shops in turn, a slice from each, locked in the transaction that works them in. */
import { lockPeople, tryLockPeople } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';

/** A webhook as it lies in the inbox. */
export interface InboxRow {
  shop_id: bigint;
  webhook_id: string;
  topic: string;
  body: string;
  triggered_at: Date | null;
  received_at: Date;
  attempts: number;
}

export interface InboxRef {
  shopId: bigint;
  webhookId: string;
  bytes: number;
}

/** From the shop after the one that was served last; each look is one step down the index. */
export const DUE_SHOPS = `
  with recursive due as (
    (select shop_id from webhook_inbox where due_at <= $1 and shop_id > $2 order by shop_id limit 1)
    union all
    select (select i.shop_id from webhook_inbox i where i.due_at <= $1 and i.shop_id > due.shop_id
      order by i.shop_id limit 1)
    from due where due.shop_id is not null
  )
  select shop_id from due where shop_id is not null limit 25`;

/** LIMIT stands in the text: a parameter's generic plan would scan the table. */
const slice = (rows: number) => `
  select i.shop_id as "shopId", i.webhook_id as "webhookId", i.bytes
  from unnest($2::bigint[]) as s(shop_id) cross join lateral (
    select shop_id, webhook_id, octet_length(body) as bytes from webhook_inbox
    where shop_id = s.shop_id and due_at <= $1 order by due_at limit ${rows} for update skip locked
  ) i`;
export const SLICE_OF_MANY = slice(20);
const SLICE_OF_ONE = slice(200);

const BODIES = `
  select shop_id, webhook_id, topic, body, triggered_at, received_at, attempts
  from unnest($1::bigint[], $2::text[]) as t(shop_id, webhook_id) join webhook_inbox using (shop_id, webhook_id)
  order by received_at, webhook_id`;

const THESE = `
  select shop_id, webhook_id, topic, body, triggered_at, received_at, attempts
  from webhook_inbox join unnest($1::bigint[], $2::text[]) as t(shop_id, webhook_id) using (shop_id, webhook_id)
  where due_at is not null order by shop_id, webhook_id for update of webhook_inbox skip locked`;

/** What is parsed at a time, at most; one that is larger goes alone. */
const BATCH_BYTES = 8 * 1024 * 1024;

/** Shops with something due. Remembers whose turn it is. */
export function makeLook(): (tx: SqlTx, now: Date) => Promise<bigint[]> {
  let served = 0n;
  return async (tx, now) => {
    const due = await dueShops(tx, now, served);
    served = due.at(-1) ?? 0n;
    return due;
  };
}

/** A slice from each, locked until the transaction ends. */
export async function claimFrom(tx: SqlTx, due: readonly bigint[], now: Date): Promise<InboxRef[]> {
  // A shop whose people another worker is busy with has to wait; so does nobody else.
  const shops = await tryLockPeople(tx, due);
  if (shops.length === 0) return [];
  const refs = await tx.sql<InboxRef>(shops.length === 1 ? SLICE_OF_ONE : SLICE_OF_MANY, [now, shops]);
  return within(refs);
}

async function dueShops(tx: SqlTx, now: Date, after: bigint): Promise<bigint[]> {
  const rows = await tx.sql<{ shop_id: bigint }>(DUE_SHOPS, [now, after]);
  const shops = rows.map(({ shop_id }) => shop_id);
  return shops.length > 0 || after === 0n ? shops : dueShops(tx, now, 0n);
}

/** As many as fit. */
function within(refs: readonly InboxRef[]): InboxRef[] {
  let bytes = 0;
  return refs.filter((ref, index) => (bytes += ref.bytes) <= BATCH_BYTES || index === 0);
}

/** Bodies of rows that are locked already. */
export const bodiesOf = (tx: SqlTx, refs: readonly InboxRef[]): Promise<InboxRow[]> =>
  tx.sql<InboxRow>(BODIES, [refs.map(({ shopId }) => shopId), refs.map(({ webhookId }) => webhookId)]);

/** These rows, as far as they still wait and nobody else has them. */
export async function claimThese(tx: SqlTx, refs: readonly InboxRef[]): Promise<InboxRow[]> {
  const shopIds = refs.map(({ shopId }) => shopId);
  await lockPeople(tx, shopIds);
  return tx.sql<InboxRow>(THESE, [shopIds, refs.map(({ webhookId }) => webhookId)]);
}
