/** What loyalty needs of Shopify; app/adapters/shopify/loyalty.server.ts follows it. */

export type Told = { outcome: 'done' } | { outcome: 'later'; seconds: number };

export interface TagsAtShopify {
  /** May be repeated: a tag is there once, and one that is not there is no error. What Shopify refuses for good is done. */
  tell(domain: string, customer: bigint, tags: { add: string | null; remove: string | null }): Promise<Told>;
}

const LONGEST_SECONDS = 3600;
const MOST_TRIES = 80;

/** Seconds until the next attempt; null: it is given up. */
export const nextTry = (attempts: number): number | null =>
  attempts >= MOST_TRIES ? null : Math.min(5 * 2 ** Math.min(attempts - 1, 20), LONGEST_SECONDS);
