/** How long ago Shopify was heard of a shop's orders, and asking anew: nobody is written to because of what was true yesterday. */
import type { SqlTx } from '../db.server.ts';
import { reconcile, type ReconcileDeps } from './reconcile.server.ts';

/** What is older is asked for before it is acted on (the webhook of a change may be lost). */
const FRESH_MS = 10 * 60_000;

const OUTDATED = 'select shop_id from reconciliation where shop_id = any($1::bigint[]) and good_until < $2';

/** See the door. */
export function makeHearing(deps: ReconcileDeps) {
  return {
    /** Of these shops, those whose orders were compared too long ago. */
    async outdated(tx: SqlTx, shopIds: readonly bigint[], now: Date): Promise<Set<bigint>> {
      const since = new Date(now.getTime() - FRESH_MS);
      const rows = await tx.sql<{ shop_id: bigint }>(OUTDATED, [shopIds, since]);
      return new Set(rows.map((row) => row.shop_id));
    },
    /** What has changed since, for all orders of the shop in one question. @throws when Shopify gives no answer */
    async ask(shopId: bigint, now: Date): Promise<void> {
      await reconcile(deps, { shopId: String(shopId), hours: 0 }, now);
    },
  };
}
