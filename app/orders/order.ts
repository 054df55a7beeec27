/** Orders as the rest of the house meets them. */
import type { ArrivalRule } from './arrival.ts';
import type { ReturnState, ShipmentStatus } from './snapshot.ts';
import type { ArrivedBy } from './state.ts';

export interface Order {
  shopId: bigint;
  /** Shopify's */
  id: bigint;
  name: string;
  customerId: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  currency: string;
  /** Minor units of the shop's currency, as all amounts here. */
  total: bigint;
  refunded: bigint;
  presentCurrency: string;
  presentTotal: bigint;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  source: string;
  test: boolean;
  checkoutToken: string | null;
  discountCodes: string[];
  /** The code in the link by which the buyer came to the shop. */
  invitedBy: string | null;
  country: string | null;
  timeZone: string | null;
  addressHash: string | null;
  /** 1 for the customer's first order; null for test, cancelled and deleted ones. */
  ordinal: number | null;
  placedAt: Date;
  paidAt: Date | null;
  fulfilledAt: Date | null;
  cancelledAt: Date | null;
  refundedAt: Date | null;
  returnedAt: Date | null;
  deletedAt: Date | null;
  snapshotAt: Date;
  lines: OrderLine[];
  shipments: Shipment[];
  refunds: { id: bigint; amount: bigint; at: Date }[];
  returns: { id: bigint; state: ReturnState; at: Date; pieces?: number | null | undefined }[];
}

export interface OrderLine {
  id: bigint;
  productId: bigint | null;
  variantId: bigint | null;
  title: string;
  quantity: number;
  currentQuantity: number;
  price: bigint;
}

/** One parcel with its own clock. */
export interface Shipment {
  id: bigint;
  orderId: bigint;
  status: ShipmentStatus;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  country: string | null;
  shippedAt: Date;
  expectedAt: Date | null;
  deliveredAt: Date | null;
  deliveredBy: ArrivedBy | null;
  /** When arrival is to be assumed, by which rule and how many days. */
  dueAt: Date | null;
  dueBy: ArrivalRule | null;
  dueDays: number | null;
  /** When the buyer said last that it had not arrived. */
  missingAt: Date | null;
  lines: { lineId: bigint; quantity: number }[];
}
