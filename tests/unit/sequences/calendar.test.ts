import { expect, test } from 'vitest';
import {
  isIn,
  numberOf,
  readDate,
  shifted,
  yearDayOf,
  yearDaysIn,
  yearly,
} from '../../../app/sequences/calendar.ts';

const at = (text: string) => new Date(text);
const year = (number: number) => ({
  after: at(`${number}-01-01T00:00:00Z`),
  until: at(`${number + 1}-01-01T00:00:00Z`),
});
const moments = (...args: Parameters<typeof yearly>) =>
  yearly(...args).map(({ at: moment }) => moment.toISOString());

test('a day of the year begins at midnight where they live', () => {
  const birthday = { month: 5, day: 4 };
  expect(moments(birthday, 'Europe/Berlin', 0, year(2026))).toEqual(['2026-05-03T22:00:00.000Z']);
  expect(moments(birthday, 'Pacific/Kiritimati', 0, year(2026))).toEqual(['2026-05-03T10:00:00.000Z']);
  expect(moments(birthday, 'America/Los_Angeles', 0, year(2026))).toEqual(['2026-05-04T07:00:00.000Z']);
});

test('29 February is kept on the 28th in years that have none', () => {
  const leapling = { month: 2, day: 29 };
  expect(moments(leapling, 'UTC', 0, year(2027))).toEqual(['2027-02-28T00:00:00.000Z']);
  expect(moments(leapling, 'UTC', 0, year(2028))).toEqual(['2028-02-29T00:00:00.000Z']);
});

test('days before it count on the calendar, over a change of the clocks and over New Year', () => {
  expect(moments({ month: 3, day: 30 }, 'Europe/Berlin', 7, year(2026))).toEqual([
    '2026-03-22T23:00:00.000Z',
  ]);
  const overNewYear = { after: at('2026-12-20T00:00:00Z'), until: at('2026-12-31T00:00:00Z') };
  expect(moments({ month: 1, day: 3 }, 'UTC', 7, overNewYear)).toEqual(['2026-12-27T00:00:00.000Z']);
});

test('a midnight that a zone leaves out is the first moment of its day', () => {
  // Beirut's clocks go from 00:00 to 01:00.
  expect(moments({ month: 3, day: 29 }, 'Asia/Beirut', 0, year(2026))).toEqual(['2026-03-28T22:00:00.000Z']);
});

test('a stretch cut anywhere finds each moment once', () => {
  const whole = { after: at('2026-02-26T00:00:00Z'), until: at('2026-03-03T00:00:00Z') };
  for (const zone of ['UTC', 'Pacific/Kiritimati', 'Pacific/Niue']) {
    const found: string[] = [];
    for (let ms = whole.after.getTime(); ms < whole.until.getTime(); ms += 3_600_000) {
      const hour = { after: new Date(ms), until: new Date(ms + 3_600_000) };
      for (const day of [227, 228, 229, 301]) {
        const moved = yearly({ month: Math.floor(day / 100), day: day % 100 }, zone, 0, hour);
        // Whoever is asked for by number must be among those that are asked for.
        if (moved.length > 0) expect(yearDaysIn(hour, 0)).toContain(day);
        found.push(...moved.map(({ year: of }) => `${day} ${of}`));
      }
    }
    expect(found.sort()).toEqual(['227 2026', '228 2026', '229 2026', '301 2026']);
  }
});

test('days are asked for as many days later as they are to be told before', () => {
  const day = { after: at('2026-12-27T00:00:00Z'), until: at('2026-12-28T00:00:00Z') };
  expect(yearDaysIn(day, 7)).toEqual(expect.arrayContaining([103, 104]));
  expect(isIn(shifted(day, 0), at('2026-12-26T12:00:00Z'))).toBe(true);
});

test('the day of an order is the day on the clock where it was placed', () => {
  expect(numberOf(yearDayOf(at('2026-12-31T23:30:00Z'), 'Europe/Berlin'))).toBe(101);
});

test.each([
  ['1987-02-28', { year: 1987, month: 2, day: 28 }],
  ['2000-02-29', { year: 2000, month: 2, day: 29 }],
  ['--02-29', { year: null, month: 2, day: 29 }],
  ['1987-05-04T00:00:00Z', { year: 1987, month: 5, day: 4 }],
  ['1987-02-29', null],
  ['1987-13-01', null],
  ['4 May', null],
  ['', null],
])('a metafield that says %j', (text, expected) => {
  expect(readDate(text)).toEqual(expected);
});
