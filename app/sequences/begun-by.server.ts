/** Which sequences a kind of happening begins. */
import type { SqlTx } from '../db.server.ts';
import { listeningIn } from './heard.server.ts';
import type { TriggerKind } from './plan.ts';

const NAMES = `select shop_id as "shopId", id, name from sequence where (shop_id, id) in (select * from unnest($1::bigint[], $2::uuid[]))`;

/** By shop: the first sequence that is switched on and begins so; shops without one are missing. */
export async function begunBy(
  tx: SqlTx,
  shopIds: readonly bigint[],
  kind: TriggerKind,
): Promise<Map<bigint, { id: string; name: string }>> {
  const listening = (await listeningIn(tx, [...new Set(shopIds)])).filter(({ plan }) =>
    plan.trigger.on.includes(kind),
  );
  const rows = await tx.sql<{ shopId: bigint; id: string; name: string }>(NAMES, [
    listening.map(({ shopId }) => shopId),
    listening.map(({ sequenceId }) => sequenceId),
  ]);
  return new Map(rows.map(({ shopId, id, name }) => [shopId, { id, name }]));
}
