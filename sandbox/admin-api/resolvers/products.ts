/** Products, variants, collections. */

import { digits, gid } from '../../state/ids.ts';
import { decimal } from '../../state/money.ts';
import type { Collection, Product, Variant } from '../../state/product.ts';
import type { Shop } from '../../state/shop.ts';
import { connection, type PageArgs } from '../connection.ts';
import type { Context, Resolvers } from '../context.ts';
import { money } from '../money.ts';
import { search, type Searchable } from '../search.ts';

const FIELDS: Searchable<Product> = {
  '': (p) => [p.title, p.handle, p.productType, p.vendor, ...p.tags],
  id: (p) => [digits(p.id)],
  handle: (p) => [p.handle],
  title: (p) => [p.title],
  tag: (p) => p.tags,
  product_type: (p) => [p.productType],
  vendor: (p) => [p.vendor],
  status: (p) => [p.status],
  created_at: (p) => [p.createdAt],
  updated_at: (p) => [p.updatedAt],
};

const SORTS: Record<string, (product: Product) => string> = {
  TITLE: (p) => p.title.toLowerCase(),
  CREATED_AT: (p) => p.createdAt,
  UPDATED_AT: (p) => p.updatedAt,
  VENDOR: (p) => p.vendor,
  PRODUCT_TYPE: (p) => p.productType,
};

export type ListArgs = PageArgs & { query?: string | null; sortKey?: string | null };

export function productOf(shop: Shop, id: string): Product | null {
  return shop.products.find((p) => p.id === id) ?? null;
}

export function variantOf(shop: Shop, id: string): (Variant & { product: Product }) | null {
  for (const product of shop.products) {
    const variant = product.variants.find((v) => v.id === id);
    if (variant) return { ...variant, product };
  }
  return null;
}

/** The drawn picture of a product; Shopify would answer with one of its CDN's addresses. */
export function imageOf(
  { handle, title, id }: { handle: string; title: string; id: string },
  context: Context,
) {
  const url = context.inside.kernel.urls.image(handle);
  return {
    id: gid('ProductImage', digits(id)),
    url,
    src: url,
    originalSrc: url,
    altText: title,
    width: 800,
    height: 800,
  };
}

const listOf = (shop: Shop, args: ListArgs, context: Context) =>
  connection(
    search(shop.products, args.query, FIELDS, 'products'),
    args,
    context,
    SORTS[args.sortKey ?? 'ID'],
  );

export const productResolvers: Resolvers = {
  QueryRoot: {
    product: (_: object, { id }: { id: string }, { shop }: Context) => productOf(shop, id),
    productByIdentifier: (
      _: object,
      { identifier }: { identifier: { id?: string; handle?: string } },
      { shop }: Context,
    ) => shop.products.find((p) => p.id === identifier.id || p.handle === identifier.handle) ?? null,
    productVariant: (_: object, { id }: { id: string }, { shop }: Context) => variantOf(shop, id),
    products: (_: object, args: ListArgs, context: Context) => listOf(context.shop, args, context),
    productsCount: (_: object, { query }: ListArgs, { shop }: Context) => ({
      count: search(shop.products, query, FIELDS, 'products').length,
      precision: 'EXACT',
    }),
    collections: (_: object, args: PageArgs, context: Context) =>
      connection(context.shop.collections, args, context),
  },
  Product: {
    legacyResourceId: (p: Product) => digits(p.id),
    descriptionHtml: (p: Product) => `<p>${p.description}</p>`,
    description: (p: Product) => p.description,
    onlineStoreUrl: (p: Product, _: object, { shop, inside }: Context) =>
      p.status === 'ACTIVE' ? inside.kernel.urls.product(shop, p) : null,
    isGiftCard: (p: Product) => p.variants.every((v) => v.giftCard),
    hasOnlyDefaultVariant: (p: Product) => p.variants.length === 1,
    publishedAt: (p: Product) => p.createdAt,
    featuredImage: (p: Product, _: object, context: Context) => imageOf(p, context),
    featuredMedia: (p: Product, _: object, context: Context) => ({
      __typename: 'MediaImage',
      id: gid('MediaImage', digits(p.id)),
      alt: p.title,
      mediaContentType: 'IMAGE',
      image: imageOf(p, context),
      preview: { status: 'READY', image: imageOf(p, context) },
    }),
    images: (p: Product, args: PageArgs, context: Context) =>
      connection([imageOf(p, context)], args, context),
    variants: (p: Product, args: PageArgs, context: Context) =>
      connection(
        p.variants.map((variant) => ({ ...variant, product: p })),
        args,
        context,
      ),
    variantsCount: (p: Product) => ({ count: p.variants.length, precision: 'EXACT' }),
    tracksInventory: () => true,
    totalInventory: (p: Product) => p.stock ?? p.variants.length * 100,
    collections: (p: Product, args: PageArgs, context: Context) =>
      connection(
        context.shop.collections.filter((c) => p.collections.includes(c.id)),
        args,
        context,
      ),
    priceRangeV2: (p: Product, _: object, { shop }: Context) => {
      const prices = p.variants.map((v) => v.price);
      return {
        minVariantPrice: money(Math.min(...prices), shop.currency),
        maxVariantPrice: money(Math.max(...prices), shop.currency),
      };
    },
  },
  ProductVariant: {
    legacyResourceId: (v: Variant) => digits(v.id),
    displayName: (v: Variant & { product: Product }) => `${v.product.title} - ${v.title}`,
    price: (v: Variant, _: object, { shop }: Context) => decimal(v.price, shop.currency),
    compareAtPrice: (v: Variant, _: object, { shop }: Context) =>
      v.compareAtPrice === null ? null : decimal(v.compareAtPrice, shop.currency),
    availableForSale: (v: Variant) => (v.stock ?? 100) > 0,
    inventoryQuantity: (v: Variant) => v.stock ?? 100,
    image: (v: Variant & { product: Product }, _: object, context: Context) => imageOf(v.product, context),
  },
  Collection: {
    legacyResourceId: (c: Collection) => digits(c.id),
    products: (c: Collection, args: PageArgs, context: Context) =>
      connection(
        context.shop.products.filter((p) => p.collections.includes(c.id)),
        args,
        context,
      ),
    productsCount: (c: Collection, _: object, { shop }: Context) => ({
      count: shop.products.filter((p) => p.collections.includes(c.id)).length,
      precision: 'EXACT',
    }),
  },
};
