/** Reviews and questions of people who are erased: what has to be found before their names and addresses are gone. */
import type { SqlTx } from '../db.server.ts';
import { releaseFiles } from '../files/files.server.ts';
import { claimByAddress } from './questions/people.server.ts';

const THEIRS = `select 'review:' || id as "usedBy" from review where shop_id = $1 and customer_id = any($2::uuid[])`;

/**
 * Pictures and videos of their reviews go, also those that another app had brought and that are nobody's by themselves;
 * what they asked without a login becomes theirs, so that it is erased with them.
 * @returns those questions
 */
export async function beforeErasure(
  tx: SqlTx,
  shopId: bigint,
  customerIds: readonly string[],
): Promise<{ shopId: bigint; questionId: string }[]> {
  const rows = await tx.sql<{ usedBy: string }>(THEIRS, [shopId, customerIds]);
  await releaseFiles(
    tx,
    shopId,
    rows.map(({ usedBy }) => usedBy),
  );
  return claimByAddress(tx, shopId, customerIds);
}
