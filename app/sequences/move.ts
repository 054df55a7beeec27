/** Where somebody inside an older version goes on in a newer one. Steps are the same when their keys are. */
import type { Plan } from './plan.ts';
import { nextOf, type Step } from './steps.ts';

/**
 * The step to go on at: the same one, or the first that follows it in the old version and is still there; null: over.
 * Steps that the new version has before it are skipped: they lie in the past.
 */
export function placeIn(newer: Plan, older: Plan, stepKey: string): string | null {
  if (stepKey === '') return '';
  const there = new Set(newer.steps.map((step) => step.key));
  const byKey = new Map<string | null, Step>(older.steps.map((step) => [step.key, step]));
  for (let step = byKey.get(stepKey); step; step = byKey.get(onwards(step))) {
    if (there.has(step.key)) return step.key;
  }
  return null;
}

/** The way on without a decision: a branch that nobody has taken yet counts as its `otherwise`. */
const onwards = (step: Step): string | null => nextOf(step).at(-1) ?? null;
