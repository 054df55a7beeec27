/**
 * Stopping. Cursors are locked before anything else is looked at: a batch that is being decided is waited for, what it
 * planned is cancelled here, and once this commits nothing is planned any more.
 */
import type { SqlTx } from '../db.server.ts';
import { addTimeline } from '../customers/customers.server.ts';
import { cancelMessages } from '../messages/messages.server.ts';
import { dropDeeds } from './deed-rows.server.ts';
import { endAll } from './endings.server.ts';
import { classesAhead, outlivesOrder } from './exits.ts';
import { plansOf, versionKey } from './plans.server.ts';
import type { Stop, StopReason } from './sequence.ts';
import { insertDecisions, writeEnds } from './write.server.ts';

/** See the door. */
export async function stop(tx: SqlTx, stops: readonly Stop[], now: Date): Promise<number> {
  let stopped = 0;
  for (const by of Object.keys(FOUND_BY) as (keyof typeof FOUND_BY)[]) {
    const mine = stops.filter((each) => each.by === by);
    if (mine.length > 0) stopped += await stopFound(tx, by, mine, now);
  }
  for (const each of stops) {
    if (each.by === 'shop' || each.by === 'sequence') stopped += await stopAll(tx, each, now);
  }
  return stopped;
}

/** How enrollments are found, each through an index of its own. `t` are the stops. */
const FOUND_BY = {
  order: 'e.order_id = t.id::bigint',
  'items-gone': `e.order_id = t.id::bigint and e.product_id is not null and not exists (
    select 1 from order_line l where l.shop_id = e.shop_id and l.order_id = e.order_id
      and l.product_id = e.product_id and l.current_quantity > 0)`,
  customer: 'e.customer_id = t.id::uuid',
  enrollment: 'e.id = t.id::uuid',
  // By way of the order: enrollments have an index for that.
  shipment: `e.shipment_id = t.id::bigint
    and e.order_id = (select s.order_id from shipment s where s.shop_id = t.shop_id and s.id = t.id::bigint)`,
} as const;

const STOPS = 'unnest($1::bigint[], $2::text[], $3::int[]) as t(shop_id, id, index)';

const lockBy = (found: string) => `
  select e.shop_id, e.id, t.index, c.sequence_id, c.version, c.step_key
  from ${STOPS} join enrollment e on e.shop_id = t.shop_id and ${found} and e.state = 'open'
  join enrollment_cursor c on c.shop_id = e.shop_id and c.enrollment_id = e.id
  order by c.shop_id, c.enrollment_id for update of c`;

/** An enrollment that a stop is about. */
interface Found {
  shop_id: bigint;
  id: string;
  index: number;
  sequence_id: string;
  version: number;
  /** null: it is over already */
  step_key: string | null;
}

/** Enrollments that were over already, or ended while the lock was waited for: what they planned may still wait. */
const overBy = (found: string) => `
  select e.shop_id, e.id, t.index, e.sequence_id, e.version, null as step_key from ${STOPS}
  join enrollment e on e.shop_id = t.shop_id and ${found} and e.state <> 'open'
  where exists (
    select 1 from message m where m.shop_id = e.shop_id and m.enrollment_id = e.id and m.due_at is not null)`;

async function stopFound(
  tx: SqlTx,
  by: keyof typeof FOUND_BY,
  stops: readonly Stop[],
  now: Date,
): Promise<number> {
  const values = [
    stops.map((each) => each.shopId),
    stops.map((each) => each.id),
    stops.map((_, index) => index),
  ];
  const locked = await onlyMeant(tx, await tx.sql<Found>(lockBy(FOUND_BY[by]), values), stops);
  const reasonOf = (row: { index: number }) => stops[row.index]!.reason;
  const ended = await endEnrollments(
    tx,
    locked.map((row) => ({ shopId: row.shop_id, id: row.id, reason: reasonOf(row) })),
    now,
  );
  const over = await onlyMeant(tx, await tx.sql<Found>(overBy(FOUND_BY[by]), values), stops);
  for (const reason of new Set(over.map(reasonOf))) {
    const filters = over
      .filter((row) => reasonOf(row) === reason)
      .map((row) => ({ shopId: row.shop_id, enrollmentId: row.id, ...classesOf(stops[row.index]!) }));
    await cancelMessages(tx, filters, { code: reason }, now);
  }
  if (by === 'customer') await dropErased(tx, stops, now);
  return ended;
}

/** What a step has set going is done whatever ends the sequence, save for somebody who is no longer there. */
async function dropErased(tx: SqlTx, stops: readonly Stop[], now: Date): Promise<void> {
  const erased = Map.groupBy(
    stops.filter(({ reason }) => reason === 'erased'),
    ({ shopId }) => shopId,
  );
  for (const [shopId, people] of erased) {
    const customerIds = people.map(({ id }) => id);
    await dropDeeds(tx, { shopId, customerIds, reason: 'erased' }, now);
  }
}

const classesOf = ({ classes }: Stop) => (classes ? { classes } : {});

/** Reasons for which a sequence that is about the end of orders goes on. */
const OUTLIVED: readonly StopReason[] = ['cancelled', 'refunded', 'returned'];

/** A stop of some classes leaves alone whoever has something else ahead; the end of an order leaves alone what is about it. */
async function onlyMeant<Row extends Found>(
  tx: SqlTx,
  rows: readonly Row[],
  stops: readonly Stop[],
): Promise<readonly Row[]> {
  if (stops.every((each) => !each.classes && !OUTLIVED.includes(each.reason))) return rows;
  const refs = rows.map((row) => ({
    shopId: row.shop_id,
    sequenceId: row.sequence_id,
    version: row.version,
  }));
  const plans = await plansOf(tx, refs);
  return rows.filter((row, index) => {
    const { classes, reason } = stops[row.index]!;
    const plan = plans.get(versionKey(refs[index]!));
    if (!plan) return true;
    if (OUTLIVED.includes(reason) && outlivesOrder(plan)) return false;
    if (!classes || row.step_key === null) return true;
    return [...classesAhead(plan, row.step_key || plan.start)].every((each) => classes.includes(each));
  });
}

/** An enrollment to be ended, and why. */
export interface Ending {
  shopId: bigint;
  id: string;
  reason: StopReason;
}

const LOCK = `
  select e.shop_id, e.id, e.customer_id, e.order_id, c.step_key, s.key
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, id)
  join enrollment e on e.shop_id = t.shop_id and e.id = t.id and e.state = 'open'
  join enrollment_cursor c on c.shop_id = e.shop_id and c.enrollment_id = e.id
  join sequence s on s.shop_id = e.shop_id and s.id = e.sequence_id
  order by c.shop_id, c.enrollment_id for update of c`;

interface EndingRow {
  shop_id: bigint;
  id: string;
  customer_id: string;
  order_id: bigint | null;
  step_key: string;
  key: string;
}

/** Ends enrollments that are open: cursor, state, decision, line, messages that wait. @returns how many */
export async function endEnrollments(tx: SqlTx, endings: readonly Ending[], now: Date): Promise<number> {
  if (endings.length === 0) return 0;
  const rows = await tx.sql<EndingRow>(LOCK, [
    endings.map((each) => each.shopId),
    endings.map((each) => each.id),
  ]);
  if (rows.length === 0) return 0;
  const reasons = new Map(endings.map((each) => [each.id, each.reason]));
  const ended = rows.map((row) => ({
    row: { shopId: row.shop_id, enrollmentId: row.id, customerId: row.customer_id },
    orderId: row.order_id,
    stepKey: row.step_key,
    sequence: row.key,
    reason: reasons.get(row.id)!,
  }));
  await writeEnds(
    tx,
    ended.map(({ row, reason }) => ({ row, state: 'stopped', reason })),
    now,
  );
  await tell(tx, ended, now);
  for (const reason of new Set(ended.map((each) => each.reason))) {
    const filters = ended
      .filter((each) => each.reason === reason)
      .map(({ row }) => ({ shopId: row.shopId, enrollmentId: row.enrollmentId }));
    await cancelMessages(tx, filters, { code: reason }, now);
  }
  return ended.length;
}

interface Ended {
  row: { shopId: bigint; enrollmentId: string; customerId: string };
  orderId: bigint | null;
  stepKey: string;
  sequence: string;
  reason: StopReason;
}

async function tell(tx: SqlTx, ended: readonly Ended[], now: Date): Promise<void> {
  const decisions = ended.map(({ row, stepKey, reason }) => ({
    row,
    decision: { stepKey, outcome: 'stopped' as const, reason: { code: reason }, until: null },
    messageId: null,
  }));
  await insertDecisions(tx, decisions, now);
  const lines = ended.map(({ row, orderId, sequence, reason }) => ({
    shopId: row.shopId,
    customerId: row.customerId,
    orderId,
    at: now,
    kind: 'decision' as const,
    code: 'sequence-stopped' as const,
    data: { sequence, reason: { code: reason } },
  }));
  await addTimeline(tx, lines, now);
}

const WAITING = `
  select distinct m.enrollment_id as id from message m
  join enrollment e on e.shop_id = m.shop_id and e.id = m.enrollment_id
  where m.shop_id = $1 and e.sequence_id = $2::uuid and m.due_at is not null`;

/** A whole shop or sequence, in one statement whatever the number; no line for each. */
async function stopAll(tx: SqlTx, { shopId, by, id, reason }: Stop, now: Date): Promise<number> {
  const inside = await endAll(tx, { shopId, sequenceId: by === 'shop' ? null : id }, reason, now);
  if (by === 'shop') {
    await cancelMessages(tx, [{ shopId, all: true }], { code: reason }, now);
    await dropDeeds(tx, { shopId, customerIds: null, reason: 'uninstalled' }, now);
  } else {
    const waiting = await tx.sql<{ id: string }>(WAITING, [shopId, id]);
    const filters = waiting.map((message) => ({ shopId, enrollmentId: message.id }));
    await cancelMessages(tx, filters, { code: reason }, now);
  }
  return inside;
}
