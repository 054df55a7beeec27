/** Who is to be enrolled: what happened, held against the plans that listen. */
import { dateOf, isCalendar } from './calendar.ts';
import { holds } from './conditions.ts';
import type { Facts } from './facts.ts';
import { outlivesOrder } from './exits.ts';
import { roughly } from './period.ts';
import type { Plan, Reentry, Trigger, TriggerKind } from './plan.ts';
import type { Happened } from './sequence.ts';

/** A sequence that is switched on, in its live version. */
export interface Listening {
  shopId: bigint;
  sequenceId: string;
  key: string;
  version: number;
  plan: Plan;
}

/** What is known when something happens. */
export interface Known {
  /** Facts of shop, order and trigger; the rest is not known yet. */
  facts: Facts;
  /** Products of the parcel or order, dearest first. */
  productIds: bigint[];
}

/** An enrollment to be made. */
export interface Candidate {
  sequence: Listening;
  happened: Happened;
  productId: bigint | null;
  /** What makes it one within the sequence. */
  subject: string;
}

/** Everyone whom `happened` leads into `sequence`: nobody, one, or one for each product. */
export function candidatesOf(sequence: Listening, happened: Happened, known: Known, now: Date): Candidate[] {
  const { trigger } = sequence.plan;
  if (!isCalled(sequence, happened)) return [];
  if (now.getTime() - happened.at.getTime() > roughly(trigger.freshFor)) return [];
  if (!isWelcome(sequence.plan, known.facts)) return [];
  if (trigger.each !== 'product') {
    const subject = subjectOf(sequence.plan, happened);
    return subject === null ? [] : [{ sequence, happened, productId: happened.productId ?? null, subject }];
  }
  if (happened.orderId == null) return [];
  const products = happened.productId == null ? known.productIds : [happened.productId];
  return products.slice(0, trigger.most ?? products.length).map((productId) => ({
    sequence,
    happened,
    productId,
    subject: `order:${happened.orderId}:product:${productId}`,
  }));
}

/** Whether it listens to this; what is started by name has been asked for, whatever it listens to. */
function isCalled({ key, plan }: Listening, { trigger, data }: Happened): boolean {
  if (trigger === 'sequence.started') return data['sequence'] === key;
  return plan.trigger.on.includes(trigger) && isMeant(plan.trigger.which, trigger, data);
}

function isMeant(which: Trigger['which'], trigger: TriggerKind, data: Happened['data']): boolean {
  if (isCalendar(trigger))
    return (
      data['ahead'] === which.ahead && (data['date'] ?? dateOf(trigger, null)) === dateOf(trigger, which.date)
    );
  switch (trigger) {
    case 'customer.tagged':
      return which.tags.length === 0 || shareOne(which.tags, data['tags']);
    case 'customer.segment-joined':
    case 'customer.segment-left':
      return which.segments.includes(String(data['segment']));
    case 'customer.stage-changed':
      return which.stages.length === 0 || shareOne(which.stages, [data['to']]);
    default:
      return true;
  }
}

function shareOne(wanted: readonly string[], told: unknown): boolean {
  const known = new Set(Array.isArray(told) ? told.map((one) => String(one).toLowerCase()) : []);
  return wanted.some((one) => known.has(one.toLowerCase()));
}

/** Sequences that start each other in a ring go round once a day at most. */
const RING_DAYS = 1;

/** From when on an earlier enrollment of the same customer keeps a new one out; null: none does. */
export function keptOutSince(reentry: Reentry, happened: Happened, now: Date): Date | null {
  const { trigger, data } = happened;
  switch (reentry.kind) {
    case 'always':
    case 'replace':
      return trigger === 'sequence.started' && data['by'] === 'step'
        ? new Date(now.getTime() - roughly({ days: RING_DAYS }))
        : null;
    case 'once':
      return new Date(0);
    case 'after':
      return new Date(now.getTime() - roughly({ days: reentry.days }));
  }
}

/** What the customer said, as 1…5; null where nothing was said. */
export function scoreOf({ data }: Happened): number | null {
  const said = data['score'] ?? data['stars'];
  return typeof said === 'number' ? said : null;
}

/** Whether the plan takes in somebody of whom this is known when it is set off. */
export function isWelcome(plan: Plan, facts: Facts): boolean {
  const { trigger } = plan;
  const { order } = facts;
  if (order) {
    if (order.test && !trigger.testOrders) return false;
    if (!trigger.channels.includes(order.channel)) return false;
    if (order.deleted) return false;
    const isOver = order.cancelled || order.returned || order.refunded === 'fully';
    if (isOver && !outlivesOrder(plan)) return false;
  }
  return trigger.when === null || holds(trigger.when, facts);
}

function subjectOf({ trigger, reentry }: Plan, happened: Happened): string | null {
  const { orderId, shipmentId, customerId } = happened;
  switch (trigger.each) {
    case 'order':
      return orderId == null ? null : `order:${orderId}`;
    case 'shipment':
      return shipmentId == null ? null : `shipment:${shipmentId}`;
    case 'customer':
      return reentry.kind === 'once'
        ? `customer:${customerId}`
        : `customer:${customerId}:${causeOf(happened)}`;
    case 'product':
      return null;
  }
}

/** Names the happening itself, so that hearing of it twice is hearing of it once. */
function causeOf({ data, orderId, at }: Happened): string {
  const id =
    data['cause'] ?? data['answerId'] ?? data['reviewId'] ?? data['storyId'] ?? data['referralId'] ?? orderId;
  return id == null ? at.toISOString() : String(id);
}
