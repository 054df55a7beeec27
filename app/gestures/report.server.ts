/** What gestures bring: who was given one by rule beside who was left out, ninety days on. */
import type { ShopTx } from '../db.server.ts';
import { effectOf, type Effect, type Followed } from './effect.ts';

/** The first of each customer, once its ninety days are over. By hand and surprises have nobody to be compared with. */
const FOLLOWED = `
  select g.state <> 'left-out' as "isGiven", o.count > 0 as "orderedAgain", o.value::float8 as value
  from (
    select distinct on (customer_id) customer_id, state, at from gesture
    where shop_id = $1 and origin not in ('hand', 'surprise') and state in ('waiting', 'to-do', 'done', 'left-out')
    order by customer_id, at, id) g
  cross join lateral (
    select count(*)::int as count, coalesce(sum(total - refunded), 0) as value from orders
    where shop_id = $1 and customer_id = g.customer_id and placed_at > g.at and placed_at <= g.at + interval '90 days'
      and paid_at is not null and cancelled_at is null and deleted_at is null and not test) o
  where g.at <= $2::timestamptz - interval '90 days'
  order by g.at desc limit 50000`;

/** Compared over all that is old enough. */
export async function gestureEffect(tx: ShopTx, now: Date): Promise<Effect> {
  return effectOf(await tx.sql<Followed>(FOLLOWED, [tx.shopId, now]));
}
