/** Everything that is known of an order, as snapshots and facts are laid over it. Pure; store.server.ts keeps it. */
import type { Address } from '../customers/person.ts';
import type { ArrivalRule, Arrivals } from './arrival.ts';
import type {
  OrderSnapshot,
  RefundSnapshot,
  ReturnSnapshot,
  ShipmentSnapshot,
  ShipmentStatus,
} from './snapshot.ts';

export interface OrderState {
  shopId: bigint;
  id: bigint;
  name: string;
  customerId: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  country: string | null;
  province: string | null;
  city: string | null;
  zip: string | null;
  timeZone: string | null;
  addressHash: string | null;
  currency: string;
  total: bigint;
  /** What the goods cost, without shipping; null: nobody has said. */
  goods: bigint | null;
  refunded: bigint;
  presentCurrency: string;
  presentTotal: bigint;
  financialStatus: string | null;
  fulfillmentStatus: string | null;
  source: string;
  test: boolean;
  checkoutToken: string | null;
  confirmation: string | null;
  discountCodes: string[];
  /** The code in the link by which the buyer came to the shop. */
  invitedBy: string | null;
  /** How it is to be sent, as chosen at the checkout: "Express" */
  service: string | null;
  statusUrl: string | null;
  placedAt: Date;
  paidAt: Date | null;
  fulfilledAt: Date | null;
  cancelledAt: Date | null;
  refundedAt: Date | null;
  returnedAt: Date | null;
  deletedAt: Date | null;
  snapshotAt: Date;
  /** Decides between two snapshots of the same second. */
  snapshotRank: string;
  lines: LineState[];
  shipments: ShipmentState[];
  refunds: RefundSnapshot[];
  returns: ReturnSnapshot[];
  /** Who and where, as a newer snapshot says; apply.server.ts makes customer and address of it. Undefined: as stored. */
  told?: Told;
}

export interface LineState {
  id: bigint;
  productId: bigint | null;
  variantId: bigint | null;
  title: string;
  quantity: number;
  currentQuantity: number;
  price: bigint;
}

export interface Told {
  customer: OrderSnapshot['customer'];
  /** Delivery address, else billing address. */
  address: Address | null | undefined;
  acceptsMarketing: boolean | undefined;
  browser: OrderSnapshot['browser'];
  referrer: OrderSnapshot['referrer'];
}

export interface ShipmentState {
  id: bigint;
  status: ShipmentStatus;
  /** The moment that `status` stands for. */
  scanAt: Date;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  /** Where it was sent from, ISO 3166; null: where the shop is. */
  origin: string | null;
  country: string | null;
  shippedAt: Date;
  expectedAt: Date | null;
  deliveredAt: Date | null;
  deliveredBy: ArrivedBy | null;
  /** When arrival is to be assumed; null once settled. */
  dueAt: Date | null;
  /** By which rule; stays once it was assumed. */
  dueBy: ArrivalRule | null;
  /** Working days that were counted, or days of the merchant's default. */
  dueDays: number | null;
  /** When the buyer said last that it had not arrived, although it was believed to have. */
  missingAt: Date | null;
  /** Who had said that it had, and when that was. */
  believedBy: ArrivedBy | null;
  believedAt: Date | null;
  snapshotAt: Date;
  lines: { lineId: bigint; quantity: number }[];
}

/** Who says that it has arrived: a scan, the time that has passed, the buyer, or somebody of the staff. */
export type ArrivedBy = 'carrier' | 'assumed' | 'buyer' | 'staff';

/** One thing that is heard of an order. */
export type OrderChange =
  | { kind: 'snapshot'; snapshot: OrderSnapshot }
  | { kind: 'shipment'; shipment: ShipmentSnapshot }
  | { kind: 'scan'; scan: Scan }
  | { kind: 'refund'; refund: RefundSnapshot }
  | { kind: 'return'; item: ReturnSnapshot }
  | { kind: 'edited'; at: Date }
  | { kind: 'deleted'; at: Date };

/** A carrier's word about a parcel. */
export interface Scan {
  shipmentId: bigint;
  status: ShipmentStatus;
  at: Date;
  expectedAt: Date | null;
}

/** What the state needs of its shop. */
export interface ShopFacts {
  currency: string;
  arrivals: Arrivals;
}

export const earliest = (a: Date | null, b: Date | null): Date | null =>
  a && b ? (a <= b ? a : b) : (a ?? b);
export const latest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a >= b ? a : b) : (a ?? b));
