/** The steps of a plan: a closed, typed vocabulary. Keys are stable over all versions of a sequence. */
import { z } from 'zod';
import { discountValueSchema } from '../shops/discount-value.ts';
import { conditionSchema } from './conditions.ts';
import { periodSchema } from './period.ts';

/** Stable within the sequence, over all its versions. */
export const stepKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
/** The step that follows; null ends the sequence. */
const next = stepKey.nullable();

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

const waitSchema = z.strictObject({ kind: z.literal('wait'), key: stepKey, until: untilSchema, next });

/** Waits until something is true of the customer, at most so long. */
const waitForSchema = z.strictObject({
  kind: z.literal('wait-for'),
  key: stepKey,
  when: conditionSchema,
  within: periodSchema,
  next,
  /** When it did not come about in time. */
  otherwise: next,
});

const conditionStepSchema = z.strictObject({
  kind: z.literal('condition'),
  key: stepKey,
  /** The first that holds is taken. */
  branches: z
    .array(z.strictObject({ when: conditionSchema, next }))
    .min(1)
    .max(10),
  otherwise: next,
});

/** By weight; the same customer goes the same way whenever they come. A way that leads to null holds them out. */
const splitSchema = z.strictObject({
  kind: z.literal('split'),
  key: stepKey,
  ways: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(40),
        weight: z.number().int().min(0).max(1000),
        next,
      }),
    )
    .min(2)
    .max(6)
    .refine((ways) => ways.some(({ weight }) => weight > 0), 'one way at least must have a weight'),
});

const messageSchema = z.strictObject({
  kind: z.literal('message'),
  key: stepKey,
  channel: z.enum(['email', 'sms']).default('email'),
  class: z.enum(['service', 'ask', 'offer']),
  /** Key of the template in app/messages. */
  template: z.string().min(1).max(80),
  /** Key of the survey that its row of answers belongs to. */
  survey: z.string().max(80).nullable().default(null),
  /** Without it the message waits a while, then is left out. */
  needs: z.array(z.enum(['referral-code'])).default([]),
  /** Which of two goes first that want the same slot of a customer's budget; the older one where they are equal. */
  priority: z.enum(['low', 'normal', 'high']).default('normal'),
  /** Not sent any more this long after its moment. */
  uselessAfter: periodSchema.nullable().default(null),
  next,
});

/** Something of value, given without a friend: a code of the customer's own, in the one ledger of rewards. */
const giftSchema = z.strictObject({
  kind: z.literal('gift'),
  key: stepKey,
  value: discountValueSchema,
  /** How long it may be used; null for ever. */
  validDays: z.number().int().min(1).max(3650).nullable().default(90),
  next,
});

/** On the customer or the order at Shopify; tags are set apart by commas there. */
const tagSchema = z.strictObject({
  kind: z.literal('tag'),
  key: stepKey,
  on: z.enum(['customer', 'order']).default('customer'),
  tags: z
    .array(
      z
        .string()
        .trim()
        .min(1)
        .max(40)
        .regex(/^[^,]+$/),
    )
    .min(1)
    .max(10),
  next,
});

const metafieldSchema = z.strictObject({
  kind: z.literal('metafield'),
  key: stepKey,
  on: z.enum(['customer', 'order']).default('customer'),
  /** Shopify's rules: https://shopify.dev/docs/api/admin-graphql/latest/mutations/metafieldsSet */
  namespace: z.string().regex(/^[A-Za-z0-9_-]{3,255}$/),
  name: z.string().regex(/^[A-Za-z0-9_-]{2,64}$/),
  value: z.string().max(2000),
  next,
});

/** Tells a system of the merchant's; signed, to hosts that anybody may reach. */
const webhookSchema = z.strictObject({
  kind: z.literal('webhook'),
  key: stepKey,
  url: z.url({ protocol: /^https$/ }).max(500),
  next,
});

/** Something that only a person can do: write a card, call. */
const taskSchema = z.strictObject({
  kind: z.literal('task'),
  key: stepKey,
  title: z.string().trim().min(1).max(120),
  note: z.string().max(1000).default(''),
  next,
});

/** Leads the customer into another sequence as well. */
const startSchema = z.strictObject({
  kind: z.literal('start'),
  key: stepKey,
  sequence: z.string().min(1).max(80),
  next,
});

const stopSchema = z.strictObject({
  kind: z.literal('stop'),
  key: stepKey,
  reason: z.string().max(80).default('plan'),
});

export const stepSchema = z.discriminatedUnion('kind', [
  waitSchema,
  waitForSchema,
  conditionStepSchema,
  splitSchema,
  messageSchema,
  giftSchema,
  tagSchema,
  metafieldSchema,
  webhookSchema,
  taskSchema,
  startSchema,
  stopSchema,
]);

export type Step = z.infer<typeof stepSchema>;
export type StepKind = Step['kind'];
export type WaitStep = z.infer<typeof waitSchema>;
export type WaitForStep = z.infer<typeof waitForSchema>;
export type ConditionStep = z.infer<typeof conditionStepSchema>;
export type SplitStep = z.infer<typeof splitSchema>;
export type MessageStep = z.infer<typeof messageSchema>;
/** Steps that do something beside writing to the customer. */
export type DeedStep = Extract<Step, { kind: 'gift' | 'tag' | 'metafield' | 'webhook' | 'task' | 'start' }>;

/** Where a step can lead to; the last of them is the way of whoever meets none of its conditions. */
export function nextOf(step: Step): (string | null)[] {
  switch (step.kind) {
    case 'condition':
      return [...step.branches.map((branch) => branch.next), step.otherwise];
    case 'wait-for':
      return [step.next, step.otherwise];
    case 'split':
      return step.ways.map((way) => way.next);
    case 'stop':
      return [];
    case 'wait':
    case 'message':
    case 'gift':
    case 'tag':
    case 'metafield':
    case 'webhook':
    case 'task':
    case 'start':
      return [step.next];
  }
}
