/** Finds the moments of the calendar in what a shop knows: one statement a kind, whatever the number of customers. */
import type { SqlTx } from '../db.server.ts';
import { clockOf } from '../products/products.server.ts';
import {
  BIRTHDAY,
  isIn,
  shifted,
  yearDayFrom,
  yearDayOf,
  yearDaysIn,
  yearly,
  type CalendarKind,
  type CalendarWish,
  type Moment,
  type Stretch,
} from './calendar.ts';
import { plus } from './schedule.ts';

export interface CalendarAsk {
  shopId: bigint;
  /** IANA; for customers whose zone nobody knows */
  timeZone: string;
  stretch: Stretch;
  /** Only theirs; null: everybody's. */
  customers: readonly string[] | null;
}

/** Every moment that `wishes` name in a stretch of time, in no order. Needs no lock; writes nothing. */
export async function momentsIn(
  tx: SqlTx,
  ask: CalendarAsk,
  wishes: readonly CalendarWish[],
): Promise<Moment[]> {
  const found: Moment[] = [];
  for (const wish of wishes) found.push(...(await FIND[wish.kind](tx, ask, wish)));
  return found;
}

type Find = (tx: SqlTx, ask: CalendarAsk, wish: CalendarWish) => Promise<Moment[]>;

/** Alive, and still themselves. */
const PRESENT = 'c.erased_at is null and c.merged_into is null';
const THEIRS = (parameter: string) => `(${parameter}::uuid[] is null or c.id = any(${parameter}::uuid[]))`;

const DATES = `
  select c.id, coalesce(c.time_zone, $4) as zone, d.year_day::int as "yearDay", d.year::int as year
  from customer_date d join customer c on c.shop_id = d.shop_id and c.id = d.customer_id
  where d.shop_id = $1 and d.name = $2 and d.year_day = any($3::smallint[]) and ${PRESENT} and ${THEIRS('$5')}`;

const dates: Find = async (tx, { shopId, timeZone, stretch, customers }, { kind, ahead, date }) => {
  const name = date ?? BIRTHDAY;
  const rows = await tx.sql<{ id: string; zone: string; yearDay: number; year: number | null }>(DATES, [
    shopId,
    name,
    yearDaysIn(stretch, ahead),
    timeZone,
    customers,
  ]);
  return rows.flatMap((row) =>
    yearly(yearDayFrom(row.yearDay), row.zone, ahead, stretch).map(({ at, year }) => ({
      ...ofCustomer(kind, row.id, at),
      data: {
        ahead,
        date: name,
        cause: `${name}:${year}`,
        ...(row.year === null ? {} : { years: year - row.year }),
      },
    })),
  );
};

const FIRST_ORDERS = `
  select distinct c.id, coalesce(c.time_zone, $2) as zone, c.first_order_at as "firstAt"
  from unnest($3::timestamptz[], $4::timestamptz[]) as r(after, until)
  join customer c on c.shop_id = $1 and c.first_order_at > r.after and c.first_order_at <= r.until
  where ${PRESENT} and ${THEIRS('$5')}`;

/** A shop older than that celebrates no further. */
const MOST_YEARS = 30;

const anniversaries: Find = async (tx, { shopId, timeZone, stretch, customers }, { kind, ahead }) => {
  const years = Array.from({ length: MOST_YEARS }, (_, index) => index + 1);
  const ranges = years.map((count) => yearsBefore(shifted(stretch, -ahead), count));
  const rows = await tx.sql<{ id: string; zone: string; firstAt: Date }>(FIRST_ORDERS, [
    shopId,
    timeZone,
    ranges.map(({ after }) => after),
    ranges.map(({ until }) => until),
    customers,
  ]);
  return rows.flatMap((row) => {
    const first = yearDayOf(row.firstAt, row.zone);
    return yearly(first, row.zone, ahead, stretch).flatMap(({ at, year }) =>
      year <= first.year
        ? []
        : [
            {
              ...ofCustomer(kind, row.id, at),
              data: { ahead, years: year - first.year, cause: `anniversary:${year}` },
            },
          ],
    );
  });
};

/** Wider by a day more, because not every year has its 29 February. */
function yearsBefore({ after, until }: Stretch, count: number): Stretch {
  const back = (at: Date, days: number) => {
    const moved = new Date(at.getTime() + days * 86_400_000);
    moved.setUTCFullYear(moved.getUTCFullYear() - count);
    return moved;
  };
  return { after: back(after, -1), until: back(until, 1) };
}

/** Not those that have been used: their code stands in an order. Points run out by rules of their own. */
const REWARDS = `
  select r.id, r.customer_id as "customerId", r.expires_at as "expiresAt", coalesce(c.time_zone, $2) as zone
  from reward r join customer c on c.shop_id = r.shop_id and c.id = r.customer_id
  where r.shop_id = $1 and r.state = 'issued' and r.kind <> 'points' and r.expires_at > $3 and r.expires_at <= $4 and ${PRESENT} and ${THEIRS('$5')}
    and not exists (select 1 from orders o where o.shop_id = r.shop_id and o.customer_id = r.customer_id
      and o.placed_at >= r.issued_at
      and upper(r.code) = any(select upper(used) from unnest(o.discount_codes) as used))`;

const rewards: Find = async (tx, { shopId, timeZone, stretch, customers }, { kind, ahead }) => {
  const { after, until } = shifted(stretch, -ahead);
  const rows = await tx.sql<{ id: string; customerId: string; expiresAt: Date; zone: string }>(REWARDS, [
    shopId,
    timeZone,
    after,
    until,
    customers,
  ]);
  return rows.flatMap((row) => {
    const at = plus(row.expiresAt, { days: -ahead }, row.zone);
    const data = { ahead, rewardId: row.id, cause: `expiring:${row.id}` };
    return isIn(stretch, at) ? [{ ...ofCustomer(kind, row.customerId, at), data }] : [];
  });
};

type DaysField = 'firstUseDays' | 'readyToJudgeDays' | 'usefulLifeDays';
const FIELDS: Partial<Record<CalendarKind, { field: DaysField; column: string }>> = {
  'product.first-use': { field: 'firstUseDays', column: 'first_use_days' },
  'product.ready-to-judge': { field: 'readyToJudgeDays', column: 'ready_to_judge_days' },
  'product.end-of-life': { field: 'usefulLifeDays', column: 'useful_life_days' },
};

/** What the rules of the shop's products say, and what holds without a rule: app/products/clock.ts. */
const DAYS = (column: string) => `
  select distinct ${column}::int as days from product_clock where shop_id = $1 and ${column} is not null
  union select unnest(array[3, 14])`;

const ARRIVED = `
  select distinct s.id as "shipmentId", s.order_id as "orderId", l.product_id as "productId", s.delivered_at as "arrivedAt",
    c.id as "customerId", coalesce(c.time_zone, o.time_zone, $2) as zone
  from unnest($3::timestamptz[], $4::timestamptz[]) as r(after, until)
  join shipment s on s.shop_id = $1 and s.delivered_at > r.after and s.delivered_at <= r.until
  join shipment_line t on t.shop_id = s.shop_id and t.shipment_id = s.id
  join order_line l on l.shop_id = s.shop_id and l.order_id = s.order_id and l.id = t.line_id
  join orders o on o.shop_id = s.shop_id and o.id = s.order_id
  join customer c on c.shop_id = o.shop_id and c.id = o.customer_id
  where l.product_id is not null and l.current_quantity > 0 and ${PRESENT} and ${THEIRS('$5')}`;

interface Arrived {
  shipmentId: bigint;
  orderId: bigint;
  productId: bigint;
  arrivedAt: Date;
  customerId: string;
  zone: string;
}

/** Days of a product's own clock, counted from its arrival; where nobody knows how long it lives, there is no end of it. */
const productDays: Find = async (tx, { shopId, timeZone, stretch, customers }, { kind, ahead }) => {
  const { field, column } = FIELDS[kind]!;
  const days = await tx.sql<{ days: number }>(DAYS(column), [shopId]);
  const ranges = days.map((row) => shifted(stretch, row.days - ahead));
  const rows = await tx.sql<Arrived>(ARRIVED, [
    shopId,
    timeZone,
    ranges.map(({ after }) => after),
    ranges.map(({ until }) => until),
    customers,
  ]);
  const clocks = await clockOf(
    tx,
    rows.map(({ productId }) => ({ shopId, id: productId })),
  );
  return rows.flatMap(({ arrivedAt, zone, ...row }) => {
    const count = clocks.get(row.productId)?.[field] ?? null;
    if (count === null) return [];
    const at = plus(arrivedAt, { days: count - ahead }, zone);
    const cause = `${kind}:${row.shipmentId}:${row.productId}`;
    return isIn(stretch, at) ? [{ kind, ...row, at, data: { ahead, cause } }] : [];
  });
};

const EVENTS = `
  with typed as (
    select ref::bigint as product_id, event_ends_at as ends_at from product_clock
    where shop_id = $1 and scope = 'product' and event_ends_at is not null
  ), k as (
    select * from typed
    union all
    select product_id, ends_at from product_date d where shop_id = $1 and name = $6
      and not exists (select from typed where typed.product_id = d.product_id)
  )
  select distinct o.id as "orderId", l.product_id as "productId", k.ends_at as "endsAt", c.id as "customerId",
    coalesce(c.time_zone, o.time_zone, $2) as zone
  from k
  join order_line l on l.shop_id = $1 and l.product_id = k.product_id and l.current_quantity > 0
  join orders o on o.shop_id = l.shop_id and o.id = l.order_id and o.placed_at <= k.ends_at
  join customer c on c.shop_id = o.shop_id and c.id = o.customer_id
  where k.ends_at > $3 and k.ends_at <= $4
    and ${PRESENT} and ${THEIRS('$5')}`;

/** Whoever has a place at something that is over. */
const events: Find = async (tx, { shopId, timeZone, stretch, customers }, { kind, ahead, date }) => {
  const { after, until } = shifted(stretch, -ahead);
  const rows = await tx.sql<Omit<Arrived, 'arrivedAt' | 'shipmentId'> & { endsAt: Date }>(EVENTS, [
    shopId,
    timeZone,
    after,
    until,
    customers,
    date,
  ]);
  return rows.flatMap(({ endsAt, zone, ...row }) => {
    const at = plus(endsAt, { days: -ahead }, zone);
    const cause = `${kind}:${row.orderId}:${row.productId}`;
    const data = { ahead, cause, ...(date === null ? {} : { date }) };
    return isIn(stretch, at) ? [{ kind, ...row, shipmentId: null, at, data }] : [];
  });
};

const FIND: Record<CalendarKind, Find> = {
  'customer.date': dates,
  'customer.anniversary': anniversaries,
  'reward.expiring': rewards,
  'product.first-use': productDays,
  'product.ready-to-judge': productDays,
  'product.end-of-life': productDays,
  'product.event-ended': events,
};

const ofCustomer = (kind: CalendarKind, customerId: string, at: Date) => ({
  kind,
  customerId,
  orderId: null,
  shipmentId: null,
  productId: null,
  at,
});
