/** What a merchant sets of loyalty: which benefits come with a stage, and points where they want them. */
import { z } from 'zod';
import { STAGES, type Stage } from '../customers/customer.ts';

const BENEFITS = ['tag', 'shipping', 'birthday', 'inbox'] as const;
export type BenefitKind = (typeof BENEFITS)[number];

/** From this stage on, and closer; null: it is off. */
const from = z.enum(STAGES).nullable();
/** Minor units of the shop's currency. */
const amount = z
  .number({ error: 'Write an amount, such as 5' })
  .int()
  .min(1, 'More than nothing')
  .max(1_000_000_000);
const few = z
  .number({ error: 'Write a whole number' })
  .int('Write a whole number')
  .min(0, 'Not less than nothing')
  .max(1_000_000);

const settingsSchema = z.strictObject({
  format: z.literal(1),
  /** Of the amounts below; what was saved before this was known is in the shop's. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  benefits: z.strictObject({
    /** A tag of the customer at Shopify: for early access, for prices, for Flow. */
    tag: z.strictObject({ from, tag: z.string().trim().min(1, 'Write the tag').max(40) }),
    /** A code for free shipping, taken back when the stage is left. */
    shipping: z.strictObject({ from, validDays: z.number().int().min(1, 'At least a day').max(3650) }),
    /** Store credit on their birthday. */
    birthday: z.strictObject({ from, amount }),
    /** What they say is tagged "First in line" in the inbox, and answered in so many per cent of the promised time. */
    inbox: z.strictObject({
      from,
      pace: z
        .number({ error: 'Write a whole number' })
        .int('Write a whole number')
        .min(10, 'At least 10 %')
        .max(100, 'At most 100 %')
        .default(50),
    }),
  }),
  points: z.strictObject({
    /** Since when they count, ISO; null: there are none. */
    since: z.iso.datetime().nullable(),
    /** For each whole unit of money spent. */
    perUnit: few,
    review: few,
    photo: few,
    referral: few,
    birthday: few,
    /** So many points are worth `amount`. */
    redeem: z.strictObject({ points: few.min(1, 'At least one'), amount }),
    /** After which they end; null: never. */
    validMonths: z
      .number({ error: 'Write a whole number' })
      .int()
      .min(1, 'At least a month')
      .max(120)
      .nullable(),
  }),
});
export type LoyaltySettings = z.infer<typeof settingsSchema>;

/** What every shop begins with: everything is off. @param major one whole unit of the currency, in minor units */
export const firstLoyalty = (major: number): LoyaltySettings => ({
  format: 1,
  benefits: {
    tag: { from: null, tag: 'Early access' },
    shipping: { from: null, validDays: 365 },
    birthday: { from: null, amount: 10 * major },
    inbox: { from: null, pace: 50 },
  },
  points: {
    since: null,
    perUnit: 1,
    review: 50,
    photo: 50,
    referral: 200,
    birthday: 100,
    redeem: { points: 500, amount: 5 * major },
    validMonths: 12,
  },
});

/**
 * What of it holds in a shop of that currency: sums in one that the shop has left are nobody's promise any more, until
 * they are entered anew. Points are still earned, and kept.
 */
export function inForce(settings: LoyaltySettings, shopCurrency: string): LoyaltySettings {
  if ((settings.currency ?? shopCurrency) === shopCurrency) return settings;
  const { benefits } = settings;
  return { ...settings, benefits: { ...benefits, birthday: { ...benefits.birthday, from: null } } };
}

/** Whether points can be turned into something: not while what they are worth is in a currency that the shop has left. */
export const canRedeemIn = ({ currency, points }: LoyaltySettings, shopCurrency: string): boolean =>
  points.since !== null && (currency ?? shopCurrency) === shopCurrency;

export function parseLoyalty(
  json: unknown,
): { settings: LoyaltySettings } | { problems: { path: string; message: string }[] } {
  const parsed = settingsSchema.safeParse(json);
  if (parsed.success) return { settings: parsed.data };
  return {
    problems: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  };
}

/** Which benefits a customer at that stage has. */
export function benefitsAt(stage: Stage, { benefits }: LoyaltySettings): BenefitKind[] {
  return BENEFITS.filter((kind) => {
    const first = benefits[kind].from;
    return first !== null && STAGES.indexOf(stage) >= STAGES.indexOf(first);
  });
}

/** Whether anything hangs on birthdays. */
export const needsBirthdays = ({ benefits, points }: LoyaltySettings): boolean =>
  benefits.birthday.from !== null || (points.since !== null && points.birthday > 0);
