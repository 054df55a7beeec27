/** A provider that fails again and again is left alone for a while; then one message tries whether it is back. */

const FAILURES = 5;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** All moments are handed in, so that a pause passes with the clock that everything else follows. */
export class Breaker {
  #failures = 0;
  #openUntil: number | null = null;
  #probing = false;

  /** Milliseconds to leave the provider alone from `now` on; 0: call it. */
  pause(now: Date): number {
    if (this.#openUntil === null) return 0;
    const left = this.#openUntil - now.getTime();
    if (left > 0) return left;
    if (this.#probing) return FIRST_PAUSE_MS;
    this.#probing = true;
    return 0;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openUntil = null;
    this.#probing = false;
  }

  /** @param retryAfterMs what the provider asked for, if anything */
  failed(now: Date, retryAfterMs: number | null): void {
    this.#failures += 1;
    this.#probing = false;
    if (retryAfterMs === null && this.#failures < FAILURES) return;
    const growing = FIRST_PAUSE_MS * 2 ** Math.max(0, this.#failures - FAILURES);
    this.#openUntil = now.getTime() + Math.max(retryAfterMs ?? 0, Math.min(growing, LONGEST_PAUSE_MS));
  }
}

/** How long the first retry waits at most; each further one twice as long, up to half an hour. */
export const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 30 * 60_000;

export interface Retry {
  /** How often it was tried before this. */
  times: number;
  /** What the provider asked for. */
  atLeastMs: number;
  firstMs: number;
}

/** When to try a message again that a provider could not take: growing pauses, spread at random, never before it may. */
export function retryDelayMs({ times, atLeastMs, firstMs }: Retry, random: () => number): number {
  const ceiling = Math.min(LONGEST_RETRY_MS, firstMs * 2 ** Math.min(times, 10));
  return Math.round(atLeastMs + firstMs / 30 + random() * ceiling);
}
