/** The door of rewards: the one ledger of everything of value that is given away. See README.md. */
import type { Db, SqlTx } from '../db.server.ts';
import type { RewardDraft } from './reward.ts';

/** Enters rewards as held; a cause that is already there is left alone. On `referral.made` and `referral.held`. */
export declare function hold(tx: SqlTx, drafts: readonly RewardDraft[], now: Date): Promise<number>;

/** Lets held rewards be issued at once. On `referral.qualified`. */
export declare function release(
  tx: SqlTx,
  causes: readonly { shopId: bigint; cause: string }[],
  now: Date,
): Promise<number>;

/** Takes rewards back at any time: void before issuing, clawed back after. On `referral.voided` and `referral.refused`. */
export declare function voidRewards(
  tx: SqlTx,
  causes: readonly { shopId: bigint; cause: string; reason: string }[],
  now: Date,
): Promise<number>;

/** A discount code as the ledger wants it at Shopify. */
export interface WantedDiscount {
  shopId: bigint;
  code: string;
  title: string;
  value: { percent: number } | { amount: number; currency: string };
  /** Shopify's id of the only customer who may use it; null for anybody who has it. */
  customerShopifyId: bigint | null;
  startsAt: Date;
  endsAt: Date | null;
}

/** What Shopify said, sorted at the border. */
export type DiscountResult =
  | { outcome: 'created'; discountId: string }
  /** The code is there already: look it up. */
  | { outcome: 'taken' }
  | { outcome: 'refused'; reason: string }
  | { outcome: 'unavailable'; retryAfterSeconds: number };

export interface FoundDiscount {
  discountId: string;
  title: string;
  active: boolean;
  used: number;
  usageLimit: number | null;
}

/** What rewards need of Shopify; app/adapters/shopify/discounts.server.ts has it. */
export interface Discounts {
  create(wanted: WantedDiscount): Promise<DiscountResult>;
  /** null: no such code. */
  find(shopId: bigint, code: string): Promise<FoundDiscount | null | 'unavailable'>;
  deactivate(shopId: bigint, discountId: string): Promise<'done' | 'unavailable'>;
}

/** The loop that issues and withdraws: `(now) => how many`. `codeKey` makes the codes underivable for others. */
export declare function makeRewardLoop(deps: {
  db: Db;
  discounts: Discounts;
  codeKey: Uint8Array;
}): (now: Date) => Promise<number>;

/** Follows a merge. On `customer.merged`. */
export declare function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
): Promise<void>;
