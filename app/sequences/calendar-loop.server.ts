/** Tells the moments of the calendar, each once: what was told and up to when is one transaction. */
import type { Db, SqlTx } from '../db.server.ts';
import type { NewEvent } from '../events.ts';
import { recordEvents } from '../events.server.ts';
import { momentsIn } from './calendar.server.ts';
import type { Moment } from './calendar.ts';
import { listeningIn } from './heard.server.ts';
import { calendarWishes } from './wishes.ts';

/** Only shops that are there; the others wait. */
const CLAIM = `
  select w.shop_id as "shopId", w.told_until as "toldUntil", s.time_zone as "timeZone"
  from calendar_watch w join shop s on s.id = w.shop_id
  where w.due_at <= $1 and s.status = 'installed' order by w.due_at limit 1 for update of w skip locked`;

interface Watch {
  shopId: bigint;
  toldUntil: Date;
  timeZone: string;
}

/** What is told at once at most, so that a worker that was away for a month does not tell a month in one transaction. */
const STEP_MS = 24 * 3_600_000;
/** What becomes known later than that before its moment is told that much late. */
const AHEAD_MS = 6 * 3_600_000;

const MOVE = `update calendar_watch set told_until = $2, due_at = $3 where shop_id = $1`;
const FORGET = `delete from calendar_watch where shop_id = $1`;
const IS_DUE = `select 1 from calendar_watch where due_at <= $1 limit 1`;

/** For the worker. @returns how many shops were looked at: 0 or 1 */
export function makeCalendarLoop({ db }: { db: Db }): (now: Date) => Promise<number> {
  return async (now) => {
    const due = await db.sqlAcrossShops(IS_DUE, [now]);
    if (due.length === 0) return 0;
    return db.acrossShops(async (tx) => {
      const [watch] = await tx.sql<Watch>(CLAIM, [now]);
      if (!watch) return 0;
      await tell(tx, watch, now);
      return 1;
    });
  };
}

async function tell(tx: SqlTx, { shopId, toldUntil, timeZone }: Watch, now: Date): Promise<void> {
  const wishes = calendarWishes((await listeningIn(tx, [shopId])).map(({ plan }) => plan));
  if (wishes.length === 0) return void (await tx.sql(FORGET, [shopId]));
  const end = new Date(Math.min(now.getTime(), toldUntil.getTime() + STEP_MS));
  const stretch = { after: toldUntil, until: new Date(end.getTime() + AHEAD_MS) };
  const moments = await momentsIn(tx, { shopId, timeZone, stretch, customers: null }, wishes);
  await recordEvents(
    tx,
    moments.filter(({ at }) => at <= end).map((moment) => eventOf(shopId, moment)),
    now,
  );
  const coming = moments.filter(({ at }) => at > end).map(({ at }) => at.getTime());
  await tx.sql(MOVE, [shopId, end, new Date(Math.min(stretch.until.getTime(), ...coming))]);
}

/** Of one kind each, with the data that app/events.ts says. */
const eventOf = (shopId: bigint, { kind, customerId, orderId, shipmentId, productId, at, data }: Moment) =>
  ({
    shopId,
    kind,
    customerId,
    orderId,
    at,
    data: {
      ...data,
      ...(productId === null ? {} : { productId: String(productId) }),
      ...(shipmentId === null ? {} : { shipmentId: String(shipmentId) }),
    },
  }) as NewEvent;

const WATCHES = `select shop_id as "shopId", told_until as "toldUntil" from calendar_watch where shop_id = any($1::bigint[])`;
const ZONES = `select id, time_zone as zone from shop where id = any($1::bigint[])`;

/** The event of a parcel's arrival. */
export interface Arrival {
  shopId: bigint;
  customerId?: string | null;
  data: { shipmentId: string };
  at: Date;
}

/** Days in the life of its products that had passed before anybody knew that it was there are told now. */
export async function tellLate(tx: SqlTx, arrivals: readonly Arrival[], now: Date): Promise<void> {
  const shopIds = [...new Set(arrivals.map(({ shopId }) => shopId))];
  const watches = await tx.sql<{ shopId: bigint; toldUntil: Date }>(WATCHES, [shopIds]);
  if (watches.length === 0) return;
  const zones = await tx.sql<{ id: bigint; zone: string }>(ZONES, [shopIds]);
  for (const { shopId, toldUntil } of watches) {
    const late = arrivals.filter((one) => one.shopId === shopId && one.at < toldUntil);
    if (late.length === 0) continue;
    const wishes = calendarWishes((await listeningIn(tx, [shopId])).map(({ plan }) => plan));
    const ask = {
      shopId,
      timeZone: zones.find(({ id }) => id === shopId)?.zone ?? 'UTC',
      stretch: { after: new Date(Math.min(...late.map(({ at }) => at.getTime())) - 1), until: toldUntil },
      customers: late.flatMap(({ customerId }) => customerId ?? []),
    };
    const moments = await momentsIn(
      tx,
      ask,
      wishes.filter(({ kind }) => kind.startsWith('product.') && kind !== 'product.event-ended'),
    );
    const parcels = new Set(late.map(({ data }) => BigInt(data.shipmentId)));
    const missed = moments.filter(({ shipmentId }) => shipmentId !== null && parcels.has(shipmentId));
    await recordEvents(
      tx,
      missed.map((moment) => eventOf(shopId, moment)),
      now,
    );
  }
}
