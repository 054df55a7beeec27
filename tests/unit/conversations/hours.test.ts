/** Working time against an oracle that looks at every minute of the clock on the wall. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { minutesOf, workingTime, type Stretch, type Week } from '../../../app/conversations/hours.ts';

const MINUTE_MS = 60_000;
const WEEKDAYS = [{ from: '09:00', to: '18:00' }];
const OFFICE: Week = [WEEKDAYS, WEEKDAYS, WEEKDAYS, WEEKDAYS, WEEKDAYS, [], []];
const office = (timeZone = 'Europe/Berlin', isClosed: (day: string) => boolean = () => false) =>
  workingTime({ week: OFFICE, timeZone, isClosed });

/** What the wall shows at a moment: looked up once a quarter of an hour, between which no clock is ever changed. */
const walls = new Map<string, { day: string; weekday: number; minute: number }>();
const QUARTER_MS = 15 * MINUTE_MS;
function wallAt(ms: number, timeZone: string) {
  const quarter = Math.floor(ms / QUARTER_MS) * QUARTER_MS;
  const key = `${timeZone} ${quarter}`;
  let wall = walls.get(key);
  if (!wall) {
    const local = Temporal.Instant.fromEpochMilliseconds(quarter).toZonedDateTimeISO(timeZone);
    wall = {
      day: local.toPlainDate().toString(),
      weekday: local.dayOfWeek,
      minute: local.hour * 60 + local.minute,
    };
    walls.set(key, wall);
  }
  return { ...wall, minute: wall.minute + (ms - quarter) / MINUTE_MS };
}

/**
 * Minute by minute from the midnight before: a stretch opens at the first minute of its day at which the wall shows its
 * beginning or more, and closes at the first one after at which it shows its end or more, or at midnight.
 */
function openMinutes(
  week: Week,
  timeZone: string,
  isClosed: (day: string) => boolean,
  span: [number, number],
) {
  const open = new Set<number>();
  let day = '';
  let states: ('before' | 'open' | 'over')[] = [];
  for (let ms = span[0]; ms < span[1]; ms += MINUTE_MS) {
    const wall = wallAt(ms, timeZone);
    const stretches = isClosed(wall.day) ? [] : week[wall.weekday - 1]!;
    if (wall.day !== day) states = stretches.map(() => 'before');
    day = wall.day;
    stretches.forEach(({ from, to }, index) => {
      if (states[index] === 'before' && wall.minute >= minutesOf(from)) states[index] = 'open';
      if (states[index] === 'open' && wall.minute >= minutesOf(to)) states[index] = 'over';
      if (states[index] === 'open') open.add(ms);
    });
  }
  return open;
}

const time = fc
  .integer({ min: 0, max: 96 })
  .map(
    (quarter) =>
      `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`,
  );
const stretch: fc.Arbitrary<Stretch> = fc
  .tuple(time, time)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));
const week = fc.array(fc.array(stretch, { maxLength: 3 }), {
  minLength: 7,
  maxLength: 7,
}) as unknown as fc.Arbitrary<Week>;
/** Around the nights on which clocks change, in zones that change them in their own ways. */
const place = fc.constantFrom(
  { zone: 'Europe/Berlin', day: '2026-03-28' },
  { zone: 'Europe/Berlin', day: '2026-10-24' },
  { zone: 'America/New_York', day: '2026-03-07' },
  { zone: 'America/New_York', day: '2026-10-31' },
  { zone: 'Australia/Lord_Howe', day: '2026-04-04' },
  { zone: 'America/Sao_Paulo', day: '2018-11-03' },
  { zone: 'Pacific/Apia', day: '2011-12-29' },
  { zone: 'Asia/Kolkata', day: '2026-06-01' },
);
const case_ = fc.record({
  week,
  place,
  start: fc.integer({ min: 0, max: 1440 }),
  length: fc.integer({ min: 0, max: 2 * 1440 }),
  closed: fc.integer({ min: 0, max: 4 }),
});

describe('working time', () => {
  test('counts what a look at every minute counts, over changes of the clock, breaks and holidays', () => {
    fc.assert(
      fc.property(case_, ({ week: days, place: { zone, day }, start, length, closed }) => {
        const first = Temporal.PlainDate.from(day);
        const holiday = first.add({ days: closed }).toString();
        const isClosed = (name: string) => name === holiday;
        const from = first.toZonedDateTime(zone).epochMilliseconds + start * MINUTE_MS;
        const to = from + length * MINUTE_MS;
        const working = workingTime({ week: days, timeZone: zone, isClosed });
        const begin = first.toZonedDateTime(zone).epochMilliseconds;
        const open = openMinutes(days, zone, isClosed, [begin, to + MINUTE_MS]);
        const between = (a: number, b: number) => [...open].filter((ms) => ms >= a && ms < b).length;
        const counted = between(from, to);
        expect(working.between(new Date(from), new Date(to))).toBe(counted);
        expect(working.isOpen(new Date(from))).toBe(open.has(from));
        // After so many minutes exactly so many have been worked; and it is the first such moment.
        if (counted === 0) return;
        const after = working.after(new Date(from), counted)!.getTime();
        expect(between(from, after)).toBe(counted);
        expect(between(from, after - MINUTE_MS)).toBe(counted - 1);
        expect(after).toBeLessThanOrEqual(to);
      }),
      { numRuns: 40 },
    );
  });

  test('twelve hours from a Friday afternoon end on Tuesday, and half an hour at night on the next morning', () => {
    const working = office();
    expect(working.after(new Date('2026-06-05T14:00:00Z'), 12 * 60)).toEqual(
      new Date('2026-06-09T08:00:00Z'),
    );
    expect(working.after(new Date('2026-06-03T22:00:00Z'), 30)).toEqual(new Date('2026-06-04T07:30:00Z'));
    expect(
      office('Europe/Berlin', (day) => day === '2026-06-04').after(new Date('2026-06-03T22:00:00Z'), 30),
    ).toEqual(new Date('2026-06-05T07:30:00Z'));
  });

  test('stretches that overlap or touch are one, and where nobody is ever there no promise is made', () => {
    const day = [
      { from: '10:00', to: '12:00' },
      { from: '09:00', to: '11:00' },
      { from: '12:00', to: '13:00' },
    ];
    const working = workingTime({
      week: [day, [], [], [], [], [], []],
      timeZone: 'UTC',
      isClosed: () => false,
    });
    const monday = new Date('2026-06-01T00:00:00Z');
    expect(working.between(monday, new Date('2026-06-02T00:00:00Z'))).toBe(240);
    const never = workingTime({ week: [[], [], [], [], [], [], []], timeZone: 'UTC', isClosed: () => false });
    expect(never.after(monday, 1)).toBeNull();
    expect(never.between(monday, new Date('2027-06-01T00:00:00Z'))).toBe(0);
  });
});
