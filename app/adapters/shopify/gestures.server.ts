/** Stock of gifts and the tags of orders. Implements what gestures ask for. */
import type { Asked, GesturesAtShopify } from '../../gestures/carry-out.ts';
import type { Admin } from './admin-client.server.ts';
import type { AdminResult } from './admin-client.ts';
import { shopifyDeeds } from './deeds.server.ts';
import { STOCK } from './documents/stock.ts';
import { gidOf } from './node-values.ts';
import { isNotNow, later } from './not-now.ts';

/** Milliseconds that a worker waits for a shop's budget before it puts a gesture off. */
const PATIENCE = 5_000;

export function gesturesAtShopify(admin: Admin): GesturesAtShopify {
  const deeds = shopifyDeeds(admin);
  return {
    async stockOf(domain, productId) {
      const ask = { id: gidOf('Product', BigInt(productId)) };
      const result = await admin(domain).query(STOCK, ask, { patience: PATIENCE });
      if (result.outcome !== 'ok') return failed(result);
      const { product } = result.data;
      const inStock =
        product?.status === 'ACTIVE' && (!product.tracksInventory || product.totalInventory > 0);
      return { outcome: 'ok', inStock };
    },
    async tagOrder(domain, orderId, tag) {
      const tried = await deeds.addTags(domain, { on: 'order', id: orderId }, [tag]);
      if (tried.outcome === 'done') return { outcome: 'ok' };
      return tried.outcome === 'failed' ? { outcome: 'refused', reason: tried.reason.code } : tried;
    },
  };
}

function failed(result: AdminResult<unknown>): Exclude<Asked<object>, { outcome: 'ok' }> {
  return isNotNow(result) ? later(result) : { outcome: 'refused', reason: 'shopify-refused' };
}
