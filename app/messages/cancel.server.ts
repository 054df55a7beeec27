/** Out of the outbox again, before anything has gone. */
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { MessageClass, Reason } from './message.ts';

/** Which messages of one shop: all given fields must fit. Never all of a shop by accident: `all: true` says so. */
export type CancelFilter = {
  shopId: bigint;
  classes?: readonly MessageClass[];
} & (
  { enrollmentId: string } | { orderId: bigint } | { customerId: string } | { key: string } | { all: true }
);

/** Each way of naming messages finds them through an index of its own. */
const NAMED_BY = [
  'm.enrollment_id = f.enrollment_id',
  'm.order_id = f.order_id',
  'm.customer_id = f.customer_id',
  'm.key = f.key',
  'f.everything',
];

/**
 * A message that was claimed but not yet given to a provider is stopped too: hand-over looks once more before it calls.
 * Rows are locked in the order of their key, so that two cancellations never wait for each other.
 */
const CANCEL = `
  with f as (
    select * from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::uuid[], $5::text[], $6::text[], $7::boolean[])
      as t(shop_id, enrollment_id, order_id, customer_id, key, classes, everything)
  ), named as (
    ${NAMED_BY.map(
      (by) => `select m.shop_id, m.id from f join message m on m.shop_id = f.shop_id and ${by}
        where m.due_at is not null and (f.classes is null or m.class = any(string_to_array(f.classes, ' ')))`,
    ).join(' union ')}
  ), doomed as (
    select m.shop_id, m.id from named join message m using (shop_id, id)
    where m.state = 'waiting' or (m.state = 'handing-over' and m.tried_at is null)
    order by m.shop_id, m.id for update of m
  )
  update message m set state = 'skipped', due_at = null, lease_until = null, claim = null, reason = $8::jsonb
  from doomed d where m.shop_id = d.shop_id and m.id = d.id
  returning m.shop_id, m.id, m.customer_id, m.order_id, m.template_key, m.channel`;

/** A message that is over, as events and the timeline want it. */
export interface OverRow {
  shop_id: bigint;
  id: string;
  customer_id: string;
  order_id: bigint | null;
  template_key: string;
  channel: 'email' | 'sms';
}

/** See the door. */
export async function cancelMessages(
  tx: SqlTx,
  filters: readonly CancelFilter[],
  reason: Reason,
  now: Date,
): Promise<number> {
  if (filters.length === 0) return 0;
  const field = <Key extends string>(name: Key) =>
    filters.map((filter) => (filter as Partial<Record<Key, unknown>>)[name] ?? null);
  const rows = await tx.sql<OverRow>(CANCEL, [
    filters.map((filter) => filter.shopId),
    field('enrollmentId'),
    field('orderId'),
    field('customerId'),
    field('key'),
    filters.map((filter) => filter.classes?.join(' ') ?? null),
    filters.map((filter) => 'all' in filter),
    reason,
  ]);
  await tellSkipped(
    tx,
    rows.map((row) => ({ ...row, reason })),
    now,
  );
  return rows.length;
}

/** The line in the timeline and the event of messages that will not go. */
export async function tellSkipped(
  tx: SqlTx,
  rows: readonly (OverRow & { reason: Reason })[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  const lines = rows.map((row) => ({
    shopId: row.shop_id,
    customerId: row.customer_id,
    orderId: row.order_id,
    at: now,
    kind: 'message' as const,
    code: 'message-skipped' as const,
    data: { messageId: row.id, template: row.template_key, channel: row.channel, reason: row.reason },
  }));
  await addTimeline(tx, lines, now);
  const events = rows.map((row) => ({
    shopId: row.shop_id,
    kind: 'message.skipped' as const,
    customerId: row.customer_id,
    orderId: row.order_id,
    data: { messageId: row.id, reason: row.reason.code },
    at: now,
  }));
  await recordEvents(tx, events, now);
}

const MERGE = `
  update message m set customer_id = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where m.shop_id = t.shop_id and m.customer_id = t.from_id`;

/** Follows a merge: what was written to `from` was written to `into`, budget included. */
export async function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
): Promise<void> {
  if (merges.length === 0) return;
  await tx.sql(MERGE, [merges.map((m) => m.shopId), merges.map((m) => m.from), merges.map((m) => m.into)]);
}
