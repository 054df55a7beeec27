/**
 * A plan: what a merchant draws. A closed, typed, versioned vocabulary; no code in it.
 *
 * Steps are a flat list that point at each other by stable keys, so that the same shape is drawn as a list today and as
 * a canvas with branches later, and so that people inside find their place again in a newer version.
 */
import { z } from 'zod';
import { STAGES } from '../customers/customer.ts';
import { CALENDAR_TRIGGERS } from './calendar.ts';
import { conditionSchema } from './conditions.ts';
import { CHANNELS } from './facts.ts';
import { periodSchema } from './period.ts';
import { objectionTo } from './public-address.ts';
import { nextOf, stepKey, stepSchema, type Step } from './steps.ts';

/** What can set a sequence off: kinds of app/events.ts. */
export const TRIGGERS = [
  'order.created',
  'order.paid',
  'order.fulfilled',
  'order.cancelled',
  'order.refunded',
  'order.returned',
  'shipment.shipped',
  'shipment.delivered',
  'answer.verified',
  'review.written',
  'story.sent',
  'referral.qualified',
  'gesture.given',
  'points.earned',
  'points.redeemed',
  'customer.stage-changed',
  'customer.tagged',
  'customer.segment-joined',
  'customer.segment-left',
  ...CALENDAR_TRIGGERS,
  'sequence.started',
] as const;
export type TriggerKind = (typeof TRIGGERS)[number];

/** Which happenings of their kind; what says nothing of a kind takes all of it. */
const whichSchema = z.strictObject({
  /** Of moments of the calendar: so many days before. */
  ahead: z.number().int().min(0).max(90).default(0),
  /** NAMESPACE.KEY of a metafield: of `customer.date` the customer's with the date (null: their birthday), of `product.event-ended` the product's with its end (null: as it was typed). */
  date: z
    .string()
    .regex(/^[A-Za-z0-9_-]{3,255}\.[A-Za-z0-9_-]{2,64}$/)
    .nullable()
    .default(null),
  /** Of `customer.tagged`: one of these; none: any. Case does not count, as at Shopify. */
  tags: z.array(z.string().trim().min(1).max(255)).max(50).default([]),
  /** Of joining and leaving segments: Shopify's ids; there must be one. */
  segments: z
    .array(z.string().regex(/^[1-9]\d{0,18}$/))
    .max(20)
    .default([]),
  /** Of `customer.stage-changed`: stages that are reached; none: any. */
  stages: z.array(z.enum(STAGES)).default([]),
});

const triggerSchema = z.strictObject({
  on: z.array(z.enum(TRIGGERS)).min(1),
  /** What one enrollment is about; decides who is enrolled twice. */
  each: z.enum(['order', 'shipment', 'product', 'customer']),
  channels: z.array(z.enum(CHANNELS)).min(1).default(['web', 'draft', 'app']),
  testOrders: z.boolean().default(false),
  /** News older than this enrolls nobody: a first sync or a late webhook must not thank for last month's order. */
  freshFor: periodSchema,
  /** Over what is known at that moment: the trigger's score and the order. */
  when: conditionSchema.nullable().default(null),
  /** With `each: 'product'`: how many products of one order at most, dearest first. */
  most: z.number().int().min(1).max(50).nullable().default(null),
  which: whichSchema.default({ ahead: 0, date: null, tags: [], segments: [], stages: [] }),
});
export type Trigger = z.infer<typeof triggerSchema>;

/** Whether the same customer comes in again; for one order, shipment or product nobody ever does. */
const reentrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('always') }),
  z.strictObject({ kind: z.literal('once') }),
  /** Once in so many days. */
  z.strictObject({ kind: z.literal('after'), days: z.number().int().min(1).max(3650) }),
  /** The newer one takes the older one's place, which stops. */
  z.strictObject({ kind: z.literal('replace') }),
]);
export type Reentry = z.infer<typeof reentrySchema>;

export const planSchema = z.strictObject({
  /** Format of the plan, not the sequence's version. */
  format: z.literal(1),
  trigger: triggerSchema,
  reentry: reentrySchema.default({ kind: 'always' }),
  /** First step. */
  start: stepKey,
  steps: z.array(stepSchema).min(1).max(200),
  /** Looked at before every step, beside those that need not be drawn (cancelled, refunded, returned, unsubscribed…). */
  exits: z
    .array(z.strictObject({ key: stepKey, when: conditionSchema }))
    .max(20)
    .default([]),
});

/** A published form of a sequence. */
export type Plan = z.infer<typeof planSchema>;
/** A plan as it may be written: what has a default may be left out. */
export type PlanInput = z.input<typeof planSchema>;

/** What is wrong with a plan, beside the step it belongs to; step null is the plan as a whole. */
export interface Problem {
  step: string | null;
  /** The way to the value in the plan, where it is known closer than by its step. */
  at?: readonly (string | number)[];
  code:
    | 'shape'
    | 'same-key-twice'
    | 'leads-nowhere'
    | 'loop'
    | 'never-reached'
    | 'no-message'
    | 'never-begins'
    /** A step begins a sequence that there is not, or one that begins this one again at once, for ever. */
    | 'no-such-sequence'
    | 'endless'
    /** A condition that cannot hold, whatever is known. */
    | 'senseless'
    | 'not-public'
    | 'policy';
  detail: string;
}

/** The plan, or everything that is wrong with it, so that an editor can show each problem beside its step. */
export function parsePlan(json: unknown): { plan: Plan } | { problems: Problem[] } {
  const parsed = planSchema.safeParse(json);
  if (!parsed.success) return { problems: parsed.error.issues.map((issue) => shapeProblem(json, issue)) };
  const problems = structureProblems(parsed.data);
  return problems.length > 0 ? { problems } : { plan: parsed.data };
}

/** Keys of the texts that a plan sends, each once. */
export function templatesIn(plan: Plan): string[] {
  return [...new Set(plan.steps.flatMap((step) => (step.kind === 'message' ? [step.template] : [])))];
}

function shapeProblem(json: unknown, issue: z.core.$ZodIssue): Problem {
  const [field, index] = issue.path;
  const steps = (json as { steps?: { key?: unknown }[] } | null)?.steps;
  const step = field === 'steps' && typeof index === 'number' ? steps?.[index]?.key : null;
  return {
    step: typeof step === 'string' ? step : null,
    code: 'shape',
    detail: `${issue.path.join('.')}: ${issue.message}`,
  };
}

function structureProblems(plan: Plan): Problem[] {
  const problems: Problem[] = [];
  const byKey = new Map<string, Step>();
  for (const step of plan.steps) {
    if (byKey.has(step.key)) problems.push({ step: step.key, code: 'same-key-twice', detail: step.key });
    byKey.set(step.key, step);
  }
  for (const step of plan.steps) {
    for (const target of nextOf(step)) {
      if (target !== null && !byKey.has(target))
        problems.push({ step: step.key, code: 'leads-nowhere', detail: target });
    }
  }
  if (!byKey.has(plan.start)) problems.push({ step: null, code: 'leads-nowhere', detail: plan.start });
  if (problems.length > 0) return problems;
  return [...walkProblems(plan, byKey), ...emptyProblems(plan), ...addressProblems(plan)];
}

/** Loops, and steps that nobody ever comes to. */
function walkProblems(plan: Plan, byKey: Map<string, Step>): Problem[] {
  const problems: Problem[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (from: string) => {
    state.set(from, 'open');
    for (const target of nextOf(byKey.get(from)!)) {
      if (target === null) continue;
      if (state.get(target) === 'open') problems.push({ step: from, code: 'loop', detail: target });
      else if (!state.has(target)) visit(target);
    }
    state.set(from, 'done');
  };
  visit(plan.start);
  for (const step of plan.steps) {
    if (!state.has(step.key)) problems.push({ step: step.key, code: 'never-reached', detail: step.key });
  }
  return problems;
}

/** Steps that do something for somebody. */
const DOES = new Set<Step['kind']>(['message', 'gift', 'tag', 'metafield', 'webhook', 'task', 'start']);

const emptyProblems = (plan: Plan): Problem[] =>
  plan.steps.some((step) => DOES.has(step.kind)) ? [] : [{ step: null, code: 'no-message', detail: '' }];

const OBJECTIONS = {
  'not-https': 'Webhooks go to addresses that begin with https:// only.',
  'with-password':
    'The address of a webhook may carry no name and no password; what comes from Everafter is signed.',
  'not-public': 'The address of the webhook is inside a private network. Use one that everybody can reach.',
} as const;

/** What can be known before anything is sent; names are looked at again, by their addresses, at every attempt. */
const addressProblems = (plan: Plan): Problem[] =>
  plan.steps.flatMap((step) => {
    const objection = step.kind === 'webhook' ? objectionTo(step.url) : null;
    return objection ? [{ step: step.key, code: 'not-public', detail: OBJECTIONS[objection] }] : [];
  });
