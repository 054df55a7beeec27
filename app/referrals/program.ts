/** What a friend gets, what an advocate gets, and on which terms. */

/** A part of the order, or a sum in minor units of the shop's currency. */
export type Value = { percent: number } | { amount: number; currency: string };

/** The friend's offer in the customer's language: what the block and mails show (`BlockReferral` of the block's API). */
export interface Offer {
  code: string;
  shareUrl: string;
  shareText: string;
  offer: string;
  progress: string;
}

/** What a referral gives its advocate, as the ledger of rewards takes it. */
export interface EarnedReward {
  shopId: bigint;
  /** `referral:ID:advocate` */
  cause: string;
  customerId: string;
  value: Value;
  validDays: number | null;
}
