/** Bodies of the products/* topics. */

import { number } from '../../state/ids.ts';
import { decimal } from '../../state/money.ts';
import type { Product } from '../../state/product.ts';
import type { Shop } from '../../state/shop.ts';
import { inZone } from '../../state/zoned.ts';
import type { Urls } from '../../types.ts';

/** products/create, products/update */
export function productBody(shop: Shop, product: Product, urls: Urls) {
  const times = {
    created_at: inZone(product.createdAt, shop.timezone),
    updated_at: inZone(product.updatedAt, shop.timezone),
  };
  const image = {
    src: urls.image(product.handle),
    alt: product.title,
    width: 800,
    height: 800,
    position: 1,
    variant_ids: [],
  };
  return {
    id: number(product.id),
    admin_graphql_api_id: product.id,
    title: product.title,
    body_html: `<p>${product.description}</p>`,
    vendor: product.vendor,
    product_type: product.productType,
    handle: product.handle,
    ...times,
    published_at: times.created_at,
    template_suffix: null,
    published_scope: 'web',
    tags: product.tags.join(', '),
    status: product.status.toLowerCase(),
    variants: product.variants.map((variant, index) => ({
      id: number(variant.id),
      admin_graphql_api_id: variant.id,
      product_id: number(product.id),
      title: variant.title,
      price: decimal(variant.price, shop.currency),
      compare_at_price:
        variant.compareAtPrice === null ? null : decimal(variant.compareAtPrice, shop.currency),
      position: index + 1,
      option1: variant.title,
      option2: null,
      option3: null,
      sku: variant.sku,
      taxable: variant.taxable,
      inventory_policy: 'deny',
      inventory_quantity: 100,
      ...times,
    })),
    options: product.options.map((name, index) => ({
      product_id: number(product.id),
      name,
      position: index + 1,
      values: product.variants.map((v) => v.title),
    })),
    images: [image],
    image,
    variant_gids: product.variants.map((v) => ({ admin_graphql_api_id: v.id, updated_at: times.updated_at })),
    has_variants_that_requires_components: false,
    category: null,
  };
}

/** products/delete */
export function productGone(product: Product) {
  return { id: number(product.id) };
}
