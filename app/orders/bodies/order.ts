/** Bodies of the orders/* topics that carry a whole order. */
import { z } from 'zod';
import type { OrderSnapshot } from '../snapshot.ts';
import {
  address,
  addressOf,
  count,
  currency,
  decimal,
  id,
  minorOf,
  moment,
  moneySet,
  text,
  type Context,
} from './fields.ts';
import { refund, refundOf, type RefundBody } from './refund.ts';
import { returned, returnOf } from './return.ts';
import { shipment, shipmentOf } from './shipment.ts';
import { codeInLink } from '../code-in-link.ts';

const customer = z.object({
  id,
  email: text.nullish(),
  phone: text.nullish(),
  first_name: text.nullish(),
  last_name: text.nullish(),
  updated_at: moment.nullish(),
  default_address: address.nullish(),
});

const line = z.object({
  id,
  product_id: id.nullish(),
  variant_id: id.nullish(),
  title: text.nullish(),
  quantity: count,
  current_quantity: count.nullish(),
  price: decimal.nullish(),
});

const order = z.object({
  id,
  updated_at: moment,
  created_at: moment.optional(),
  processed_at: moment.nullish(),
  cancelled_at: moment.nullish(),
  name: text.optional(),
  customer: customer.nullish(),
  email: text.nullish(),
  phone: text.nullish(),
  customer_locale: text.nullish(),
  currency: currency.optional(),
  presentment_currency: currency.optional(),
  total_price: decimal.optional(),
  current_total_price: decimal.optional(),
  total_price_set: moneySet.nullish(),
  subtotal_price: decimal.nullish(),
  current_subtotal_price: decimal.nullish(),
  total_tax: decimal.nullish(),
  current_total_tax: decimal.nullish(),
  taxes_included: z.boolean().nullish(),
  shipping_lines: z
    .array(
      z.object({
        title: text.nullish(),
        is_removed: z.boolean().nullish(),
        tax_lines: z.array(z.object({ price: decimal.nullish() })).nullish(),
      }),
    )
    .nullish(),
  financial_status: text.nullish(),
  fulfillment_status: text.nullish(),
  source_name: text.nullish(),
  test: z.boolean().optional(),
  checkout_token: text.nullish(),
  confirmation_number: text.nullish(),
  discount_codes: z.array(z.object({ code: text })).optional(),
  landing_site: text.nullish(),
  discount_applications: z.array(z.object({ type: text.nullish(), code: text.nullish() })).optional(),
  shipping_address: address.nullish(),
  billing_address: address.nullish(),
  order_status_url: text.nullish(),
  buyer_accepts_marketing: z.boolean().nullish(),
  browser_ip: text.nullish(),
  client_details: z.object({ browser_ip: text.nullish(), user_agent: text.nullish() }).nullish(),
  referring_site: text.nullish(),
  line_items: z.array(line).optional(),
  fulfillments: z.array(shipment).optional(),
  refunds: z.array(refund).optional(),
  returns: z.array(returned).optional(),
});
type OrderBody = z.infer<typeof order>;

/** @throws z.ZodError that says which field is wrong */
export function readOrder(body: unknown, { shop }: Context): OrderSnapshot {
  const given = order.parse(body);
  const inCurrency = given.currency ?? given.total_price_set?.shop_money.currency_code ?? shop.currency;
  return {
    shopId: shop.id,
    id: given.id,
    updatedAt: given.updated_at,
    placedAt: given.created_at,
    cancelledAt: given.cancelled_at,
    name: given.name,
    customer: personOf(given),
    email: blank(given.email),
    phone: given.phone,
    locale: given.customer_locale,
    currency: given.currency,
    ...totalsOf(given, inCurrency),
    financialStatus: given.financial_status,
    fulfillmentStatus: given.fulfillment_status,
    source: given.source_name ?? undefined,
    test: given.test,
    checkoutToken: given.checkout_token?.slice(0, 255) ?? given.checkout_token,
    confirmation: given.confirmation_number,
    discountCodes: codesOf(given),
    // Of the page that the buyer came in by nothing is kept but a code that stands in it.
    invitedBy: given.landing_site === undefined ? undefined : codeInLink(given.landing_site),
    service: serviceOf(given),
    shipTo: given.shipping_address && addressOf(given.shipping_address),
    billTo: given.billing_address && addressOf(given.billing_address),
    statusUrl: given.order_status_url,
    acceptsMarketing: given.buyer_accepts_marketing ?? undefined,
    browser: browserOf(given),
    referrer: given.referring_site?.slice(0, 500),
    lines: given.line_items?.map((item) => lineOf(item, inCurrency)),
    shipments: given.fulfillments?.flatMap((item) => shipmentOf(item, given.shipping_address?.country_code)),
    refunds: given.refunds?.map((item: RefundBody) => refundOf(item, inCurrency)),
    returns: given.returns?.map((item) => returnOf(item, given.updated_at)),
  };
}

/** The way of sending that still stands; undefined where nothing was said of any. */
function serviceOf({ shipping_lines: lines }: OrderBody): string | null | undefined {
  return lines && (lines.find((item) => !item.is_removed)?.title ?? null);
}

function browserOf({ browser_ip: ip, client_details: details }: OrderBody): OrderSnapshot['browser'] {
  if (ip === undefined && details === undefined) return undefined;
  const address = ip ?? details?.browser_ip ?? null;
  const agent = details?.user_agent?.slice(0, 500) ?? null;
  return address === null && agent === null ? null : { address, agent };
}

/** Shopify writes no e-mail as an empty one. */
const blank = (value: string | null | undefined) => (value === '' ? null : value);

/** An account, or who the addresses name when there is none. */
function personOf(given: OrderBody): OrderSnapshot['customer'] {
  const account = given.customer;
  if (account) {
    return {
      shopifyId: account.id,
      email: blank(account.email ?? given.email),
      phone: account.phone ?? given.phone,
      firstName: account.first_name,
      lastName: account.last_name,
      address: account.default_address ? addressOf(account.default_address) : undefined,
      at: account.updated_at ?? undefined,
    };
  }
  if (account === undefined && given.email === undefined && given.phone === undefined) return undefined;
  const named = given.shipping_address ?? given.billing_address;
  return {
    shopifyId: null,
    email: blank(given.email),
    phone: given.phone ?? named?.phone,
    firstName: named?.first_name,
    lastName: named?.last_name,
  };
}

/** As ordered, or more when something was added later; what went back is told by refunds. */
function totalsOf(given: OrderBody, inCurrency: string) {
  const amounts = [given.total_price, given.current_total_price].flatMap((value) =>
    value === undefined ? [] : [minorOf(value, inCurrency)],
  );
  const paid = given.total_price_set?.presentment_money;
  const total = amounts.length === 0 ? undefined : amounts.reduce((a, b) => (a > b ? a : b));
  return {
    total,
    goods: goodsOf(given, inCurrency),
    presentCurrency: paid?.currency_code ?? given.presentment_currency ?? given.currency,
    presentTotal: paid ? minorOf(paid.amount, paid.currency_code) : total,
  };
}

/** What the goods cost after discounts, with their tax; as ordered, or more when something was added later. */
function goodsOf(given: OrderBody, inCurrency: string): bigint | undefined {
  if (given.subtotal_price == null) return undefined;
  const minor = (value: string | null | undefined) => minorOf(value ?? '0', inCurrency);
  const taxes = given.shipping_lines?.flatMap((item) => item.tax_lines ?? []) ?? [];
  const ofShipping = taxes.reduce((sum, { price }) => sum + minor(price), 0n);
  const withTax = (subtotal: bigint, tax: bigint) =>
    given.taxes_included || tax < ofShipping ? subtotal : subtotal + tax - ofShipping;
  const ordered = withTax(minor(given.subtotal_price), minor(given.total_tax));
  const edited = withTax(minor(given.current_subtotal_price), minor(given.current_total_tax));
  return edited > ordered ? edited : ordered;
}

/** Codes that were typed; titles of manual discounts stand among discount_codes too, but not among applications. */
function codesOf(given: OrderBody): string[] | undefined {
  if (!given.discount_codes && !given.discount_applications) return undefined;
  const typed = given.discount_applications?.flatMap(({ type, code }) =>
    type === 'discount_code' && code ? [code] : [],
  );
  const told = given.discount_codes?.map(({ code }) => code) ?? [];
  return [...new Set(typed?.length ? typed : given.discount_applications?.length ? [] : told)];
}

function lineOf(item: z.infer<typeof line>, inCurrency: string): NonNullable<OrderSnapshot['lines']>[number] {
  return {
    id: item.id,
    productId: item.product_id ?? null,
    variantId: item.variant_id ?? null,
    title: item.title ?? '',
    quantity: item.quantity,
    currentQuantity: item.current_quantity ?? item.quantity,
    price: minorOf(item.price ?? '0', inCurrency),
  };
}

const gone = z.strictObject({ id });

/** orders/delete and products/delete: an id and nothing else, so that no other topic's body can pass for one. */
export const readGone = (body: unknown): bigint => gone.parse(body).id;

const edit = z.object({ order_edit: z.object({ order_id: id, created_at: moment }) });

/** orders/edited tells that there was an edit; what came of it follows with orders/updated. */
export function readEdit(body: unknown): { orderId: bigint; at: Date } {
  const { order_edit: given } = edit.parse(body);
  return { orderId: given.order_id, at: given.created_at };
}
