import type { ProductSnapshot } from '../../products/product.ts';
import type { ProductNode } from './documents/products.ts';
import { dateOf, idOf } from './node-values.ts';

/** A product of the Admin API as the snapshot that webhooks give too. */
export function productOfNode(shopId: bigint, node: ProductNode): ProductSnapshot {
  return {
    shopId,
    id: idOf(node.id),
    handle: node.handle,
    title: node.title,
    productType: node.productType,
    vendor: node.vendor,
    tags: node.tags,
    imageUrl: node.featuredMedia?.preview?.image?.url ?? null,
    url: node.onlineStoreUrl,
    status: node.status.toLowerCase(),
    updatedAt: dateOf(node.updatedAt),
  };
}
