/**
 * A plan: what a merchant draws. A closed, typed, versioned vocabulary; no code in it.
 *
 * Steps are a flat list that point at each other by stable keys, so that the same shape is drawn as a list today and as
 * a canvas with branches later, and so that people inside find their place again in a newer version.
 */
import { z } from 'zod';
import { conditionSchema } from './conditions.ts';
import { CHANNELS } from './facts.ts';
import { periodSchema } from './period.ts';

/** What can set a sequence off: kinds of app/events.ts. */
export const TRIGGERS = [
  'order.created',
  'order.paid',
  'order.fulfilled',
  'shipment.shipped',
  'shipment.delivered',
  'answer.verified',
  'review.written',
  'referral.qualified',
  'customer.stage-changed',
] as const;
export type TriggerKind = (typeof TRIGGERS)[number];

/** Stable within the sequence, over all its versions. */
const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
/** The step that follows; null ends the sequence. */
const next = key.nullable();

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

/** Where a wait counts from. `reached`: when the step before it came to its end. */
const ANCHORS = ['trigger', 'reached', 'paid', 'delivered'] as const;
export type Anchor = (typeof ANCHORS)[number];

export const untilSchema = z.strictObject({
  after: periodSchema,
  from: z.enum(ANCHORS).default('trigger'),
  /** The product's own clock, counted from its arrival; `after` and `from` hold where the product has none. */
  product: z.enum(['first-use', 'ready-to-judge', 'end-of-life']).nullable().default(null),
  /** Then on to the next such moment on the customer's clock. */
  at: z
    .strictObject({
      hour: z.number().int().min(0).max(23),
      minute: z.number().int().min(0).max(59).default(0),
      /** 1 Monday … 7 Sunday; empty for any. */
      weekdays: z.array(z.number().int().min(1).max(7)).max(7).default([]),
    })
    .nullable()
    .default(null),
  /** Not in the shop's quiet hours, on the customer's clock. */
  awake: z.boolean().default(false),
});
export type Until = z.infer<typeof untilSchema>;

const waitSchema = z.strictObject({ kind: z.literal('wait'), key, until: untilSchema, next });

const conditionStepSchema = z.strictObject({
  kind: z.literal('condition'),
  key,
  /** The first that holds is taken. */
  branches: z
    .array(z.strictObject({ when: conditionSchema, next }))
    .min(1)
    .max(10),
  otherwise: next,
});

const messageSchema = z.strictObject({
  kind: z.literal('message'),
  key,
  channel: z.enum(['email', 'sms']).default('email'),
  class: z.enum(['service', 'ask', 'offer']),
  /** Key of the template in app/messages. */
  template: z.string().min(1).max(80),
  /** Key of the survey that its row of answers belongs to. */
  survey: z.string().max(80).nullable().default(null),
  /** Without it the message waits a while, then is left out. */
  needs: z.array(z.enum(['referral-code'])).default([]),
  /** Not sent any more this long after its moment. */
  uselessAfter: periodSchema.nullable().default(null),
  next,
});

const stopSchema = z.strictObject({
  kind: z.literal('stop'),
  key,
  reason: z.string().max(80).default('plan'),
});

const stepSchema = z.discriminatedUnion('kind', [waitSchema, conditionStepSchema, messageSchema, stopSchema]);
export type Step = z.infer<typeof stepSchema>;
export type WaitStep = z.infer<typeof waitSchema>;
export type ConditionStep = z.infer<typeof conditionStepSchema>;
export type MessageStep = z.infer<typeof messageSchema>;

export const planSchema = z.strictObject({
  /** Format of the plan, not the sequence's version. */
  format: z.literal(1),
  trigger: triggerSchema,
  reentry: reentrySchema.default({ kind: 'always' }),
  /** First step. */
  start: key,
  steps: z.array(stepSchema).min(1).max(200),
  /** Looked at before every step, beside those that need not be drawn (cancelled, refunded, returned, unsubscribed…). */
  exits: z
    .array(z.strictObject({ key, when: conditionSchema }))
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
  code: 'shape' | 'same-key-twice' | 'leads-nowhere' | 'loop' | 'never-reached' | 'no-message' | 'policy';
  detail: string;
}

/** The plan, or everything that is wrong with it, so that an editor can show each problem beside its step. */
export function parsePlan(json: unknown): { plan: Plan } | { problems: Problem[] } {
  const parsed = planSchema.safeParse(json);
  if (!parsed.success) return { problems: parsed.error.issues.map((issue) => shapeProblem(json, issue)) };
  const problems = structureProblems(parsed.data);
  return problems.length > 0 ? { problems } : { plan: parsed.data };
}

/** Where a step can lead to. */
export function nextOf(step: Step): (string | null)[] {
  switch (step.kind) {
    case 'wait':
    case 'message':
      return [step.next];
    case 'condition':
      return [...step.branches.map((branch) => branch.next), step.otherwise];
    case 'stop':
      return [];
  }
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
  return [...walkProblems(plan, byKey), ...emptyProblems(plan)];
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

const emptyProblems = (plan: Plan): Problem[] =>
  plan.steps.some((step) => step.kind === 'message') ? [] : [{ step: null, code: 'no-message', detail: '' }];
