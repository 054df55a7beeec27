/**
 * What a worker has taken for itself: for a short time, prolonged while it works. What a dead one held, or one that never
 * heard the database's answer to its claim, is soon free; what a slow one holds stays its own.
 */
import { errorFields, log } from './log.server.ts';

/** Real time after which what nobody prolongs is free. */
export const LEASE_SECONDS = 30;

/** Of a lease, the part after which it is prolonged, and the part after which nothing new is begun under it. */
const RENEWED_AFTER = 1 / 3;
const TRUSTED_FOR = 2 / 3;

interface Held {
  /** Of the lease, in seconds. */
  seconds?: number;
  /** When it was asked for, by `performance.now()`. */
  since?: number;
}

/**
 * Works while the lease is prolonged. Nobody prolongs it any more when this resolves.
 * @param renew prolongs it by `seconds` from now
 * @param work `isHeld` says whether it may be relied on: a process that stood still has perhaps lost it
 */
export async function holding<Result>(
  renew: () => Promise<unknown>,
  work: (isHeld: () => boolean) => Promise<Result>,
  { seconds = LEASE_SECONDS, since = performance.now() }: Held = {},
): Promise<Result> {
  let held = since;
  const underWay = new Set<Promise<void>>();
  const prolong = async () => {
    const asked = performance.now();
    try {
      await renew();
      held = asked;
    } catch (error) {
      log.warn('a lease was not prolonged', errorFields(error));
    }
  };
  const timer = setInterval(
    () => {
      if (underWay.size > 0) return;
      const prolonged = prolong().finally(() => underWay.delete(prolonged));
      underWay.add(prolonged);
    },
    seconds * 1000 * RENEWED_AFTER,
  );
  try {
    return await work(() => performance.now() - held < seconds * 1000 * TRUSTED_FOR);
  } finally {
    clearInterval(timer);
    await Promise.all(underWay);
  }
}

export interface Lease<Row> {
  /** Takes rows for so many seconds of the database's own time. */
  claim: (seconds: number) => Promise<Row[]>;
  /** Prolongs what is still to be done of them: rows that have a lease. */
  renew: (rows: Row[], seconds: number) => Promise<unknown>;
  seconds?: number | undefined;
}

/**
 * Takes rows and deals with them, `atOnce` at the same time. One that fails does not keep the others from being dealt with;
 * what could not be begun in time is left to whoever comes next.
 * @returns how many were taken
 * @throws what the first of them threw, when all are over
 */
export async function workUnderLease<Row>(
  { claim, renew, seconds = LEASE_SECONDS }: Lease<Row>,
  deal: (row: Row) => Promise<unknown>,
  atOnce = 1,
): Promise<number> {
  const since = performance.now();
  const rows = await claim(seconds);
  if (rows.length === 0) return 0;
  const open = new Set(rows);
  const failures: unknown[] = [];
  const queue = rows.values();
  const lane = async (isHeld: () => boolean) => {
    for (const row of queue) {
      if (!isHeld()) return;
      await deal(row).catch((error: unknown) => failures.push(error));
      open.delete(row);
    }
  };
  await holding(
    () => renew([...open], seconds),
    (isHeld) => Promise.all(Array.from({ length: atOnce }, () => lane(isHeld))),
    { seconds, since },
  );
  if (failures.length > 0) throw failures[0];
  return rows.length;
}

/** Prolongs rows of a table that are known by shop and id: $1 shops, $2 ids, $3 seconds. What somebody is writing is let be. */
export const renewalOf = (table: string, column = 'lease_until'): string => `
  update ${table} r set ${column} = clock_timestamp() + make_interval(secs => $3)
  from (
    select w.shop_id, w.id from unnest($1::bigint[], $2::uuid[]) as t(shop_id, id)
    join ${table} w on w.shop_id = t.shop_id and w.id = t.id and w.${column} is not null
    for update of w skip locked) held
  where r.shop_id = held.shop_id and r.id = held.id`;
