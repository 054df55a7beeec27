/** What sequences need of Shopify that it tells nobody by itself. Implemented by adapters/shopify. */
import type { Asked } from '../shops/sync.ts';

export interface AudienceSource {
  /** Shopify's ids of everybody in a segment. `too-large` among the codes: more than can be followed. */
  members(shop: { domain: string }, segmentId: bigint): Promise<Asked<bigint[]>>;
  /** A metafield of every customer who has changed since; all of them where `since` is null. Null: it is empty. */
  dates(shop: { domain: string }, name: string, since: Date | null): Promise<Asked<CustomerValue[]>>;
}

export interface CustomerValue {
  /** Shopify's id of the customer */
  shopifyId: bigint;
  value: string | null;
}

const HOUR = 3_600_000;

/** When it is asked for again. A segment is looked at every hour, a date does not change from one hour to the next. */
export const EVERY_MS = { segment: HOUR, date: 6 * HOUR } as const;

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
