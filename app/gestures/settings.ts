/** What a merchant sets of gestures: on which occasions what is given, how seldom, and how many are left out to compare. */
import { z } from 'zod';
import { STAGES } from '../customers/customer.ts';
import { secondOf } from '../zones.ts';
import { OCCASIONS, type OccasionKind, type Present } from './gesture.ts';

/** In minor units: nobody means more. */
const amount = z
  .number({ error: 'Write an amount, such as 5; 0 where it costs nothing' })
  .int()
  .min(0)
  .max(1_000_000_000);

export const presentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['note', 'call']), amount }),
  z.strictObject({ kind: z.literal('credit'), amount: amount.min(1, 'A credit is worth something') }),
  z.strictObject({
    kind: z.literal('gift'),
    amount,
    productId: z.string().regex(/^\d{1,19}$/, 'Choose what is given'),
    title: z.string().trim().min(1, 'Choose what is given').max(200),
  }),
  z.strictObject({
    kind: z.literal('shipping'),
    amount,
    tag: z.string().trim().min(1, 'Write the tag that your warehouse goes by').max(40),
  }),
]);

const occasionSchema = z
  .strictObject({
    kind: z.enum(OCCASIONS),
    /** Since when it counts, ISO; null: it is off. What was before is not made up for. */
    since: z.iso.datetime().nullable(),
    /** What it means stands in NUMBERS. */
    number: z.number().int(),
    /** Of `stage` only. */
    stage: z.enum(STAGES),
    present: presentSchema,
  })
  .superRefine(({ kind, number }, context) => {
    const { min, max } = NUMBERS[kind];
    if (number < min || number > max) {
      context.addIssue({ code: 'custom', path: ['number'], message: `A number from ${min} to ${max}` });
    }
  });
export type Occasion = z.infer<typeof occasionSchema>;

/** What the number of an occasion counts, and between what it has to lie. */
export const NUMBERS: Record<OccasionKind, { min: number; max: number }> = {
  /** Days after it was solved */
  healed: { min: 0, max: 60 },
  /** The how manyth */
  photos: { min: 1, max: 100 },
  orders: { min: 2, max: 1000 },
  /** Years since the first order, and every year from there */
  anniversary: { min: 1, max: 50 },
  /** Days without an order or a word */
  silence: { min: 30, max: 3650 },
  /** One order in so many */
  luck: { min: 2, max: 10_000 },
  /** Not used */
  stage: { min: 0, max: 0 },
};

const settingsSchema = z
  .strictObject({
    format: z.literal(1),
    /** Of the amounts below. */
    currency: z.string().regex(/^[A-Z]{3}$/),
    /** Nobody is given anything again within so many months. */
    restMonths: z.number().int().min(1, 'At least a month').max(24, 'At most two years'),
    /** Of a hundred customers so many get none, for comparison. */
    leftOutPercent: z.number().int().min(0).max(50, 'At most half of them'),
    occasions: z.array(occasionSchema).length(OCCASIONS.length),
  })
  .superRefine(({ occasions }, context) => {
    if (new Set(occasions.map(({ kind }) => kind)).size < OCCASIONS.length) {
      context.addIssue({ code: 'custom', path: ['occasions'], message: 'Each occasion stands there once' });
    }
  });
export type GestureSettings = z.infer<typeof settingsSchema>;

const first = (kind: OccasionKind, number: number, present: Present): Occasion => ({
  kind,
  since: null,
  number,
  stage: 'family',
  present,
});

/** What every shop begins with: everything is off. @param major one whole unit of the currency, in minor units */
export const firstSettings = (currency: string, major: number): GestureSettings => ({
  format: 1,
  currency,
  restMonths: 6,
  leftOutPercent: 10,
  occasions: [
    first('healed', 2, { kind: 'note', amount: 2 * major }),
    first('photos', 3, { kind: 'note', amount: 2 * major }),
    first('orders', 10, { kind: 'credit', amount: 10 * major }),
    first('anniversary', 1, { kind: 'note', amount: 2 * major }),
    first('silence', 180, { kind: 'credit', amount: 5 * major }),
    first('luck', 100, { kind: 'shipping', amount: 5 * major, tag: 'Send faster' }),
    first('stage', 0, { kind: 'call', amount: 0 }),
  ],
});

export const parseGestureSettings = (
  json: unknown,
): { settings: GestureSettings } | { problems: { path: string; message: string }[] } => {
  const parsed = settingsSchema.safeParse(json);
  if (parsed.success) return { settings: parsed.data };
  return {
    problems: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  };
};

/**
 * What is to be saved: an occasion that was on stays on since then, one that is switched on counts from now.
 * @param wanted `since` says only whether it is on
 */
export function switchedAt(wanted: GestureSettings, before: GestureSettings, now: Date): GestureSettings {
  const sinceOf = new Map(before.occasions.map(({ kind, since }) => [kind, since]));
  const occasions = wanted.occasions.map((occasion) => ({
    ...occasion,
    since: occasion.since === null ? null : (sinceOf.get(occasion.kind) ?? secondOf(now).toISOString()),
  }));
  return { ...wanted, occasions };
}

export const isListening = ({ occasions }: GestureSettings): boolean =>
  occasions.some(({ since }) => since !== null);

/** A month's budget in minor units, as it is posted. */
export function parseMonthly(
  json: unknown,
): { monthly: number } | { problems: { path: string; message: string }[] } {
  const parsed = amount.safeParse(json);
  if (parsed.success) return { monthly: parsed.data };
  return { problems: [{ path: 'monthly', message: 'Write an amount, such as 50' }] };
}
