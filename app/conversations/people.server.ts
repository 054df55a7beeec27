/** What becomes of conversations when the people behind them turn out to be one. */
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
