import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeBell } from '../../app/bell.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether it is over after so many milliseconds more. */
async function over(rest: Promise<void>, ms: number): Promise<boolean> {
  let done = false;
  void rest.then(() => (done = true));
  await vi.advanceTimersByTimeAsync(ms);
  return done;
}

test('a rest that nobody disturbs lasts as long as it was meant to', async () => {
  const rest = makeBell().rest(250, 0);
  expect(await over(rest, 249)).toBe(false);
  expect(await over(rest, 1)).toBe(true);
});

test('the bell ends a rest', async () => {
  const bell = makeBell();
  const rest = bell.rest(250, bell.rung());
  await vi.advanceTimersByTimeAsync(100);
  bell.ring();
  expect(await over(rest, 0)).toBe(true);
});

test('a bell that rang while a loop was still looking is heard', async () => {
  const bell = makeBell();
  const before = bell.rung();
  bell.ring();
  expect(await over(bell.rest(250, before), 25)).toBe(true);
});

test('a rest that has only begun is not ended at once, so that one busy loop does not keep all others awake', async () => {
  const bell = makeBell();
  const rest = bell.rest(250, bell.rung());
  bell.ring();
  expect(await over(rest, 24)).toBe(false);
  expect(await over(rest, 1)).toBe(true);
});

test('the bell ends a short rest too, after a quarter of it', async () => {
  const bell = makeBell();
  const rest = bell.rest(20, bell.rung());
  bell.ring();
  expect(await over(rest, 4)).toBe(false);
  expect(await over(rest, 1)).toBe(true);
});

test('what is stopped does not rest', async () => {
  const stopping = new AbortController();
  const rest = makeBell().rest(250, 0, stopping.signal);
  stopping.abort();
  expect(await over(rest, 0)).toBe(true);
  expect(await over(makeBell().rest(250, 0, stopping.signal), 0)).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
