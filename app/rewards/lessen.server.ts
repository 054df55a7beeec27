/** Rewards that are a share of a sum, and points that one earned, become less with it. */
import type { SqlTx } from '../db.server.ts';
import { oweBack } from './owe-back.server.ts';
import { OWED_OF_R, type OwedRow } from './owed.ts';
import { post } from './post.server.ts';
import { transferOf } from './transfer.ts';

/** What is left of the sum that a commission is a share of: `left` of `of`, minor units; `amount` of it to the unit. */
export interface Lessening {
  shopId: bigint;
  cause: string;
  left: bigint;
  of: bigint;
  amount?: bigint | undefined;
}

/** Rounded down, never below what was paid out, never more than before; what was paid already is owed back: heard twice or in any order it is the same. */
const LESSEN = `
  with old as (
    select r.shop_id, r.id, r.amount as before, r.state as was,
      greatest(r.used, coalesce(t.amount, floor((r.value ->> 'amount')::numeric * t.part / t.whole)::bigint)) as after
    from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[]) as t(shop_id, cause, part, whole, amount)
    join reward r on r.shop_id = t.shop_id and r.cause = t.cause
    where r.kind = 'commission' and r.state in ('held', 'issuing', 'issued') for update of r)
  update reward r set amount = old.after from old
  where r.shop_id = old.shop_id and r.id = old.id and old.after < r.amount and old.after > 0
  returning ${OWED_OF_R}, old.before, old.was`;

/** @returns how many became less; rewards that are no share of anything stay as they are */
export async function lessen(tx: SqlTx, less: readonly Lessening[], now: Date): Promise<number> {
  if (less.length === 0) return 0;
  const rows = await tx.sql<OwedRow & { before: bigint; was: Was }>(LESSEN, [
    less.map(({ shopId }) => shopId),
    less.map(({ cause }) => cause),
    less.map(({ left }) => left),
    less.map(({ of }) => of),
    less.map(({ amount }) => amount ?? null),
  ]);
  await post(tx, rows.map(taking), now);
  return rows.length + (await oweBack(tx, less, now));
}

type Was = 'held' | 'issuing' | 'issued';

/** What is promised and what was given stand in accounts of their own. */
const taking = (row: OwedRow & { before: bigint; was: Was }) =>
  transferOf(
    row.was === 'issued' ? 'clawed-back' : 'reduced',
    row,
    row.before - row.amount,
    String(row.amount),
  );

/** So many of the points of a cause are left. */
export interface PointsLeft {
  shopId: bigint;
  cause: string;
  points: number;
}

/** Never below what was used: then nothing is left of them. */
const LESSEN_POINTS = `
  with old as (
    select r.shop_id, r.id, r.amount as before, r.state as was, greatest(r.used, t.points) as after
    from unnest($1::bigint[], $2::text[], $3::bigint[]) as t(shop_id, cause, points)
    join reward r on r.shop_id = t.shop_id and r.cause = t.cause
    where r.kind = 'points' and r.state in ('held', 'issuing', 'issued') for update of r)
  update reward r set amount = old.after, state = case when old.after = r.used then 'used' else r.state end,
    ended_at = case when old.after = r.used then $4::timestamptz else r.ended_at end
  from old where r.shop_id = old.shop_id and r.id = old.id and old.after < r.amount and old.after > 0
  returning ${OWED_OF_R}, old.before, old.was`;

/** @returns the points that became less, with how many they were before; none is taken twice, none that was used */
export async function lessenPoints(
  tx: SqlTx,
  left: readonly PointsLeft[],
  now: Date,
): Promise<{ shopId: bigint; customerId: string; taken: bigint; left: bigint }[]> {
  if (left.length === 0) return [];
  const rows = await tx.sql<OwedRow & { before: bigint; was: Was }>(LESSEN_POINTS, [
    left.map(({ shopId }) => shopId),
    left.map(({ cause }) => cause),
    left.map(({ points }) => points),
    now,
  ]);
  await post(tx, rows.map(taking), now);
  return rows.map(({ shopId, customerId, before, amount }) => ({
    shopId,
    customerId,
    taken: before - amount,
    left: amount,
  }));
}
