/** How long to wait before another try. */

const STEPS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];

/**
 * Longer after every failure, never shorter than the server asked for, and scattered by a fifth, so that a server that
 * comes back is not met by everybody at once.
 */
export function delayMs(failures: number, retryAfterMs: number, random: number = Math.random()): number {
  const step = STEPS_MS[Math.min(failures, STEPS_MS.length) - 1]!;
  return Math.max(step, retryAfterMs) * (1 + random / 5);
}

/** Resolves after that time, or as soon as the network is back. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    globalThis.addEventListener?.('online', done);
  });
}
