/** A parcel that was believed to have arrived has not: what counts from its arrival waits until it is known. */
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { isByArrival } from './exits.ts';
import type { Plan } from './plan.ts';
import { plansOf, versionKey } from './plans.server.ts';
import { insertDecisions } from './write.server.ts';

export interface MissingParcel {
  shopId: bigint;
  orderId: bigint;
  shipmentId: bigint;
}

interface OpenRow {
  shop_id: bigint;
  id: string;
  customer_id: string;
  order_id: bigint;
  sequence_id: string;
  key: string;
  version: number;
  step_key: string;
  shipment_id: bigint | null;
  missing: bigint;
}

/** Cursors first, as everybody does who changes enrollments. */
const OPEN = `
  select e.shop_id, e.id, e.customer_id, e.order_id, c.sequence_id, q.key, c.version, c.step_key, e.shipment_id,
    t.shipment_id as missing
  from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as t(shop_id, order_id, shipment_id)
  join enrollment e on e.shop_id = t.shop_id and e.order_id = t.order_id and e.state = 'open'
  join enrollment_cursor c on c.shop_id = e.shop_id and c.enrollment_id = e.id and c.due_at is not null
  join sequence q on q.shop_id = c.shop_id and q.id = c.sequence_id
  order by c.shop_id, c.enrollment_id for update of c`;

/** Listens, so that the arrival is heard of at once; looked at once a day should nobody say so. */
const HOLD = `
  update enrollment_cursor c set due_at = $3::timestamptz + interval '1 day', listens = true
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, enrollment_id)
  where c.shop_id = t.shop_id and c.enrollment_id = t.enrollment_id`;

/** See the door. */
export async function holdForParcel(
  tx: SqlTx,
  parcels: readonly MissingParcel[],
  now: Date,
): Promise<number> {
  if (parcels.length === 0) return 0;
  const rows = await tx.sql<OpenRow>(OPEN, [
    parcels.map(({ shopId }) => shopId),
    parcels.map(({ orderId }) => orderId),
    parcels.map(({ shipmentId }) => shipmentId),
  ]);
  const refOf = (row: OpenRow) => ({
    shopId: row.shop_id,
    sequenceId: row.sequence_id,
    version: row.version,
  });
  const plans = await plansOf(tx, rows.map(refOf));
  const all = rows.filter((row) => {
    const plan = plans.get(versionKey(refOf(row)));
    return plan && (row.shipment_id === null || row.shipment_id === row.missing) && hangsOnArrival(plan, row);
  });
  // Two parcels of one order may be missed at once.
  const held = [...new Map(all.map((row) => [row.id, row])).values()];
  if (held.length === 0) return 0;
  await tx.sql(HOLD, [held.map((row) => row.shop_id), held.map((row) => row.id), now]);
  const reason = { code: 'not-arrived' };
  await insertDecisions(
    tx,
    held.map((row) => ({
      row: { shopId: row.shop_id, enrollmentId: row.id, customerId: row.customer_id },
      decision: { stepKey: row.step_key, outcome: 'moved', reason, until: null },
      messageId: null,
    })),
    now,
  );
  await addTimeline(
    tx,
    held.map((row) => ({
      shopId: row.shop_id,
      customerId: row.customer_id,
      orderId: row.order_id,
      at: now,
      kind: 'decision',
      code: 'step-moved',
      data: { sequence: row.key, step: row.step_key, until: null, reason },
    })),
    now,
  );
  return held.length;
}

/** The step at hand waits for a moment that is counted from the arrival. */
function hangsOnArrival(plan: Plan, row: OpenRow): boolean {
  const step = plan.steps.find(({ key }) => key === row.step_key);
  if (step?.kind === 'wait' && (step.until.from === 'delivered' || step.until.product !== null)) return true;
  return isByArrival(plan) && (step?.kind === 'wait' || step?.kind === 'wait-for');
}
