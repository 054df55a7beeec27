/** What publishing does to those inside, before it is done: the real `placeIn` and `decide` on copies. */
import { decide, type Standing, type Verdict } from './decide.ts';
import type { Facts } from './facts.ts';
import { placeIn } from './move.ts';
import type { Plan } from './plan.ts';

/** Somebody inside, as they stand. */
export interface Insider {
  /** The plan of their version. */
  plan: Plan;
  standing: Standing;
  /** Null while the sequence is switched off. */
  dueAt: Date | null;
  facts: Facts;
  /** First name and initial */
  name: string;
}

/**
 * What becomes of one person. `message`: is written to at once, where nothing would have come now. `elsewhere`: their
 * step is gone, and they go on at another. `over`: nothing of what was ahead is left.
 */
const EFFECTS = ['message', 'over', 'elsewhere', 'earlier', 'later', 'same'] as const;
export type Effect = (typeof EFFECTS)[number];

/** The same person before and after. */
export interface Change {
  effect: Effect;
  name: string;
  before: Place;
  after: Place;
}

/** Where somebody stands next, and when; both null once it is over. */
export interface Place {
  stepKey: string | null;
  at: Date | null;
}

/** Nearer than this is the same moment for a person. */
const SAME_MS = 60_000;

/** What moving into the newer version does to somebody. */
export function changeOf(insider: Insider, newer: Plan, now: Date): Change {
  const { plan, standing, facts, name, dueAt } = insider;
  const isDue = dueAt !== null && dueAt <= now;
  const staying = isDue ? decide(plan, standing, facts, now) : null;
  const before = staying ? placeAfter(staying) : { stepKey: standing.stepKey, at: dueAt };
  const to = placeIn(newer, plan, standing.stepKey);
  const change = { name, before };
  if (to === null) return { ...change, effect: 'over', after: NOWHERE };
  // Parked with the sequence: it keeps their place, and is looked at when it is switched on.
  if (dueAt === null) {
    const after = { stepKey: to, at: null };
    return { ...change, effect: to === standing.stepKey ? 'same' : 'elsewhere', after };
  }
  const moved = decide(newer, { ...standing, stepKey: to }, facts, now);
  const after = placeAfter(moved);
  const isWritten = moved.messages.length > 0 && (staying?.messages.length ?? 0) === 0;
  if (isWritten) return { ...change, effect: 'message', after: { ...after, at: now } };
  if (to !== standing.stepKey) return { ...change, effect: 'elsewhere', after };
  return { ...change, effect: compared(before, after), after };
}

/** Staying in the older version changes nothing. */
export function unchangedOf(insider: Insider, now: Date): Change {
  const { plan, standing, facts, name, dueAt } = insider;
  const isDue = dueAt !== null && dueAt <= now;
  const place = isDue
    ? placeAfter(decide(plan, standing, facts, now))
    : { stepKey: standing.stepKey, at: dueAt };
  return { name, effect: 'same', before: place, after: place };
}

const NOWHERE: Place = { stepKey: null, at: null };

const placeAfter = ({ then }: Verdict): Place =>
  then.kind === 'wait' ? { stepKey: then.stepKey, at: then.until } : NOWHERE;

function compared(before: Place, after: Place): Effect {
  if (before.at === null || after.at === null) return before.at === after.at ? 'same' : 'over';
  const ms = after.at.getTime() - before.at.getTime();
  if (Math.abs(ms) < SAME_MS) return 'same';
  return ms < 0 ? 'earlier' : 'later';
}

/** A choice with what it does: counts of all that were looked at, and some of them by name. */
export interface Consequence {
  counts: { effect: Effect; count: number; medianHours: number }[];
  examples: Change[];
}

const EXAMPLES = 5;

/** Counts by effect, how far the usual one is moved, and five examples of as many kinds as there are. */
export function consequenceOf(changes: readonly Change[]): Consequence {
  const byEffect = Map.groupBy(changes, (change) => change.effect);
  const counts = EFFECTS.flatMap((effect) => {
    const those = byEffect.get(effect) ?? [];
    return those.length > 0 ? [{ effect, count: those.length, medianHours: medianHours(those) }] : [];
  });
  const examples: Change[] = [];
  for (let round = 0; examples.length < EXAMPLES && round < changes.length; round++) {
    for (const { effect } of counts) {
      const next = byEffect.get(effect)![round];
      if (next && examples.length < EXAMPLES) examples.push(next);
    }
  }
  return { counts, examples };
}

/** By how much the middle one of these is moved; 0 where there is nothing to compare. */
function medianHours(changes: readonly Change[]): number {
  const hours = changes
    .flatMap(({ before, after }) =>
      before.at && after.at ? [Math.abs(after.at.getTime() - before.at.getTime()) / 3_600_000] : [],
    )
    .sort((a, b) => a - b);
  return Math.round(hours[Math.floor(hours.length / 2)] ?? 0);
}
