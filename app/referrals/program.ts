/** What a friend gets, what an advocate gets, and on which terms. */
import { z } from 'zod';
import { discountValueSchema, type DiscountValue } from '../shops/discount-value.ts';
import { minorDigits } from '../shops/money.ts';

export type Value = DiscountValue;

export const termsSchema = z.object({
  /** Off the friend's order. */
  friend: discountValueSchema,
  /** What the friend's order has to come to, minor units of the shop's currency; null: anything. */
  minimum: z.number().int().min(1).nullable().default(null),
  /** For the advocate's next order, once the friend's is settled. */
  advocate: discountValueSchema,
  /** Days in which the advocate may use it; null: for ever. */
  rewardValidDays: z.number().int().min(1).max(3650).nullable().default(365),
  /** Only a first order counts. */
  newCustomersOnly: z.boolean().default(true),
  /** Friends that count for one advocate in a year; more are held for the merchant. null: any number. */
  perAdvocate: z.number().int().min(1).nullable().default(20),
  /** Friends that count in all in a year; null: any number. */
  inAll: z.number().int().min(1).nullable().default(null),
});
export type Terms = z.infer<typeof termsSchema>;

const GIFT = 'From 1 to 100 per cent, or a sum above nothing.';
const WORDS: Record<string, string> = { friend: GIFT, advocate: GIFT, perAdvocate: 'A whole number from 1.' };

/** Terms as the page of the programme posts them, or what is wrong, by field. */
export function termsIn(posted: unknown): { terms: Terms } | { errors: Record<string, string> } {
  const parsed = termsSchema.safeParse(posted);
  if (parsed.success) return { terms: parsed.data };
  const fields = parsed.error.issues.map(({ path }) => String(path[0] ?? 'friend'));
  const said = fields.map((field) => [field, WORDS[field] ?? 'This cannot be saved as it is.']);
  return { errors: Object.fromEntries(said) as Record<string, string> };
}

/** The programme that every shop starts with. */
export const DEFAULT_PROGRAM = 'friends';

export interface Program {
  id: string;
  key: string;
  status: 'on' | 'off';
  terms: Terms;
  /** The discount at Shopify that carries all codes; null until it is made. */
  parentDiscountId: string | null;
}

/** Round sums that mean about the same everywhere, in whole units of the currency. */
const TEN: Record<string, number> = {
  EUR: 10,
  USD: 10,
  GBP: 10,
  CHF: 10,
  CAD: 15,
  AUD: 15,
  NZD: 15,
  SGD: 15,
  SEK: 100,
  NOK: 100,
  DKK: 75,
  PLN: 40,
  CZK: 250,
  BRL: 50,
  MXN: 200,
  JPY: 1500,
  INR: 800,
  ZAR: 200,
};

/** Fifteen per cent for the friend; ten of the shop's money for the advocate where that is a round sum. */
export function defaultTerms(currency: string): Terms {
  const sum = TEN[currency];
  const advocate = sum ? { amount: sum * 10 ** minorDigits(currency), currency } : { percent: 15 };
  return termsSchema.parse({ friend: { percent: 15 }, advocate });
}

/** What a referral gives its advocate, as the ledger of rewards takes it. */
export interface EarnedReward {
  shopId: bigint;
  /** `referral:ID:advocate` */
  cause: string;
  customerId: string;
  value: Value;
  validDays: number | null;
  /** Nothing has to be waited for any more. */
  isReady: boolean;
}

export const causeOf = (referralId: string): string => `referral:${referralId}:advocate`;

/** Shopify shows it to merchants only; it also tells one programme's discount from another's. */
export const parentTitle = (programId: string): string =>
  `Everafter: invite a friend (${programId.slice(-8)})`;
