/**
 * Local time as plain numbers: milliseconds as if the clock on the wall showed UTC. Temporal says when a zone changes its
 * offset; between two changes arithmetic is enough, and a batch of thousands needs thousands of it.
 */
import { Temporal } from 'temporal-polyfill';

/** A stretch of time in which a zone keeps its offset. Milliseconds; `from` inclusive, `to` exclusive. */
interface Stretch {
  from: number;
  to: number;
  offset: number;
}

const stretches = new Map<string, Stretch[]>();
const DAY_MS = 86_400_000;

function stretchAt(ms: number, timeZone: string): Stretch {
  let known = stretches.get(timeZone);
  if (!known) stretches.set(timeZone, (known = []));
  let stretch = known.find(({ from, to }) => ms >= from && ms < to);
  if (!stretch) known.push((stretch = lookUp(ms, timeZone)));
  return stretch;
}

function lookUp(ms: number, timeZone: string): Stretch {
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  const next = zoned.getTimeZoneTransition('next');
  // "previous" is strictly before: one tick later it may be this very moment.
  const previous = zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return {
    from: previous?.epochMilliseconds ?? -Infinity,
    to: next?.epochMilliseconds ?? Infinity,
    offset: zoned.offsetNanoseconds / 1_000_000,
  };
}

/** What the clock on the wall shows. */
export function toLocal(at: Date, timeZone: string): number {
  return at.getTime() + stretchAt(at.getTime(), timeZone).offset;
}

const HOUR_MS = 3_600_000;

/** The hour that the clock on the wall shows, 0…23. */
export function localHour(at: Date, timeZone: string): number {
  const ofDay = ((toLocal(at, timeZone) % DAY_MS) + DAY_MS) % DAY_MS;
  return Math.floor(ofDay / HOUR_MS);
}

/** The instant of a local time. One that does not exist is the end of the gap; one that exists twice is the first. */
export function fromLocal(local: number, timeZone: string): Date {
  const before = stretchAt(local - DAY_MS, timeZone);
  const early = local - before.offset;
  if (early < before.to) return new Date(early);
  const after = stretchAt(before.to, timeZone);
  return new Date(Math.max(before.to, local - after.offset));
}

/** When the first of so many days began on the wall, today being the last of them: what figures of days count from. */
export function sinceDays(days: number, timeZone: string, now: Date): Date {
  const local = toLocal(now, timeZone);
  const midnight = local - (((local % DAY_MS) + DAY_MS) % DAY_MS);
  return fromLocal(midnight - (days - 1) * DAY_MS, timeZone);
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

/** The second that a moment lies in: Shopify tells moments to the second, and what happens within it counts from then. */
export const secondOf = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);
