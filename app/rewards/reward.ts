/** What a reward is, and what may become of it. */
import type { DiscountValue } from '../shops/discount-value.ts';

/** held → issuing → issued → clawed-back; void before it was issued. */
const REWARD_STATES = ['held', 'issuing', 'issued', 'void', 'clawed-back'] as const;
export type RewardState = (typeof REWARD_STATES)[number];

/** What the list may be asked for: a state, or those that should have been given and could not be. */
export const REWARD_FILTERS = [...REWARD_STATES, 'stuck'] as const;
export type RewardFilter = (typeof REWARD_FILTERS)[number];

/** A reward to be entered in the ledger: the same cause never counts twice. */
export interface RewardDraft {
  shopId: bigint;
  /** `referral:ID:advocate`, `gesture:ID`… */
  cause: string;
  customerId: string;
  value: DiscountValue;
  /** How long the code may be used once it is issued; null = for ever. */
  validDays: number | null;
  /** Nothing has to be waited for: it is issued at once. */
  isReady: boolean;
}

/** Shopify shows it to merchants; it also tells our discount from a stranger's with the same code. */
export const rewardTitle = (rewardId: string): string => `Everafter: thank you (${rewardId})`;

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
