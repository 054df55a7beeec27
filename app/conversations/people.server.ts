/** What becomes of conversations when the people behind them turn out to be one, or order again. */
import type { ShopTx, SqlTx } from '../db.server.ts';

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

const OPEN_MATTER = `
  select id, coalesce(nullif(subject, ''), nullif(left(preview, 80), ''), kind) as subject, coalesce(awaiting_since, opened_at) as since
  from conversation where shop_id = $1 and customer_id = $2::uuid and state in ('open', 'snoozed')
  order by (awaiting_since is null), problem desc, heard_at desc limit 1`;

/** What is open with a customer: who waits for an answer first, then what is a problem. Null: nothing is. */
export async function openMatter(
  tx: ShopTx,
  customerId: string,
): Promise<{ id: string; subject: string; since: Date } | null> {
  const [row] = await tx.sql<{ id: string; subject: string; since: Date }>(OPEN_MATTER, [
    tx.shopId,
    customerId,
  ]);
  return row ?? null;
}
