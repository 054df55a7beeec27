/** How a kind of reward is given and taken back: what a way is asked, and what it may answer. */
import type { Intent } from './credit.server.ts';
import type { Unavailable } from './discounts.ts';
import { PAID_OUT, type Given, type RewardKind, type RewardState } from './reward.ts';
import type { Owed } from './transfer.ts';

/** A reward that this worker is at Shopify with. */
export type Claimed = Owed & {
  domain: string;
  /** What the shop counts in now. */
  shopCurrency: string;
  /** Shopify's id; null for somebody without an account there. */
  customerShopifyId: bigint | null;
  /** They were erased, or are not there: nobody is left to give it to. */
  isGone: boolean;
  state: RewardState;
  attempts: number;
  validDays: number | null;
  expiresAt: Date | null;
  /** What was made at Shopify before. */
  discountId: string | null;
  /** What a worker was about to do there, and how many seconds of real time ago. */
  intent: Intent | null;
  intentAge: number | null;
  /** How often it was given anew. */
  reissued: number;
  /** Derived from the id. */
  code: string;
  /** Of the amount. */
  used: bigint;
} & Given;

/** What came of giving it. */
export type Issued =
  | {
      outcome: 'issued';
      /** What the customer enters at the checkout; null where there is nothing to enter. */
      code: string | null;
      /** Shopify's id of what was made. */
      discountId: string | null;
      expiresAt: Date | null;
    }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'later'; seconds: number };

/** What came of taking it back. `used`: minor units that were used before. */
export type Withdrawn =
  { outcome: 'withdrawn'; found: string; used: bigint } | { outcome: 'later'; seconds: number };

/** What a look at something that was given has seen. `used`: minor units in all. */
export type Seen = { outcome: 'seen'; used: bigint } | { outcome: 'later'; seconds: number };

/** One way of giving. All may be repeated at any time, also after an answer was lost. */
export interface Way {
  issue(reward: Claimed, now: Date): Promise<Issued>;
  withdraw(reward: Claimed, now: Date): Promise<Withdrawn>;
  /** How much of it has been used; where Shopify does not say, what is known already. */
  look(reward: Claimed): Promise<Seen>;
}

/** Shopify could not be asked. */
export const laterAfter = ({ retryAfterSeconds }: Unavailable) =>
  ({ outcome: 'later', seconds: retryAfterSeconds }) as const;

/** When it runs out if it is given now; null: never. What the merchant pays out is owed until it is paid. */
export const expiryOf = (
  { kind, validDays }: { kind: RewardKind; validDays: number | null },
  now: Date,
): Date | null =>
  validDays === null || PAID_OUT.includes(kind) ? null : new Date(now.getTime() + validDays * 86_400_000);
