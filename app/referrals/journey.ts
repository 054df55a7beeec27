/** What is asked of Shopify about how buyers came; adapters implement it. */

export interface Journey {
  orderId: bigint;
  /** Shopify needs a while: until then nothing is said. */
  isReady: boolean;
  /** Friends' links among the visits before the order, in no order, some of them twice. */
  links: { code: string; at: Date }[];
}

export interface JourneySource {
  /** Orders that Shopify does not know (any more) are left out. @throws when it gives no answer */
  journeys(shop: { domain: string }, orderIds: readonly bigint[]): Promise<Journey[]>;
}

const MINUTE = 60_000;
/** After which waits it is asked again: from minutes to days. */
const WAITS = [1, 5, 30, 120, 720, 1440].map((minutes) => minutes * MINUTE);

/** Milliseconds until it is asked again; null: nobody asks any more. @param attempts how often it was asked */
export const nextAsk = (attempts: number): number | null => WAITS[attempts - 1] ?? null;
