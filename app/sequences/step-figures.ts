/** What came of each step of a plan, for the picture of it: counted from what is stored of those who came in lately. */
import { placesBefore } from './edit-plan.ts';
import type { Plan } from './plan.ts';
import { nextOf, type Step } from './steps.ts';
import type { Count } from './tally.ts';

/** Customers by what a step came to, each once an outcome. `code` is that of the reason. */
export interface Outcomes {
  step: string;
  /** Of a decision, but `waited` for both of those that wait; `here` for those who stand there now. */
  outcome: string;
  code: string;
  /** Name of a split's way, number of a condition's branch from 1; null at other steps. */
  way: string | null;
  count: number;
}
/** Messages of a step by their state; `code` says why they were left out. */
export interface Letters {
  step: string;
  state: string;
  code: string;
  count: number;
}

export interface StepFigures {
  /** Customers who went on from here. */
  passed: number;
  /** By the ways of a fork, numbered as nextOf has them; null for other steps. */
  ways: number[] | null;
  /** Of a message: that went out, and that still wait for a moment at which they may. */
  sent: number;
  waiting: number;
  /** Of a message: left out, most first. */
  skipped: Count[];
  /** Customers who left the sequence here, most first. */
  left: Count[];
}

/** Of the customers who came in during the last days. */
export interface PlanFigures {
  began: number;
  /** Whether more came in than were counted: then the newest are. */
  isPart: boolean;
  steps: Record<string, StepFigures>;
}

interface Counted {
  outcomes: readonly Outcomes[];
  letters: readonly Letters[];
}

export function figuresOfSteps(plan: Plan, { outcomes, letters }: Counted): PlanFigures['steps'] {
  const at = Map.groupBy(outcomes, ({ step }) => step);
  const written = Map.groupBy(letters, ({ step }) => step);
  const entries = plan.steps.map((step) => {
    const mine = at.get(step.key) ?? [];
    const mails = written.get(step.key) ?? [];
    const ways = waysOf(step, mine);
    const passed = ways ? sum(ways, (way) => way) : passedBy(plan, step, at);
    return [
      step.key,
      {
        passed,
        ways,
        sent: sum(of(mails, 'sent'), countOf),
        waiting: sum([...of(mails, 'waiting'), ...of(mails, 'handing-over')], countOf),
        skipped: listed([
          ...mine.filter(({ outcome }) => outcome === 'skipped'),
          ...mails.filter(({ state }) => ['skipped', 'failed', 'unknown'].includes(state)),
        ]),
        left: listed(mine.filter(({ outcome }) => outcome === 'stopped')),
      },
    ] as const;
  });
  return Object.fromEntries(entries);
}

const countOf = ({ count }: { count: number }) => count;
const sum = <Thing>(things: readonly Thing[], count: (thing: Thing) => number) =>
  things.reduce((total, thing) => total + count(thing), 0);
const of = (mails: readonly Letters[], state: string) => mails.filter((each) => each.state === state);

function listed(counted: readonly { code: string; count: number }[]): Count[] {
  const byCode = Map.groupBy(counted, ({ code }) => code);
  return [...byCode]
    .map(([code, each]) => ({ code, count: sum(each, countOf) }))
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

function waysOf(step: Step, mine: readonly Outcomes[]): number[] | null {
  const ways = nextOf(step).length;
  if (ways < 2) return null;
  const counts = Array.from({ length: ways }, () => 0);
  for (const each of mine) {
    if (each.outcome !== 'branched') continue;
    const way = wayOf(step, each);
    if (counts[way] !== undefined) counts[way] += each.count;
  }
  return counts;
}

function wayOf(step: Step, { code, way }: Outcomes): number {
  if (step.kind === 'split') return step.ways.findIndex(({ name }) => name === way);
  if (step.kind === 'wait-for') return code === 'came-about' ? 0 : 1;
  return code === 'branch' ? Number(way) - 1 : nextOf(step).length - 1;
}

/** What is told of a step that has been passed; a wait is told of only where it must be waited at. */
const PASSED = new Set(['sent', 'skipped', 'done']);
const CAME = new Set([...PASSED, 'branched', 'stopped']);

function passedBy(plan: Plan, step: Step, at: ReadonlyMap<string, readonly Outcomes[]>): number {
  const told = (key: string, outcomes: ReadonlySet<string>) =>
    sum(
      (at.get(key) ?? []).filter(({ outcome }) => outcomes.has(outcome)),
      countOf,
    );
  if (step.kind !== 'wait') return told(step.key, PASSED);
  if (step.next === null) return told(step.key, FINISHED);
  const next = plan.steps.find(({ key }) => key === step.next);
  const isOnlyWay = placesBefore(plan, step.next).length === 1;
  // Whoever came to the next step has passed this one, waited at or not.
  if (isOnlyWay && next && next.kind !== 'wait' && next.kind !== 'wait-for') return told(next.key, CAME);
  return Math.max(0, told(step.key, WAITED) - told(step.key, NOT_ON));
}

const FINISHED = new Set(['finished']);
const WAITED = new Set(['waited']);
const NOT_ON = new Set(['here', 'stopped']);
