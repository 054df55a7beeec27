/** What scores come to, and how sure that is. */

export interface Mean {
  answers: number;
  /** null without answers. */
  mean: number | null;
  /** 95 % interval; null with fewer than two answers. */
  low: number | null;
  high: number | null;
}

/** How far people go, in the order in which it happens. Each is counted in answers; none needs the one before. */
export const FUNNEL_STEPS = [
  { step: 'seen', label: 'Saw the question' },
  { step: 'answered', label: 'Answered' },
  { step: 'detailed', label: 'Said more' },
  { step: 'wrote', label: 'Wrote in their own words' },
  { step: 'coded', label: 'Have a code for friends' },
  { step: 'befriended', label: 'A friend ordered after it' },
] as const;
type FunnelStep = (typeof FUNNEL_STEPS)[number]['step'];

/** Of one survey in one period. */
export interface Scores extends Mean {
  /** Answers that gave 1, 2, 3, 4, 5. */
  counts: number[];
  /** One entry a week that has answers, Mondays as YYYY-MM-DD, oldest first. */
  weeks: (Mean & { week: string })[];
  funnel: Record<FunnelStep, number>;
  /** Since when pages tell that they have asked; null: none has. Who answered before counts as having seen it. */
  seenSince: Date | null;
}

/** Student's t for 95 %, by degrees of freedom; 1.96 from 120 on. */
const T: [number, number][] = [
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [6, 2.447],
  [7, 2.365],
  [8, 2.306],
  [9, 2.262],
  [10, 2.228],
  [12, 2.179],
  [15, 2.131],
  [20, 2.086],
  [25, 2.06],
  [30, 2.042],
  [40, 2.021],
  [60, 2.0],
  [120, 1.98],
];

/** Mean of 1…5 with its interval, from sums that a database has ready. */
export function meanOf(answers: number, sum: number, sumOfSquares: number): Mean {
  if (answers === 0) return { answers, mean: null, low: null, high: null };
  const mean = sum / answers;
  if (answers === 1) return { answers, mean, low: null, high: null };
  const variance = Math.max(0, (sumOfSquares - answers * mean * mean) / (answers - 1));
  const half = quantile(answers - 1) * Math.sqrt(variance / answers);
  return { answers, mean, low: Math.max(1, mean - half), high: Math.min(5, mean + half) };
}

/** The next smaller degrees of freedom that the table has: rather too wide than too narrow. */
function quantile(freedom: number): number {
  if (freedom > 120) return 1.96;
  return T.findLast(([degrees]) => degrees <= freedom)![1];
}

/** `counts[0]` answers gave 1, … `counts[4]` gave 5. */
export function meanOfCounts(counts: readonly number[]): Mean {
  const answers = counts.reduce((all, count) => all + count, 0);
  const sum = counts.reduce((all, count, i) => all + count * (i + 1), 0);
  const squares = counts.reduce((all, count, i) => all + count * (i + 1) ** 2, 0);
  return meanOf(answers, sum, squares);
}
