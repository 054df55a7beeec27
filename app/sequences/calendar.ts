/**
 * Moments that nobody tells of: birthdays, anniversaries, days in a product's life, the last days of a reward. They are
 * worked out from what is known, each on the customer's own clock, and happen once.
 */
import { fromLocal, toLocal } from '../zones.ts';

/** Kinds of app/events.ts that the calendar sets off. */
export const CALENDAR_TRIGGERS = [
  'customer.date',
  'customer.anniversary',
  'reward.expiring',
  'product.first-use',
  'product.ready-to-judge',
  'product.end-of-life',
  'product.event-ended',
] as const;
export type CalendarKind = (typeof CALENDAR_TRIGGERS)[number];

export const isCalendar = (kind: string): kind is CalendarKind =>
  (CALENDAR_TRIGGERS as readonly string[]).includes(kind);

/** The metafield of Shopify's own that holds a birthday: https://shopify.dev/docs/apps/build/custom-data/metafields/list-of-standard-definitions */
export const BIRTHDAY = 'facts.birth_date';

/** Which metafield a kind goes by: customers have a birthday by default, events end when the merchant has typed it. */
export const dateOf = (kind: CalendarKind, date: string | null): string | null =>
  kind === 'customer.date' ? (date ?? BIRTHDAY) : kind === 'product.event-ended' ? date : null;

/** What a plan wants to hear of; the same for all plans that want the same. */
export interface CalendarWish {
  kind: CalendarKind;
  /** Days before the moment itself. */
  ahead: number;
  /** With `customer.date` and, where its end is not typed, `product.event-ended`: which metafield; null otherwise. */
  date: string | null;
}

export interface Moment {
  kind: CalendarKind;
  customerId: string;
  orderId: bigint | null;
  shipmentId: bigint | null;
  productId: bigint | null;
  at: Date;
  data: { ahead: number; cause: string; date?: string; years?: number; rewardId?: string };
}

/** A stretch of time: after the first moment, up to and with the second. */
export interface Stretch {
  after: Date;
  until: Date;
}

export const isIn = ({ after, until }: Stretch, at: Date): boolean => at > after && at <= until;

const DAY_MS = 86_400_000;

/** The same stretch so many days earlier, or later where they are negative; wider by a day at both ends, for zones. */
export const shifted = ({ after, until }: Stretch, days: number): Stretch => ({
  after: new Date(after.getTime() - (days + 1) * DAY_MS),
  until: new Date(until.getTime() - (days - 1) * DAY_MS),
});

/** A day of the year; 29 February is kept on the 28th in years that have none. */
export interface YearDay {
  /** 1…12 */
  month: number;
  /** 1…31 */
  day: number;
}

/** When that day begins on a clock, `ahead` days before, in every year that the stretch touches. */
export function yearly(
  { month, day }: YearDay,
  timeZone: string,
  ahead: number,
  stretch: Stretch,
): { at: Date; year: number }[] {
  const found: { at: Date; year: number }[] = [];
  const last = stretch.until.getUTCFullYear() + 1;
  for (let year = stretch.after.getUTCFullYear(); year <= last; year++) {
    const midnight = Date.UTC(year, month - 1, Math.min(day, daysOf(year, month)));
    const at = fromLocal(midnight - ahead * DAY_MS, timeZone);
    if (isIn(stretch, at)) found.push({ at, year });
  }
  return found;
}

const daysOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Which day of the year it is on a clock. */
export function yearDayOf(at: Date, timeZone: string): YearDay & { year: number } {
  const local = new Date(toLocal(at, timeZone));
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() };
}

/** As rows know it: 229 is 29 February. */
export const numberOf = ({ month, day }: YearDay): number => month * 100 + day;
export const yearDayFrom = (number: number): YearDay => ({
  month: Math.floor(number / 100),
  day: number % 100,
});

/** The days of the year, as numbers, whose moments may lie in the stretch on some clock. */
export function yearDaysIn(stretch: Stretch, ahead: number): number[] {
  const { after, until } = shifted(stretch, -ahead);
  const numbers = new Set<number>();
  for (let ms = after.getTime(); ms <= until.getTime() + DAY_MS && numbers.size < 366; ms += DAY_MS) {
    const { year, month, day } = yearDayOf(new Date(ms), 'UTC');
    numbers.add(numberOf({ month, day }));
    if (month === 2 && day === 28 && daysOf(year, 2) === 28) numbers.add(229);
  }
  return [...numbers];
}

/** When an event is over that ends on a day, or at a moment: "2026-05-04", "2026-05-04T18:30:00Z"; null for what is neither. */
export function readEnd(text: string, timeZone: string): Date | null {
  const said = text.trim();
  const [, day, clock, offset] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(said) ?? [];
  if (!day || Number.isNaN(Date.parse(`${day}T00:00:00Z`))) return null;
  if (!clock) return fromLocal(Date.parse(`${day}T00:00:00Z`) + DAY_MS, timeZone);
  // Shopify keeps moments without a zone in UTC.
  const at = new Date(`${day}T${clock}${offset ?? 'Z'}`);
  return Number.isNaN(at.getTime()) ? null : at;
}

/** "1987-02-29" and "--02-29" as a day of the year with its year; null for what is no date. */
export function readDate(text: string): (YearDay & { year: number | null }) | null {
  const [, year, month, day] = /^(\d{4}|-)-(\d{2})-(\d{2})(?:T.*)?$/.exec(text.trim()) ?? [];
  if (!year || !month || !day) return null;
  const read = { year: year === '-' ? null : Number(year), month: Number(month), day: Number(day) };
  const isDay =
    read.month >= 1 && read.month <= 12 && read.day >= 1 && read.day <= daysOf(read.year ?? 2000, read.month);
  return isDay ? read : null;
}
