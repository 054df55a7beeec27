/** Discounts, store credit and gift cards: everything of value that a store gives away. */

import type { Gid, Instant } from './values.ts';

/** One discount ("parent"); each of its codes can be redeemed by customers. */
export interface Discount {
  /** `gid://shopify/DiscountCodeNode/…` */
  id: Gid;
  kind: 'basic' | 'free-shipping' | 'app';
  title: string;
  startsAt: Instant;
  endsAt: Instant | null;
  /** For each code. */
  usageLimit: number | null;
  oncePerCustomer: boolean;
  combinesWith: { orderDiscounts: boolean; productDiscounts: boolean; shippingDiscounts: boolean };
  /** Who may use it. */
  customers: { all: true } | { ids: Gid[] } | { segments: Gid[] };
  value: { percentage: number } | { amount: number; eachItem: boolean } | null;
  items: { all: true } | { products: Gid[]; variants: Gid[]; collections: Gid[] };
  minimum: { subtotal: number } | { quantity: number } | null;
  tags: string[];
  codes: RedeemCode[];
  functionHandle: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface RedeemCode {
  /** `gid://shopify/DiscountRedeemCode/…` */
  id: Gid;
  /** As written when it was made; compared without regard to case. */
  code: string;
  uses: { order: Gid; customer: Gid | null; email: string | null; at: Instant }[];
}

/** One call of discountRedeemCodeBulkAdd; its codes exist once it is done. */
export interface CodeCreation {
  id: Gid;
  discount: Gid;
  done: boolean;
  codes: {
    code: string;
    redeemCode: Gid | null;
    errors: { code: string; field: string[]; message: string }[];
  }[];
  createdAt: Instant;
}

export interface StoreCredit {
  /** `gid://shopify/StoreCreditAccount/…` */
  id: Gid;
  customer: Gid;
  currency: string;
  /** Minor units. */
  balance: number;
  transactions: {
    id: Gid;
    kind: 'credit' | 'debit' | 'expiration';
    amount: number;
    remaining: number;
    balanceAfter: number;
    expiresAt: Instant | null;
    createdAt: Instant;
    /** Of an expiration: what ran out. Of a debit: an order's payment, or by hand. */
    of?: Gid;
    event?: 'ADJUSTMENT' | 'ORDER_PAYMENT';
  }[];
}

export interface GiftCard {
  id: Gid;
  code: string;
  currency: string;
  initialValue: number;
  balance: number;
  customer: Gid | null;
  recipient: Gid | null;
  message: string | null;
  note: string | null;
  expiresOn: string | null;
  deactivatedAt: Instant | null;
  createdAt: Instant;
  updatedAt: Instant;
}
