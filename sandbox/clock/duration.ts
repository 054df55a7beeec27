/** ISO 8601 durations and moments. */

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

/** Epoch milliseconds of a moment, or of a day's beginning; UTC where no offset is given. Null for a day or hour that does not exist. */
export function momentOf(text: string): number | null {
  try {
    const isWhole = /(Z|[+-]\d\d(:?\d\d)?)$/i.test(text) && /T/i.test(text);
    if (isWhole) return Temporal.Instant.from(text).epochMilliseconds;
    if (!/^[+-]?\d{4,6}-\d\d-\d\d/.test(text)) return null;
    return Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds;
  } catch {
    return null;
  }
}
