/** What orders say of their customers: how many, how much, the last address and language, the n-th of each order. */
import { saveCounters, type OrderCounters } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';

const COUNTED = 'not o.test and o.cancelled_at is null and o.deleted_at is null';

/** Test, cancelled and deleted orders have no number. */
const NUMBER = `
  with touched as (select * from unnest($1::bigint[], $2::uuid[]) as t(shop_id, customer_id)),
  numbered as (
    select o.shop_id, o.id, o.ordinal, case when ${COUNTED} then
      (count(*) filter (where ${COUNTED}) over (partition by o.shop_id, o.customer_id order by o.placed_at, o.id))::int end as n
    from touched join orders o using (shop_id, customer_id)
  )
  update orders o set ordinal = n.n from numbered n
  where o.shop_id = n.shop_id and o.id = n.id and n.ordinal is distinct from n.n`;

const COUNT = `
  select t.shop_id as "shopId", t.customer_id as id,
    (count(*) filter (where ${COUNTED} and o.id is not null))::int as "ordersCount",
    coalesce(sum(greatest(o.total - o.refunded, 0)) filter (where ${COUNTED} and o.paid_at is not null), 0)::bigint as "totalSpent",
    min(o.placed_at) filter (where ${COUNTED}) as "firstOrderAt", max(o.placed_at) filter (where ${COUNTED}) as "lastOrderAt",
    (select s.locale from orders s where s.shop_id = t.shop_id and s.customer_id = t.customer_id and s.locale is not null
      order by s.placed_at desc, s.id desc limit 1) as locale,
    (select jsonb_build_object('country', l.country, 'province', l.province, 'city', l.city, 'zip', l.zip,
        'address_hash', l.address_hash, 'time_zone', l.time_zone)
      from orders l where l.shop_id = t.shop_id and l.customer_id = t.customer_id and l.country is not null
      order by l.placed_at desc, l.id desc limit 1) as delivery
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, customer_id)
  left join orders o on o.shop_id = t.shop_id and o.customer_id = t.customer_id
  group by t.shop_id, t.customer_id`;

/** Counts the orders of these customers anew. */
export async function recount(
  tx: SqlTx,
  customers: readonly { shopId: bigint; id: string }[],
): Promise<void> {
  if (customers.length === 0) return;
  const values = [customers.map(({ shopId }) => shopId), customers.map(({ id }) => id)];
  await tx.sql(NUMBER, values);
  await saveCounters(tx, await tx.sql<OrderCounters>(COUNT, values));
}
