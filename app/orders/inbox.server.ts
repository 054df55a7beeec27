/** The worker's loop over the inbox. A webhook that fails holds up nobody else; after eight attempts it is a dead letter. */
import pg from 'pg';
import type { Db } from '../db.server.ts';
import { errorFields, log } from '../log.server.ts';
import { beginAttempt, endAttempt, suspectOf } from './attempts.server.ts';
import { blankIfErased } from './erased-bodies.server.ts';
import { bodiesOf, claimFrom, claimThese, makeLook, type InboxRef } from './claim.server.ts';
import { workIn, type WorkDeps } from './work-in.server.ts';

export interface InboxDeps extends WorkDeps {
  db: Db;
}

const MAX_ATTEMPTS = 8;

/** `(now) => how many webhooks were worked in`. */
export function makeInboxLoop(deps: InboxDeps): (now: Date) => Promise<number> {
  const look = makeLook();
  return async (now) => {
    const due = await look({ sql: deps.db.sqlAcrossShops }, now);
    if (due.length === 0) return 0;
    let refs: InboxRef[] = [];
    let buried: InboxRef | null = null as InboxRef | null;
    try {
      await deps.db.acrossShops(async (tx) => {
        refs = await claimFrom(tx, due, now);
        if (refs.length === 0) return;
        const suspect = await suspectOf(tx, refs);
        if (suspect) refs = [suspect.ref];
        if (suspect?.isHopeless) {
          buried = suspect.ref;
          return buryIn(tx.sql, suspect.ref);
        }
        await beginAttempt(deps.db.sqlAcrossShops, refs);
        await workIn(tx, await bodiesOf(tx, refs), now, deps);
      });
    } catch (error) {
      await endAttempt(deps.db.sqlAcrossShops, refs);
      if (refs.length === 0 || isOutage(error)) throw error;
      await inHalves(deps, refs, error, now);
    }
    if (buried) await blankIfErased(deps.db, buried, deps.orders);
    return refs.length;
  };
}

/** Finds the webhook that spoils a batch; everybody else's is worked in. */
async function inHalves(
  deps: InboxDeps,
  refs: readonly InboxRef[],
  error: unknown,
  now: Date,
): Promise<void> {
  if (refs.length === 1) return fail(deps, refs[0]!, error, now);
  const middle = refs.length >> 1;
  for (const half of [refs.slice(0, middle), refs.slice(middle)]) {
    try {
      await deps.db.acrossShops(async (tx) => {
        const rows = await claimThese(tx, half);
        if (rows.length > 0) await workIn(tx, rows, now, deps);
      });
    } catch (halfError) {
      if (isOutage(halfError)) throw halfError;
      await inHalves(deps, half, halfError, now);
    }
  }
}

const FAIL = `
  update webhook_inbox set attempts = attempts + 1, reason = $3,
    state = case when attempts + 1 >= ${MAX_ATTEMPTS} then 2 else state end,
    due_at = case when attempts + 1 < ${MAX_ATTEMPTS} then $4::timestamptz + make_interval(secs => power(4, attempts)) end
  where shop_id = $1 and webhook_id = $2 and due_at is not null`;

async function fail(deps: InboxDeps, ref: InboxRef, error: unknown, now: Date): Promise<void> {
  const fields = errorFields(error);
  log.error('a webhook failed', { shopId: ref.shopId, id: ref.webhookId, ...fields });
  const reason = `error: ${fields.error ?? 'unknown'}`;
  await deps.db.sqlAcrossShops(FAIL, [ref.shopId, ref.webhookId, reason, now]);
  await blankIfErased(deps.db, ref, deps.orders);
}

const BURY = `
  update webhook_inbox set state = 2, due_at = null, reason = 'killed-its-worker' where shop_id = $1 and webhook_id = $2`;

async function buryIn(sql: Db['sqlAcrossShops'], ref: InboxRef): Promise<void> {
  log.error('a webhook has killed its worker three times', { shopId: ref.shopId, id: ref.webhookId });
  await sql(BURY, [ref.shopId, ref.webhookId]);
  await endAttempt(sql, [ref]);
}

/** Nobody's webhook is to blame: the database is away or overloaded, or two transactions met. */
function isOutage(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|53|58|40|57P)/.test(error.code ?? '');
  const code = (error as { code?: unknown } | null)?.code;
  const isNetwork = typeof code === 'string' && /^E[A-Z]+$/.test(code);
  return (
    isNetwork || (error instanceof Error && /connection (terminated|ended|timeout)/i.test(error.message))
  );
}
