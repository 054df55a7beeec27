/**
 * An order as it stood at a moment, wherever it came from: a webhook, the Admin API, a bulk export.
 * A field that is undefined was not told and keeps what is stored; null was told to be empty.
 * Amounts are minor units of the shop's currency.
 */
import { z } from 'zod';

const id = z.bigint().positive();
const amount = z.bigint();
const text = z.string();

const addressSchema = z.object({
  country: text.nullable(),
  province: text.nullable(),
  city: text.nullable(),
  zip: text.nullable(),
  street: text.nullable(),
});

const personSchema = z.object({
  shopifyId: id.nullable(),
  email: text.nullish(),
  phone: text.nullish(),
  firstName: text.nullish(),
  lastName: text.nullish(),
  address: addressSchema.nullish(),
  /** When the person's own record was changed last; the order's moment when that is not told. */
  at: z.date().optional(),
});

const lineSchema = z.object({
  id,
  /** null: a custom line, or a product that is gone. */
  productId: id.nullable(),
  variantId: id.nullable(),
  title: text,
  quantity: z.int().nonnegative(),
  /** After edits and refunds. */
  currentQuantity: z.int().nonnegative(),
  /** A piece. */
  price: amount,
});

const SHIPMENT_STATUSES = [
  'shipped',
  'in-transit',
  'out-for-delivery',
  'failed',
  'delivered',
  'cancelled',
] as const;

const shipmentSchema = z.object({
  id,
  status: z.enum(SHIPMENT_STATUSES),
  /** The moment that `status` stands for. */
  at: z.date(),
  /** When the parcel's own record was changed last. */
  updatedAt: z.date(),
  shippedAt: z.date(),
  carrier: text.nullish(),
  trackingNumber: text.nullish(),
  trackingUrl: text.nullish(),
  /** Where it was sent from, ISO 3166; null: where the shop is. */
  origin: text.nullish(),
  country: text.nullish(),
  expectedAt: z.date().nullish(),
  deliveredAt: z.date().nullish(),
  /** Nothing travels: downloads, services, goods handed over the counter. */
  arrivesAtOnce: z.boolean().default(false),
  lines: z.array(z.object({ lineId: id, quantity: z.int().nonnegative() })).optional(),
});

const refundSchema = z.object({
  id,
  amount,
  /** How much of `amount` was for shipping. */
  shipping: amount.optional(),
  /** Of these amounts; the shop's when it is left out. */
  currency: text.optional(),
  at: z.date(),
});

const RETURN_STATES = ['requested', 'open', 'closed', 'declined', 'cancelled'] as const;
const returnSchema = z.object({
  id,
  state: z.enum(RETURN_STATES),
  at: z.date(),
  /** How many come back, where it was told. */
  pieces: z.number().int().min(0).nullish(),
});

export const orderSnapshotSchema = z.object({
  shopId: z.bigint(),
  id,
  updatedAt: z.date(),
  placedAt: z.date().optional(),
  /** Better knowledge than "first seen as paid", where the source has it. */
  paidAt: z.date().nullish(),
  cancelledAt: z.date().nullish(),
  name: text.optional(),
  /** null: nobody is known. */
  customer: personSchema.nullish(),
  email: text.nullish(),
  phone: text.nullish(),
  locale: text.nullish(),
  currency: text.optional(),
  total: amount.optional(),
  /** What the goods cost, with their tax and without shipping. */
  goods: amount.optional(),
  presentCurrency: text.optional(),
  /** Minor units of the currency the customer paid in. */
  presentTotal: amount.optional(),
  /** Refunded in all, where the source says so; else the sum of `refunds`. */
  refunded: amount.optional(),
  /** pending | authorized | partially_paid | paid | partially_refunded | refunded | voided | expired */
  financialStatus: text.nullish(),
  /** fulfilled | partial | restocked, null: nothing yet */
  fulfillmentStatus: text.nullish(),
  /** web | pos | shopify_draft_order | an app's id */
  source: text.optional(),
  test: z.boolean().optional(),
  checkoutToken: text.nullish(),
  confirmation: text.nullish(),
  discountCodes: z.array(text).optional(),
  /** The code in the link by which the buyer came to the shop; null: they came by another page. */
  invitedBy: text.nullish(),
  /** How it is to be sent, as chosen at the checkout: "Express" */
  service: text.nullish(),
  shipTo: addressSchema.nullish(),
  billTo: addressSchema.nullish(),
  statusUrl: text.nullish(),
  /** The buyer ticked the box at the checkout. */
  acceptsMarketing: z.boolean().optional(),
  /** Where it was ordered from: an address on the net, and how the browser calls itself. null: nobody has said. */
  browser: z.object({ address: text.nullable(), agent: text.nullable() }).nullish(),
  /** The page that led to the shop. */
  referrer: text.nullish(),
  lines: z.array(lineSchema).optional(),
  shipments: z.array(shipmentSchema).optional(),
  refunds: z.array(refundSchema).optional(),
  returns: z.array(returnSchema).optional(),
});

export type OrderSnapshot = z.infer<typeof orderSnapshotSchema>;
export type LineSnapshot = z.infer<typeof lineSchema>;
export type ShipmentSnapshot = z.infer<typeof shipmentSchema>;
export type RefundSnapshot = z.infer<typeof refundSchema>;
export type ReturnSnapshot = z.infer<typeof returnSchema>;
export type ShipmentStatus = (typeof SHIPMENT_STATUSES)[number];
export type ReturnState = (typeof RETURN_STATES)[number];
