/** The figures of Home: what is counted, over which days, and how they compare. */

/** Counted by day. Amounts in minor units of the shop's currency. */
const METRICS = [
  'answers',
  'score_sum',
  'score_count',
  'friends',
  'friend_revenue',
  'messages',
  'asks',
  'moved',
  'risen',
  'fallen',
] as const;
export type Metric = (typeof METRICS)[number];

/** One day's counts; a metric that is not there is 0. `day` is YYYY-MM-DD in the shop's zone. */
export interface DayFigures {
  day: string;
  values: Partial<Record<Metric, number>>;
}

const STAGES = ['stranger', 'acquaintance', 'friend', 'family'] as const;
export type StageCounts = Record<(typeof STAGES)[number], number>;

/** One figure of Home with the figure of the period before and its course. */
export interface Trend {
  value: number;
  before: number;
  /** One value a day, oldest first. */
  course: number[];
}

export interface HomeFigures {
  /** Length of the period, days. */
  days: number;
  stages: StageCounts;
  /** Customers who came closer and who drifted away in the period. */
  risen: number;
  fallen: number;
  answers: Trend;
  /** Mean of the scores 1…5 in the period; null without any. */
  score: { value: number | null; before: number | null };
  friends: Trend;
  friendRevenue: Trend;
  messages: Trend;
  asks: Trend;
  moved: Trend;
}

/** The last `count` days up to and including `today` (YYYY-MM-DD), oldest first. */
export function daysUntil(today: string, count: number): string[] {
  const last = Date.parse(`${today}T00:00:00Z`);
  const day = 24 * 60 * 60 * 1000;
  return Array.from({ length: count }, (_, i) =>
    new Date(last - (count - 1 - i) * day).toISOString().slice(0, 10),
  );
}

/**
 * Sums of two periods of equal length.
 * @param figures any days in any order; days without a row count as 0
 * @param days the days of both periods, oldest first; the second half is the period that is shown
 */
export function homeFigures(
  figures: readonly DayFigures[],
  days: readonly string[],
  stages: StageCounts,
): HomeFigures {
  const byDay = new Map(figures.map((entry) => [entry.day, entry.values]));
  const half = Math.floor(days.length / 2);
  const [before, shown] = [days.slice(0, half), days.slice(half)];
  const at = (day: string, metric: Metric) => byDay.get(day)?.[metric] ?? 0;
  const sum = (range: readonly string[], metric: Metric) =>
    range.reduce((total, day) => total + at(day, metric), 0);
  const trend = (metric: Metric): Trend => ({
    value: sum(shown, metric),
    before: sum(before, metric),
    course: shown.map((day) => at(day, metric)),
  });
  const mean = (range: readonly string[]) => {
    const count = sum(range, 'score_count');
    return count === 0 ? null : sum(range, 'score_sum') / count;
  };
  return {
    days: shown.length,
    stages,
    risen: sum(shown, 'risen'),
    fallen: sum(shown, 'fallen'),
    answers: trend('answers'),
    score: { value: mean(shown), before: mean(before) },
    friends: trend('friends'),
    friendRevenue: trend('friend_revenue'),
    messages: trend('messages'),
    asks: trend('asks'),
    moved: trend('moved'),
  };
}

/** Change against the period before, in percent, rounded; null when there was nothing to compare with. */
export function changeOf({ value, before }: Pick<Trend, 'value' | 'before'>): number | null {
  return before === 0 ? null : Math.round(((value - before) / before) * 100);
}
