/** Questions of people who are erased. */
import type { SqlTx } from '../../db.server.ts';

const OF_ADDRESS = `
  update product_question q set customer_id = c.id from customer c
  where c.shop_id = $1 and c.id = any($2::uuid[]) and c.email is not null
    and q.shop_id = c.shop_id and q.customer_id is null and lower(q.email) = lower(c.email)
  returning q.shop_id as "shopId", q.id as "questionId"`;

/** What was asked without a login under their address is theirs when they are erased: it goes with them. */
export const claimByAddress = (
  tx: SqlTx,
  shopId: bigint,
  customerIds: readonly string[],
): Promise<{ shopId: bigint; questionId: string }[]> => tx.sql(OF_ADDRESS, [shopId, customerIds]);
