/** The shelves change. */

import type { Kernel } from '../kernel.ts';
import type { Product } from '../state/product.ts';
import type { Shop } from '../state/shop.ts';
import { productBody, productGone } from '../webhooks/bodies/product.ts';

export function updateProduct(
  kernel: Kernel,
  shop: Shop,
  product: Product,
  change: { title?: string; tags?: string[]; status?: Product['status'] },
): Product {
  Object.assign(product, change, { updatedAt: kernel.now() });
  kernel.changed(shop, product);
  kernel.emit(shop, [['products/update', productBody(shop, product, kernel.urls)]]);
  return product;
}

/** Orders keep their lines; their products exist no more. */
export function deleteProduct(kernel: Kernel, shop: Shop, product: Product): void {
  shop.products.splice(shop.products.indexOf(product), 1);
  kernel.changed(shop, product);
  kernel.emit(shop, [['products/delete', productGone(product)]]);
}
