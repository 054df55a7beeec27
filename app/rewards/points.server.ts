/**
 * Points are rewards that are kept here alone, and used up part by part: those that end first are used first. The rows are
 * locked in that order, so that two who use the same points come one after the other.
 */
import type { SqlTx } from '../db.server.ts';
import { OWED, OWED_OF_R, type OwedRow } from './owed.ts';
import { post } from './post.server.ts';
import { transferOf } from './transfer.ts';

const READY_AT = `
  update reward r set due_at = t.at from unnest($1::bigint[], $2::text[], $3::timestamptz[]) as t(shop_id, cause, at)
  where r.shop_id = t.shop_id and r.cause = t.cause and r.state = 'held' and r.due_at is null and r.kind = 'points'`;

/** Points that are held count from that moment on. */
export async function readyAt(
  tx: SqlTx,
  causes: readonly { shopId: bigint; cause: string; at: Date }[],
): Promise<void> {
  if (causes.length === 0) return;
  await tx.sql(READY_AT, [
    causes.map(({ shopId }) => shopId),
    causes.map(({ cause }) => cause),
    causes.map(({ at }) => at),
  ]);
}

const LOTS = `
  select ${OWED} from reward
  where shop_id = $1 and customer_id = $2 and kind = 'points' and state = 'issued' and (expires_at is null or expires_at > $3)
  order by expires_at nulls last, earned_at, id for update`;

const USE = `
  update reward r set used = r.used + t.points, state = case when r.used + t.points >= r.amount then 'used' else r.state end,
    ended_at = case when r.used + t.points >= r.amount then $4::timestamptz else r.ended_at end
  from unnest($2::uuid[], $3::bigint[]) as t(id, points) where r.shop_id = $1 and r.id = t.id
  returning ${OWED_OF_R}, t.points`;

/**
 * Uses points of a customer, or none of them.
 * @param spread says how many of which lot; null where there are too few
 * @param name tells this use from others in the books
 */
export async function usePoints(
  tx: SqlTx,
  { shopId, customerId, name }: { shopId: bigint; customerId: string; name: string },
  spread: (lots: { id: string; points: bigint }[]) => readonly { id: string; points: bigint }[] | null,
  now: Date,
): Promise<boolean> {
  const lots = await tx.sql<OwedRow>(LOTS, [shopId, customerId, now]);
  const taken = spread(lots.map(({ id, amount, used }) => ({ id, points: amount - used })));
  if (!taken) return false;
  const rows = await tx.sql<OwedRow & { points: bigint }>(USE, [
    shopId,
    taken.map(({ id }) => id),
    taken.map(({ points }) => points),
    now,
  ]);
  await post(
    tx,
    rows.map((row) => transferOf('used', row, row.points, name)),
    now,
  );
  return true;
}

const BALANCE = `
  select coalesce(sum(amount - used) filter (where state = 'issued' and (expires_at is null or expires_at > $3)), 0)::bigint as points,
    coalesce(sum(amount) filter (where state in ('held', 'issuing')), 0)::bigint as coming,
    min(expires_at) filter (where state = 'issued' and expires_at > $3) as "nextEnd"
  from reward where shop_id = $1 and customer_id = $2 and kind = 'points'`;

export interface PointsBalance {
  points: bigint;
  /** Earned, and not to be used yet. */
  coming: bigint;
  /** When the first of them end; null: none do. */
  nextEnd: Date | null;
}

export async function pointsOf(
  tx: SqlTx,
  shopId: bigint,
  customerId: string,
  now: Date,
): Promise<PointsBalance> {
  const [row] = await tx.sql<PointsBalance>(BALANCE, [shopId, customerId, now]);
  return row!;
}

const END = `
  update reward set state = 'expired', ended_at = $1
  where (shop_id, id) in (select shop_id, id from reward where kind = 'points' and state = 'issued' and expires_at <= $1
    order by shop_id, id limit 200 for update skip locked)
  returning ${OWED}`;

/** Points whose time is over are nobody's any more. @returns how many lots have ended */
export async function endPoints(tx: SqlTx, now: Date): Promise<number> {
  const rows = await tx.sql<OwedRow>(END, [now]);
  await post(
    tx,
    rows.map((row) => transferOf('expired', row, row.amount - row.used)),
    now,
  );
  return rows.length;
}
