/** What a reward is. */

/** A part of the order, or a sum in minor units of the shop's currency. */
export type RewardValue = { percent: number } | { amount: number; currency: string };

/** held → issuing → issued → clawed-back, or void before it was issued. */
export type RewardState = 'held' | 'issuing' | 'issued' | 'void' | 'clawed-back';

/** A reward to be entered in the ledger: the same cause never counts twice. */
export interface RewardDraft {
  shopId: bigint;
  /** `referral:ID:advocate`, `gesture:ID`… */
  cause: string;
  customerId: string;
  value: RewardValue;
  /** How long the code may be used once it is issued; null = for ever. */
  validDays: number | null;
}
