/** Claims what has happened in batches, and hands it on in the transaction that marks it done. */
import type { Db, SqlTx } from './db.server.ts';
import type { HappenedEvent } from './events.ts';
import { claimEvents, failEvent, isEventDue } from './events.server.ts';
import { errorFields, log } from './log.server.ts';

/** What follows from a batch of events; marks them done. */
export type React = (tx: SqlTx, events: HappenedEvent[], now: Date) => Promise<void>;

/** An event that fails is put aside, so that it holds up nobody else. @returns how many were handled */
export function makeEventLoop(db: Db, react: React): (now: Date) => Promise<number> {
  return async (now) => {
    if (!(await isEventDue({ sql: db.sqlAcrossShops }, now))) return 0;
    try {
      return await db.acrossShops(async (tx) => {
        const events = await claimEvents(tx, now, 200);
        if (events.length > 0) await react(tx, events, now);
        return events.length;
      });
    } catch (error) {
      log.warn('a batch of events failed; taking them one by one', errorFields(error));
      return oneByOne(db, react, now);
    }
  };
}

async function oneByOne(db: Db, react: React, now: Date): Promise<number> {
  let done = 0;
  for (let more = true; more && done < 200;) {
    let claimed: HappenedEvent | undefined;
    try {
      more = await db.acrossShops(async (tx) => {
        [claimed] = await claimEvents(tx, now, 1);
        if (claimed) await react(tx, [claimed], now);
        return claimed !== undefined;
      });
    } catch (error) {
      if (!claimed) throw error;
      const failed = claimed;
      log.error('an event failed', {
        shopId: failed.shopId,
        kind: failed.kind,
        id: failed.id,
        ...errorFields(error),
      });
      await db.acrossShops((tx) =>
        failEvent(tx, failed, error instanceof Error ? error.message : 'unknown', now),
      );
    }
    if (more) done += 1;
  }
  return done;
}
