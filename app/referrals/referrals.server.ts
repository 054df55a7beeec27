/** The door of referrals: programme, codes, attribution, what friends' orders come to. See README.md. */
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import type { JobResult } from '../jobs/catalog.ts';
import type { Queue } from '../jobs/queue.server.ts';
import type { Shop } from '../shops/shop.ts';
import type { EarnedReward, Offer } from './program.ts';

/** Gives a new shop its programme and asks for the first codes. */
export declare function installDefaults(tx: ShopTx, shop: Shop, queue: Queue, now: Date): Promise<void>;

export interface IssuedCode {
  shopId: bigint;
  customerId: string;
  code: string;
  /** False while the pool was empty: Shopify does not know the code yet; `code.issued` follows when it does. */
  usable: boolean;
}

/** One code a customer, from the pool; repeated calls give the same one. Writes `code.issued` and the timeline once. */
export declare function issueCodes(
  tx: SqlTx,
  wanted: readonly { shopId: bigint; customerId: string }[],
  now: Date,
): Promise<IssuedCode[]>;

/** The customer's code, null while they have none that may be used. */
export declare function codeOf(tx: SqlTx, shopId: bigint, customerId: string): Promise<string | null>;

/** The friend's offer as blocks and mails show it; for `BlockNeeds.referral`. */
export declare function offerOf(
  tx: SqlTx,
  ask: { shop: Shop; customerId: string; locale: string; issue: boolean },
  now: Date,
): Promise<Offer | null>;

/** Finds the referrals among paid orders. On `order.paid`. Writes `referral.made` or `referral.held`. */
export declare function attribute(
  tx: SqlTx,
  orders: readonly { shopId: bigint; orderId: bigint }[],
  now: Date,
): Promise<number>;

/** Recomputes when the return windows end. On `shipment.delivered`. */
export declare function moveDue(
  tx: SqlTx,
  orders: readonly { shopId: bigint; orderId: bigint }[],
  now: Date,
): Promise<void>;

export type VoidReason = 'cancelled' | 'refunded' | 'returned' | 'deleted' | 'erased';

/** Ends referrals at any time, before or after they qualified. On `order.cancelled`, `.refunded`, `.returned`, `.deleted`. */
export declare function voidFor(
  tx: SqlTx,
  orders: readonly { shopId: bigint; orderId: bigint; reason: VoidReason }[],
  now: Date,
): Promise<number>;

/** What a referral gives its advocate; reactions hand it to rewards. */
export declare function rewardsOf(
  tx: SqlTx,
  referrals: readonly { shopId: bigint; referralId: string }[],
): Promise<EarnedReward[]>;

/** The loop that settles referrals whose return window has passed: `(now) => how many`. */
export declare function makeReferralLoop(deps: { db: Db }): (now: Date) => Promise<number>;

/** The job `referrals.mint`: the parent discount once, then codes ahead into the pool. */
export declare function mint(deps: unknown, payload: { shopId: string }): Promise<JobResult>;

/** A merchant lets a held referral pass. */
export declare function release(tx: ShopTx, referralId: string, now: Date): Promise<'released' | 'not-held'>;
/** A merchant says no. */
export declare function refuse(tx: ShopTx, referralId: string, now: Date): Promise<'refused' | 'settled'>;

/** Follows a merge. On `customer.merged`. */
export declare function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
): Promise<void>;
