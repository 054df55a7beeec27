/** Webhooks that came before the order they are about. */
import type { SqlTx } from '../db.server.ts';
import type { OrderRef } from './store.server.ts';

const WAKE = `
  update webhook_inbox i set due_at = $3, waits_for = null, reason = null
  from unnest($1::bigint[], $2::bigint[]) as t(shop_id, order_id)
  where i.shop_id = t.shop_id and i.waits_for = t.order_id`;

/** The orders are known now: what waited for them can be worked in. */
export async function wake(tx: SqlTx, orders: readonly OrderRef[], now: Date): Promise<void> {
  if (orders.length === 0) return;
  await tx.sql(WAKE, [orders.map(({ shopId }) => shopId), orders.map(({ id }) => id), now]);
}
