/** For loops that rest: what one has done is often what another waits for, so that it wakes those that rest. */

/** Milliseconds that a rest lasts at least, or a quarter of a short one: others at full work do not keep everybody awake. */
const LEAST_MS = 25;

export interface Bell {
  /** How often it has rung: kept from before a look, it tells whether it rang during the look. */
  rung(): number;
  /** Rests for so long, or until the bell rings (again since `since`) or the signal comes. */
  rest(ms: number, since: number, signal?: AbortSignal): Promise<void>;
  ring(): void;
}

export function makeBell(): Bell {
  let rung = 0;
  const resting = new Set<() => void>();
  const pause = (ms: number, signal?: AbortSignal, wakes = false) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        resting.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      if (wakes) resting.add(wake);
      signal?.addEventListener('abort', wake, { once: true });
      if (signal?.aborted) wake();
    });
  return {
    rung: () => rung,
    async rest(ms, since, signal) {
      const least = Math.min(ms / 4, LEAST_MS);
      await pause(least, signal);
      if (rung === since && !signal?.aborted) await pause(ms - least, signal, true);
    },
    ring() {
      rung += 1;
      for (const wake of resting) wake();
    },
  };
}
