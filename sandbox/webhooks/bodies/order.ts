/** Bodies of the orders/* topics. Since 2026-04 without `checkout_id`. */

import { digits, number } from '../../state/ids.ts';
import { decimal, NOTHING } from '../../state/money.ts';
import type { AppliedDiscount, Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import { inZone } from '../../state/zoned.ts';
import { financialStatus, fulfillmentStatus, standing } from '../../store/standing.ts';
import type { Urls } from '../../types.ts';
import { customerInOrder } from './customer.ts';
import { fulfillmentInOrder } from './fulfillment.ts';
import { lineBody, taxLines } from './line.ts';
import { refundBody } from './refund.ts';
import { returnBody } from './return.ts';
import { locationOf } from './shop.ts';
import { bag, orderAddress } from './values.ts';

/** orders/create, orders/paid, orders/updated, orders/fulfilled, orders/cancelled … */
export function orderBody(shop: Shop, order: Order, urls: Urls) {
  const customer = shop.customers.find((c) => c.id === order.customer);
  return {
    id: number(order.id),
    admin_graphql_api_id: order.id,
    ...origin(order),
    ...course(shop, order, urls),
    ...current(order),
    ...totals(order),
    billing_address: orderAddress(order.billingAddress),
    customer: customer ? customerInOrder(shop, customer) : null,
    discount_applications: order.discounts.map((d) => discountApplication(order, d)),
    fulfillments: order.fulfillments.map((f) => fulfillmentInOrder(shop, order, f)),
    line_items: order.lines.map((line) => lineBody(shop, order, line)),
    payment_terms: null,
    refunds: order.refunds.map((refund) => refundBody(shop, order, refund)),
    shipping_address: orderAddress(order.shippingAddress),
    shipping_lines: shippingLines(order),
    returns: order.returns.map((entry) => returnBody(order, entry)),
    line_item_groups: [],
  };
}

/** orders/delete */
export function orderGone(order: Order) {
  return { id: number(order.id) };
}

/** Where the order came from. */
function origin(order: Order) {
  const web = order.source === 'web';
  return {
    app_id: web ? 580111 : order.source === 'pos' ? 129785 : 1354745,
    browser_ip: order.clientIp,
    buyer_accepts_marketing: order.acceptsMarketing,
    cart_token: web ? order.cartToken : null,
    checkout_token: web ? order.checkoutToken : null,
    client_details: order.userAgent
      ? {
          accept_language: order.customerLocale,
          browser_height: null,
          browser_ip: order.clientIp,
          browser_width: null,
          session_hash: null,
          user_agent: order.userAgent,
        }
      : null,
    device_id: null,
    landing_site: order.landingSite,
    landing_site_ref: null,
    merchant_business_entity_id: `MT${digits(order.id).slice(-8)}`,
    merchant_of_record_app_id: null,
    referring_site: order.referringSite,
    source_identifier: null,
    source_name: order.source,
    source_url: null,
    user_id: null,
  };
}

/** Who ordered, and how far it has come. */
function course(shop: Shop, order: Order, urls: Urls) {
  return {
    cancel_reason: order.cancelReason,
    cancelled_at: inZone(order.cancelledAt, shop.timezone),
    closed_at: inZone(order.closedAt, shop.timezone),
    confirmation_number: order.confirmationNumber,
    confirmed: true,
    contact_email: order.email,
    created_at: inZone(order.createdAt, shop.timezone),
    customer_locale: order.customerLocale,
    discount_codes: order.discounts.map((d) => ({
      code: d.code,
      amount: decimal(d.amount.shop, order.currency),
      type: d.target === 'shipping_line' ? 'shipping' : d.valueType,
    })),
    email: order.email ?? '',
    financial_status: financialStatus(order),
    fulfillment_status: fulfillmentStatus(order),
    location_id: order.source === 'pos' ? number(locationOf(shop)) : null,
    name: order.name,
    note: order.note,
    note_attributes: order.attributes,
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: urls.orderStatus(shop, order),
    payment_gateway_names: order.transactions.length > 0 ? [order.gateway] : [],
    phone: order.phone,
    po_number: null,
    processed_at: inZone(order.processedAt, shop.timezone),
    reference: null,
    tags: order.tags.join(', '),
    test: order.test,
    token: order.token,
    updated_at: inZone(order.updatedAt, shop.timezone),
  };
}

/** After edits, returns and refunds. */
function current(order: Order) {
  const now = standing(order);
  return {
    current_shipping_price_set: bag(now.shipping, order),
    current_subtotal_price: decimal(now.subtotal.shop, order.currency),
    current_subtotal_price_set: bag(now.subtotal, order),
    current_total_additional_fees_set: null,
    current_total_discounts: decimal(now.discounts.shop, order.currency),
    current_total_discounts_set: bag(now.discounts, order),
    current_total_duties_set: null,
    current_total_price: decimal(now.total.shop, order.currency),
    current_total_price_set: bag(now.total, order),
    current_total_tax: decimal(now.tax.shop, order.currency),
    current_total_tax_set: bag(now.tax, order),
    total_outstanding: decimal(Math.max(0, now.outstanding.shop), order.currency),
  };
}

/** As ordered. */
function totals(order: Order) {
  const { totals: t, currency } = order;
  return {
    currency,
    duties_included: false,
    estimated_taxes: false,
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    presentment_currency: order.presentmentCurrency,
    subtotal_price: decimal(t.subtotal.shop, currency),
    subtotal_price_set: bag(t.subtotal, order),
    tax_exempt: false,
    tax_lines: taxLines(order, t.tax),
    taxes_included: order.taxesIncluded,
    total_cash_rounding_payment_adjustment_set: bag(NOTHING, order),
    total_cash_rounding_refund_adjustment_set: bag(NOTHING, order),
    total_discounts: decimal(t.discounts.shop, currency),
    total_discounts_set: bag(t.discounts, order),
    total_line_items_price: decimal(t.lines.shop, currency),
    total_line_items_price_set: bag(t.lines, order),
    total_price: decimal(t.total.shop, currency),
    total_price_set: bag(t.total, order),
    total_shipping_price_set: bag(t.shipping, order),
    total_tax: decimal(t.tax.shop, currency),
    total_tax_set: bag(t.tax, order),
    total_tip_received: decimal(0, currency),
    total_weight: order.lines.reduce((grams, line) => grams + line.grams * line.quantity, 0),
  };
}

function discountApplication(order: Order, discount: AppliedDiscount) {
  const percentage = discount.valueType === 'percentage';
  return {
    target_type: discount.target,
    type: 'discount_code',
    value: percentage ? discount.value.toFixed(1) : decimal(discount.value, order.currency),
    value_type: discount.valueType,
    allocation_method: discount.target === 'shipping_line' ? 'each' : 'across',
    target_selection: discount.selection,
    code: discount.code,
  };
}

function shippingLines(order: Order) {
  const line = order.shippingLine;
  if (!line) return [];
  const discounted = {
    shop: line.price.shop - line.discount.shop,
    presentment: line.price.presentment - line.discount.presentment,
  };
  return [
    {
      id: number(line.id),
      carrier_identifier: null,
      code: line.title,
      current_discounted_price_set: bag(standing(order).shipping, order),
      discounted_price: decimal(discounted.shop, order.currency),
      discounted_price_set: bag(discounted, order),
      is_removed: false,
      phone: null,
      price: decimal(line.price.shop, order.currency),
      price_set: bag(line.price, order),
      requested_fulfillment_service_id: null,
      source: 'shopify',
      title: line.title,
      tax_lines: taxLines(order, line.tax),
      discount_allocations: [],
    },
  ];
}
