/** What the occasions would have come to in the last thirty days, on what really happened. */
import type { ShopTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { historiesOf } from './history.server.ts';
import { momentsOf } from './moments.ts';
import type { GestureSettings } from './settings.ts';
import { tryOut, type PastMoment, type Trial } from './trial.ts';

const DAYS = 30;
const DAY_MS = 86_400_000;
/** Customers that are looked at; of more, it says so. */
const MOST = 20_000;
const AT_ONCE = 500;

/** With whom anything happened in that time that some occasion goes by. */
const WHOM = (most: number) => `
  select distinct id from (
    select customer_id as id from orders where shop_id = $1 and placed_at > $2 and placed_at <= $3 and customer_id is not null
    union all select customer_id from story where shop_id = $1 and at > $2 and at <= $3
    union all select customer_id from review where shop_id = $1 and at > $2 and at <= $3
    union all select customer_id from conversation where shop_id = $1 and problem and state = 'solved'
      and solved_at > $2::timestamptz - make_interval(days => $4::int) and solved_at <= $3
    union all select id from customer where shop_id = $1 and stage_at > $2 and stage_at <= $3
    union all select id from customer where shop_id = $1 and greatest(last_order_at, last_heard_at) > $2::timestamptz - make_interval(days => $5::int)
      and greatest(last_order_at, last_heard_at) <= $3::timestamptz - make_interval(days => $5::int)
    union all select c.id from generate_series(1, 50) as year join customer c on c.shop_id = $1
      and c.first_order_at > $2::timestamptz - make_interval(years => year)
      and c.first_order_at <= $3::timestamptz - make_interval(years => year)) met
  join customer using (id) where shop_id = $1 and erased_at is null and merged_into is null limit ${most}`;

export interface LastMonth extends Trial {
  days: number;
  /** There were more customers than were looked at. */
  isPart: boolean;
}

/**
 * @param settings also occasions that are off are counted when `since` is not null; give them as they are to be
 * @param budget of a month, minor units
 */
export async function tryLastMonth(
  tx: ShopTx,
  shop: Pick<Shop, 'id'>,
  { settings, budget }: { settings: GestureSettings; budget: number },
  now: Date,
): Promise<LastMonth> {
  const from = new Date(now.getTime() - DAYS * DAY_MS);
  const on = settings.occasions.filter(({ since }) => since !== null);
  const numberOf = (kind: string) => on.find((one) => one.kind === kind)?.number ?? 0;
  const ask = [shop.id, from, now, numberOf('healed'), numberOf('silence')];
  const rows = on.length === 0 ? [] : await tx.sql<{ id: string }>(WHOM(MOST + 1), ask);
  const past: PastMoment[] = [];
  for (let at = 0; at < Math.min(rows.length, MOST); at += AT_ONCE) {
    const ids = rows.slice(at, Math.min(at + AT_ONCE, MOST)).map(({ id }) => id);
    for (const [customerId, history] of await historiesOf(tx, shop.id, ids)) {
      for (const moment of momentsOf(history, on, from, now)) past.push({ ...moment, customerId });
    }
  }
  return { ...tryOut(past, settings, budget), days: DAYS, isPart: rows.length > MOST };
}
