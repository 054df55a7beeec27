/** What an order amounts to now: after edits, refunds and shipments. Computed, never stored. */

import { minus, NOTHING, sum, times } from '../state/money.ts';
import type { Order, OrderLine } from '../state/order.ts';
import type { Amount } from '../state/values.ts';

/** A line's price for its whole quantity, less its discounts. */
export function lineNet(line: OrderLine): Amount {
  return minus(times(line.price, line.quantity), lineDiscount(line));
}

export function lineDiscount(line: OrderLine): Amount {
  return sum(...line.allocations.map((a) => a.amount));
}

/** The part of a line's amount that belongs to so many of its items. */
export function shareOf(line: OrderLine, amount: Amount, quantity: number): Amount {
  return line.quantity === 0 ? NOTHING : times(amount, quantity / line.quantity);
}

export interface Standing {
  subtotal: Amount;
  discounts: Amount;
  shipping: Amount;
  tax: Amount;
  total: Amount;
  paid: Amount;
  refunded: Amount;
  outstanding: Amount;
}

export function standing(order: Order): Standing {
  const subtotal = sum(...order.lines.map((l) => shareOf(l, lineNet(l), l.currentQuantity)));
  const discounts = sum(
    ...order.lines.map((l) => shareOf(l, lineDiscount(l), l.currentQuantity)),
    shippingDiscount(order),
  );
  const back = sum(...order.refunds.map((r) => r.shipping));
  const shipping = minus(order.totals.shipping, back);
  const shippingTax = order.shippingLine && back.shop === 0 ? order.shippingLine.tax : NOTHING;
  const tax = sum(...order.lines.map((l) => shareOf(l, l.tax, l.currentQuantity)), shippingTax);
  const adjusted = sum(...order.refunds.map((r) => r.adjustment));
  const total = minus(sum(subtotal, shipping, order.taxesIncluded ? NOTHING : tax), adjusted);
  const paid = sum(...order.transactions.filter((t) => t.kind === 'sale').map((t) => t.amount));
  const refunded = sum(...order.transactions.filter((t) => t.kind === 'refund').map((t) => t.amount));
  return {
    subtotal,
    discounts,
    shipping,
    tax,
    total,
    paid,
    refunded,
    outstanding: minus(total, minus(paid, refunded)),
  };
}

function shippingDiscount(order: Order): Amount {
  return order.shippingLine?.discount ?? NOTHING;
}

export type FinancialStatus =
  'pending' | 'paid' | 'partially_paid' | 'partially_refunded' | 'refunded' | 'voided';

export function financialStatus(order: Order): FinancialStatus {
  const { paid, refunded, outstanding } = standing(order);
  if (order.transactions.some((t) => t.kind === 'void')) return 'voided';
  if (refunded.shop > 0) return refunded.shop >= paid.shop ? 'refunded' : 'partially_refunded';
  if (order.transactions.length === 0 && order.totals.total.shop > 0) return 'pending';
  return outstanding.shop > 0 ? 'partially_paid' : 'paid';
}

export function fulfillmentStatus(order: Order): 'fulfilled' | 'partial' | null {
  const shipped = order.lines.filter((l) => l.fulfilledQuantity > 0);
  if (shipped.length === 0) return null;
  return order.lines.every((l) => left(l) === 0) ? 'fulfilled' : 'partial';
}

/** How many of a line still wait to be shipped. */
export function left(line: OrderLine): number {
  return Math.max(0, line.currentQuantity - line.fulfilledQuantity);
}
