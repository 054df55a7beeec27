/** Orders, their shipments, refunds and returns, as the sandbox holds them. */

import type { Address } from './customer.ts';
import type { Amount, Gid, Instant } from './values.ts';

/** One coming of a browser to the store. */
export interface StoreVisit {
  /** Path in the store, with its query. */
  landingPage: string;
  at: Instant;
}

export interface Order {
  id: Gid;
  number: number;
  /** `#1001` */
  name: string;
  /** In the URL of the order-status page. */
  token: string;
  statusKey: string;
  checkoutToken: string;
  cartToken: string;
  confirmationNumber: string;
  source: 'web' | 'pos' | 'shopify_draft_order';
  test: boolean;
  email: string | null;
  phone: string | null;
  customer: Gid | null;
  customerLocale: string;
  acceptsMarketing: boolean;
  note: string | null;
  attributes: { name: string; value: string }[];
  tags: string[];
  currency: string;
  presentmentCurrency: string;
  taxesIncluded: boolean;
  lines: OrderLine[];
  shippingLine: { id: Gid; title: string; price: Amount; discount: Amount; tax: Amount } | null;
  taxTitle: string;
  taxRate: number;
  discounts: AppliedDiscount[];
  /** As ordered; what is left after edits and refunds is computed. */
  totals: {
    lines: Amount;
    discounts: Amount;
    subtotal: Amount;
    shipping: Amount;
    tax: Amount;
    total: Amount;
  };
  transactions: Transaction[];
  shippingAddress: Address | null;
  billingAddress: Address | null;
  fulfillments: Fulfillment[];
  refunds: Refund[];
  returns: Return[];
  landingSite: string | null;
  /** Of the browser that it was made with, before it. */
  visits?: StoreVisit[];
  referringSite: string | null;
  clientIp: string | null;
  userAgent: string | null;
  gateway: string;
  createdAt: Instant;
  processedAt: Instant;
  updatedAt: Instant;
  cancelledAt: Instant | null;
  cancelReason: 'customer' | 'inventory' | 'fraud' | 'declined' | 'staff' | 'other' | null;
  closedAt: Instant | null;
  /** What Shopify thinks of the payment; nothing until somebody says so. */
  risk?: 'none' | 'low' | 'medium' | 'high';
  /** What the buyer's bank has begun. */
  dispute?: { id: Gid; type: 'inquiry' | 'chargeback'; status: DisputeStatus; startedAt: Instant };
}

export type DisputeStatus =
  'needs_response' | 'under_review' | 'charge_refunded' | 'accepted' | 'won' | 'lost';

export interface OrderLine {
  id: Gid;
  product: Gid | null;
  variant: Gid | null;
  handle: string;
  title: string;
  variantTitle: string | null;
  sku: string;
  vendor: string;
  grams: number;
  requiresShipping: boolean;
  taxable: boolean;
  giftCard: boolean;
  properties: { name: string; value: string }[];
  price: Amount;
  /** As ordered. */
  quantity: number;
  /** After edits and refunds. */
  currentQuantity: number;
  fulfilledQuantity: number;
  /** One entry for each of the order's `discounts` that touches this line; `discount` is its index there. */
  allocations: { discount: number; amount: Amount }[];
  tax: Amount;
}

export interface AppliedDiscount {
  /** The code as the customer typed it, in the store's own writing. */
  code: string;
  node: Gid;
  target: 'line_item' | 'shipping_line';
  valueType: 'percentage' | 'fixed_amount';
  /** Percent (15 for 15 %) or minor units of the shop's currency. */
  value: number;
  selection: 'all' | 'entitled';
  amount: Amount;
}

export interface Transaction {
  id: Gid;
  kind: 'sale' | 'refund' | 'void';
  amount: Amount;
  gateway: string;
  parent: Gid | null;
  createdAt: Instant;
}

export type ShipmentStatus =
  | 'label_printed'
  | 'label_purchased'
  | 'attempted_delivery'
  | 'ready_for_pickup'
  | 'confirmed'
  | 'in_transit'
  | 'out_for_delivery'
  | 'delivered'
  | 'failure';

export interface Fulfillment {
  id: Gid;
  /** `#1001.1` */
  name: string;
  status: 'success' | 'cancelled';
  shipmentStatus: ShipmentStatus | null;
  carrier: string | null;
  trackingNumbers: string[];
  trackingUrls: string[];
  lines: { line: Gid; quantity: number }[];
  events: {
    id: Gid;
    status: ShipmentStatus;
    message: string | null;
    happenedAt: Instant;
    createdAt: Instant;
  }[];
  createdAt: Instant;
  updatedAt: Instant;
  inTransitAt: Instant | null;
  deliveredAt: Instant | null;
  estimatedDeliveryAt: Instant | null;
}

export interface Refund {
  id: Gid;
  note: string | null;
  restock: boolean;
  lines: { id: Gid; line: Gid; quantity: number; subtotal: Amount; tax: Amount }[];
  /** What was given back without naming lines or shipping. */
  adjustment: Amount;
  shipping: Amount;
  total: Amount;
  return: Gid | null;
  transaction: Gid | null;
  createdAt: Instant;
}

export interface Return {
  id: Gid;
  name: string;
  status: 'requested' | 'open' | 'closed' | 'cancelled' | 'declined';
  lines: { id: Gid; line: Gid; quantity: number; reason: string; note: string }[];
  createdAt: Instant;
  updatedAt: Instant;
  closedAt: Instant | null;
}
