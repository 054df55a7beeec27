/** How long a message waits for an answer about its shop's orders. */
import type { Reason } from './message.ts';

/** Names in `reason` that Shopify was asked how things stand, and said nothing; `since` says from when on. */
const UNHEARD = 'shopify-silent';

/** Who gave no answer is left alone for so long. */
export const ASK_AGAIN_MS = 10 * 60_000;
/** So long a mail may wait for an answer. After it what is known has to do: silence must not stop all mails of a shop. */
const LONGEST_HOLD_MS = 30 * 60_000;

/** Until when a message waits because nobody answered, with its reason; null: it has waited long enough. */
export function heldForSilence(reason: Reason, now: Date): { until: Date; reason: Reason } | null {
  const since = reason.code === UNHEARD ? new Date(String(reason['since'])) : now;
  if (now.getTime() - since.getTime() >= LONGEST_HOLD_MS) return null;
  const until = new Date(now.getTime() + ASK_AGAIN_MS);
  return { until, reason: { code: UNHEARD, since: since.toISOString() } };
}
