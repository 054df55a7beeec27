/** What becomes of conversations when the people behind them turn out to be one, or order again. */
import type { SqlTx } from '../db.server.ts';

const MERGE = `
  update conversation c set customer_id = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where c.shop_id = t.shop_id and c.customer_id = t.from_id`;

/** Follows a merge: what `from` said, `into` has said. On `customer.merged`. */
export async function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
): Promise<void> {
  const values = [merges.map((m) => m.shopId), merges.map((m) => m.from), merges.map((m) => m.into)];
  await tx.sql(MERGE, values);
}

const REORDERED = `
  update conversation c set reordered_at = t.at
  from (select shop_id, customer_id, min(at) as at from unnest($1::bigint[], $2::uuid[], $3::timestamptz[])
    as u(shop_id, customer_id, at) group by shop_id, customer_id) t
  where c.shop_id = t.shop_id and c.customer_id = t.customer_id and c.solved_at < t.at and c.reordered_at is null`;

/** Somebody whose matter was settled has ordered again. On `order.paid`. */
export async function noteReorders(
  tx: SqlTx,
  orders: readonly { shopId: bigint; customerId: string; at: Date }[],
): Promise<void> {
  if (orders.length === 0) return;
  await tx.sql(REORDERED, [
    orders.map(({ shopId }) => shopId),
    orders.map(({ customerId }) => customerId),
    orders.map(({ at }) => at),
  ]);
}
