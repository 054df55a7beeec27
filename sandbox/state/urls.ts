/** Addresses of the store's pages, on the sandbox's own front door. */

import { digits } from './ids.ts';
import type { Urls } from '../types.ts';

export function createUrls(origin: () => string): Urls {
  const store = (handle: string) => `${origin()}/store/${handle}`;
  return {
    store: (shop) => store(shop.handle),
    product: (shop, product) => `${store(shop.handle)}/products/${product.handle}`,
    image: (handle) => `${origin()}/images/products/${handle}.svg`,
    thankYou: (shop, order) => `${store(shop.handle)}/checkouts/${order.checkoutToken}/thank-you`,
    // The number of the shop and the word `orders` stand where Shopify has them.
    orderStatus: (shop, order) =>
      `${store(shop.handle)}/${digits(shop.id)}/orders/${order.token}/authenticate?key=${order.statusKey}`,
    discount: (shop, code) => `${store(shop.handle)}/discount/${encodeURIComponent(code)}`,
  };
}
