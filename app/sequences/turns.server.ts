/**
 * Whose turn it is. Shops with something due go round in a ring and get a slice each, so that one shop's million does
 * not delay another's three. One ring a process; nothing in it is needed to be right, only to be quick and fair.
 */
import { realNow } from '../clock.server.ts';
import type { SqlTx } from '../db.server.ts';
import type { Claimed, Turn } from './claim.server.ts';
import { sliceOf } from './claim.server.ts';

/** Shops served in one claim. */
const SHOPS = 20;
/** Least pause between two looks round while there is work, and how much dearer than a look the pause has to be. */
const LOOK_EVERY_MS = 250;
const LOOK_SHARE = 10;
/** A row put back below its shop's watermark (a killed worker's, a retry) is seen after this long at the latest. */
const WATERMARK_MS = 500;

const BEGINNING = new Date(0);

export interface Turns {
  /** Shops known to have something due, the next one first. */
  ring: Set<bigint>;
  /** Smallest due moment of the last claim: a watermark keeps claims off the dead rows before it. */
  low: Map<bigint, Date>;
  lookedAt: number;
  lookCost: number;
  lowsSince: number;
}

export function makeTurns(): Turns {
  return { ring: new Set(), low: new Map(), lookedAt: -Infinity, lookCost: 0, lowsSince: 0 };
}

/** Takes the shops whose turn it is; looks for more when none is left or it is time to. */
export async function takeTurns(tx: SqlTx, turns: Turns, now: Date): Promise<Turn[]> {
  const at = realNow();
  if (at - turns.lowsSince >= WATERMARK_MS) {
    turns.low.clear();
    turns.lowsSince = at;
  }
  const pause = Math.min(turns.lookCost * LOOK_SHARE, 5000);
  const stale = at - turns.lookedAt >= (turns.ring.size > 0 ? Math.max(pause, LOOK_EVERY_MS) : pause);
  if (stale) await look(tx, turns, now, at);
  return [...turns.ring]
    .slice(0, SHOPS)
    .map((shopId) => ({ shopId, low: turns.low.get(shopId) ?? BEGINNING }));
}

/** Moves the served shops to the end of the ring; those with less than a slice are done for now. */
export function giveBack(turns: Turns, served: readonly Turn[], claimed: readonly Claimed[]): void {
  const slice = sliceOf(served.length);
  for (const { shopId } of served) {
    const rows = claimed.filter((row) => row.shopId === shopId);
    turns.ring.delete(shopId);
    if (rows.length >= slice) turns.ring.add(shopId);
    if (rows.length === 0) turns.low.delete(shopId);
    else turns.low.set(shopId, earliest(rows));
  }
}

const earliest = (rows: readonly Claimed[]) =>
  rows.reduce((least, row) => (row.dueAt < least ? row.dueAt : least), rows[0]!.dueAt);

/**
 * One index probe a shop that works; a shop that is gone has nothing due, whatever its rows say. Of coalesce() the planner
 * does not know that it tells nothing: behind a policy the probe would begin at the oldest entry that is still there.
 */
const DUE_SHOPS = `
  select s.id as shop_id from shop s
  left join unnest($1::bigint[], $2::timestamptz[]) as known(shop_id, low) on known.shop_id = s.id
  cross join lateral (
    select 1 from enrollment_cursor c
    where c.shop_id = s.id and c.due_at >= case when known.low is null then '-infinity' else known.low end and c.due_at <= $3
    order by c.due_at limit 1
  ) due
  where s.status = 'installed'`;

async function look(tx: SqlTx, turns: Turns, now: Date, at: number): Promise<void> {
  const low = [...turns.low];
  const rows = await tx.sql<{ shop_id: bigint }>(DUE_SHOPS, [
    low.map(([id]) => id),
    low.map(([, date]) => date),
    now,
  ]);
  for (const row of rows) turns.ring.add(row.shop_id);
  turns.lookedAt = at;
  turns.lookCost = realNow() - at;
}
