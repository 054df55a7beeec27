/** What a change does to those inside, and what a try came to, in lines. */
import type { Effect } from '../../app/sequences/publishing.ts';
import type { Compared } from '../../app/sequences/simulation.ts';
import type { SimulationReport } from '../../app/sequences/tally.ts';

const EFFECTS: Record<Effect, string> = {
  message: 'written to at once',
  over: 'through with it',
  elsewhere: 'at another step',
  earlier: 'earlier',
  later: 'later',
  same: 'as now',
};

type Effects = readonly { effect: Effect; count: number }[];
interface ForThoseInside {
  inside: number;
  stay: Effects;
  move: Effects;
}

export function effectsInWords({ inside, stay, move }: ForThoseInside): string[] {
  if (inside === 0) return ['Nobody is inside.'];
  const counts = (effects: Effects) =>
    effects.map(({ effect, count }) => `${count} ${EFFECTS[effect]}`).join(', ');
  return [`${inside} inside. If they stay: ${counts(stay)}. If they move: ${counts(move)}.`];
}

const FIGURES: readonly [string, (report: SimulationReport) => number][] = [
  ['customers who would come in', (report) => report.enrolled],
  ['messages sent', (report) => report.messages.sent],
  ['  of them moved to later', (report) => report.moved.count],
  ['messages left out', (report) => report.messages.skipped.reduce((sum, { count }) => sum + count, 0)],
  ['customers with two in 24 hours', (report) => report.twoWithinADay],
  ['sent in somebody’s night', (report) => report.night.sent],
];

/** One line a figure: the file's, and beside it that of what is live. */
export function reportInWords({ draft, live }: Compared): string[] {
  const rows = FIGURES.map(([name, figure]) => {
    const now = live ? `  (live: ${figure(live)})` : '';
    return `  ${name.padEnd(32)}${String(figure(draft)).padStart(7)}${now}`;
  });
  const steps = draft.steps.map(
    ({ step, sent }) => `  ${`step ${step}`.padEnd(32)}${String(sent).padStart(7)}`,
  );
  return [`  ${draft.days[0]} to ${draft.days.at(-1)}`, ...rows, ...steps];
}
