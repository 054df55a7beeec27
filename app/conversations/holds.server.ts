/** What permission is told: who has a complaint open, or had one settled only lately, is asked and offered nothing. */
import type { SqlTx } from '../db.server.ts';

const OPEN = `
  select c.shop_id, c.customer_id from conversation c
  join (select distinct * from unnest($1::bigint[], $2::uuid[]) as u(shop_id, customer_id)) t
    on c.shop_id = t.shop_id and c.customer_id = t.customer_id
  where c.problem and c.state <> 'merged' and (c.state <> 'solved' or c.holds_until > $3)`;

/** By customer: "complaint" for those who have one. */
export async function openProblems(
  tx: SqlTx,
  customers: readonly { shopId: bigint; customerId: string }[],
  now: Date,
): Promise<Map<string, string>> {
  const rows = await tx.sql<{ shop_id: bigint; customer_id: string }>(OPEN, [
    customers.map(({ shopId }) => shopId),
    customers.map(({ customerId }) => customerId),
    now,
  ]);
  return new Map(rows.map((row) => [row.customer_id, 'complaint']));
}

/** An ask about an order is about everything in it, unless it names one product. */
const PAUSED = `
  select (t.place - 1)::int as place
  from unnest($1::bigint[], $2::bigint[], $3::bigint[]) with ordinality as t(shop_id, order_id, product_id, place)
  where exists (select 1 from product_alarm a where a.shop_id = t.shop_id and a.ended_at is null
    and (a.product_id = t.product_id or (t.product_id is null and exists (select 1 from order_line l
      where l.shop_id = t.shop_id and l.order_id = t.order_id and l.product_id = a.product_id))))`;

/** Places of the asks that are about a product whose alarm rings. */
export async function pausedAsks(
  tx: SqlTx,
  asks: readonly { shopId: bigint; orderId: bigint | null; productId: bigint | null }[],
): Promise<ReadonlySet<number>> {
  const rows = await tx.sql<{ place: number }>(PAUSED, [
    asks.map(({ shopId }) => shopId),
    asks.map(({ orderId }) => orderId),
    asks.map(({ productId }) => productId),
  ]);
  return new Set(rows.map(({ place }) => place));
}
