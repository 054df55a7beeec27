/** What sequences need of Shopify that it tells nobody by itself. Implemented by adapters/shopify. */
import type { Asked } from '../shops/sync.ts';

export interface AudienceSource {
  /** Shopify's ids of everybody in a segment. Among the codes `too-large`: more than can be followed; `gone`: it was deleted. */
  members(shop: { domain: string }, segmentId: bigint): Promise<Asked<bigint[]>>;
  /** A metafield of every customer who has changed since; all of them where `since` is null. Null: it is empty. */
  dates(shop: { domain: string }, name: string, since: Date | null): Promise<Asked<CustomerValue[]>>;
  /** A metafield of every product that has changed since; all of them where `since` is null. Null: it is empty. */
  productDates(shop: { domain: string }, name: string, since: Date | null): Promise<Asked<ProductValue[]>>;
}

export interface ProductValue {
  productId: bigint;
  value: string | null;
}

export interface CustomerValue {
  /** Shopify's id of the customer */
  shopifyId: bigint;
  value: string | null;
}

const HOUR = 3_600_000;

/** When it is asked for again. A segment is looked at every hour, a date does not change from one hour to the next. */
export const EVERY_MS = { segment: HOUR, date: 6 * HOUR, 'product-date': 6 * HOUR } as const;

/** When it is asked for again after no answer. */
export function againAfter(asked: Exclude<Asked<unknown>, { outcome: 'ok' }>): number {
  switch (asked.outcome) {
    case 'later':
      return Math.max(asked.seconds * 1000, 5 * 60_000);
    case 'unauthorized':
      return HOUR;
    case 'refused':
      return 24 * HOUR;
  }
}

/** Why nobody knows who is in a segment, or which dates customers have; ui/audienceWords.ts says it. */
export type AudienceTrouble = 'gone' | 'too-large' | 'not-allowed' | 'refused' | 'silent';

/** Shopify is slow now and then; a merchant is told when it has been for a day. */
const SILENT_AFTER_MS = 24 * HOUR;

/**
 * @param told as the row has it: codes of Shopify's, or how the question ended
 * @returns null: it comes right by itself
 */
export function troubleOf(told: string, since: Date, now: Date): AudienceTrouble | null {
  if (told === 'later') return now.getTime() - since.getTime() >= SILENT_AFTER_MS ? 'silent' : null;
  if (told === 'gone' || told === 'too-large') return told;
  return told === 'unauthorized' || told.split(' ').includes('ACCESS_DENIED') ? 'not-allowed' : 'refused';
}
