/** The stretch of a plan that goes with a step: the step alone, or a fork with everything on its ways until they meet. */
import type { Plan } from './plan.ts';
import { nextOf, type Step } from './steps.ts';

export interface Stretch {
  /** The step itself first. */
  steps: readonly Step[];
  /** Where all its ways lead in the end; null: the end of the plan. */
  next: string | null;
}

/** Null where its ways lead into steps that others come to as well, before they meet: it cannot be lifted out. */
export function stretchOf(plan: Plan, key: string): Stretch | null {
  const step = plan.steps.find((each) => each.key === key);
  if (!step) return null;
  const next = meetingOf(plan, step);
  const within = reachable(plan, [key], next);
  const others = reachable(plan, [plan.start], key);
  const rest = plan.steps.filter((each) => each !== step && within.has(each.key));
  // Whoever comes from elsewhere comes there without it too.
  if (rest.some((each) => others.has(each.key))) return null;
  return { steps: [step, ...rest], next };
}

/** Whether some way leads out of it; one that only ends cannot stand before other steps. */
export const leadsOn = ({ steps }: Stretch): boolean => {
  const inside = new Set(steps.map(({ key }) => key));
  return steps.some((step) => nextOf(step).some((target) => target === null || !inside.has(target)));
};

/** Keys that can be come to from some steps; from `without` nobody goes on. */
export function reachable(
  plan: Plan,
  from: readonly (string | null)[],
  without: string | null = null,
): Set<string> {
  const byKey = new Map(plan.steps.map((step) => [step.key, step]));
  const seen = new Set<string>();
  const open = [...from];
  while (open.length > 0) {
    const step = byKey.get(open.pop() ?? '');
    if (!step || seen.has(step.key) || step.key === without) continue;
    seen.add(step.key);
    open.push(...nextOf(step));
  }
  return seen;
}

/** The first step that everybody comes to who does not end at a stop on the way. */
function meetingOf(plan: Plan, fork: Step): string | null {
  const ahead = reachable(plan, nextOf(fork));
  const isEndReached = (without: string | null) => {
    if (nextOf(fork).includes(null)) return true;
    const passed = reachable(plan, nextOf(fork), without);
    return plan.steps.some((step) => passed.has(step.key) && nextOf(step).includes(null));
  };
  if (!isEndReached(null)) return null;
  const meetings = [...ahead].filter((key) => !isEndReached(key));
  // The first of them is the one that leads to all the others.
  return meetings.find((key) => meetings.every((other) => reachable(plan, [key]).has(other))) ?? null;
}
