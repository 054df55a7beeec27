/** Which facts a plan looks at, so that nothing is read that nobody asks for. */
import { factsIn, type Condition } from './conditions.ts';
import type { FactName } from './facts.ts';
import type { Plan } from './plan.ts';

/** Facts that cost a read of their own. */
export type FactGroup =
  | 'ordered-since'
  | 'products'
  | 'delivered'
  | 'answers'
  | 'reviews'
  | 'code'
  | 'code-mailed'
  | 'stories'
  | 'engagement'
  | 'person'
  | 'segments'
  | 'history'
  | 'said';

const GROUP_OF: Partial<Record<FactName, FactGroup>> = {
  'customer.ordered-since': 'ordered-since',
  'customer.has-code': 'code',
  'customer.code-mailed': 'code-mailed',
  'customer.story-sent': 'stories',
  'order.answered': 'answers',
  'order.score': 'answers',
  'order.products': 'products',
  'shipment.arrived': 'delivered',
  'product.at-hand': 'products',
  'product.reviewed': 'reviews',
  'customer.email-consent': 'person',
  'customer.sms-consent': 'person',
  'customer.tags': 'person',
  'customer.days-since-order': 'person',
  'customer.segments': 'segments',
  'customer.sequences': 'history',
  'customer.said': 'said',
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

const atStart = new WeakMap<Plan, ReadonlySet<FactGroup>>();

/** What has to be read before anybody is taken in: what the plan's own "only if" looks at. */
export function needsAtStart(plan: Plan): ReadonlySet<FactGroup> {
  let needs = atStart.get(plan);
  if (!needs) atStart.set(plan, (needs = new Set(plan.trigger.when ? groupsOf(plan.trigger.when) : [])));
  return needs;
}

const groupsOf = (condition: Condition): FactGroup[] =>
  factsIn(condition).flatMap((name) => GROUP_OF[name] ?? []);

function collect(plan: Plan): Set<FactGroup> {
  const needs = new Set<FactGroup>();
  if (plan.trigger.each === 'product') needs.add('products');
  const look = (condition: Condition) => {
    for (const group of groupsOf(condition)) needs.add(group);
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
