/**
 * Claiming what is due. Shops take turns, a slice each, so that one shop's flood does not hold up another's three
 * mails. Messages and then their customers are locked and skipped where locked, never waited for: two messages to
 * one customer are thus never judged at the same time, and whoever unsubscribes at this moment comes first.
 */
import type { SqlTx } from '../db.server.ts';
import type { MessageChannel, MessageClass, MessageData, Reason } from './message.ts';

export interface ClaimedMessage {
  shop_id: bigint;
  id: string;
  customer_id: string;
  enrollment_id: string | null;
  order_id: bigint | null;
  channel: MessageChannel;
  class: MessageClass;
  template_key: string;
  data: MessageData;
  state: 'waiting' | 'handing-over';
  due_at: Date;
  useless_after: Date | null;
  epoch: number;
  attempts: number;
  priority: number;
  planned_at: Date;
  reason: Reason;
  /** Whether a provider has been called with this id before, and how long ago in the database's time. */
  tried_ms: number | null;
  /** What was said then: a repetition says the same. `html` as packed.server.ts reads it. */
  locale: string | null;
  subject: string | null;
  html: string | null;
  text: string | null;
}

/** Distinct shops with anything in the outbox by a loose index scan, beginning after the one that was served last. */
const DUE_SHOPS = `
  with recursive next_shop(shop_id) as (
    (select shop_id from message where due_at is not null and shop_id > $2 order by shop_id limit 1)
    union all
    select (select m.shop_id from message m where m.due_at is not null and m.shop_id > n.shop_id
      order by m.shop_id limit 1)
    from next_shop n where n.shop_id is not null
  )
  select n.shop_id from next_shop n where n.shop_id is not null and exists (
    select 1 from message m where m.shop_id = n.shop_id and m.due_at <= $1
      and (m.state = 'waiting' or m.lease_until < clock_timestamp()))
  limit 20`;

/** Columns of a {@link ClaimedMessage}. */
export const CLAIMED = `shop_id, id, customer_id, enrollment_id, order_id, channel, class, template_key, data, state, due_at,
  useless_after, epoch, attempts::int, priority::int, planned_at, reason,
  (extract(epoch from clock_timestamp() - tried_at) * 1000)::float8 as tried_ms, locale, subject, html, text`;

/** LIMITs are literals: as parameters they would give a generic plan that reads the whole table. */
const claimOf = (slice: number) => `
  select m.* from unnest($2::bigint[]) as s(shop_id) cross join lateral (
    select ${CLAIMED}
    from message where shop_id = s.shop_id and due_at <= $1
      and (state = 'waiting' or lease_until < clock_timestamp())
    order by due_at limit ${slice} for update skip locked) m`;

/** Where the round-robin stands; one a loop. */
export interface Turn {
  after: bigint;
}

/** @param shops from {@link dueShops}; @param most how many at most, over all of them */
export async function claimDue(
  tx: SqlTx,
  shops: readonly bigint[],
  most: number,
  now: Date,
): Promise<ClaimedMessage[]> {
  const slice = Math.max(1, Math.floor(most / shops.length));
  return tx.sql<ClaimedMessage>(claimOf(slice), [now, shops.slice(0, most)]);
}

/** Shops with something due, the next one's turn first; wraps around at the end of the ring. */
export async function dueShops(tx: SqlTx, turn: Turn, now: Date): Promise<bigint[]> {
  const ids = async (after: bigint) =>
    (await tx.sql<{ shop_id: bigint }>(DUE_SHOPS, [now, after])).map((row) => row.shop_id);
  let shops = await ids(turn.after);
  if (shops.length === 0 && turn.after !== 0n) shops = await ids(0n);
  turn.after = shops.at(-1) ?? 0n;
  return shops;
}
