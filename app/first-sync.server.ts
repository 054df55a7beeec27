/** What the first sync fetches, handed to the modules that understand it. */
import type { ConsentSnapshot } from './adapters/shopify/consent-node.ts';
import type { SyncedOrder, SyncSource } from './adapters/shopify/sync-source.server.ts';
import { customerByShopifyId, setConsent, type ConsentChange } from './customers/customers.server.ts';
import type { Db, SqlTx } from './db.server.ts';
import { applyOrders, type OrdersDeps } from './orders/orders.server.ts';
import type { ProductSnapshot } from './products/product.ts';
import { upsertProducts } from './products/products.server.ts';
import type { SyncDeps, SyncPart } from './shops/shops.server.ts';

/** For the job `shops.sync`. */
export function syncDeps({
  db,
  source,
  orders,
}: {
  db: Db;
  source: SyncSource;
  orders: OrdersDeps;
}): SyncDeps {
  const productPart: SyncPart<ProductSnapshot> = {
    ...source.products,
    apply: (tx, _shop, products, now) => upsertProducts(tx, products, now),
  };
  const orderPart: SyncPart<SyncedOrder> = {
    ...source.orders,
    async apply(tx, _shop, synced, now) {
      // Nothing is announced: nobody is thanked for an order of last month.
      await applyOrders(
        tx,
        synced.map(({ order }) => order),
        now,
        orders,
        { history: true },
      );
      await applyConsents(
        tx,
        synced.flatMap(({ consents }) => consents),
        now,
      );
    },
  };
  return { db, facts: source.facts, parts: { products: productPart, orders: orderPart } };
}

/** What was agreed to at Shopify before the app came. */
async function applyConsents(tx: SqlTx, consents: readonly ConsentSnapshot[], now: Date): Promise<void> {
  const newest = new Map(consents.map((consent) => [`${consent.shopifyId}:${consent.channel}`, consent]));
  const changes: ConsentChange[] = [];
  for (const { shopId, shopifyId, channel, state, level, at } of newest.values()) {
    const customer = await customerByShopifyId(tx, shopId, shopifyId);
    if (customer)
      changes.push({ shopId, customerId: customer.id, channel, state, level, source: 'shopify', at });
  }
  await setConsent(tx, changes, now);
}
