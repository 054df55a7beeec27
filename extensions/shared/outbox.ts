/**
 * Answers that are not lost: kept in Shopify's storage (and, while the page is open, in memory) until the app has taken
 * them. Every try sends the same body, and none counts twice.
 */
import { callApp } from './app.ts';
import type { Buyer } from './buyer.ts';
import { delayMs, pause } from './patience.ts';

export interface Kept {
  /** Path of the app's API. */
  path: string;
  /** Counts once however often it is sent: by its operation id, or because it says what is so. */
  body: object;
}

export type Sent<Value> = { kind: 'answered'; value: Value } | { kind: 'refused' };

/** A new operation id: one for each answer. */
export const newOperationId = (): string => crypto.randomUUID();

/** What an earlier visit could not send, or null. */
export async function readKept(buyer: Buyer, key: string): Promise<Kept | null> {
  return buyer.storage.read<Kept>(key).catch(() => null);
}

/**
 * Sends until the app takes or refuses it, as long as the page is open. `onLate` is called once when the first try has
 * failed or takes long: the buyer should not be kept waiting.
 */
export async function send<Value>(
  buyer: Buyer,
  key: string,
  kept: Kept,
  onLate: () => void,
): Promise<Sent<Value>> {
  const written = buyer.storage.write(key, kept).catch(() => {});
  const late = setTimeout(onLate, LATE_MS);
  for (let failures = 1; ; failures++) {
    const outcome = await callApp<Value>(buyer, kept.path, kept.body);
    if (outcome.kind !== 'unavailable') {
      clearTimeout(late);
      await written;
      await buyer.storage.delete(key).catch(() => {});
      return outcome;
    }
    if (failures === 1) {
      clearTimeout(late);
      onLate();
    }
    await pause(delayMs(failures, outcome.retryAfterMs));
  }
}

const LATE_MS = 2_500;
