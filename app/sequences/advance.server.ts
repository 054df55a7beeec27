/** One batch of what is due: claim, facts, decide, write. All of it in the transaction that holds the claim. */
import type { Db, SqlTx } from '../db.server.ts';
import { errorFields, log } from '../log.server.ts';
import { addTimeline } from '../customers/customers.server.ts';
import { planMessages, type Departure } from '../messages/messages.server.ts';
import { BY_KEY } from '../messages/one.ts';
import { claim, type Claimed } from './claim.server.ts';
import { decide } from './decide.ts';
import { doDeeds } from './deeds.server.ts';
import { needsOf } from './needs.ts';
import { plansOf, versionKey } from './plans.server.ts';
import { lockSequences, lockShops, type LiveShop } from './locks.server.ts';
import type { EngineDeps } from './source.ts';
import { giveBack, makeTurns, takeTurns, type Turns } from './turns.server.ts';
import { draftsOf, linesOf, type Decided, type KeyOf } from './write.ts';
import { writeDecisions, writeEnds, writeFailures, writeParked, writeWaits } from './write.server.ts';

/** After so many errors, over two days, an enrollment is given up with the reason. */
const MOST_ATTEMPTS = 12;

interface Deps extends EngineDeps {
  /** What goes when the transaction has committed. */
  going?: Departure | null;
}

/**
 * One batch over all shops in turn, in the caller's transaction.
 * @returns enrollments that were dealt with; 0: nothing due
 */
export async function advanceDue(tx: SqlTx, now: Date, deps: Deps & { turns?: Turns }): Promise<number> {
  const turns = deps.turns ?? makeTurns();
  const served = await takeTurns(tx, turns, now);
  if (served.length === 0) return 0;
  await tx.sql(BY_KEY);
  // Shops first, then enrollments: whoever uninstalls a shop takes its locks in the same order.
  const shops = await lockShops(
    tx,
    served.map((turn) => turn.shopId),
  );
  const claimed = await claim(
    tx,
    served.filter((turn) => shops.has(turn.shopId)),
    now,
  );
  giveBack(turns, served, claimed);
  // Everybody who locks several of these rows goes in this order.
  claimed.sort(byId);
  await settle(tx, claimed, shops, now, deps);
  return claimed.length;
}

/** The worker's loop: batches in transactions of their own. */
export function makeSequencesLoop({ db, ...deps }: EngineDeps & { db: Db }): (now: Date) => Promise<number> {
  const turns = makeTurns();
  return async (now) => {
    const going = deps.atOnce?.(now) ?? null;
    const done = await db.acrossShops((tx) => advanceDue(tx, now, { ...deps, turns, going }));
    going?.depart();
    return done;
  };
}

const byId = (a: Claimed, b: Claimed) =>
  a.shopId === b.shopId ? compare(a.enrollmentId, b.enrollmentId) : compare(a.shopId, b.shopId);
const compare = <T extends bigint | string>(a: T, b: T) => (a < b ? -1 : a > b ? 1 : 0);

type Shops = ReadonlyMap<bigint, LiveShop>;

/** Deals with the rows; where the database refuses something, with halves of them until the one that it refuses is alone. */
async function settle(tx: SqlTx, rows: Claimed[], shops: Shops, now: Date, deps: Deps): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql('savepoint batch');
  const gone = deps.going?.count() ?? 0;
  try {
    await work(tx, rows, shops, now, deps);
    await tx.sql('release savepoint batch');
  } catch (error) {
    if (!isOfRows(error)) throw error;
    await tx.sql('rollback to savepoint batch');
    deps.going?.keep(gone);
    if (rows.length === 1) return fail(tx, [{ row: rows[0]!, error }], now);
    const half = rows.length >> 1;
    await settle(tx, rows.slice(0, half), shops, now, deps);
    await settle(tx, rows.slice(half), shops, now, deps);
  }
}

/** Classes of SQLSTATE that speak of the moment, not of the rows: connection, rollback, resources, operator, system. */
const OF_THE_MOMENT = /^(08|40|53|57|58)...$/;

/** Whether fewer rows could do better. A connection that is gone says so again at the next statement. */
function isOfRows(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code !== 'string' || !OF_THE_MOMENT.test(code);
}

async function work(tx: SqlTx, rows: Claimed[], shops: Shops, now: Date, deps: Deps): Promise<void> {
  const sequences = await lockSequences(tx, rows);
  const dead = rows.filter((row) => row.epoch !== shops.get(row.shopId)!.epoch);
  // A sequence that somebody is changing right now is left for the next round.
  const live = rows.filter(
    (row) => row.epoch === shops.get(row.shopId)!.epoch && sequences.has(row.sequenceId),
  );
  const parked = live.filter((row) => !sequences.get(row.sequenceId)!.on);
  const { decided, failed } = await decideAll(
    tx,
    live.filter((row) => sequences.get(row.sequenceId)!.on),
    shops,
    now,
    deps,
  );
  await writeParked(tx, parked);
  await writeEnds(
    tx,
    dead.map((row) => ({ row, state: 'stopped', reason: 'uninstalled' })),
    now,
  );
  await write(tx, decided, now, deps, ({ sequenceId }) => sequences.get(sequenceId)!.key);
  await fail(tx, failed, now);
}

async function decideAll(tx: SqlTx, rows: Claimed[], shops: Shops, now: Date, deps: EngineDeps) {
  const decided: Decided<Claimed>[] = [];
  const failed: Failed[] = [];
  if (rows.length === 0) return { decided, failed };
  const plans = await plansOf(tx, rows);
  const readable = rows.filter((row) => plans.has(versionKey(row)));
  for (const row of rows) {
    if (!plans.has(versionKey(row))) failed.push({ row, error: new Error('the plan cannot be read') });
  }
  const facts = await deps.facts(
    tx,
    readable.map((row) => ({
      ...row,
      shop: shops.get(row.shopId)!,
      needs: needsOf(plans.get(versionKey(row))!),
    })),
    now,
  );
  for (const [index, row] of readable.entries()) {
    try {
      decided.push({ row, verdict: decide(plans.get(versionKey(row))!, row, facts[index]!, now) });
    } catch (error) {
      failed.push({ row, error });
    }
  }
  return { decided, failed };
}

async function write(tx: SqlTx, decided: Decided[], now: Date, deps: Deps, keyOf: KeyOf): Promise<void> {
  if (decided.length === 0) return;
  const planned = await planMessages(tx, draftsOf(decided, keyOf), now, deps.going);
  await writeWaits(tx, decided);
  await writeEnds(tx, endsOf(decided), now);
  await writeDecisions(tx, decided, planned, now);
  await addTimeline(tx, linesOf(decided, keyOf, now), now);
  await doDeeds(tx, decided, now, deps);
  const wanting = decided.filter(({ verdict }) => verdict.wants.includes('referral-code'));
  if (wanting.length > 0)
    await deps.requestCodes?.(
      tx,
      wanting.map(({ row }) => row),
      now,
    );
}

const endsOf = (decided: readonly Decided[]) =>
  decided.flatMap(({ row, verdict }) =>
    verdict.then.kind === 'end' ? [{ row, state: verdict.then.state, reason: verdict.then.reason }] : [],
  );

interface Failed {
  row: Claimed;
  error: unknown;
}

/** An error that belongs to one enrollment: counted, put off, and after too many of them given up. */
async function fail(tx: SqlTx, failed: readonly Failed[], now: Date): Promise<void> {
  for (const { row, error } of failed) {
    log.error('an enrollment could not be decided', {
      shopId: row.shopId,
      id: row.enrollmentId,
      attempt: row.attempts + 1,
      ...errorFields(error),
    });
  }
  const [again, over] = [
    failed.filter(({ row }) => row.attempts + 1 < MOST_ATTEMPTS),
    failed.filter(({ row }) => row.attempts + 1 >= MOST_ATTEMPTS),
  ];
  await writeFailures(
    tx,
    again.map(({ row }) => row),
    now,
  );
  await writeEnds(
    tx,
    over.map(({ row }) => ({ row, state: 'stopped', reason: 'error' })),
    now,
  );
}
