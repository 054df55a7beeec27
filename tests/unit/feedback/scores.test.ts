import { expect, test } from 'vitest';
import { meanOf, meanOfCounts } from '../../../app/feedback/scores.ts';

test('no answers have no mean, one has no interval', () => {
  expect(meanOfCounts([0, 0, 0, 0, 0])).toEqual({ answers: 0, mean: null, low: null, high: null });
  expect(meanOfCounts([0, 0, 0, 1, 0])).toEqual({ answers: 1, mean: 4, low: null, high: null });
});

test('the interval is that of Student, and stays on the scale', () => {
  // 4, 5, 3, 4: mean 4, deviation 0.8165, t(3) = 3.182
  const { mean, low, high } = meanOfCounts([0, 0, 1, 2, 1]);
  expect(mean).toBe(4);
  expect(low).toBeCloseTo(2.701, 2);
  expect(high).toBe(5);
  expect(meanOfCounts([0, 0, 0, 0, 9])).toEqual({ answers: 9, mean: 5, low: 5, high: 5 });
});

test('many answers narrow it', () => {
  const few = meanOf(10, 40, 170);
  const many = meanOf(1000, 4000, 17_000);
  expect(many.high! - many.low!).toBeLessThan((few.high! - few.low!) / 9);
});
