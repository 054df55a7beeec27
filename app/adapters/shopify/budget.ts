/** Each shop's leaky bucket as Shopify last described it, so that we wait before we ask instead of being refused. */
import type { Cost } from './admin-answer.ts';

export interface Budgets {
  /** Milliseconds until the shop's bucket has room for this document, as far as we know. */
  waitFor(domain: string, document: string, nowMs: number): number;
  learn(domain: string, document: string, cost: Cost, nowMs: number): void;
}

/** Shops that are remembered; one that is forgotten is only asked without waiting first. */
const REMEMBERED = 2_000;

export function budgets(): Budgets {
  const buckets = new Map<string, Cost & { at: number }>();
  const costs = new Map<string, number>();
  return {
    waitFor(domain, document, nowMs) {
      const bucket = buckets.get(domain);
      const cost = costs.get(document);
      if (!bucket || cost === undefined) return 0;
      const available = Math.min(
        bucket.maximum,
        bucket.available + ((nowMs - bucket.at) / 1000) * bucket.restoreRate,
      );
      const missing = Math.min(cost, bucket.maximum) - available;
      if (missing > 0) return Math.ceil((missing / Math.max(bucket.restoreRate, 1)) * 1000);
      // Taken at once, so that questions asked at the same moment do not all count on the same points.
      buckets.set(domain, { ...bucket, available: available - cost, at: nowMs });
      return 0;
    },
    learn(domain, document, cost, nowMs) {
      if (buckets.size >= REMEMBERED && !buckets.has(domain)) buckets.clear();
      buckets.set(domain, { ...cost, at: nowMs });
      costs.set(document, cost.requested);
    },
  };
}
