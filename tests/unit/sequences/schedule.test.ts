import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { dueAt, isQuiet, nextAwake, nextLocal, plus, type Anchors } from '../../../app/sequences/schedule.ts';
import { untilSchema } from '../../../app/sequences/steps.ts';
import { aProductWith, someFacts } from './facts.ts';

const at = (iso: string) => new Date(iso);
const berlin = { timeZone: 'Europe/Berlin', quietFrom: 21, quietTo: 9 };

test.each([
  [
    'a day is a day on the wall when clocks go forward',
    '2026-03-28T12:00:00Z',
    { days: 1 },
    '2026-03-29T11:00:00Z',
  ],
  [
    'a day is a day on the wall when clocks go back',
    '2026-10-24T12:00:00Z',
    { days: 1 },
    '2026-10-25T13:00:00Z',
  ],
  ['hours are exact when clocks go forward', '2026-03-28T12:00:00Z', { hours: 24 }, '2026-03-29T12:00:00Z'],
  [
    'a time that does not exist is the end of the gap',
    '2026-03-28T01:30:00Z',
    { days: 1 },
    '2026-03-29T01:00:00Z',
  ],
  ['a time that exists twice is the first', '2026-10-24T00:30:00Z', { days: 1 }, '2026-10-25T00:30:00Z'],
  [
    'a month from the 31st ends with the month',
    '2026-01-31T12:00:00Z',
    { months: 1 },
    '2026-02-28T12:00:00Z',
  ],
  ['a month from the 31st in a leap year', '2028-01-31T12:00:00Z', { months: 1 }, '2028-02-29T12:00:00Z'],
  ['days first, then hours', '2026-03-28T01:30:00Z', { days: 1, hours: 1 }, '2026-03-29T02:00:00Z'],
  ['nothing is nothing', '2026-03-29T00:30:00Z', {}, '2026-03-29T00:30:00Z'],
])('%s', (_title, from, period, expected) => {
  expect(plus(at(from), period, 'Europe/Berlin')).toEqual(at(expected));
});

test.each([
  ['later today', '2026-05-04T06:00:00Z', { hour: 9 }, '2026-05-04T07:00:00Z'],
  ['this very moment', '2026-05-04T07:00:00Z', { hour: 9 }, '2026-05-04T07:00:00Z'],
  ['tomorrow, because today is over', '2026-05-04T07:00:00.001Z', { hour: 9 }, '2026-05-05T07:00:00Z'],
  ['on the next Saturday', '2026-05-04T06:00:00Z', { hour: 9, weekdays: [6] }, '2026-05-09T07:00:00Z'],
  ['on Monday a week later', '2026-05-04T08:00:00Z', { hour: 9, weekdays: [1] }, '2026-05-11T07:00:00Z'],
  ['in the gap: at its end', '2026-03-29T00:00:00Z', { hour: 2, minute: 30 }, '2026-03-29T01:00:00Z'],
  ['in the overlap: the first', '2026-10-24T23:00:00Z', { hour: 2, minute: 30 }, '2026-10-25T00:30:00Z'],
  [
    'after the first of two: the next day',
    '2026-10-25T00:31:00Z',
    { hour: 2, minute: 30 },
    '2026-10-26T01:30:00Z',
  ],
])('the next local time: %s', (_title, from, local, expected) => {
  expect(nextLocal(at(from), local, 'Europe/Berlin')).toEqual(at(expected));
});

test.each([
  ['before midnight: the next morning', '2026-05-04T20:00:00Z', '2026-05-05T07:00:00Z'],
  ['after midnight: the same morning', '2026-05-05T00:10:00Z', '2026-05-05T07:00:00Z'],
  ['the last quiet moment', '2026-05-05T06:59:59.999Z', '2026-05-05T07:00:00Z'],
  ['the first moment after', '2026-05-05T07:00:00Z', '2026-05-05T07:00:00Z'],
  ['the last moment before', '2026-05-04T18:59:59.999Z', '2026-05-04T18:59:59.999Z'],
  ['the night in which clocks go forward', '2026-03-28T21:00:00Z', '2026-03-29T07:00:00Z'],
  ['the night in which clocks go back', '2026-10-24T20:00:00Z', '2026-10-25T08:00:00Z'],
])('quiet hours over midnight, %s', (_title, from, expected) => {
  expect(nextAwake(at(from), berlin)).toEqual(at(expected));
});

test('quiet hours within a day, and none at all', () => {
  const siesta = { timeZone: 'Europe/Madrid', quietFrom: 14, quietTo: 17 };
  expect(nextAwake(at('2026-05-04T13:00:00Z'), siesta)).toEqual(at('2026-05-04T15:00:00Z'));
  expect(nextAwake(at('2026-05-04T22:00:00Z'), siesta)).toEqual(at('2026-05-04T22:00:00Z'));
  const never = { timeZone: 'Europe/Madrid', quietFrom: 8, quietTo: 8 };
  expect(nextAwake(at('2026-05-04T01:00:00Z'), never)).toEqual(at('2026-05-04T01:00:00Z'));
});

const anchors: Anchors = {
  trigger: at('2026-05-04T10:00:00Z'),
  reached: at('2026-05-06T10:00:00Z'),
  paid: at('2026-05-04T09:00:00Z'),
  delivered: null,
};
const until = (input: Parameters<typeof untilSchema.parse>[0]) => untilSchema.parse(input);

test('a wait counts from what it is anchored on', () => {
  const facts = someFacts();
  expect(dueAt(until({ after: { days: 1 } }), anchors, facts, berlin)?.at).toEqual(
    at('2026-05-05T10:00:00Z'),
  );
  const reached = until({ after: { days: 1 }, from: 'reached' });
  expect(dueAt(reached, anchors, facts, berlin)?.at).toEqual(at('2026-05-07T10:00:00Z'));
  expect(dueAt(until({ after: { days: 1 }, from: 'delivered' }), anchors, facts, berlin)).toBeNull();
});

test('a product counts from its arrival by its own clock, and as the plan says where it has none', () => {
  const ready = until({ product: 'ready-to-judge', after: { days: 14 } });
  const arrived = { ...anchors, delivered: at('2026-05-08T10:00:00Z') };
  const known = someFacts({ product: aProductWith({ readyToJudgeDays: 5 }) });
  expect(dueAt(ready, arrived, known, berlin)?.at).toEqual(at('2026-05-13T10:00:00Z'));
  const unknown = someFacts({ product: aProductWith() });
  expect(dueAt(ready, arrived, unknown, berlin)?.at).toEqual(at('2026-05-18T10:00:00Z'));
});

test('of several products the one that is used up first counts, and what was sent back does not', () => {
  const over = until({ product: 'end-of-life', after: { days: 90 } });
  const products = [
    aProductWith({ id: 1n, usefulLifeDays: 400 }),
    aProductWith({ id: 2n, usefulLifeDays: 30 }),
    aProductWith({ id: 3n, usefulLifeDays: 3, gone: true }),
  ];
  expect(dueAt(over, anchors, someFacts({ products }), berlin)?.at).toEqual(at('2026-06-03T10:00:00Z'));
});

const zone = fc.constantFrom(
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Africa/Casablanca',
  'UTC',
);
const moment = fc.date({
  min: at('2020-01-01T00:00:00Z'),
  max: at('2035-01-01T00:00:00Z'),
  noInvalidDate: true,
});

/** What Temporal says, with this project's rule for gaps. */
function byTemporal(from: Date, days: number, months: number, timeZone: string): Date {
  const start = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timeZone);
  const local = start.toPlainDateTime().add({ months, days });
  const first = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const exists = first.toPlainDateTime().equals(local);
  return new Date((exists ? first : first.getTimeZoneTransition('next')!).epochMilliseconds);
}

test('days and months on a calendar agree with Temporal in every zone', () => {
  const amount = fc.integer({ min: 0, max: 400 });
  fc.assert(
    fc.property(moment, zone, amount, fc.integer({ min: 0, max: 30 }), (from, timeZone, days, months) => {
      // One of the two at a time: their order is a rule of ours, months first.
      const period = days % 2 === 0 ? { months } : { days };
      const expected = byTemporal(from, days % 2 === 0 ? 0 : days, days % 2 === 0 ? months : 0, timeZone);
      expect(plus(from, period, timeZone)).toEqual(expected);
    }),
    { numRuns: 3000 },
  );
});

test('a local time is never in a gap, never before what it was asked from, and lands on that time or at a gap’s end', () => {
  fc.assert(
    fc.property(
      moment,
      zone,
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
      (from, timeZone, hour, minute) => {
        const due = nextLocal(from, { hour, minute }, timeZone);
        expect(due.getTime()).toBeGreaterThanOrEqual(from.getTime());
        const local = Temporal.Instant.fromEpochMilliseconds(due.getTime()).toZonedDateTimeISO(timeZone);
        if (local.hour === hour && local.minute === minute) return;
        const before = local.subtract({ seconds: 1 });
        expect(before.offsetNanoseconds).toBeLessThan(local.offsetNanoseconds);
      },
    ),
    { numRuns: 1000 },
  );
});

test('a moment that was moved is never in quiet hours', () => {
  const hour = fc.integer({ min: 0, max: 23 });
  fc.assert(
    fc.property(moment, zone, hour, hour, (from, timeZone, quietFrom, quietTo) => {
      const calendar = { timeZone, quietFrom, quietTo };
      const due = nextAwake(from, calendar);
      const local = Temporal.Instant.fromEpochMilliseconds(due.getTime()).toZonedDateTimeISO(timeZone);
      expect(isQuiet(local.hour, calendar)).toBe(false);
      expect(due.getTime()).toBeGreaterThanOrEqual(from.getTime());
    }),
    { numRuns: 1000 },
  );
});
