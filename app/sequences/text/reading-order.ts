/** Steps from the first to the last, each before those that it leads to: a file is read downwards. */
import type { Plan } from '../plan.ts';
import { nextOf, type Step } from '../steps.ts';

/** The same plan, its steps in order; those that nobody comes to stand last, as they stood. */
export function inReadingOrder(plan: Plan): Plan {
  const byKey = new Map(plan.steps.map((step) => [step.key, step]));
  const seen = new Set<Step>();
  const backwards: Step[] = [];
  const visit = (key: string | null) => {
    const step = key === null ? undefined : byKey.get(key);
    if (!step || seen.has(step)) return;
    seen.add(step);
    // The last way first, and each step after all that it leads to: turned round, that is the order to read in.
    for (const target of nextOf(step).toReversed()) visit(target);
    backwards.push(step);
  };
  visit(plan.start);
  return { ...plan, steps: [...backwards.toReversed(), ...plan.steps.filter((step) => !seen.has(step))] };
}
