/** How customers moved between stages, month by month. */
import { STAGES, type Stage } from '../customers/customer.ts';

export interface MoveCount {
  /** YYYY-MM */
  month: string;
  from: Stage;
  to: Stage;
  count: number;
}

/** The move that a metric counts, "stage:friend>family"; null for any other metric. */
export function moveIn(metric: string): { from: Stage; to: Stage } | null {
  const [from, to] = metric.replace('stage:', '').split('>');
  return isStage(from) && isStage(to) ? { from, to } : null;
}

const isStage = (word: string | undefined): word is Stage => STAGES.some((stage) => stage === word);

/** A month with who came closer and who went away, by the stage that they came to. */
export interface StageMonth {
  month: string;
  closer: Record<Stage, number>;
  away: Record<Stage, number>;
}

const none = (): Record<Stage, number> => ({ stranger: 0, acquaintance: 0, friend: 0, family: 0 });

/** The last `count` months up to `today` (YYYY-MM-DD), oldest first; months without a move are there too. */
export function stageMonths(moves: readonly MoveCount[], today: string, count: number): StageMonth[] {
  const months = monthsUntil(today, count).map((month): StageMonth => ({
    month,
    closer: none(),
    away: none(),
  }));
  for (const { month, from, to, count: people } of moves) {
    const entry = months.find((each) => each.month === month);
    const way = STAGES.indexOf(to) > STAGES.indexOf(from) ? entry?.closer : entry?.away;
    if (way) way[to] += people;
  }
  return months;
}

/** "2026-06" and those before, oldest first. */
export function monthsUntil(today: string, count: number): string[] {
  const [year, month] = today.split('-').map(Number) as [number, number];
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.UTC(year, month - count + i, 1)).toISOString().slice(0, 7),
  );
}

/** Oldest month first. */
export const inOrder = (moves: readonly MoveCount[]): MoveCount[] =>
  [...moves].sort((a, b) => `${a.month} ${a.from} ${a.to}`.localeCompare(`${b.month} ${b.from} ${b.to}`));
