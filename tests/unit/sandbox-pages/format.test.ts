import { describe, expect, test } from 'vitest';
import { distance, moment, money } from '../../../sandbox/pages/format.ts';
import { ownPath } from '../../../sandbox/pages/here.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const after = (seconds: number) => distance(now + seconds * 1000, now);

describe('how the pages say things', () => {
  test.each([
    [0, 'now'],
    [30, 'in a moment'],
    [90, 'in 2 min'],
    [2 * 3600, 'in 2 h'],
    [47 * 3600, 'in 47 h'],
    [14 * 86_400, 'in 14 days'],
    [90 * 86_400, 'in 3 months'],
    [-3600, '1 h ago'],
    [-3 * 86_400, '3 days ago'],
  ])('%s seconds away is "%s"', (seconds, words) => {
    expect(after(seconds)).toBe(words);
  });

  test('money is written with the digits of its currency', () => {
    expect(money(1990, 'EUR')).toBe('€19.90');
    expect(money(1990, 'JPY')).toBe('¥1,990');
  });

  test('a moment is told in the zone that is asked for', () => {
    expect(moment(now, 'Europe/Dublin')).toBe('Sun 22 Nov 2026, 10:00');
    expect(moment(now, 'Asia/Tokyo')).toBe('Sun 22 Nov 2026, 19:00');
  });

  test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'store', '', null])(
    '%s is not followed',
    (given) => {
      expect(ownPath(given, '/safe')).toBe('/safe');
    },
  );
});
