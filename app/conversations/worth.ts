/** What answering in time is worth in this very shop: those answered in time beside those answered late. Pure. */

/** A matter with its first answer, and what followed. */
export interface Outcome {
  late: boolean;
  /** Said how content they were. */
  asked: boolean;
  /** 1…5 where asked */
  score: number;
  /** Ordered again within ninety days. */
  again: boolean;
}

export interface WorthGroup {
  matters: number;
  /** Mean of 1…5 */
  score: number;
  /** Share that ordered again, 0…1 */
  again: number;
}

export type Worth =
  /** `missing`: how many more of the smaller group are needed. */
  | { enough: false; missing: number }
  | {
      enough: true;
      inTime: WorthGroup;
      late: WorthGroup;
      /** Difference of the shares that ordered again, with its interval of 95 %. */
      again: { difference: number; low: number; high: number };
      /** Difference of the scores; null: too few have said. */
      score: { difference: number; low: number; high: number } | null;
    };

/** Of each group: below this, chance is larger than what is to be seen. */
const ENOUGH = 30;
/** Standard errors of 95 % */
const Z = 1.96;

export function worthOf(outcomes: readonly Outcome[]): Worth {
  const [inTime, late] = [outcomes.filter((one) => !one.late), outcomes.filter((one) => one.late)];
  const fewest = Math.min(inTime.length, late.length);
  if (fewest < ENOUGH) return { enough: false, missing: ENOUGH - fewest };
  const [a, b] = [groupOf(inTime), groupOf(late)];
  const spread = Z * Math.sqrt((a.again * (1 - a.again)) / a.matters + (b.again * (1 - b.again)) / b.matters);
  const difference = a.again - b.again;
  return {
    enough: true,
    inTime: a,
    late: b,
    again: { difference, low: difference - spread, high: difference + spread },
    score: scoreDifference(inTime, late),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function groupOf(outcomes: readonly Outcome[]): WorthGroup {
  const scores = outcomes.filter(({ asked }) => asked).map(({ score }) => score);
  return {
    matters: outcomes.length,
    score: scores.length > 0 ? mean(scores) : 0,
    again: outcomes.filter(({ again }) => again).length / outcomes.length,
  };
}

function scoreDifference(inTime: readonly Outcome[], late: readonly Outcome[]) {
  const scoresOf = (outcomes: readonly Outcome[]) =>
    outcomes.filter(({ asked }) => asked).map(({ score }) => score);
  const [a, b] = [scoresOf(inTime), scoresOf(late)];
  if (Math.min(a.length, b.length) < ENOUGH) return null;
  const variance = (values: readonly number[]) => {
    const middle = mean(values);
    return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
  };
  const difference = mean(a) - mean(b);
  const spread = Z * Math.sqrt(variance(a) / a.length + variance(b) / b.length);
  return { difference, low: difference - spread, high: difference + spread };
}
