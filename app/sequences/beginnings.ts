/** Whether what sets a plan off can begin it at all; looked at before publishing, never while it runs. */
import type { Plan, Problem, Trigger, TriggerKind } from './plan.ts';

type Each = Trigger['each'];

const OF_CUSTOMERS: ReadonlySet<TriggerKind> = new Set<TriggerKind>([
  'referral.qualified',
  'gesture.given',
  'points.earned',
  'points.redeemed',
  'customer.stage-changed',
  'customer.tagged',
  'customer.segment-joined',
  'customer.segment-left',
  'customer.date',
  'customer.anniversary',
  'reward.expiring',
]);
const OF_PARCELS: ReadonlySet<TriggerKind> = new Set<TriggerKind>([
  'shipment.shipped',
  'shipment.delivered',
  'product.first-use',
  'product.ready-to-judge',
  'product.end-of-life',
  'sequence.started',
]);

/** A happening has an order, a parcel or neither; a plan that runs once for each of what it has not never begins. */
const canBegin = (kind: TriggerKind, each: Each): boolean => {
  if (each === 'customer') return true;
  if (OF_CUSTOMERS.has(kind)) return false;
  return each !== 'shipment' || OF_PARCELS.has(kind);
};

const EACH_WORDS: Record<Each, string> = {
  order: 'an order',
  shipment: 'a parcel',
  product: 'a product',
  customer: 'a customer',
};

/** What is wrong with the beginning; the plan as a whole is the place. */
export function beginningProblems({ trigger: { on, each, which } }: Plan): Problem[] {
  const problems: Problem[] = [];
  const missing = on.filter((kind) => !canBegin(kind, each));
  if (missing.length > 0)
    problems.push({
      step: null,
      at: ['trigger', 'each'],
      code: 'never-begins',
      detail: `${EACH_WORDS[each]}: ${missing.join(', ')}`,
    });
  const bySegment = on.includes('customer.segment-joined') || on.includes('customer.segment-left');
  if (bySegment && which.segments.length === 0)
    problems.push({
      step: null,
      at: ['trigger', 'which', 'segments'],
      code: 'shape',
      detail: 'trigger.which.segments: choose one at least',
    });
  return problems;
}
