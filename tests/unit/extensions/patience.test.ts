// @vitest-environment node
import { expect, test } from 'vitest';
import { delayMs } from '../../../extensions/shared/patience.ts';

test('waits longer after every failure, up to a minute', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((failures) => delayMs(failures, 0, 0));
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000, 60_000]);
});

test('never comes back earlier than the server asked for', () => {
  expect(delayMs(1, 20_000, 0)).toBe(20_000);
  expect(delayMs(7, 20_000, 0)).toBe(60_000);
});

test('scatters by at most a fifth', () => {
  expect(delayMs(1, 0, 1)).toBe(1_200);
});
