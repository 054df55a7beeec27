/**
 * When a wait is over, on the customer's own clock and calendar.
 * A local time that does not exist (clocks put forward) is the first moment after the gap; one that exists twice is the first.
 */
import { Temporal } from 'temporal-polyfill';
import type { Facts, ProductFacts } from './facts.ts';
import type { Anchor, Until } from './plan.ts';
import type { Period } from './period.ts';

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

/** When a wait is over; `nominal` is the moment before it was moved out of the night. */
export interface Due {
  at: Date;
  nominal: Date;
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
  return { at: until.awake ? nextAwake(nominal, calendar) : nominal, nominal };
}

/** Adds a period: days, weeks and months on the calendar of the zone, hours and minutes exactly. */
export function plus(from: Date, period: Period, timeZone: string): Date {
  const { minutes = 0, hours = 0, days = 0, weeks = 0, months = 0 } = period;
  const day = days || weeks || months ? onCalendar(from, { days, weeks, months }, timeZone) : from;
  return new Date(day.getTime() + (hours * 60 + minutes) * 60_000);
}

/** The first moment at or after `at` with that local time of day (and weekday). */
export function nextLocal(
  at: Date,
  { hour, minute = 0, weekdays = [] }: { hour: number; minute?: number; weekdays?: readonly number[] },
  timeZone: string,
): Date {
  const today = zoned(at, timeZone).toPlainDate();
  for (let ahead = 0; ; ahead++) {
    const day = today.add({ days: ahead });
    if (weekdays.length > 0 && !weekdays.includes(day.dayOfWeek)) continue;
    const candidate = resolve(day.toPlainDateTime({ hour, minute }), timeZone);
    if (candidate >= at) return candidate;
  }
}

/** `at`, or the end of the quiet hours that it lies in. */
export function nextAwake(at: Date, calendar: Calendar): Date {
  const { hour } = zoned(at, calendar.timeZone);
  return isQuiet(hour, calendar) ? nextLocal(at, { hour: calendar.quietTo }, calendar.timeZone) : at;
}

/** Whether a local hour lies in the quiet hours; they may go over midnight. */
export function isQuiet(hour: number, { quietFrom, quietTo }: Calendar): boolean {
  if (quietFrom <= quietTo) return hour >= quietFrom && hour < quietTo;
  return hour >= quietFrom || hour < quietTo;
}

const zones = new Map<string, boolean>();

/** Whether the runtime knows a zone of that name. */
export function isZone(name: string): boolean {
  let known = zones.get(name);
  if (known === undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      known = true;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      known = false;
    }
    zones.set(name, known);
  }
  return known;
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

function onCalendar(from: Date, period: { days: number; weeks: number; months: number }, timeZone: string) {
  return resolve(zoned(from, timeZone).toPlainDateTime().add(period), timeZone);
}

function zoned(at: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
}

/** The instant of a local time. */
function resolve(local: Temporal.PlainDateTime, timeZone: string): Date {
  const first = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(local)) return new Date(first.epochMilliseconds);
  // In a gap "earlier" lies before the jump; the jump itself is the first valid moment after the gap.
  return new Date(first.getTimeZoneTransition('next')!.epochMilliseconds);
}
