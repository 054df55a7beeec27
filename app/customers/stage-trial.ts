/** What rules would make of all customers of a shop, gathered page by page. */
import type { Stage } from './customer.ts';
import type { TimelineReason } from './timeline.ts';

/** Of each move at most so many customers are named. */
const EXAMPLES = 5;

/** Kept with the rules, so that a run goes on where it stood. */
export interface StageTrial {
  moves: { from: Stage; to: Stage; count: number }[];
  examples: { customerId: string; from: Stage; to: Stage; reason: TimelineReason }[];
}

export interface StageMove {
  customerId: string;
  from: Stage;
  to: Stage;
  reason: TimelineReason;
}

export const NOTHING_TRIED: StageTrial = { moves: [], examples: [] };

/** The trial with these moves added; each kind of move keeps its first examples, five in all where there are many kinds. */
export function withMoves(trial: StageTrial, moves: readonly StageMove[]): StageTrial {
  const counts = new Map(trial.moves.map(({ from, to, count }) => [`${from}>${to}`, count]));
  const examples = [...trial.examples];
  for (const { customerId, from, to, reason } of moves) {
    const key = `${from}>${to}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const isNewKind = !examples.some((each) => each.from === from && each.to === to);
    if (examples.length < EXAMPLES || isNewKind) examples.push({ customerId, from, to, reason });
  }
  return {
    moves: [...counts].map(([key, count]) => {
      const [from, to] = key.split('>') as [Stage, Stage];
      return { from, to, count };
    }),
    examples: chosen(examples),
  };
}

/** One of each kind first. */
function chosen(examples: readonly StageTrial['examples'][number][]) {
  const firsts = examples.filter(
    (one, i) => examples.findIndex((other) => other.from === one.from && other.to === one.to) === i,
  );
  return [...firsts, ...examples.filter((one) => !firsts.includes(one))].slice(0, EXAMPLES);
}

/** How many would move. */
export const movedIn = ({ moves }: StageTrial): number => moves.reduce((sum, { count }) => sum + count, 0);
