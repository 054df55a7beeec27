/** What a merchant can set. Every field has a default, so that `{}` is a whole shop. */
import { z } from 'zod';

/** Languages that the app speaks to shoppers in mails; the first is the last resort. */
export const MAIL_LOCALES = ['en', 'de', 'fr', 'es'] as const;
export type MailLocale = (typeof MAIL_LOCALES)[number];

const hour = z.number().int().min(0).max(23);
const perChannel = z.number().int().min(1).max(14).nullable().default(null);

export const shopSettingsSchema = z.object({
  sender: z
    .object({
      /** Shown as the sender; the shop's name when empty. */
      name: z.string().max(80).default(''),
      /** Address that mails come from; the app's own when empty. */
      email: z.union([z.email(), z.literal('')]).default(''),
      replyTo: z.union([z.email(), z.literal('')]).default(''),
      /** Under every ask and offer, as the law of many countries wants. */
      postalAddress: z.string().max(300).default(''),
    })
    .prefault({}),
  brand: z
    .object({
      logoUrl: z.union([z.url(), z.literal('')]).default(''),
      /** Buttons and links in mails and pages, #rrggbb */
      color: z
        .string()
        .regex(/^#[0-9a-f]{6}$/i)
        .default('#2b4c3f'),
      /** Signs the mails: "Ana and the team" */
      signature: z.string().max(80).default(''),
    })
    .prefault({}),
  rhythm: z
    .object({
      /** Local hours between which nobody is written to: from 21 to 9. */
      quietFrom: hour.default(21),
      quietTo: hour.default(9),
      /** Asks and offers a customer gets at most in seven days, over all sequences. */
      perWeek: z.number().int().min(1).max(14).default(2),
      /** Of these at most so many by mail or by text message; null: as many as at all. */
      mailsPerWeek: perChannel,
      textsPerWeek: perChannel,
      /** Hours between two asks or offers. */
      minGapHours: z.number().int().min(0).max(168).default(24),
      /** Days on which asks and offers may arrive, on the customer's own calendar: 1 Monday … 7 Sunday. */
      days: z.array(z.number().int().min(1).max(7)).min(1).max(7).default([1, 2, 3, 4, 5, 6, 7]),
    })
    .prefault({}),
  /** Languages that the merchant writes in, BCP 47; the shop's own when empty. */
  languages: z.array(z.string()).default([]),
  /** Days in which an order can be returned; rewards are held that long after delivery or, without one, payment. */
  returnWindowDays: z.number().int().min(0).max(365).default(14),
  /** Days after which a parcel without a carrier's scan is taken as delivered. */
  assumedTransitDays: z.number().int().min(1).max(60).default(7),
  tracking: z.object({ opens: z.boolean().default(true), clicks: z.boolean().default(true) }).prefault({}),
  /** Days that rendered mails and worked-in webhooks are kept. */
  retentionDays: z.number().int().min(7).max(730).default(90),
  friends: z
    .object({
      /** How soon doubts about a friend's order hold it for a person: app/referrals/signals.ts */
      sensitivity: z.enum(['calm', 'usual', 'careful']).default('usual'),
      /** E-mail addresses and domains of people who work here. */
      staff: z.array(z.string().max(254)).max(200).default([]),
    })
    .prefault({}),
  reviews: z
    .object({
      /** Hours that the staff have to look at what a rule has held; then it is published. */
      holdHours: z.number().int().min(1).max(168).default(48),
    })
    .prefault({}),
  stories: z
    .object({
      /** What interviews ask, in their order; null: what we ask. app/stories/interview.ts reads it. */
      questions: z
        .array(z.object({ key: z.string(), text: z.record(z.string(), z.string()) }))
        .nullable()
        .default(null),
    })
    .prefault({}),
  /** Customers carry their stage as a tag at Shopify too, "Everafter: friend". */
  stageTags: z.boolean().default(false),
  /** Ask "how did you hear about us?" at the checkout. */
  askHeard: z.boolean().default(false),
});

export type ShopSettings = z.infer<typeof shopSettingsSchema>;

/** Settings as stored, completed with defaults; a field that no longer fits falls back as a whole. */
export function readSettings(stored: unknown): ShopSettings {
  const parsed = shopSettingsSchema.safeParse(stored ?? {});
  return parsed.success ? parsed.data : shopSettingsSchema.parse({});
}
