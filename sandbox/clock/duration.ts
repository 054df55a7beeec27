/** ISO 8601 durations. */

import { Temporal } from 'temporal-polyfill';

/** The moment after a duration, months and years by the calendar; null for what is no duration. */
export function after(epochMs: number, duration: string, zone: string): number | null {
  try {
    const start = Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs)).toZonedDateTimeISO(zone);
    return start.add(Temporal.Duration.from(duration)).epochMilliseconds;
  } catch {
    return null;
  }
}
