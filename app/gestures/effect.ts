/** What gestures bring: those who were given one beside those who were left out, with how sure that is. */

/** One customer, and the ninety days after the gesture, or after it would have been. */
export interface Followed {
  isGiven: boolean;
  orderedAgain: boolean;
  /** Spent in that time, minor units of the shop's currency. */
  value: number;
}

export interface EffectGroup {
  people: number;
  /** Share that ordered again, 0…1 */
  again: number;
  /** Mean spent, minor units */
  value: number;
}

/** With its interval of 95 %. */
export interface Difference {
  by: number;
  low: number;
  high: number;
}

export type Effect =
  /** `missing`: how many more are needed of each. */
  | { enough: false; missing: { given: number; leftOut: number } }
  | { enough: true; given: EffectGroup; leftOut: EffectGroup; again: Difference; value: Difference };

/** Of each group: below this, chance is larger than what is to be seen. */
export const ENOUGH = 30;
/** Standard errors of 95 % */
const Z = 1.96;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const variance = (values: readonly number[]) => {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
};

export function effectOf(followed: readonly Followed[]): Effect {
  const given = followed.filter(({ isGiven }) => isGiven);
  const leftOut = followed.filter(({ isGiven }) => !isGiven);
  if (Math.min(given.length, leftOut.length) < ENOUGH) {
    const lacking = (group: readonly Followed[]) => Math.max(0, ENOUGH - group.length);
    return { enough: false, missing: { given: lacking(given), leftOut: lacking(leftOut) } };
  }
  const [a, b] = [groupOf(given), groupOf(leftOut)];
  return {
    enough: true,
    given: a,
    leftOut: b,
    again: differenceOfShares(a.again, a.people, b.again, b.people),
    value: differenceOfMeans(
      given.map(({ value }) => value),
      leftOut.map(({ value }) => value),
    ),
  };
}

const groupOf = (group: readonly Followed[]): EffectGroup => ({
  people: group.length,
  again: mean(group.map(({ orderedAgain }) => (orderedAgain ? 1 : 0))),
  value: mean(group.map(({ value }) => value)),
});

/** Wilson's interval of a share. */
function wilson(share: number, n: number): { low: number; high: number } {
  const middle = share + Z ** 2 / (2 * n);
  const spread = Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  return { low: (middle - spread) / (1 + Z ** 2 / n), high: (middle + spread) / (1 + Z ** 2 / n) };
}

/** Newcombe's interval: it stays honest near 0 and 1, where the plain one has no width at all. */
function differenceOfShares(a: number, n: number, b: number, m: number): Difference {
  const [first, second] = [wilson(a, n), wilson(b, m)];
  const by = a - b;
  return {
    by,
    low: by - Math.sqrt((a - first.low) ** 2 + (second.high - b) ** 2),
    high: by + Math.sqrt((first.high - a) ** 2 + (b - second.low) ** 2),
  };
}

function differenceOfMeans(a: readonly number[], b: readonly number[]): Difference {
  const by = mean(a) - mean(b);
  const spread = Z * Math.sqrt(variance(a) / a.length + variance(b) / b.length);
  return { by, low: by - spread, high: by + spread };
}
