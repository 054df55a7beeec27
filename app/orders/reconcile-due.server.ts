/**
 * When a shop's orders are compared next, and up to where they have been. A due moment of the domain, so that it moves
 * with the clock; a run counts from the last good one, so that no gap is passed over however long nothing ran.
 */
import type { SqlTx } from '../db.server.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Compared once more at the seam of two runs. */
const OVERLAP_MS = HOUR_MS;
/** Shopify shows no older orders without another scope. */
const FARTHEST_MS = 60 * DAY_MS;
/** A webhook of the last minutes may still be on its way. */
const SETTLING_MS = 2 * 60_000;
/** Rounded up to the hour, the longest pause still finds within a day what a day may have lost. */
const LONGEST_PAUSE_MS = 22 * HOUR_MS;
/** After a run without an answer. */
const AFTER_FAILURE_MS = 6 * HOUR_MS;

const START = `
  insert into reconciliation (shop_id, good_until, due_at) values ($1, $2, $3)
  on conflict (shop_id) do update set good_until = excluded.good_until, due_at = excluded.due_at, lease_until = null`;

/** A shop has installed: what was before is the first sync's. */
export async function startReconciling(tx: SqlTx, shopId: bigint, now: Date): Promise<void> {
  await tx.sql(START, [shopId, now, new Date(now.getTime() + HOUR_MS)]);
}

/** A shop is gone. */
export async function stopReconciling(tx: SqlTx, shop: { id: bigint }): Promise<void> {
  await tx.sql('delete from reconciliation where shop_id = $1', [shop.id]);
}

/**
 * Kept up while Shopify answers. Not longer: where the answer to a claim is lost, nobody compares the shop until it is over;
 * two that compare the same shop do no harm.
 */
const LEASE = `clock_timestamp() + interval '40 seconds'`;

/** Nobody pauses for two days: a moment that far away was set by a clock that has since been put right. */
const CLAIM = `
  update reconciliation r set lease_until = ${LEASE} where shop_id = (
    select shop_id from reconciliation
    where (due_at <= $1 or due_at > $1::timestamptz + interval '2 days')
      and (lease_until is null or lease_until < clock_timestamp())
    order by due_at limit 1 for update skip locked)
  returning shop_id`;

/** One shop whose moment has come, for a while nobody else's; null: none. */
export async function claimReconciliation(tx: SqlTx, now: Date): Promise<bigint | null> {
  const [row] = await tx.sql<{ shop_id: bigint }>(CLAIM, [now]);
  return row?.shop_id ?? null;
}

const GOOD_UNTIL = `
  select r.good_until, s.installed_at from shop s left join reconciliation r on r.shop_id = s.id where s.id = $1`;

export interface Window {
  from: Date;
  to: Date;
}

/** From the last good run, `hours` at least and 60 days at most; what was before the shop came is the first sync's. */
export async function nextWindow(tx: SqlTx, shopId: bigint, hours: number, now: Date): Promise<Window> {
  const [row] = await tx.sql<{ good_until: Date | null; installed_at: Date | null }>(GOOD_UNTIL, [shopId]);
  const least = now.getTime() - hours * HOUR_MS;
  const installed = row?.installed_at?.getTime() ?? least;
  const since = row?.good_until ? lastGood(row.good_until, now) : installed;
  const from = Math.max(Math.min(since, least), installed, now.getTime() - FARTHEST_MS);
  // Shopify dates changes by whole seconds: what changed in the second of the install bears an earlier moment than that.
  return {
    from: new Date(Math.floor(from / SECOND_MS) * SECOND_MS),
    to: new Date(now.getTime() - SETTLING_MS),
  };
}

/** A good run later than now was dated by a clock that has since been put right: a day has room for what it hides. */
function lastGood(until: Date, now: Date): number {
  return until > now ? now.getTime() - DAY_MS : until.getTime() - OVERLAP_MS;
}

const KEEP = `
  update reconciliation set good_until = greatest(good_until, $2),
    lease_until = case when lease_until is null then null else ${LEASE} end
  where shop_id = $1`;

/** All changes up to a moment are known: a run that is interrupted goes on from there. */
export async function keepReconciled(tx: SqlTx, shopId: bigint, until: Date): Promise<void> {
  await tx.sql(KEEP, [shopId, until]);
}

const GO_ON = `update reconciliation set lease_until = ${LEASE} where shop_id = $1 and lease_until is not null`;

/** Still at it. */
export const goOnReconciling = (tx: SqlTx, shopId: bigint) => tx.sql(GO_ON, [shopId]);

const LAST_CHANGE = 'select max(snapshot_at) as at from orders where shop_id = $1';
const FINISH =
  'update reconciliation set good_until = $2, due_at = $3, lease_until = null where shop_id = $1';

/** Soon again while orders come and change, up to once a day when the shop is quiet. On the hour: for all shops at once. */
export async function finishReconciling(tx: SqlTx, shopId: bigint, until: Date, now: Date): Promise<void> {
  const [row] = await tx.sql<{ at: Date | null }>(LAST_CHANGE, [shopId]);
  const quiet = row?.at ? now.getTime() - row.at.getTime() : DAY_MS;
  const pause = Math.min(Math.max(quiet / 4, HOUR_MS), LONGEST_PAUSE_MS);
  const due = Math.ceil((now.getTime() + pause) / HOUR_MS) * HOUR_MS;
  await tx.sql(FINISH, [shopId, until, new Date(due)]);
}

const PUT_OFF = 'update reconciliation set due_at = $2, lease_until = null where shop_id = $1';

/** Shopify gave no answer. */
export async function putOffReconciling(tx: SqlTx, shopId: bigint, now: Date): Promise<void> {
  await tx.sql(PUT_OFF, [shopId, new Date(now.getTime() + AFTER_FAILURE_MS)]);
}
