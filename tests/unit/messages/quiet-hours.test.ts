import { describe, expect, test } from 'vitest';
import { afterHours } from '../../../app/messages/quiet-hours.ts';

const at = (iso: string) => new Date(iso);

describe('quiet hours over changes of the clock', () => {
  const quiet = { from: 21, to: 9 };
  test.each([
    ['spring in Berlin', quiet, 'Europe/Berlin', '2026-03-28T22:00:00Z', '2026-03-29T07:00:00.000Z'],
    ['autumn in Berlin', quiet, 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T08:00:00.000Z'],
    [
      'an end that the clock skips',
      { from: 21, to: 2 },
      'Europe/Berlin',
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'an end that comes twice',
      { from: 21, to: 2 },
      'Europe/Berlin',
      '2026-10-24T23:30:00Z',
      '2026-10-25T00:00:00.000Z',
    ],
    [
      'two hours back at Troll',
      { from: 21, to: 2 },
      'Antarctica/Troll',
      '2026-10-25T01:30:00Z',
      '2026-10-25T02:00:00.000Z',
    ],
    ['an unknown zone', quiet, 'Nowhere/At-All', '2026-06-01T22:00:00Z', '2026-06-02T09:00:00.000Z'],
    ['none at all', { from: 5, to: 5 }, 'UTC', '2026-06-01T05:30:00Z', '2026-06-01T05:30:00.000Z'],
  ])('%s', (_name, hours, zone, from, expected) => {
    expect(afterHours(hours, at(from), zone).toISOString()).toBe(expected);
  });
});
