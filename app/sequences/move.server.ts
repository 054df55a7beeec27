/** Moving those inside into a newer version, all at once. */
import type { SqlTx } from '../db.server.ts';
import { placeIn } from './move.ts';
import type { Plan } from './plan.ts';
import { plansOf, versionKey } from './plans.server.ts';
import { writeEnds } from './write.server.ts';

type MovingTx = SqlTx & { shopId: bigint };

/** Who stands where, by version and step. */
const PLACES = `
  select version, step_key, count(*)::int as count from enrollment_cursor
  where shop_id = $1 and sequence_id = $2::uuid and version <> $3 group by version, step_key`;

/** Delays are counted anew from what they are anchored on: everybody is looked at again at once. */
const MOVE = `
  with held as (
    select c.enrollment_id, t.to_key from enrollment_cursor c
    join unnest($4::int[], $5::text[], $6::text[]) as t(version, step_key, to_key)
      on c.version = t.version and c.step_key = t.step_key
    where c.shop_id = $1 and c.sequence_id = $2::uuid
    order by c.enrollment_id for update of c
  ), moved as (
    update enrollment_cursor c set version = $3, step_key = held.to_key, attempts = 0,
      due_at = case when c.due_at is null then null else $7::timestamptz end
    from held where c.shop_id = $1 and c.enrollment_id = held.enrollment_id
    returning c.enrollment_id
  )
  update enrollment e set version = $3 from moved where e.shop_id = $1 and e.id = moved.enrollment_id
  returning e.id`;

const LEFT_OVER = `
  select c.enrollment_id from enrollment_cursor c
  join unnest($3::int[], $4::text[]) as t(version, step_key) on c.version = t.version and c.step_key = t.step_key
  where c.shop_id = $1 and c.sequence_id = $2::uuid order by c.enrollment_id for update of c`;

/** @returns how many were moved; those whose steps are all gone are done */
export async function moveInside(
  tx: MovingTx,
  sequenceId: string,
  newer: { version: number; plan: Plan },
  now: Date,
): Promise<number> {
  const places = await tx.sql<{ version: number; step_key: string }>(PLACES, [
    tx.shopId,
    sequenceId,
    newer.version,
  ]);
  const refs = places.map((place) => ({ shopId: tx.shopId, sequenceId, version: place.version }));
  const plans = await plansOf(tx, refs);
  const ways = places.map((place, index) => {
    const older = plans.get(versionKey(refs[index]!));
    return { ...place, to: older ? placeIn(newer.plan, older, place.step_key) : '' };
  });
  const going = ways.filter((way) => way.to !== null);
  const moved = await tx.sql(MOVE, [
    tx.shopId,
    sequenceId,
    newer.version,
    going.map((way) => way.version),
    going.map((way) => way.step_key),
    going.map((way) => way.to),
    now,
  ]);
  await finishLeftOver(
    tx,
    sequenceId,
    ways.filter((way) => way.to === null),
    now,
  );
  return moved.length;
}

async function finishLeftOver(
  tx: MovingTx,
  sequenceId: string,
  ways: { version: number; step_key: string }[],
  now: Date,
): Promise<void> {
  if (ways.length === 0) return;
  const rows = await tx.sql<{ enrollment_id: string }>(LEFT_OVER, [
    tx.shopId,
    sequenceId,
    ways.map((way) => way.version),
    ways.map((way) => way.step_key),
  ]);
  await writeEnds(
    tx,
    rows.map((row) => ({
      row: { shopId: tx.shopId, enrollmentId: row.enrollment_id },
      state: 'done',
      reason: 'steps-removed',
    })),
    now,
  );
}
