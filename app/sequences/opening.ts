/** How a plan begins, for a sentence that says when customers first hear of it. */
import type { Plan, TriggerKind } from './plan.ts';
import { nextOf, type Step, type Until } from './steps.ts';

export interface Opening {
  on: readonly TriggerKind[];
  /** The wait before the first message; null: it goes at once. */
  until: Until | null;
}

/** Null where the way to the first message forks, or waits more than once: no short sentence would be true. */
export function openingOf(plan: Plan): Opening | null {
  const byKey = new Map<string | null, Step>(plan.steps.map((step) => [step.key, step]));
  let until: Until | null = null;
  for (let step = byKey.get(plan.start); step; step = byKey.get(nextOf(step)[0] ?? null)) {
    if (step.kind === 'message') return { on: plan.trigger.on, until };
    if (step.kind !== 'wait' || until !== null) return null;
    until = step.until;
  }
  return null;
}
