import { describe, expect, test } from 'vitest';
import {
  SENSITIVITIES,
  SIGNALS,
  verdictOf,
  type Sensitivity,
  type Signal,
} from '../../../app/referrals/signals.ts';

const every = Object.keys(SENSITIVITIES) as Sensitivity[];
const of = (weight: string) =>
  (Object.keys(SIGNALS) as Signal[]).filter((signal) => SIGNALS[signal].weight === weight);

test('nothing against it lets it go on', () => {
  for (const sensitivity of every) expect(verdictOf([], sensitivity)).toBe('pending');
});

describe('whatever a shop has set', () => {
  test.each(every)(
    '%s: certain signs refuse, what cannot be looked up holds, one strong sign holds',
    (how) => {
      for (const signal of of('certain')) expect(verdictOf(['same-network', signal], how)).toBe('refused');
      for (const signal of of('unavailable')) expect(verdictOf([signal], how)).toBe('held');
      for (const signal of ['same-phone', 'same-address', 'ring', 'risk-high'] as const)
        expect(verdictOf([signal], how)).toBe('held');
    },
  );

  test.each(every)('%s: a household or an office with all its signs is held at most', (how) => {
    expect(verdictOf(of('doubtful'), how)).toBe('held');
  });
});

test('small signs hold together what none of them holds alone, the sooner the more careful a shop is', () => {
  const verdicts = (signals: Signal[]) => every.map((how) => verdictOf(signals, how));
  expect(verdicts(['same-network'])).toEqual(['pending', 'pending', 'held']);
  expect(verdicts(['same-network', 'same-name'])).toEqual(['pending', 'held', 'held']);
  expect(verdicts(['same-network', 'same-name', 'same-building'])).toEqual(['held', 'held', 'held']);
});
