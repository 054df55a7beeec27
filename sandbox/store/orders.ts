/** An order is placed: customer found or made, codes counted, everybody told. */

import { BadInput } from '../bad-input.ts';
import type { Event, Kernel } from '../kernel.ts';
import type { Customer } from '../state/customer.ts';
import type { Discount } from '../state/discount.ts';
import { digits } from '../state/ids.ts';
import type { Order, OrderLine } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import type { AddressInput, CustomerInput, OrderInput } from '../types.ts';
import { orderBody, orderGone } from '../webhooks/bodies/order.ts';
import {
  addressOf,
  customerByEmail,
  newcomerEvents,
  newCustomer,
  setConsent,
  updateCustomer,
} from './customers.ts';
import { findCode } from './discount-rules.ts';
import { type CartLine, type Priced, priceCart } from './pricing.ts';

export function placeOrder(kernel: Kernel, shop: Shop, input: OrderInput): Order {
  const now = kernel.now();
  const known = findCustomer(shop, input.customer ?? null);
  const shipTo = input.shipTo ?? (known ? null : addressIn(input));
  const cart = { ...input, shipTo, customer: { email: emailIn(input) } };
  let priced = priceCart(shop, cart, known, now);
  const refused = priced.codes.find((code) => !code.accepted);
  if (refused) {
    if (input.codes !== 'lenient') {
      throw new BadInput(
        `discountCodes[${priced.codes.indexOf(refused)}]: ${refused.code} cannot be used: ${refused.problem}`,
      );
    }
    const accepted = priced.codes.filter((code) => code.accepted).map((code) => code.code);
    priced = priceCart(shop, { ...cart, discountCodes: accepted }, known, now);
  }

  const { customer, events } = customerFor(kernel, shop, input, known);
  const order = newOrder(kernel, shop, input, customer, priced, now);
  shop.orders.push(order);
  kernel.changed(shop, order, ...countCodes(shop, order, now));
  const body = orderBody(shop, order, kernel.urls);
  const paid = order.transactions.length > 0 || order.totals.total.shop === 0;
  kernel.emit(shop, [...events, ['orders/create', body], ...(paid ? [['orders/paid', body] as Event] : [])]);
  if (customer && input.acceptsMarketing && customer.emailConsent.state !== 'SUBSCRIBED' && customer.email) {
    setConsent(kernel, shop, customer, 'email', 'SUBSCRIBED');
  }
  return order;
}

function emailIn(input: OrderInput): string | null {
  return input.customer && 'email' in input.customer ? (input.customer.email ?? null) : null;
}

function addressIn(input: OrderInput): AddressInput | null {
  return input.customer && 'address' in input.customer ? (input.customer.address ?? null) : null;
}

function findCustomer(shop: Shop, input: OrderInput['customer']): Customer | null {
  if (!input) return null;
  if ('id' in input) {
    const customer = shop.customers.find((c) => digits(c.id) === digits(input.id));
    if (!customer) throw new BadInput(`customer.id: ${shop.domain} has no customer ${input.id}`);
    return customer;
  }
  const byPhone = input.phone ? shop.customers.find((c) => c.phone === input.phone) : undefined;
  return customerByEmail(shop, input.email) ?? byPhone ?? null;
}

/** The customer of an order; a new one for an unknown e-mail, a new address for a known one. */
function customerFor(
  kernel: Kernel,
  shop: Shop,
  input: OrderInput,
  known: Customer | null,
): { customer: Customer | null; events: Event[] } {
  if (known) {
    if (input.shipTo && known.addresses.length === 0)
      updateCustomer(kernel, shop, known, { address: input.shipTo });
    return { customer: known, events: [] };
  }
  if (!input.customer || 'id' in input.customer) return { customer: null, events: [] };
  if (!input.customer.email && !input.customer.phone) return { customer: null, events: [] };
  const wishes: CustomerInput = {
    ...input.customer,
    address: input.customer.address ?? input.shipTo ?? null,
  };
  if (input.locale) wishes.locale ??= input.locale;
  if (input.acceptsMarketing) wishes.acceptsMarketing = true;
  const customer = newCustomer(kernel, shop, wishes);
  return { customer, events: newcomerEvents(kernel, shop, customer) };
}

function newOrder(
  kernel: Kernel,
  shop: Shop,
  input: OrderInput,
  customer: Customer | null,
  priced: Priced,
  now: string,
): Order {
  const id = kernel.ids.next('Order');
  const source = input.source ?? 'web';
  const token = (purpose: string) => kernel.ids.token(purpose, id);
  const shipTo = input.shipTo
    ? addressOf(kernel, input.shipTo, customer ?? {})
    : (customer?.addresses[0] ?? null);
  const number = shop.nextOrderNumber++;
  const order: Order = {
    id,
    number,
    name: `#${number}`,
    token: token('order'),
    statusKey: token('status-key'),
    checkoutToken: input.checkoutToken ?? token('checkout'),
    cartToken: token('cart'),
    confirmationNumber: token('confirmation').slice(0, 9).toUpperCase(),
    source,
    test: input.test ?? false,
    email: customer?.email ?? null,
    phone: customer?.phone ?? null,
    customer: customer?.id ?? null,
    customerLocale: input.locale ?? customer?.locale ?? shop.locale,
    acceptsMarketing: input.acceptsMarketing ?? customer?.emailConsent.state === 'SUBSCRIBED',
    note: input.note ?? null,
    attributes: input.attributes ?? [],
    tags: input.tags ?? [],
    ...moneyOf(kernel, priced),
    transactions: [],
    shippingAddress: source === 'pos' ? null : shipTo,
    billingAddress: input.billTo
      ? addressOf(kernel, input.billTo, customer ?? {})
      : source === 'pos'
        ? null
        : shipTo,
    fulfillments: [],
    refunds: [],
    returns: [],
    ...originOf(input, source, number),
    createdAt: now,
    processedAt: now,
    updatedAt: now,
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
  };
  if (input.paid !== false) pay(kernel, order, now);
  if (source === 'pos') for (const line of order.lines) line.fulfilledQuantity = line.quantity;
  return order;
}

function moneyOf(kernel: Kernel, priced: Priced) {
  return {
    currency: priced.currency,
    presentmentCurrency: priced.presentmentCurrency,
    taxesIncluded: priced.taxesIncluded,
    lines: priced.lines.map((line) => newLine(kernel, line)),
    shippingLine: priced.shipping
      ? { id: kernel.ids.next('ShippingLine'), title: priced.shippingTitle ?? 'Standard', ...priced.shipping }
      : null,
    taxTitle: priced.taxTitle,
    taxRate: priced.taxRate,
    discounts: priced.applied,
    totals: priced.totals,
  };
}

/** Everybody orders from a network of their own, of those that are nobody's (RFC 2544), unless it is said otherwise. */
const homeOf = (number: number) =>
  `198.${18 + ((number >> 8) & 1)}.${number & 255}.${1 + ((number >> 9) % 254)}`;

/** Where the customer came from, as far as a browser tells. */
function originOf(input: OrderInput, source: Order['source'], number: number) {
  return {
    landingSite: input.landingSite ?? (source === 'web' ? '/' : null),
    visits: input.visits ?? [],
    referringSite: input.referringSite ?? null,
    clientIp: source === 'web' ? (input.clientIp ?? homeOf(number)) : null,
    userAgent:
      source === 'web'
        ? (input.userAgent ?? 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36')
        : null,
    gateway: source === 'pos' ? 'cash' : 'shopify_payments',
  };
}

function newLine(kernel: Kernel, line: CartLine): OrderLine {
  const { product, variant } = line;
  return {
    id: kernel.ids.next('LineItem'),
    product: product.id,
    variant: variant.id,
    handle: product.handle,
    title: product.title,
    variantTitle: variant.title === 'Default Title' ? null : variant.title,
    sku: variant.sku,
    vendor: product.vendor,
    grams: variant.grams,
    requiresShipping: variant.requiresShipping,
    taxable: variant.taxable,
    giftCard: variant.giftCard,
    properties: line.properties,
    price: line.price,
    quantity: line.quantity,
    currentQuantity: line.quantity,
    fulfilledQuantity: 0,
    allocations: line.allocations,
    tax: line.tax,
  };
}

function pay(kernel: Kernel, order: Order, now: string): void {
  if (order.totals.total.shop === 0) return;
  order.transactions.push({
    id: kernel.ids.next('OrderTransaction'),
    kind: 'sale',
    amount: order.totals.total,
    gateway: order.gateway,
    parent: null,
    createdAt: now,
  });
}

/** The discounts whose codes the order has used. */
function countCodes(shop: Shop, order: Order, at: string): Discount[] {
  const found = order.discounts.map((applied) => findCode(shop, applied.code)).filter((use) => use !== null);
  for (const { redeem } of found)
    redeem.uses.push({ order: order.id, customer: order.customer, email: order.email, at });
  return found.map(({ discount }) => discount);
}

export function markPaid(kernel: Kernel, shop: Shop, order: Order): Order {
  if (order.transactions.length > 0) throw new BadInput(`${order.name} is paid already`);
  if (order.cancelledAt) throw new BadInput(`${order.name} is cancelled`);
  const now = kernel.now();
  pay(kernel, order, now);
  order.updatedAt = now;
  kernel.changed(shop, order);
  const body = orderBody(shop, order, kernel.urls);
  kernel.emit(shop, [
    ['orders/paid', body],
    ['orders/updated', body],
  ]);
  return order;
}

export function deleteOrder(kernel: Kernel, shop: Shop, order: Order): void {
  shop.orders.splice(shop.orders.indexOf(order), 1);
  kernel.changed(shop, order);
  kernel.emit(shop, [['orders/delete', orderGone(order)]]);
}
