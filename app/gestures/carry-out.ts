/** What gestures need of Shopify; app/adapters/shopify/gestures.server.ts follows it. */

/** How a call ended, sorted at the border. */
export type Asked<Answer> =
  | ({ outcome: 'ok' } & Answer)
  /** Asked again, it fails again. */
  | { outcome: 'refused'; reason: string }
  | { outcome: 'later'; seconds: number };

export interface GesturesAtShopify {
  /** Whether a piece of it can be sent today. */
  stockOf(domain: string, productId: string): Promise<Asked<{ inStock: boolean }>>;
  /** May be repeated: a tag is there once. */
  tagOrder(domain: string, orderId: bigint, tag: string): Promise<Asked<object>>;
}

const LONGEST_SECONDS = 3600;
/** Tries before it is given up: about three days. */
const MOST_TRIES = 80;

/** Seconds until the next attempt; null: it is given up. */
export const nextTry = (attempts: number): number | null =>
  attempts >= MOST_TRIES ? null : Math.min(5 * 2 ** Math.min(attempts - 1, 20), LONGEST_SECONDS);
