import { expect, test } from 'vitest';
import { effectOf, ENOUGH, type Followed } from '../../../app/gestures/effect.ts';

/** So many of a group, the first of whom ordered again for an amount. */
const group = (isGiven: boolean, people: number, again: number, value: number): Followed[] =>
  Array.from({ length: people }, (_, i) => ({
    isGiven,
    orderedAgain: i < again,
    value: i < again ? value : 0,
  }));

test('says how many are missing as long as chance is larger than what is to be seen', () => {
  const effect = effectOf([...group(true, 40, 20, 100), ...group(false, ENOUGH - 4, 5, 100)]);
  expect(effect).toEqual({ enough: false, missing: { given: 0, leftOut: 4 } });
});

test('tells the difference of shares with an honest interval (Newcombe 1998, 56 of 70 beside 48 of 80)', () => {
  const effect = effectOf([...group(true, 70, 56, 1000), ...group(false, 80, 48, 1000)]);
  if (!effect.enough) throw new Error('enough of both');
  expect(effect.again.by).toBeCloseTo(0.2, 10);
  expect(effect.again.low).toBeCloseTo(0.0524, 3);
  expect(effect.again.high).toBeCloseTo(0.3339, 3);
});

test('nobody of a hundred is still no certainty', () => {
  const effect = effectOf([...group(true, 100, 0, 0), ...group(false, 100, 0, 0)]);
  if (!effect.enough) throw new Error('enough of both');
  expect(effect.again.by).toBe(0);
  expect(effect.again.high).toBeGreaterThan(0.03);
});

test('tells the difference of what they spent', () => {
  const effect = effectOf([...group(true, 50, 25, 4000), ...group(false, 50, 25, 2000)]);
  if (!effect.enough) throw new Error('enough of both');
  expect(effect.value.by).toBe(1000);
  expect(effect.value.low).toBeLessThan(1000);
  expect(effect.value.high - effect.value.by).toBeCloseTo(effect.value.by - effect.value.low, 6);
  expect(effect.given).toEqual({ people: 50, again: 0.5, value: 2000 });
});
