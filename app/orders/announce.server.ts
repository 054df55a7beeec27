/** Tells what has happened: events for the other modules, lines for the customer's story. */
import { addTimeline } from '../customers/customers.server.ts';
import type { TimelineEntry } from '../customers/timeline.ts';
import type { SqlTx } from '../db.server.ts';
import type { NewEvent } from '../events.ts';
import { recordEvents } from '../events.server.ts';
import { happenings, type Happening } from './happened.ts';
import { followProblems } from './problems.server.ts';
import type { OrderState } from './state.ts';

/** An order before and after, with what no state keeps. */
export interface Told {
  before: OrderState | null;
  after: OrderState;
  /** Moments at which the merchant edited it. */
  edits: Date[];
  acceptsMarketing?: boolean;
  /** What the newest snapshot said of who ordered and from where. */
  origin?: OrderState['told'];
  /** Who did it, where it was no webhook. */
  by?: string;
}

const MOVE_LINES = `
  update timeline_entry e set customer_id = t.to_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::bigint[]) as t(shop_id, from_id, to_id, order_id)
  where e.shop_id = t.shop_id and e.customer_id = t.from_id and e.order_id = t.order_id and e.kind in ('order', 'shipment')`;

export async function announce(
  tx: SqlTx,
  told: readonly Told[],
  now: Date,
  { history = false }: { history?: boolean } = {},
): Promise<void> {
  await moveLines(tx, told);
  await followProblems(tx, told, now);
  await addTimeline(tx, told.flatMap(linesOf), now);
  if (!history) await recordEvents(tx, told.flatMap(eventsOf), now);
}

/** An order that turns out to be somebody else's takes its lines along. */
async function moveLines(tx: SqlTx, told: readonly Told[]): Promise<void> {
  const moved = told.filter(
    ({ before, after }) => before?.customerId && after.customerId && before.customerId !== after.customerId,
  );
  if (moved.length === 0) return;
  await tx.sql(MOVE_LINES, [
    moved.map(({ after }) => after.shopId),
    moved.map(({ before }) => before!.customerId),
    moved.map(({ after }) => after.customerId),
    moved.map(({ after }) => after.id),
  ]);
}

function eventsOf({ before, after, edits }: Told): NewEvent[] {
  const { shopId, id: orderId, customerId } = after;
  const edited = edits.map(
    (at) => ({ shopId, orderId, customerId, kind: 'order.edited', data: {}, at }) as const,
  );
  const happened = happenings(before, after).map(
    ({ kind, data, at }: Happening) => ({ shopId, orderId, customerId, kind, data, at }) as NewEvent,
  );
  return [...happened, ...edited];
}

/** Everything so far when it becomes known only now whose order it is. */
function linesOf({ before, after, edits }: Told): TimelineEntry[] {
  const { shopId, customerId, id: orderId } = after;
  if (!customerId) return [];
  const since = before?.customerId ? before : null;
  const lines = happenings(since, after).flatMap(({ at, line }) => (line ? [{ at, ...line }] : []));
  const edited = edits.map((at) => ({ at, code: 'order-edited', data: { order: after.name } }) as const);
  return [...lines, ...edited].map(
    ({ at, code, data }) =>
      ({
        shopId,
        customerId,
        at,
        kind: code.startsWith('shipment') ? 'shipment' : 'order',
        code,
        data,
        orderId,
      }) as TimelineEntry,
  );
}
