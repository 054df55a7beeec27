/** Orders follow their customers when two of them turn out to be one. */
import type { Join } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recount } from './count.server.ts';
import { followTraces } from './traces.server.ts';

const FOLLOW = `
  update orders o set customer_id = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where o.shop_id = t.shop_id and o.customer_id = t.from_id`;

export async function followJoins(tx: SqlTx, joins: readonly Join[]): Promise<void> {
  if (joins.length === 0) return;
  await tx.sql(FOLLOW, [
    joins.map(({ shopId }) => shopId),
    joins.map(({ from }) => from),
    joins.map(({ into }) => into),
  ]);
  await followTraces(tx, joins);
  await recount(
    tx,
    joins.flatMap(({ shopId, from, into }) => [
      { shopId, id: from },
      { shopId, id: into },
    ]),
  );
}
