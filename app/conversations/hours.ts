/**
 * Working time: minutes in which somebody is there to answer, in the shop's own week with its breaks and holidays. A pure
 * function of hours, zone and holidays. What a local clock skips goes to the first moment after; what it shows twice counts
 * from its first time on.
 */
import { fromLocal, toLocal } from '../zones.ts';

/** Local times "09:00"; `to` is exclusive and may be "24:00". */
export interface Stretch {
  from: string;
  to: string;
}

/** Stretches of each day, Monday first; a break is what lies between two. */
export type Week = readonly [
  readonly Stretch[],
  readonly Stretch[],
  readonly Stretch[],
  readonly Stretch[],
  readonly Stretch[],
  readonly Stretch[],
  readonly Stretch[],
];

export interface Hours {
  week: Week;
  /** IANA */
  timeZone: string;
  /** Whether nobody works on a day: YYYY-MM-DD. */
  isClosed: (day: string) => boolean;
}

export interface WorkingTime {
  /** The moment at which so many working minutes have passed since `from`; null: not within two years. */
  after(from: Date, minutes: number): Date | null;
  /** Working minutes between two moments, rounded down; 0 where `to` comes first. */
  between(from: Date, to: Date): number;
  isOpen(at: Date): boolean;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Whoever closes for longer than this makes no promises. */
const LONGEST_DAYS = 730;

/** "09:30" as minutes of the day */
export function minutesOf(time: string): number {
  const [hour = '0', minute = '0'] = time.split(':');
  return Number(hour) * 60 + Number(minute);
}

/** From (inclusive) and to (exclusive), in milliseconds. */
type Span = readonly [number, number];

/** Days are counted once and kept: a hundred thousand clocks ask for the same ones. */
export function workingTime({ week, timeZone, isClosed }: Hours): WorkingTime {
  const days = new Map<number, readonly Span[]>();
  const sorted = week.map((day) => joined(day.map(({ from, to }) => [minutesOf(from), minutesOf(to)])));

  /** @param day local midnight, in the numbers of app/zones.ts */
  function spansOf(day: number): readonly Span[] {
    let spans = days.get(day);
    if (!spans) days.set(day, (spans = reckon(day)));
    return spans;
  }

  function reckon(day: number): Span[] {
    if (isClosed(new Date(day).toISOString().slice(0, 10))) return [];
    const weekday = (((Math.floor(day / DAY_MS) + 3) % 7) + 7) % 7;
    const instant = (minute: number) => fromLocal(day + minute * MINUTE_MS, timeZone).getTime();
    return sorted[weekday]!.map(([from, to]): Span => [instant(from), instant(to)]).filter(
      ([from, to]) => to > from,
    );
  }

  const midnight = (at: Date) => {
    const local = toLocal(at, timeZone);
    return local - (((local % DAY_MS) + DAY_MS) % DAY_MS);
  };

  return {
    after(from, minutes) {
      let left = minutes * MINUTE_MS;
      const start = from.getTime();
      const first = midnight(from) - DAY_MS;
      for (let day = first; day <= first + LONGEST_DAYS * DAY_MS; day += DAY_MS) {
        for (const [opens, closes] of spansOf(day)) {
          const open = Math.max(opens, start);
          if (closes <= open) continue;
          if (closes - open >= left) return new Date(open + left);
          left -= closes - open;
        }
      }
      return null;
    },
    between(from, to) {
      let sum = 0;
      for (let day = midnight(from) - DAY_MS; day <= midnight(to) + DAY_MS; day += DAY_MS)
        for (const [opens, closes] of spansOf(day))
          sum += Math.max(0, Math.min(closes, to.getTime()) - Math.max(opens, from.getTime()));
      return Math.floor(sum / MINUTE_MS);
    },
    isOpen(at) {
      const day = midnight(at);
      return [day - DAY_MS, day].some((each) =>
        spansOf(each).some(([opens, closes]) => at.getTime() >= opens && at.getTime() < closes),
      );
    },
  };
}

/** In order, and what overlaps or touches as one. */
function joined(stretches: readonly (readonly [number, number])[]): [number, number][] {
  const all: [number, number][] = [];
  for (const [from, to] of stretches.toSorted(([a], [b]) => a - b)) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}
