/** What the occasions would have come to in a time that has passed: the same rules, on what really happened. */
import { OCCASIONS, type OccasionKind } from './gesture.ts';
import { isLeftOut } from './chance.ts';
import { restsUntil, type Rules } from './may-give.ts';
import type { Moment } from './moments.ts';

export interface PastMoment extends Moment {
  customerId: string;
}

/** Minor units of the purse's currency. */
export interface TrialOfOccasion {
  /** How often it came about. */
  moments: number;
  given: number;
  spent: number;
}

export interface Trial {
  byOccasion: Record<OccasionKind, TrialOfOccasion>;
  given: number;
  spent: number;
  leftOut: number;
  /** Had something not long before. */
  resting: number;
  /** Did not fit in the purse any more. */
  tooMuch: number;
}

/**
 * Goes through the moments as they came. What was really given in that time is left aside, so that it says what these
 * rules come to by themselves; so are problems that were open then.
 * @param budget of the whole time, minor units
 */
export function tryOut(past: readonly PastMoment[], rules: Rules, budget: number): Trial {
  const byOccasion = Object.fromEntries(
    OCCASIONS.map((kind) => [kind, { moments: 0, given: 0, spent: 0 }]),
  ) as Trial['byOccasion'];
  const trial: Trial = { byOccasion, given: 0, spent: 0, leftOut: 0, resting: 0, tooMuch: 0 };
  const lastAt = new Map<string, Date>();
  for (const { customerId, at, occasion } of past.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const own = byOccasion[occasion.kind];
    const { amount } = occasion.present;
    own.moments += 1;
    const last = lastAt.get(customerId);
    if (last && restsUntil(last, rules.restMonths) > at) trial.resting += 1;
    else if (trial.spent + amount > budget) trial.tooMuch += 1;
    else {
      lastAt.set(customerId, at);
      if (isLeftOut(customerId, rules.leftOutPercent)) trial.leftOut += 1;
      else {
        own.given += 1;
        own.spent += amount;
        trial.given += 1;
        trial.spent += amount;
      }
    }
  }
  return trial;
}
