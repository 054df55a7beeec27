/** Recording and claiming events; what follows from them stands in reactions.server.ts. */
import type { SqlTx } from './db.server.ts';
import type { EventKind, HappenedEvent, NewEvent } from './events.ts';
import { newId } from './ids.ts';

/**
 * The statement that writes events, for what is so frequent that it is written together with what happened.
 * @param first number of the first of its eight parameters: `eventValues`
 */
export const insertEvents = (first: number): string => {
  const at = (n: number) => `$${first + n}`;
  return `
  insert into event (shop_id, id, kind, customer_id, order_id, data, at, due_at)
  select shop_id, id, kind, customer_id, order_id, data::jsonb, at, ${at(7)}::timestamptz
  from unnest(${at(0)}::bigint[], ${at(1)}::uuid[], ${at(2)}::text[], ${at(3)}::uuid[], ${at(4)}::bigint[], ${at(5)}::text[],
    ${at(6)}::timestamptz[]) as t(shop_id, id, kind, customer_id, order_id, data, at)`;
};
const INSERT = insertEvents(1);

/** Records events in the caller's transaction: they exist exactly if the change does. */
export async function recordEvents(tx: SqlTx, events: readonly NewEvent[], now: Date): Promise<void> {
  if (events.length > 0) await tx.sql(INSERT, eventValues(events, now));
}

/** For `insertEvents`. */
export function eventValues(events: readonly NewEvent[], now: Date): unknown[] {
  return [
    events.map((event) => event.shopId),
    events.map(() => newId(now)),
    events.map((event) => event.kind),
    events.map((event) => event.customerId ?? null),
    events.map((event) => event.orderId ?? null),
    events.map((event) => JSON.stringify(event.data)),
    events.map((event) => event.at),
    now,
  ];
}

interface EventRow {
  shop_id: bigint;
  id: string;
  kind: EventKind;
  customer_id: string | null;
  order_id: bigint | null;
  data: unknown;
  at: Date;
  attempts: number;
}

/** LIMIT is a literal: as a parameter its generic plan would scan the table. */
const CLAIM = (limit: number) => `
  select shop_id, id, kind, customer_id, order_id, data, at, attempts from event
  where due_at <= $1 order by due_at, id limit ${limit} for update skip locked`;

const IS_DUE = 'select 1 from event where due_at <= $1 limit 1';

/** Whether there is anything to claim; without a transaction. */
export async function isEventDue(tx: SqlTx, now: Date): Promise<boolean> {
  return (await tx.sql(IS_DUE, [now])).length > 0;
}

/** Unhandled events of all shops, oldest first, locked until the transaction ends. */
export async function claimEvents(tx: SqlTx, now: Date, limit: number): Promise<HappenedEvent[]> {
  const rows = await tx.sql<EventRow>(CLAIM(limit), [now]);
  return rows.map(
    (row) =>
      ({
        shopId: row.shop_id,
        id: row.id,
        kind: row.kind,
        customerId: row.customer_id,
        orderId: row.order_id,
        data: row.data,
        at: row.at,
        attempts: row.attempts,
      }) as HappenedEvent,
  );
}

const DONE = `
  update event set due_at = null from unnest($1::bigint[], $2::uuid[]) as t(shop_id, id)
  where event.shop_id = t.shop_id and event.id = t.id`;

/** Marks events as handled. */
export async function finishEvents(tx: SqlTx, events: readonly HappenedEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.sql(DONE, [events.map((event) => event.shopId), events.map((event) => event.id)]);
}

const FAIL = `
  update event set attempts = attempts + 1, error = $3,
    due_at = case when attempts >= 7 then null else $4::timestamptz + interval '1 second' * power(4, attempts) end
  where shop_id = $1 and id = $2`;

/** Puts an event aside after an error; after eight attempts it stays as a dead letter with its error. */
export async function failEvent(tx: SqlTx, event: HappenedEvent, error: string, now: Date): Promise<void> {
  await tx.sql(FAIL, [event.shopId, event.id, error.slice(0, 1000), now]);
}
