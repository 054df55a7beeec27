/**
 * Taking what is due. Rows are locked inside the transaction that does the work: a killed worker's rows are free the
 * moment its connection dies. Limits are literals: a parameter's generic plan scans the table.
 */
import type { SqlTx } from '../db.server.ts';

/** A shop whose turn it is, and the moment below which nothing is left. */
export interface Turn {
  shopId: bigint;
  low: Date;
}

/** A due enrollment, locked. */
export interface Claimed {
  shopId: bigint;
  enrollmentId: string;
  sequenceId: string;
  version: number;
  stepKey: string;
  dueAt: Date;
  reachedAt: Date;
  attempts: number;
  customerId: string;
  orderId: bigint | null;
  shipmentId: bigint | null;
  productId: bigint | null;
  epoch: number;
  anchorAt: Date;
}

interface ClaimedRow {
  shop_id: bigint;
  enrollment_id: string;
  sequence_id: string;
  version: number;
  step_key: string;
  due_at: Date;
  reached_at: Date;
  attempts: number;
  customer_id: string;
  order_id: bigint | null;
  shipment_id: bigint | null;
  product_id: bigint | null;
  epoch: number;
  anchor_at: Date;
}

const COLUMNS = `c.shop_id, c.enrollment_id, c.sequence_id, c.version, c.step_key, c.due_at, c.reached_at, c.attempts,
  e.customer_id, e.order_id, e.shipment_id, e.product_id, e.epoch, e.anchor_at`;

/** The form that a sharded database needs: one shop, equality on its id. */
export const claimOfOne = (limit: number) => `
  select ${COLUMNS} from (
    select * from enrollment_cursor where shop_id = $1 and due_at >= $2 and due_at <= $3
    order by due_at limit ${limit} for update skip locked
  ) c join enrollment e on e.shop_id = c.shop_id and e.id = c.enrollment_id`;

/** A slice of each shop in one statement. */
export const claimOfMany = (limit: number) => `
  select ${COLUMNS} from unnest($1::bigint[], $2::timestamptz[]) as turn(shop_id, low)
  cross join lateral (
    select * from enrollment_cursor
    where shop_id = turn.shop_id and due_at >= turn.low and due_at <= $3
    order by due_at limit ${limit} for update skip locked
  ) c join enrollment e on e.shop_id = c.shop_id and e.id = c.enrollment_id`;

/** Rows of one batch over all shops in it. */
const BATCH = 500;
/** Few different texts, so that a server keeps few plans. */
const SLICES = [500, 250, 100, 50, 25] as const;

/** How many rows each of so many shops gets. */
export function sliceOf(shops: number): number {
  return SLICES.find((slice) => slice * shops <= BATCH) ?? 25;
}

/** Locks a slice of each shop's due enrollments, oldest first; rows that somebody else holds are passed over. */
export async function claim(tx: SqlTx, turns: readonly Turn[], now: Date): Promise<Claimed[]> {
  // A shop twice would give its rows twice: a transaction's own locks do not stop it.
  const distinct = [...new Map(turns.map((turn) => [turn.shopId, turn])).values()];
  const [only] = distinct;
  if (!only) return [];
  const slice = sliceOf(distinct.length);
  const rows =
    distinct.length === 1
      ? await tx.sql<ClaimedRow>(claimOfOne(slice), [only.shopId, only.low, now])
      : await tx.sql<ClaimedRow>(claimOfMany(slice), [
          distinct.map((turn) => turn.shopId),
          distinct.map((turn) => turn.low),
          now,
        ]);
  return rows.map(claimedOf);
}

const claimedOf = (row: ClaimedRow): Claimed => ({
  shopId: row.shop_id,
  enrollmentId: row.enrollment_id,
  sequenceId: row.sequence_id,
  version: row.version,
  stepKey: row.step_key,
  dueAt: row.due_at,
  reachedAt: row.reached_at,
  attempts: row.attempts,
  customerId: row.customer_id,
  orderId: row.order_id,
  shipmentId: row.shipment_id,
  productId: row.product_id,
  epoch: row.epoch,
  anchorAt: row.anchor_at,
});
