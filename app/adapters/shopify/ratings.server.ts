/** Shopify's standard metafields of products' stars: reviews.rating and reviews.rating_count. Implements what reviews ask for. */
import type { RatingAtShopify, RatingsTold, ShopifyRatings } from '../../reviews/shopify-ratings.ts';
import type { Admin } from './admin-client.server.ts';
import type { AdminResult, UserError } from './admin-client.ts';
import { RATINGS_DELETE, RATINGS_SET } from './documents/ratings.ts';
import { gidOf } from './node-values.ts';
import { isNotNow, later } from './not-now.ts';

/** Milliseconds that a worker waits for a shop's budget. */
const PATIENCE = 5_000;

export function shopifyRatings(admin: Admin): ShopifyRatings {
  return {
    async set(domain, ratings) {
      const rated = ratings.filter(({ rating }) => rating !== null);
      const bare = ratings.filter(({ rating }) => rating === null);
      const [told, missing] = await setThem(admin, domain, rated);
      if (told.outcome !== 'done' || bare.length === 0)
        return told.outcome === 'done' ? { ...told, missing } : told;
      const metafields = bare.flatMap(({ productId }) =>
        KEYS.map((key) => ({ ownerId: gid(productId), namespace: 'reviews', key })),
      );
      const gone = toldOf(await admin(domain).query(RATINGS_DELETE, { metafields }, { patience: PATIENCE }));
      return gone.outcome === 'done' ? { outcome: 'done', missing } : gone;
    },
  };
}

const KEYS = ['rating', 'rating_count'] as const;
const gid = (productId: bigint) => gidOf('Product', productId);

/** One that Shopify does not have fails its whole batch: without it the rest is told again. */
async function setThem(
  admin: Admin,
  domain: string,
  ratings: readonly RatingAtShopify[],
): Promise<[RatingsTold, bigint[]]> {
  const missing: bigint[] = [];
  for (let left = [...ratings]; left.length > 0;) {
    const ask = { metafields: left.flatMap(metafieldsOf) };
    const result = await admin(domain).query(RATINGS_SET, ask, { patience: PATIENCE });
    const strange =
      result.outcome === 'user-errors' ? left.filter((_, i) => isMissing(result.errors, i)) : [];
    if (strange.length === 0) return [toldOf(result), missing];
    missing.push(...strange.map(({ productId }) => productId));
    left = left.filter((each) => !strange.includes(each));
  }
  return [{ outcome: 'done', missing }, missing];
}

const metafieldsOf = ({ productId, count, rating }: RatingAtShopify) => {
  const owner = { ownerId: gid(productId), namespace: 'reviews' };
  const value = JSON.stringify({ scale_min: '1.0', scale_max: '5.0', value: rating });
  return [
    { ...owner, key: 'rating', type: 'rating', value },
    { ...owner, key: 'rating_count', type: 'number_integer', value: String(count) },
  ];
};

/** Errors name the metafield by its place, two a product. */
const isMissing = (errors: readonly UserError[], index: number): boolean =>
  errors.some(({ field }) => field?.at(-1) === 'ownerId' && Math.floor(Number(field.at(-2)) / 2) === index);

function toldOf(result: AdminResult<unknown>): RatingsTold {
  if (isNotNow(result)) return later(result);
  switch (result.outcome) {
    case 'ok':
      return { outcome: 'done', missing: [] };
    case 'refused':
      return {
        outcome: 'refused',
        reason: result.codes.includes('ACCESS_DENIED') ? 'ACCESS_DENIED' : result.codes.join(' '),
      };
    case 'user-errors':
      return {
        outcome: 'refused',
        reason: result.errors.map(({ code, field }) => [code, field?.join('.')].join(' ').trim()).join(', '),
      };
  }
}
