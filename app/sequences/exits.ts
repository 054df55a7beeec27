/** Why an enrollment ends before its plan does: what need not be drawn, then what was drawn. */
import { holds } from './conditions.ts';
import type { Facts } from './facts.ts';
import type { Plan, TriggerKind } from './plan.ts';
import { nextOf, type MessageStep } from './steps.ts';
import type { StopReason } from './sequence.ts';

/** The reason to stop at this step, or null: go on. A drawn exit gives `exit:KEY`. */
export function exitOf(plan: Plan, stepKey: string, facts: Facts): StopReason | `exit:${string}` | null {
  return endOf(plan, stepKey, facts) ?? drawn(plan, facts);
}

/** The same without what was drawn: what ends an enrollment the moment it happens. */
export const endOf = (plan: Plan, stepKey: string, facts: Facts): StopReason | null =>
  ofCustomer(facts) ?? ofOrder(plan, facts) ?? ofWishes(plan, stepKey, facts);

/** Classes of the messages that may still come from a step on. */
export function classesAhead(plan: Plan, stepKey: string): ReadonlySet<MessageStep['class']> {
  let ofPlan = ahead.get(plan);
  if (!ofPlan) ahead.set(plan, (ofPlan = new Map()));
  let classes = ofPlan.get(stepKey);
  if (!classes) ofPlan.set(stepKey, (classes = collect(plan, stepKey)));
  return classes;
}

const ahead = new WeakMap<Plan, Map<string, Set<MessageStep['class']>>>();

function collect(plan: Plan, from: string): Set<MessageStep['class']> {
  const byKey = new Map(plan.steps.map((step) => [step.key, step]));
  const classes = new Set<MessageStep['class']>();
  const seen = new Set<string>();
  const open = [from];
  while (open.length > 0) {
    const key = open.pop()!;
    const step = byKey.get(key);
    if (!step || seen.has(key)) continue;
    seen.add(key);
    if (step.kind === 'message') classes.add(step.class);
    for (const target of nextOf(step)) if (target !== null) open.push(target);
  }
  return classes;
}

function ofCustomer({ customer }: Facts): StopReason | null {
  return !customer || customer.erased ? 'erased' : null;
}

/** Happenings that end what is about their order. */
export const ENDS_OF_ORDERS: readonly TriggerKind[] = ['order.cancelled', 'order.refunded', 'order.returned'];

/** Whether it is about the end of an order, which then does not end it. */
export const outlivesOrder = (plan: Plan): boolean =>
  plan.trigger.on.some((kind) => ENDS_OF_ORDERS.includes(kind));

/** Whether a plan is set off by an arrival: all that it waits for hangs on that. */
export const isByArrival = ({ trigger }: Plan): boolean => trigger.on.includes('shipment.delivered');

function ofOrder(plan: Plan, facts: Facts): StopReason | null {
  const { order, shipment, product } = facts;
  if (order?.deleted) return 'deleted';
  if (outlivesOrder(plan)) return null;
  if (order?.cancelled) return 'cancelled';
  if (order?.refunded === 'fully') return 'refunded';
  if (order?.returned) return 'returned';
  if (shipment?.failed) return 'delivery-failed';
  if (product?.gone) return 'product-returned';
  return null;
}

function ofWishes(plan: Plan, stepKey: string, facts: Facts): StopReason | null {
  if (!facts.customer?.unsubscribed) return null;
  const classes = classesAhead(plan, stepKey);
  return classes.size > 0 && !classes.has('service') ? 'unsubscribed' : null;
}

function drawn(plan: Plan, facts: Facts): `exit:${string}` | null {
  const exit = plan.exits.find(({ when }) => holds(when, facts));
  return exit ? `exit:${exit.key}` : null;
}
