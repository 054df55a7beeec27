/** Durations that carry their units, so that "a day later" is a day on the wall and not 86,400 seconds. */
import { z } from 'zod';

const amount = z.number().int().min(0).max(10_000).optional();

export const periodSchema = z.strictObject({
  minutes: amount,
  hours: amount,
  days: amount,
  weeks: amount,
  months: amount,
});

/** `{ days: 2 }`. Minutes and hours are exact; days, weeks and months are counted on the customer's calendar. */
export type Period = z.infer<typeof periodSchema>;

/** Milliseconds of a period where the calendar does not matter (limits, ages); a month counts 30 days. */
export function roughly(period: Period): number {
  const { minutes = 0, hours = 0, days = 0, weeks = 0, months = 0 } = period;
  return (minutes + 60 * (hours + 24 * (days + 7 * weeks + 30 * months))) * 60_000;
}
