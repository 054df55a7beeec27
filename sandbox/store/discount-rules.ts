/** Whether a code may be used now, by this customer, in this cart. */

import type { Discount, RedeemCode } from '../state/discount.ts';
import type { Shop } from '../state/shop.ts';
import type { Gid } from '../state/values.ts';

export interface Buyer {
  id: Gid | null;
  email: string | null;
  /** Orders so far, for segments. */
  orders: number;
}

export interface Basket {
  now: string;
  buyer: Buyer;
  /** Before discounts, minor units of the shop's currency. */
  lines: { product: Gid; variant: Gid; collections: Gid[]; quantity: number; total: number }[];
  /** Already accepted in this cart. */
  applied: Discount[];
}

export interface FoundCode {
  discount: Discount;
  redeem: RedeemCode;
}

/** Codes are the same whatever their case. */
export function findCode(shop: Shop, code: string): FoundCode | null {
  const wanted = code.trim().toUpperCase();
  for (const discount of shop.discounts) {
    const redeem = discount.codes.find((c) => c.code.toUpperCase() === wanted);
    if (redeem) return { discount, redeem };
  }
  return null;
}

export type DiscountStatus = 'ACTIVE' | 'EXPIRED' | 'SCHEDULED';

export function statusOf(discount: Discount, now: string): DiscountStatus {
  const at = Date.parse(now);
  if (discount.endsAt !== null && Date.parse(discount.endsAt) <= at) return 'EXPIRED';
  return Date.parse(discount.startsAt) > at ? 'SCHEDULED' : 'ACTIVE';
}

/** The lines that a discount touches. */
export function entitled<Line extends { product: Gid; variant: Gid; collections: Gid[] }>(
  discount: Discount,
  lines: Line[],
): Line[] {
  const { items } = discount;
  if ('all' in items) return lines;
  return lines.filter(
    (line) =>
      items.products.includes(line.product) ||
      items.variants.includes(line.variant) ||
      line.collections.some((c) => items.collections.includes(c)),
  );
}

/** Null: it may be used. Otherwise why not, as a checkout would say it. */
export function problemWith(shop: Shop, { discount, redeem }: FoundCode, basket: Basket): string | null {
  const status = statusOf(discount, basket.now);
  if (status === 'SCHEDULED') return 'the discount has not started yet';
  if (status === 'EXPIRED') return 'the discount is no longer valid';
  if (discount.usageLimit !== null && redeem.uses.length >= discount.usageLimit)
    return 'the code has reached its usage limit';
  return (
    problemWithBuyer(shop, discount, basket.buyer) ??
    problemWithBasket(discount, basket) ??
    problemWithOthers(discount, basket.applied)
  );
}

function problemWithBuyer(shop: Shop, discount: Discount, buyer: Buyer): string | null {
  if (
    discount.oncePerCustomer &&
    discount.codes.some((code) => code.uses.some((use) => isSame(use, buyer)))
  ) {
    return 'this customer has already used the discount';
  }
  const { customers } = discount;
  if ('all' in customers) return null;
  if (buyer.id === null) return 'the discount is for certain customers only';
  if ('ids' in customers)
    return customers.ids.includes(buyer.id) ? null : 'the discount is for other customers';
  const inside = shop.segments.some((s) => customers.segments.includes(s.id) && isInSegment(s.query, buyer));
  return inside ? null : 'the discount is for other customers';
}

function isSame(use: { customer: Gid | null; email: string | null }, buyer: Buyer): boolean {
  if (use.customer !== null && use.customer === buyer.id) return true;
  return use.email !== null && use.email.toLowerCase() === buyer.email?.toLowerCase();
}

/** Segments know two words here: `number_of_orders`, compared with a number, and `customer_tags CONTAINS 'vip'`. */
export function isInSegment(query: string, buyer: { orders: number; tags?: readonly string[] }): boolean {
  const tag = /^customer_tags CONTAINS '([^']+)'$/.exec(query.trim())?.[1];
  if (tag) return buyer.tags?.includes(tag) ?? false;
  const match = /^number_of_orders\s*(>=|<=|=|>|<)\s*(\d+)$/.exec(query.trim());
  if (!match) return false;
  const compare = COMPARISONS[match[1] ?? '='];
  return compare?.(buyer.orders, Number(match[2])) ?? false;
}

const COMPARISONS: Record<string, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
};

function problemWithBasket(discount: Discount, basket: Basket): string | null {
  const lines = entitled(discount, basket.lines);
  if (lines.length === 0) return 'nothing in the cart is part of the discount';
  const { minimum } = discount;
  if (minimum === null) return null;
  if ('subtotal' in minimum) {
    return lines.reduce((s, l) => s + l.total, 0) >= minimum.subtotal
      ? null
      : 'the cart is below the minimum of the discount';
  }
  return lines.reduce((s, l) => s + l.quantity, 0) >= minimum.quantity
    ? null
    : 'too few items for the discount';
}

function problemWithOthers(discount: Discount, applied: Discount[]): string | null {
  if (applied.includes(discount)) return 'another code of the same discount is already in the cart';
  const clash = applied.some((other) => !combines(discount, other) || !combines(other, discount));
  return clash ? 'the code cannot be combined with another one in the cart' : null;
}

function combines(one: Discount, other: Discount): boolean {
  if (other.kind === 'free-shipping') return one.combinesWith.shippingDiscounts;
  return 'all' in other.items ? one.combinesWith.orderDiscounts : one.combinesWith.productDiscounts;
}
