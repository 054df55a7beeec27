/**
 * When a wait is over, on the customer's own clock and calendar.
 * A local time that does not exist (clocks put forward) is the first moment after the gap; one that exists twice is the first.
 */
import type { Facts, ProductFacts } from './facts.ts';
import type { Anchor, Until } from './steps.ts';
import type { Period } from './period.ts';
import { sameHourOnWorkingDay } from '../orders/working-days.ts';
import { fromLocal, isZone, toLocal } from '../zones.ts';

/** Whose night and whose day. */
export interface Calendar {
  /** IANA */
  timeZone: string;
  /** Local hours between which nobody is written to; the same hour twice: no quiet hours. */
  quietFrom: number;
  quietTo: number;
}

/** Moments that a wait can count from; null while not known. */
export type Anchors = Record<Anchor, Date | null>;

/** When a wait is over; `nominal` is the moment before it was moved, `because` of a day of rest or of the night. */
export interface Due {
  at: Date;
  nominal: Date;
  because?: 'rest-day' | 'night';
}

/** The customer's zone: their own, else the delivery address's, else the shop's. */
export function calendarOf(facts: Facts): Calendar {
  const zones = [facts.customer?.timeZone, facts.order?.timeZone, facts.shop.timeZone];
  return {
    timeZone: zones.find((zone) => zone && isZone(zone)) ?? 'UTC',
    quietFrom: facts.shop.quietFrom,
    quietTo: facts.shop.quietTo,
  };
}

/** When the wait is over; null while what it counts from is not known. */
export function dueAt(until: Until, anchors: Anchors, facts: Facts, calendar: Calendar): Due | null {
  const days = until.product ? productDays(until.product, facts) : null;
  const anchor = days === null ? anchors[until.from] : (anchors.delivered ?? anchors.trigger);
  if (!anchor) return null;
  const counted = plus(anchor, days === null ? until.after : { days }, calendar.timeZone);
  const nominal = until.at ? nextLocal(counted, until.at, calendar.timeZone) : counted;
  const working = afterArrival(nominal, anchor, anchors, facts, calendar);
  const at = until.awake ? nextAwake(working, calendar) : working;
  if (at.getTime() === nominal.getTime()) return { at, nominal };
  return { at, nominal, because: working.getTime() === nominal.getTime() ? 'night' : 'rest-day' };
}

/** So long after an arrival that is only assumed, the parcel may still be coming. */
const STILL_COMING_DAYS = 7;

/** Who would speak of a parcel that nobody has scanned waits for a day on which it could have come. */
function afterArrival(
  nominal: Date,
  anchor: Date,
  { delivered }: Anchors,
  { shipment }: Facts,
  { timeZone }: Calendar,
): Date {
  const isRestDay = shipment?.isRestDay;
  if (!isRestDay || delivered?.getTime() !== anchor.getTime()) return nominal;
  if (nominal.getTime() - delivered.getTime() > STILL_COMING_DAYS * DAY_MS) return nominal;
  return sameHourOnWorkingDay(nominal, { timeZone, isRestDay });
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Adds a period: days, weeks and months on the calendar of the zone, hours and minutes exactly. */
export function plus(from: Date, period: Period, timeZone: string): Date {
  const { minutes = 0, hours = 0, days = 0, weeks = 0, months = 0 } = period;
  const day = days || weeks || months ? onCalendar(from, months, weeks * 7 + days, timeZone) : from;
  return new Date(day.getTime() + hours * HOUR_MS + minutes * MINUTE_MS);
}

/** The first moment at or after `at` with that local time of day (and weekday: 1 Monday … 7 Sunday). */
export function nextLocal(
  at: Date,
  { hour, minute = 0, weekdays = [] }: { hour: number; minute?: number; weekdays?: readonly number[] },
  timeZone: string,
): Date {
  const local = toLocal(at, timeZone);
  const midnight = local - mod(local, DAY_MS);
  for (let day = midnight; ; day += DAY_MS) {
    if (weekdays.length > 0 && !weekdays.includes(new Date(day).getUTCDay() || 7)) continue;
    const candidate = fromLocal(day + hour * HOUR_MS + minute * MINUTE_MS, timeZone);
    if (candidate >= at) return candidate;
  }
}

/** `at`, or the end of the quiet hours that it lies in. */
export function nextAwake(at: Date, calendar: Calendar): Date {
  const hour = Math.floor(mod(toLocal(at, calendar.timeZone), DAY_MS) / HOUR_MS);
  return isQuiet(hour, calendar) ? nextLocal(at, { hour: calendar.quietTo }, calendar.timeZone) : at;
}

/** Whether a local hour lies in the quiet hours; they may go over midnight. */
export function isQuiet(hour: number, { quietFrom, quietTo }: Calendar): boolean {
  if (quietFrom <= quietTo) return hour >= quietFrom && hour < quietTo;
  return hour >= quietFrom || hour < quietTo;
}

/** The soonest of what is known: somebody who bought beans and a grinder runs out of beans. */
function productDays(moment: NonNullable<Until['product']>, facts: Facts): number | null {
  const products = facts.product ? [facts.product] : facts.products.filter((product) => !product.gone);
  const known = products.map((product) => daysOf(product, moment)).filter((days) => days !== null);
  return known.length > 0 ? Math.min(...known) : null;
}

function daysOf(product: ProductFacts, moment: NonNullable<Until['product']>): number | null {
  switch (moment) {
    case 'first-use':
      return product.firstUseDays;
    case 'ready-to-judge':
      return product.readyToJudgeDays;
    case 'end-of-life':
      return product.usefulLifeDays;
  }
}

function onCalendar(from: Date, months: number, days: number, timeZone: string): Date {
  const local = toLocal(from, timeZone);
  return fromLocal((months ? plusMonths(local, months) : local) + days * DAY_MS, timeZone);
}

/** The same day some months on, or the last of that month where it is shorter. */
function plusMonths(local: number, months: number): number {
  const date = new Date(local);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, last));
}

/** Remainder that is never negative. */
const mod = (value: number, by: number) => ((value % by) + by) % by;
