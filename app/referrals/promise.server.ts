/** What advocates are promised, as rows say it. */
import type { SqlTx } from '../db.server.ts';

const PAID_IN = `
  select distinct on (o.shop_id, o.customer_id) o.customer_id, o.present_currency as currency
  from orders o join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) on o.shop_id = t.shop_id and o.customer_id = t.id
  where o.paid_at is not null and not o.test order by o.shop_id, o.customer_id, o.placed_at desc`;

/** The currency that each paid in last, by customer. */
export async function paidInBy(
  tx: SqlTx,
  people: readonly { shopId: bigint; id: string }[],
): Promise<Map<string, string>> {
  const values = [people.map(({ shopId }) => shopId), people.map(({ id }) => id)];
  const rows = await tx.sql<{ customer_id: string; currency: string }>(PAID_IN, values);
  return new Map(rows.map((row) => [row.customer_id, row.currency]));
}
