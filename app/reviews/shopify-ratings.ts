/** What Shopify is told of products' stars; adapters/shopify implements it. */

export interface RatingAtShopify {
  productId: bigint;
  count: number;
  /** Mean of 1…5, one decimal; null without reviews: what Shopify has goes. */
  rating: string | null;
}

export type RatingsTold =
  | { outcome: 'done'; /** Products that Shopify does not have. */ missing: readonly bigint[] }
  | { outcome: 'later'; seconds: number }
  | { outcome: 'refused'; reason: string };

export interface ShopifyRatings {
  /** At most twelve products: two metafields each, 25 at once are taken. */
  set(domain: string, ratings: readonly RatingAtShopify[]): Promise<RatingsTold>;
}

/** The standard of the reviews.rating metafield has one decimal, as shoppers read it. */
export const meanOf = (stars: number, count: number): string | null =>
  count === 0 ? null : (Math.round((stars / count) * 10) / 10).toFixed(1);

export const knownAs = ({ rating, count }: Omit<RatingAtShopify, 'productId'>): string =>
  `${rating ?? '-'} of ${count}`;
