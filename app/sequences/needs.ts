/** Which facts a plan looks at, so that nothing is read that nobody asks for. */
import type { Condition } from './conditions.ts';
import type { FactName } from './facts.ts';
import type { Plan } from './plan.ts';

/** Facts that cost a read of their own. */
export type FactGroup =
  'ordered-since' | 'products' | 'delivered' | 'answers' | 'reviews' | 'code' | 'code-mailed' | 'engagement';

const GROUP_OF: Partial<Record<FactName, FactGroup>> = {
  'customer.ordered-since': 'ordered-since',
  'customer.has-code': 'code',
  'customer.code-mailed': 'code-mailed',
  'order.answered': 'answers',
  'order.score': 'answers',
  'order.products': 'products',
  'shipment.arrived': 'delivered',
  'product.reviewed': 'reviews',
  'mails.opened': 'engagement',
  'mails.clicked': 'engagement',
};

const known = new WeakMap<Plan, ReadonlySet<FactGroup>>();

/** What has to be read before the plan can be decided on. */
export function needsOf(plan: Plan): ReadonlySet<FactGroup> {
  let needs = known.get(plan);
  if (!needs) known.set(plan, (needs = collect(plan)));
  return needs;
}

function collect(plan: Plan): Set<FactGroup> {
  const needs = new Set<FactGroup>();
  if (plan.trigger.each === 'product') needs.add('products');
  const look = (condition: Condition) => {
    for (const name of factsIn(condition)) {
      const group = GROUP_OF[name];
      if (group) needs.add(group);
    }
  };
  for (const exit of plan.exits) look(exit.when);
  for (const step of plan.steps) {
    if (step.kind === 'condition') for (const branch of step.branches) look(branch.when);
    if (step.kind === 'wait-for') look(step.when);
    if (step.kind === 'wait' && step.until.product) needs.add('products').add('delivered');
    if (step.kind === 'wait' && step.until.from === 'delivered') needs.add('delivered');
    if (step.kind === 'message' && step.needs.includes('referral-code')) needs.add('code');
  }
  return needs;
}

function factsIn(condition: Condition): FactName[] {
  if ('all' in condition) return condition.all.flatMap(factsIn);
  if ('any' in condition) return condition.any.flatMap(factsIn);
  if ('not' in condition) return factsIn(condition.not);
  return [condition.fact];
}
