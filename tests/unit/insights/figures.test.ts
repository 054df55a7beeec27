import { describe, expect, test } from 'vitest';
import { changeOf, daysUntil, homeFigures } from '../../../app/insights/figures.ts';

const noOne = { stranger: 0, acquaintance: 0, friend: 0, family: 0 };

describe('days', () => {
  test('run up to today and over the end of a month and a leap day', () => {
    expect(daysUntil('2028-03-01', 3)).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
  });
});

describe('figures of Home', () => {
  const days = daysUntil('2026-03-04', 4);
  const figures = homeFigures(
    [
      { day: '2026-03-01', values: { answers: 4, score_sum: 8, score_count: 4 } },
      {
        day: '2026-03-03',
        values: { answers: 1, score_sum: 5, score_count: 1, friends: 2, friend_revenue: 12_050 },
      },
      { day: '2026-03-04', values: { answers: 5, score_sum: 12, score_count: 3 } },
      { day: '2026-02-01', values: { answers: 99 } },
    ],
    days,
    { ...noOne, friend: 3 },
  );

  test('are summed over the period and compared with the one before', () => {
    expect(figures.days).toBe(2);
    expect(figures.answers).toEqual({ value: 6, before: 4, course: [1, 5] });
    expect(figures.friendRevenue.value).toBe(12_050);
    expect(figures.stages.friend).toBe(3);
  });

  test('a score is the mean of all scores, not of the days', () => {
    expect(figures.score).toEqual({ value: 17 / 4, before: 2 });
    expect(homeFigures([], days, noOne).score).toEqual({ value: null, before: null });
  });

  test('a change needs something to compare with', () => {
    expect(changeOf(figures.answers)).toBe(50);
    expect(changeOf({ value: 3, before: 0 })).toBeNull();
    expect(changeOf({ value: 0, before: 4 })).toBe(-100);
  });
});
