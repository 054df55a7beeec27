/** On which terms friends are invited: what they get, what the advocate gets, and when it counts. */
import { z } from 'zod';
import { discountValueSchema } from '../shops/discount-value.ts';
import { newsSchema } from './news.ts';

const currency = z.string().regex(/^[A-Z]{3}$/);
/** Minor units of a currency. */
const amount = z.number().int().min(1).max(1_000_000_000);
const sum = z.strictObject({ amount, currency });
/** Shopify's id, in digits. */
const shopifyId = z.string().regex(/^\d{1,20}$/);
const title = z.string().trim().min(1).max(255);

const discount = z.strictObject({ kind: z.literal('discount'), value: discountValueSchema });
const freeShipping = z.strictObject({ kind: z.literal('free-shipping'), value: z.strictObject({}) });

/** Without a kind it is a discount: so were all of them once. */
const named = (value: unknown) =>
  typeof value === 'object' && value !== null && !('kind' in value) ? { kind: 'discount', value } : value;

/** What a friend gets off the order. */
const friendOfferSchema = z.preprocess(
  named,
  z.discriminatedUnion('kind', [
    discount,
    freeShipping,
    /** One piece of a product: at most what one costs is taken off. */
    z.strictObject({
      kind: z.literal('gift'),
      value: z.strictObject({ productId: shopifyId, title, worth: sum }),
    }),
  ]),
);
export type FriendOffer = z.infer<typeof friendOfferSchema>;

/** What an advocate gets for a friend who counts. */
const advocateRewardSchema = z.preprocess(
  named,
  z.discriminatedUnion('kind', [
    discount,
    freeShipping,
    z.strictObject({ kind: z.literal('gift'), value: z.strictObject({ productId: shopifyId, title }) }),
    /** `others`: instead of `amount` for advocates who pay in another currency, minor units of it by its code. */
    z.strictObject({
      kind: z.literal('store-credit'),
      value: sum.extend({ others: z.record(currency, amount).default({}) }),
    }),
    z.strictObject({ kind: z.literal('gift-card'), value: sum }),
    z.strictObject({
      kind: z.literal('points'),
      value: z.strictObject({ points: z.number().int().min(1).max(1_000_000) }),
    }),
    z.strictObject({
      kind: z.literal('donation'),
      value: sum.extend({ to: z.string().trim().min(1).max(120) }),
    }),
    /** Of what the friend's order comes to. */
    z.strictObject({
      kind: z.literal('commission'),
      value: z.strictObject({ percent: z.number().int().min(1).max(100) }),
    }),
  ]),
);
export type AdvocateReward = z.infer<typeof advocateRewardSchema>;

const day = z.iso.date();
const count = z.number().int().min(1).max(1_000_000);

/** Who is asked right after a good answer. Nobody is asked before they have said something good. */
const INVITATIONS = ['happy', 'returning', 'never'] as const;

const fields = z.object({
  /** Off the friend's order. */
  friend: friendOfferSchema,
  /** What the friend's order has to come to, minor units of the shop's currency; null: anything. */
  minimum: amount.nullable().default(null),
  /** A discount is only taken off what is in one of these collections; none: off everything. */
  collections: z
    .array(z.strictObject({ id: shopifyId, title }))
    .max(20)
    .default([]),
  /** For the advocate, once the friend's order is settled. */
  advocate: advocateRewardSchema,
  /** Days in which the advocate may use it; null: for ever. */
  rewardValidDays: z.number().int().min(1).max(3650).nullable().default(365),
  /** Something more for the 3rd, the 10th friend … */
  tiers: z
    .array(z.strictObject({ friends: z.number().int().min(2).max(1000), reward: advocateRewardSchema }))
    .max(5)
    .default([]),
  /** Only a first order counts. */
  newCustomersOnly: z.boolean().default(true),
  /** An order counts too that came by a link, without the code. */
  byLink: z.boolean().default(true),
  /** Friends that count for one advocate in a year, in thirty days; more are held for the merchant. null: any number. */
  perAdvocate: count.nullable().default(20),
  perMonth: count.nullable().default(null),
  /** Friends that count in all in a year; null: any number. */
  inAll: count.nullable().default(null),
  /** Days in which an order may come back; null: the shop's. */
  returnDays: z.number().int().min(0).max(365).nullable().default(null),
  /** The first and the last day, in the shop's zone; null: without one. */
  from: day.nullable().default(null),
  until: day.nullable().default(null),
  /** Who is given their code right after a good answer: everybody, those who have bought before, nobody. */
  onThankYou: z.enum(INVITATIONS).default('happy'),
  /** What the advocate is told of by mail. */
  news: newsSchema,
});

export const termsSchema = fields
  .refine(({ from, until }) => !from || !until || from <= until, {
    path: ['until'],
    message: 'the last day is before the first',
  })
  .refine(({ tiers }) => new Set(tiers.map(({ friends }) => friends)).size === tiers.length, {
    path: ['tiers'],
    message: 'two for the same number of friends',
  })
  .refine(({ friend, collections }) => friend.kind === 'discount' || collections.length === 0, {
    path: ['collections'],
    message: 'only a discount can be for a collection',
  });
export type Terms = z.infer<typeof termsSchema>;

const WORDS: Record<string, string> = {
  friend: 'From 1 to 100 per cent, a sum above nothing, or a product and what one costs.',
  minimum: 'A sum above nothing, or left empty.',
  collections: 'Only a discount can be for certain collections, 20 at most.',
  advocate: 'From 1 to 100 per cent, a sum above nothing, a number of points, or a product.',
  rewardValidDays: 'From 1 to 3,650 days, or left empty for ever.',
  tiers: 'Each for another number of friends, from 2, and with something to give; five at most.',
  perAdvocate: 'A whole number from 1.',
  perMonth: 'A whole number from 1.',
  inAll: 'A whole number from 1.',
  returnDays: 'From 0 to 365 days, or left empty for what stands in the settings.',
  from: 'A day, or left empty.',
  until: 'A day that is not before the first, or left empty.',
};

/** Terms as the page of a programme posts them, or what is wrong, by field. */
export function termsIn(posted: unknown): { terms: Terms } | { errors: Record<string, string> } {
  const parsed = termsSchema.safeParse(posted);
  if (parsed.success) return { terms: parsed.data };
  const names = parsed.error.issues.map(({ path }) => String(path[0] ?? 'friend'));
  const said = names.map((field) => [field, WORDS[field] ?? 'This cannot be saved as it is.']);
  return { errors: Object.fromEntries(said) as Record<string, string> };
}

/** The currency of the sum in what is given; null where there is none. */
function currencyOf({ value }: FriendOffer | AdvocateReward): string | null {
  if ('worth' in value) return value.worth.currency;
  return 'amount' in value ? value.currency : null;
}

/** The currencies in the terms that the shop does not sell in: it sold in another one when they were written. */
export const foreignCurrencies = (terms: Terms, shopCurrency: string): string[] => [
  ...new Set(
    [terms.friend, terms.advocate, ...terms.tiers.map(({ reward }) => reward)]
      .map(currencyOf)
      .filter((each) => each !== null)
      .filter((each) => each !== shopCurrency),
  ),
];
