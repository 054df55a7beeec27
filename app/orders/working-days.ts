/**
 * Days on which parcels are brought, where they are going. Transit is counted in them: over calendar days the same lane
 * would be slow before a weekend and fast after it, and one Easter would move its figure for months.
 */
import { fromLocal, toLocal } from '../zones.ts';

/** Whether nobody delivers on a day there: YYYY-MM-DD. */
export type IsRestDay = (day: string) => boolean;

/** Where a parcel is going. */
export interface Destination {
  /** IANA */
  timeZone: string;
  isRestDay: IsRestDay;
}

const DAY_MS = 86_400_000;
/** By then the day's round is over. */
const ROUND_ENDS_HOUR = 18;
/** No land rests longer than this in a row. */
const LONGEST_REST_DAYS = 30;

/**
 * The evening of the day on which a parcel has arrived that takes so many working days; never before it left. The day on
 * which it leaves is not counted; with none to count it arrives on that day, or on the next on which anybody delivers.
 */
export function arrivalAfter(shippedAt: Date, workingDays: number, to: Destination): Date {
  let day = midnightOf(shippedAt, to);
  for (let left = workingDays; left > 0; left--) day = nextWorkingDay(day + DAY_MS, to);
  const evening = eveningOf(nextWorkingDay(day, to), to);
  return evening > shippedAt ? evening : shippedAt;
}

/**
 * How many working days a parcel took. One that came on a day of rest counts as if it had come on the next working day, so
 * that {@link arrivalAfter} never says that it has arrived before it did.
 */
export function workingDaysBetween(shippedAt: Date, deliveredAt: Date, to: Destination): number {
  const last = nextWorkingDay(midnightOf(deliveredAt, to), to);
  const first = midnightOf(shippedAt, to);
  if (midnightOf(deliveredAt, to) <= first) return 0;
  let count = 0;
  for (let day = first + DAY_MS; day <= last; day += DAY_MS) if (!to.isRestDay(nameOf(day))) count++;
  return count;
}

/** `at`, or the evening of the next day on which anybody delivers. */
export function onWorkingDay(at: Date, to: Destination): Date {
  const day = midnightOf(at, to);
  return to.isRestDay(nameOf(day)) ? eveningOf(nextWorkingDay(day, to), to) : at;
}

/** `at`, or the same hour of the next day that is none of rest; what the customer's clock shows. */
export function sameHourOnWorkingDay(at: Date, to: Destination): Date {
  const day = midnightOf(at, to);
  const working = nextWorkingDay(day, to);
  return working === day ? at : fromLocal(toLocal(at, to.timeZone) + working - day, to.timeZone);
}

/** Local midnight, in the numbers of app/zones.ts. */
const midnightOf = (at: Date, { timeZone }: Destination) => {
  const local = toLocal(at, timeZone);
  return local - (((local % DAY_MS) + DAY_MS) % DAY_MS);
};

const nameOf = (midnight: number) => new Date(midnight).toISOString().slice(0, 10);

const eveningOf = (midnight: number, { timeZone }: Destination) =>
  fromLocal(midnight + ROUND_ENDS_HOUR * 3_600_000, timeZone);

function nextWorkingDay(midnight: number, { isRestDay }: Destination): number {
  for (let day = midnight; day <= midnight + LONGEST_REST_DAYS * DAY_MS; day += DAY_MS)
    if (!isRestDay(nameOf(day))) return day;
  return midnight;
}
