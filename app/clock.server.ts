/** The only place that knows what time it is; everything else takes `now` as an argument. */

const CLOCK = Symbol.for('everafter.clock');
type Source = () => number;

/** The present moment in domain time. A process that was started with another clock attached follows that one. */
export function now(): Date {
  const attached = (globalThis as { [CLOCK]?: Source })[CLOCK];
  return new Date(attached ? attached() : Date.now());
}

/** Real milliseconds since the epoch, for leases, caches and measurements; never for what a customer waits for. */
export function realNow(): number {
  return Date.now();
}
