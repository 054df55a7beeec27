/** The hours in which nobody is written to, and the days on which nothing is asked, on the customer's own clock. */
import { Temporal } from 'temporal-polyfill';
import { fromLocal, isZone, localHour, toLocal } from '../zones.ts';

/** Local hours, 0…23: from `from` (inclusive) to `to` (exclusive), over midnight where from > to; equal: none. */
export interface Hours {
  from: number;
  to: number;
}

const holdsHour = ({ from, to }: Hours, hour: number): boolean =>
  from <= to ? hour >= from && hour < to : hour >= from || hour < to;

/** The moment in a zone; one that nobody knows counts as UTC. */
function localTime(at: Date, zone: string): Temporal.ZonedDateTime {
  const instant = Temporal.Instant.fromEpochMilliseconds(at.getTime());
  try {
    return instant.toZonedDateTimeISO(zone);
  } catch {
    return instant.toZonedDateTimeISO('UTC');
  }
}

/** Whether `at` lies within the hours on a clock in `zone`. */
export const isWithin = (hours: Hours, at: Date, zone: string): boolean => holdsHour(hours, hourOf(at, zone));

/** Asked for every message, where the whole calendar would cost more than all the rest of the answer. */
function hourOf(at: Date, zone: string): number {
  try {
    return localHour(at, zone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return at.getUTCHours();
  }
}

/**
 * `at` itself when the hours do not hold it, else the first moment after them. Gaps of the clock go to the first
 * valid moment after; hours that come twice count as quiet both times.
 */
export function afterHours(hours: Hours, at: Date, zone: string): Date {
  let local = localTime(at, zone);
  while (holdsHour(hours, local.hour)) local = nextHour(local, hours.to);
  return new Date(local.epochMilliseconds);
}

/** The next time the clock shows `hour` or, where it skips that hour, the first moment after the skip. */
function nextHour(local: Temporal.ZonedDateTime, hour: number): Temporal.ZonedDateTime {
  const wanted = local
    .toPlainDate()
    .add({ days: local.hour < hour ? 0 : 1 })
    .toPlainDateTime({ hour });
  const first = wanted.toZonedDateTime(local.timeZoneId, { disambiguation: 'compatible' });
  // Set back by more than an hour, a clock can show the hour once before `local` and once after.
  const next =
    Temporal.ZonedDateTime.compare(first, local) > 0
      ? first
      : wanted.toZonedDateTime(local.timeZoneId, { disambiguation: 'later' });
  const skipped = next.hour !== hour || next.minute !== 0;
  return (skipped ? next.add({ milliseconds: 1 }).getTimeZoneTransition('previous') : null) ?? next;
}

const DAY_MS = 86_400_000;

/**
 * `at` itself when its day on a clock in `zone` is one of `days` (1 Monday … 7 Sunday), else the first moment of the
 * next such day. None or all of them: any day.
 */
export function afterDays(days: readonly number[], at: Date, zone: string): Date {
  if (days.length === 0 || days.length >= 7) return at;
  const known = isZone(zone) ? zone : 'UTC';
  const today = Math.floor(toLocal(at, known) / DAY_MS);
  for (let day = today; day < today + 7; day++) {
    if (!days.includes(weekdayOf(day))) continue;
    return day === today ? at : fromLocal(day * DAY_MS, known);
  }
  return at;
}

/** 1 Monday … 7 Sunday, of a day counted from 1 January 1970, a Thursday. */
const weekdayOf = (day: number) => ((((day + 3) % 7) + 7) % 7) + 1;
