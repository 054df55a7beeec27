/**
 * One friend's order: pending (waits for the end of the return window) → qualified; held (waits for a person, or for what
 * could not be looked up) → pending or refused; refused by rule or by the merchant; void when the order is undone, at any
 * time, even after it qualified.
 */
import { isWhollyReturned } from '../orders/left.ts';
import type { Order } from '../orders/order.ts';

export const REFERRAL_STATES = ['held', 'pending', 'qualified', 'refused', 'void'] as const;
/** What the list of friends' orders can be narrowed to; `ordered` and `counted` as figures count them. */
export const REFERRAL_FILTERS = [...REFERRAL_STATES, 'ordered', 'counted', 'rewarded'] as const;
export type ReferralFilter = (typeof REFERRAL_FILTERS)[number];
export type ReferralState = (typeof REFERRAL_STATES)[number];

/** Why an order is undone, or no longer enough. */
export type VoidReason =
  'cancelled' | 'refunded' | 'returned' | 'deleted' | 'erased' | 'charged-back' | 'below-minimum';

/** What a merchant's own No leaves among the reasons. */
export const REFUSED_BY_MERCHANT = 'merchant';
/** What a merchant's own Yes leaves among the reasons: rules have nothing to say any more. */
export const OVERRIDDEN = 'overridden';

/** What is known of the order that decides when its return window ends. */
export interface Delivery {
  paidAt: Date;
  shipments: { status: string; shippedAt: Date; expectedAt: Date | null; deliveredAt: Date | null }[];
}

const DAY = 86_400_000;

/**
 * When the return window of an order ends: counted from the last parcel's arrival, or from payment when nothing
 * travels. A parcel under way counts as arriving when it is expected, or after `transitDays`.
 */
export function settlesAt(order: Delivery, window: { returnDays: number; transitDays: number }): Date {
  const arrivals = order.shipments
    .filter(({ status }) => status !== 'cancelled')
    .map(({ deliveredAt, expectedAt, shippedAt }) => {
      if (deliveredAt) return deliveredAt.getTime();
      const assumed = shippedAt.getTime() + window.transitDays * DAY;
      return Math.max(assumed, expectedAt?.getTime() ?? 0);
    });
  return new Date(Math.max(order.paidAt.getTime(), ...arrivals) + window.returnDays * DAY);
}

/** What undid an order, if anything did. */
export function undoneBy(order: {
  cancelledAt: Date | null;
  refundedAt: Date | null;
  deletedAt: Date | null;
  lines: Order['lines'];
  returns: Order['returns'];
}): VoidReason | null {
  if (order.deletedAt) return 'deleted';
  if (order.cancelledAt) return 'cancelled';
  if (order.refundedAt) return 'refunded';
  // What of it came back in part is paid back in part, and counts then.
  return isWhollyReturned(order) ? 'returned' : null;
}

/** Of one period, each counted in codes or in orders: what leads to the next. */
export interface Funnel {
  /** Codes that the block on a page has shown to their customers. */
  shown: number;
  /** Codes whose customers pressed copy or share there. */
  shared: number;
  /** Codes whose link was opened. */
  visited: number;
  /** Friends' orders, undone ones left out. */
  ordered: number;
  /** Of these, those whose return window has passed. */
  qualified: number;
  /** Of these, those whose advocate has been given the reward. */
  rewarded: number;
  /** Minor units of the shop's currency: what friends' orders came to, refunds taken off. */
  revenue: bigint;
}
