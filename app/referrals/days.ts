/** Periods of the lists of referrals, from the address of a page; the figures that lead there count the same days. */
import { sinceDays } from '../zones.ts';

/** Days of the funnel on the Referrals page. */
export const FUNNEL_DAYS = 90;
const PERIODS = [30, FUNNEL_DAYS, 365];

/** @returns days null: any time */
export function daysIn(
  query: URLSearchParams,
  timeZone: string,
  now: Date,
): { days: number | null; since: Date | null } {
  const days = PERIODS.find((period) => String(period) === query.get('days')) ?? null;
  return { days, since: days === null ? null : sinceDays(days, timeZone, now) };
}
