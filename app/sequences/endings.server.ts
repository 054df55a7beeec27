/**
 * Everybody out at once. Who has no cursor is out, and cursors go in one statement whatever their number; that each
 * enrollment is over is written down bit by bit behind it, for it takes ten times as long and nobody waits for it.
 */
import type { Db, SqlTx } from '../db.server.ts';
import type { StopReason } from './sequence.ts';

/** Whom it is about: everybody in a sequence, or in any of the shop. */
export interface Scope {
  shopId: bigint;
  /** Null: all of them. */
  sequenceId: string | null;
}

/** Cursors are locked in the order in which everybody locks them. */
const CURSORS = `
  with held as (
    select c.shop_id, c.enrollment_id from enrollment_cursor c
    where c.shop_id = $1 and ($2::uuid is null or c.sequence_id = $2::uuid)
    order by c.shop_id, c.enrollment_id for update
  ), gone as (
    delete from enrollment_cursor c using held
    where c.shop_id = held.shop_id and c.enrollment_id = held.enrollment_id
    returning 1
  )
  select count(*)::int as count from gone`;

const REMEMBER = `
  update sequence set ending_since = $3, ending_reason = $4
  where shop_id = $1 and ($2::uuid is null or id = $2::uuid)`;

/** So many are written down at once, and in one transaction. */
const BATCH = 2000;

/** Takes everybody out. Once it commits nothing is planned for any of them. @returns how many were inside */
export async function endAll(tx: SqlTx, scope: Scope, reason: StopReason, now: Date): Promise<number> {
  const { shopId, sequenceId } = scope;
  const [gone] = await tx.sql<{ count: number }>(CURSORS, [shopId, sequenceId]);
  if (gone!.count > BATCH) await tx.sql(REMEMBER, [shopId, sequenceId, now, reason]);
  else if (gone!.count > 0) await tx.sql(WRITE_DOWN, [shopId, sequenceId, now, reason, now]);
  return gone!.count;
}

/** An open enrollment without a cursor is over; those that somebody else is writing down are passed over. */
const WRITE_DOWN = `
  with batch as (
    select e.shop_id, e.id from enrollment e
    where e.shop_id = $1 and ($2::uuid is null or e.sequence_id = $2::uuid) and e.state = 'open'
      and e.started_at <= $3::timestamptz
      and not exists (select 1 from enrollment_cursor c where c.shop_id = e.shop_id and c.enrollment_id = e.id)
    order by e.sequence_id, e.started_at limit ${BATCH} for update of e skip locked
  )
  update enrollment e set state = 'stopped', reason = $4, ended_at = $5::timestamptz from batch
  where e.shop_id = batch.shop_id and e.id = batch.id
  returning 1`;

const NEXT = `
  select shop_id, id, ending_since, ending_reason from sequence
  where ending_since is not null order by ending_since limit 1`;

const DONE = `
  update sequence s set ending_since = null, ending_reason = null
  where s.shop_id = $1 and s.id = $2::uuid and s.ending_since = $3 and not exists (
    select 1 from enrollment e
    where e.shop_id = s.shop_id and e.sequence_id = s.id and e.state = 'open' and e.started_at <= $3::timestamptz
      and not exists (select 1 from enrollment_cursor c where c.shop_id = e.shop_id and c.enrollment_id = e.id))`;

interface Ending {
  shop_id: bigint;
  id: string;
  ending_since: Date;
  ending_reason: string;
}

/** The worker's loop: `(now) => how many were written down`; a killed worker's batch is written down by the next. */
export function makeEndingsLoop({ db }: { db: Db }): () => Promise<number> {
  return () =>
    db.acrossShops(async (tx) => {
      const [next] = await tx.sql<Ending>(NEXT);
      if (!next) return 0;
      const { shop_id: shopId, id, ending_since: since, ending_reason: reason } = next;
      const written = await tx.sql(WRITE_DOWN, [shopId, id, since, reason, since]);
      if (written.length === 0) await tx.sql(DONE, [shopId, id, since]);
      return Math.max(1, written.length);
    });
}
