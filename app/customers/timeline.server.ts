/** Writing and reading the customer's story. */
import { cursorOf, readCursor } from '../cursor.ts';
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { CustomerRef } from './customer.ts';
import { clean } from './rows.server.ts';
import type { TimelineEntry, TimelineKind, WrittenEntry } from './timeline.ts';

/**
 * The statement that writes lines, for what is so frequent that it is written together with what happened.
 * @param first number of the first of its eight parameters: `timelineValues`
 */
export const insertTimeline = (first: number): string => {
  const at = (n: number) => `$${first + n}`;
  return `
  insert into timeline_entry (shop_id, customer_id, at, id, kind, code, data, order_id)
  select shop_id, customer_id, at, id, kind, code, data::jsonb, order_id
  from unnest(${at(0)}::bigint[], ${at(1)}::uuid[], ${at(2)}::timestamptz[], ${at(3)}::uuid[], ${at(4)}::text[],
    ${at(5)}::text[], ${at(6)}::text[], ${at(7)}::bigint[])
    as t(shop_id, customer_id, at, id, kind, code, data, order_id)`;
};
const INSERT = insertTimeline(1);

/** Writes lines in the caller's transaction. */
export async function addTimeline(tx: SqlTx, entries: readonly TimelineEntry[], now: Date): Promise<void> {
  if (entries.length > 0) await tx.sql(INSERT, timelineValues(entries, now));
}

/** For `insertTimeline`. */
export function timelineValues(entries: readonly TimelineEntry[], now: Date): unknown[] {
  return [
    entries.map((entry) => entry.shopId),
    entries.map((entry) => entry.customerId),
    entries.map((entry) => entry.at),
    entries.map(() => newId(now)),
    entries.map((entry) => entry.kind),
    entries.map((entry) => entry.code),
    entries.map((entry) => jsonOf(entry.data)),
    entries.map((entry) => entry.orderId ?? null),
  ];
}

const jsonOf = (data: object) =>
  JSON.stringify(data, (_key, value: unknown) => (typeof value === 'string' ? clean(value) : value));

interface Row {
  id: string;
  at: Date;
  kind: string;
  code: string;
  data: unknown;
  order_id: bigint | null;
}

const PAGE = `
  select id, at, kind, code, data, order_id from timeline_entry
  where shop_id = $1 and customer_id = $2 and ($3::text[] is null or kind = any($3))
    and ($4::timestamptz is null or (at, id) < ($4::timestamptz, $5::uuid))
  order by at desc, id desc limit $6::int`;

/** Newest first. `before` is the cursor of the page before. */
export async function timelineOf(
  tx: SqlTx,
  customer: CustomerRef,
  page: { kinds?: readonly TimelineKind[]; before?: string | null; limit?: number },
): Promise<{ entries: WrittenEntry[]; next: string | null }> {
  const limit = page.limit ?? 50;
  const before = readCursor(page.before);
  const rows = await tx.sql<Row>(PAGE, [
    customer.shopId,
    customer.id,
    page.kinds?.length ? page.kinds : null,
    before?.at ?? null,
    before?.id ?? null,
    limit + 1,
  ]);
  const entries = rows
    .slice(0, limit)
    .map(
      ({ order_id: orderId, ...row }) =>
        ({ ...row, orderId, shopId: customer.shopId, customerId: customer.id }) as WrittenEntry,
    );
  const last = rows.length > limit ? entries.at(-1) : undefined;
  return { entries, next: last ? cursorOf(last.at, last.id) : null };
}
