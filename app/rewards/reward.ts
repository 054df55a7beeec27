/** What a reward is, and what may become of it. */
import { z } from 'zod';
import { discountValueSchema, type DiscountValue } from '../shops/discount-value.ts';

/** held → issuing → issued → used | expired | clawed-back; void before it was issued. */
const REWARD_STATES = ['held', 'issuing', 'issued', 'used', 'expired', 'void', 'clawed-back'] as const;
export type RewardState = (typeof REWARD_STATES)[number];

/** What the list may be asked for: a state, or those that should have been given and could not be. */
export const REWARD_FILTERS = [...REWARD_STATES, 'stuck'] as const;
export type RewardFilter = (typeof REWARD_FILTERS)[number];

const currency = z.string().regex(/^[A-Z]{3}$/);
/** Minor units. */
const amount = z.number().int().min(1).max(1_000_000_000);
const money = z.strictObject({ amount, currency });
export type Money = z.infer<typeof money>;
/** Shopify's id, in digits. */
const shopifyId = z.string().regex(/^\d{1,20}$/);

/** Every kind of reward, with what makes one of it. */
export const givenSchema = z.discriminatedUnion('kind', [
  /** A part of the order, or a sum, by a code that is good once. */
  z.strictObject({ kind: z.literal('discount'), value: discountValueSchema }),
  z.strictObject({ kind: z.literal('free-shipping'), value: z.strictObject({}) }),
  /** A code that makes one product free. */
  z.strictObject({
    kind: z.literal('gift'),
    value: z.union([z.strictObject({ variantId: shopifyId }), z.strictObject({ productId: shopifyId })]),
  }),
  z.strictObject({ kind: z.literal('store-credit'), value: money }),
  z.strictObject({ kind: z.literal('gift-card'), value: money }),
  /** Of the shop's own loyalty; kept here alone. */
  z.strictObject({
    kind: z.literal('points'),
    /** `of`: minor units of the shop's currency that they were earned with; what is paid back of them takes its share. */
    value: z.strictObject({
      points: z.number().int().min(1).max(1_000_000_000),
      of: z.number().int().min(1).optional(),
    }),
  }),
  /** Paid by the merchant to somebody in the customer's name. */
  z.strictObject({
    kind: z.literal('donation'),
    value: money.extend({ to: z.string().trim().min(1).max(120) }),
  }),
  /** Paid out by the merchant. */
  z.strictObject({ kind: z.literal('commission'), value: money }),
]);
export type Given = z.infer<typeof givenSchema>;
export type RewardKind = Given['kind'];

/** The merchant pays them, and says when. */
export const PAID_OUT: readonly RewardKind[] = ['commission', 'donation'];

/** Nothing of them is at Shopify: the merchant pays them out, or they are kept in the ledger alone. */
export const KEPT_HERE: readonly RewardKind[] = ['points', 'donation', 'commission'];

/** A reward to be entered in the ledger: the same cause never counts twice. Without a kind it is a discount. */
export type RewardDraft = {
  shopId: bigint;
  /** `referral:ID:advocate`, `gesture:ID`… */
  cause: string;
  customerId: string;
  /** How long it may be used once it is issued; null = for ever. */
  validDays: number | null;
  /** Nothing has to be waited for: it is issued at once. */
  isReady: boolean;
  /** The account that it comes out of: a purse, or what a programme costs. Without it, what its kind of cause costs. */
  paidBy?: `expense:${string}` | `purse:${string}`;
} & ({ kind?: undefined; value: DiscountValue } | Given);

/**
 * In the ledger, points count in a currency of their own; so do codes whose worth nobody knows before they are used
 * (a per cent, free shipping, a product): each is one.
 */
export const POINTS = 'POINTS';
export const CODES = 'CODES';

/** What a reward weighs in the ledger: minor units of its currency. */
export function sizeOf({ kind, value }: Given): { amount: bigint; currency: string } {
  if (kind === 'points') return { amount: BigInt(value.points), currency: POINTS };
  if ('amount' in value) return { amount: BigInt(value.amount), currency: value.currency };
  return { amount: 1n, currency: CODES };
}

/** Shopify shows it to merchants; it also tells our discount from a stranger's with the same code. */
export const rewardTitle = (rewardId: string): string => `Everafter: thank you (${rewardId})`;

/** The reward that a title names; null: it is none of ours. */
export const rewardIdIn = (title: string): string | null =>
  /^Everafter: thank you \(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)$/.exec(title)?.[1] ?? null;

/** Seconds until the next attempt: 5, 10, 20 … at most half an hour. */
export function retryDelay(attempts: number): number {
  return Math.min(5 * 2 ** Math.max(0, attempts - 1), 1800);
}

/** Crockford's base32: nothing that is mistaken for something else. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 16 signs are 80 bits: worth money, so nobody guesses it. @param mac at least ten bytes */
export function codeOfMac(mac: Uint8Array): string {
  let bits = 0n;
  for (const byte of mac.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  const signs = Array.from({ length: 16 }, (_, i) => SIGNS[Number((bits >> BigInt(75 - 5 * i)) & 31n)]).join(
    '',
  );
  return `THANKS-${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs.slice(8, 12)}-${signs.slice(12)}`;
}
