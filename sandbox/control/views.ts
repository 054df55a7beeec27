/** What the control calls answer with. */

import { decimal } from '../state/money.ts';
import type { Customer } from '../state/customer.ts';
import type { Order } from '../state/order.ts';
import type { Product } from '../state/product.ts';
import type { Shop } from '../state/shop.ts';
import { financialStatus, fulfillmentStatus, lineNet, standing } from '../store/standing.ts';
import type { Urls } from '../types.ts';

export function orderView(shop: Shop, order: Order, urls: Urls) {
  const { total, refunded } = standing(order);
  const money = (minor: number) => decimal(minor, order.currency);
  return {
    id: order.id,
    name: order.name,
    thankYouUrl: urls.thankYou(shop, order),
    orderStatusUrl: urls.orderStatus(shop, order),
    total: money(order.totals.total.shop),
    currency: order.currency,
    currentTotal: money(total.shop),
    refunded: money(refunded.shop),
    totalPresentment: decimal(order.totals.total.presentment, order.presentmentCurrency),
    presentmentCurrency: order.presentmentCurrency,
    shop: shop.domain,
    customer: order.customer,
    email: order.email,
    checkoutToken: order.checkoutToken,
    discountCodes: order.discounts.map((d) => d.code),
    source: order.source,
    test: order.test,
    financialStatus: financialStatus(order),
    fulfillmentStatus: fulfillmentStatus(order),
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    cancelledAt: order.cancelledAt,
    lines: order.lines.map((line) => ({
      id: line.id,
      handle: line.handle,
      title: line.title,
      quantity: line.quantity,
      currentQuantity: line.currentQuantity,
      fulfilledQuantity: line.fulfilledQuantity,
      total: money(lineNet(line).shop),
    })),
    fulfillments: order.fulfillments.map((f) => ({
      id: f.id,
      name: f.name,
      status: f.shipmentStatus,
      carrier: f.carrier,
      trackingNumber: f.trackingNumbers[0] ?? null,
      deliveredAt: f.deliveredAt,
      lines: f.lines,
    })),
    refunds: order.refunds.map((r) => ({ id: r.id, amount: money(r.total.shop), createdAt: r.createdAt })),
    returns: order.returns.map((r) => ({ id: r.id, status: r.status })),
  };
}

export function customerView(shop: Shop, customer: Customer) {
  return {
    id: customer.id,
    email: customer.email,
    phone: customer.phone,
    firstName: customer.firstName,
    lastName: customer.lastName,
    locale: customer.locale,
    note: customer.note,
    tags: customer.tags,
    consent: {
      email: { state: customer.emailConsent.state, updatedAt: customer.emailConsent.updatedAt },
      sms: { state: customer.smsConsent.state, updatedAt: customer.smsConsent.updatedAt },
    },
    addresses: customer.addresses,
    metafields: shop.metafields
      .filter((m) => m.owner === customer.id)
      .map(({ namespace, key, type, value, updatedAt }) => ({ namespace, key, type, value, updatedAt })),
    orders: shop.orders.filter((o) => o.customer === customer.id).map((o) => o.id),
    createdAt: customer.createdAt,
    updatedAt: customer.updatedAt,
  };
}

export function productView(shop: Shop, product: Product, urls: Urls) {
  const price = (minor: number) => decimal(minor, shop.currency);
  return {
    id: product.id,
    handle: product.handle,
    title: product.title,
    price: price(product.variants[0]?.price ?? 0),
    currency: shop.currency,
    type: product.productType,
    tags: product.tags,
    status: product.status,
    url: urls.product(shop, product),
    image: urls.image(product.handle),
    variants: product.variants.map((v) => ({ id: v.id, title: v.title, sku: v.sku, price: price(v.price) })),
  };
}
