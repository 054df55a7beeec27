/** Steps that begin another sequence: whether there is such a one, and whether it comes back here for ever. */
import { roughly } from './period.ts';
import type { Plan, Problem } from './plan.ts';
import { nextOf, type Step } from './steps.ts';

/** A sequence of the shop; `plan` null while it has never been published. */
export interface Startable {
  key: string;
  plan: Plan | null;
}

/**
 * @param own key of the sequence that the plan is of; null for a new one
 * @param others all sequences of the shop
 */
export function startProblems(plan: Plan, own: string | null, others: readonly Startable[]): Problem[] {
  const plans = new Map(others.map((each) => [each.key, each.plan]));
  if (own !== null) plans.set(own, plan);
  return plan.steps.flatMap((step): Problem[] => {
    if (step.kind !== 'start') return [];
    const { key, sequence } = step;
    if (!plans.has(sequence)) return [{ step: key, code: 'no-such-sequence', detail: sequence }];
    const isEndless =
      own !== null && startsAtOnce(plan).includes(sequence) && comesBack(sequence, own, plans, new Set());
    return isEndless ? [{ step: key, code: 'endless', detail: sequence }] : [];
  });
}

/** Whether beginning `from` begins `to` before any time has passed. */
function comesBack(
  from: string,
  to: string,
  plans: ReadonlyMap<string, Plan | null>,
  met: Set<string>,
): boolean {
  if (met.has(from)) return false;
  met.add(from);
  const plan = plans.get(from);
  if (!plan || !takesAgain(plan)) return false;
  return from === to || startsAtOnce(plan).some((key) => comesBack(key, to, plans, met));
}

/** The same customer may come in any number of times: about one order, parcel or product nobody comes in twice. */
const takesAgain = ({ trigger, reentry }: Plan): boolean =>
  trigger.each === 'customer' && (reentry.kind === 'always' || reentry.kind === 'replace');

/** Keys of sequences that a plan begins without a wait on the way. */
function startsAtOnce(plan: Plan): string[] {
  const byKey = new Map<string | null, Step>(plan.steps.map((step) => [step.key, step]));
  const met = new Set<string>();
  const begun: string[] = [];
  const visit = (key: string | null) => {
    const step = byKey.get(key);
    if (!step || met.has(step.key) || takesTime(step)) return;
    met.add(step.key);
    if (step.kind === 'start') begun.push(step.sequence);
    for (const next of nextOf(step)) visit(next);
  };
  visit(plan.start);
  return begun;
}

/** What counts from payment or delivery may be over long ago. */
function takesTime(step: Step): boolean {
  if (step.kind !== 'wait') return false;
  const { from, after, at } = step.until;
  return at !== null || ((from === 'trigger' || from === 'reached') && roughly(after) > 0);
}
