/** What a cart costs: lines, discounts, shipping, tax, in the shop's currency and in the customer's. */

import { BadInput } from '../bad-input.ts';
import { countryOf } from '../state/countries.ts';
import type { Customer } from '../state/customer.ts';
import type { Discount } from '../state/discount.ts';
import { least, minus, NOTHING, seenAs, split, sum, times } from '../state/money.ts';
import type { AppliedDiscount } from '../state/order.ts';
import type { Product, Variant } from '../state/product.ts';
import type { Shop } from '../state/shop.ts';
import type { Amount } from '../state/values.ts';
import type { CartInput, LineInput, PricedCart } from '../types.ts';
import { type Basket, type Buyer, entitled, findCode, problemWith } from './discount-rules.ts';
import { variantOf } from './lines.ts';

export interface CartLine {
  product: Product;
  variant: Variant;
  quantity: number;
  properties: { name: string; value: string }[];
  price: Amount;
  total: Amount;
  discount: Amount;
  allocations: { discount: number; amount: Amount }[];
  tax: Amount;
}

/** A priced cart with everything that the order will hold. */
export interface Priced extends PricedCart {
  lines: CartLine[];
  applied: AppliedDiscount[];
  shipping: { price: Amount; discount: Amount; tax: Amount } | null;
  taxRate: number;
}

export function priceCart(shop: Shop, cart: CartInput, customer: Customer | null, now: string): Priced {
  // Whoever says no country, or stands at the counter, pays in the shop's own money.
  const abroad =
    cart.source === 'pos' ? undefined : (cart.shipTo?.country ?? customer?.addresses[0]?.country);
  const country = abroad ?? shop.address.country;
  const market = shop.markets.find(({ countries }) => abroad !== undefined && countries.includes(abroad));
  const currency = market?.currency ?? shop.currency;
  const seen = (minor: number) => seenAs(minor, shop.currency, market?.rate ?? 1, currency);
  if (cart.lines.length === 0) throw new BadInput('lines: there must be at least one');

  const lines = cart.lines.map((line, index) => cartLine(shop, line, index, seen));
  const buyer: Buyer = {
    id: customer?.id ?? null,
    email: customer?.email ?? cart.customer?.email ?? null,
    orders: customer ? shop.orders.filter((o) => o.customer === customer.id).length : 0,
  };
  const applied: AppliedDiscount[] = [];
  const codes = applyCodes(shop, cart.discountCodes ?? [], { lines, buyer, now, seen, applied });

  const subtotal = minus(sum(...lines.map((l) => l.total)), sum(...lines.map((l) => l.discount)));
  const shipping = shippingFor(shop, cart, lines, subtotal, seen, codes, applied);
  const { tax: taxRate, taxTitle } = countryOf(country);
  for (const line of lines) {
    line.tax = line.variant.taxable
      ? taxIn(minus(line.total, line.discount), taxRate, shop.taxesIncluded)
      : NOTHING;
  }
  if (shipping) shipping.tax = taxIn(minus(shipping.price, shipping.discount), taxRate, shop.taxesIncluded);
  const tax = sum(...lines.map((l) => l.tax), shipping?.tax ?? NOTHING);
  const shippingLeft = shipping ? minus(shipping.price, shipping.discount) : NOTHING;
  return {
    currency: shop.currency,
    presentmentCurrency: currency,
    lines,
    codes,
    applied,
    shipping,
    shippingTitle: shipping ? shop.shipping.title : null,
    taxRate,
    taxTitle,
    taxesIncluded: shop.taxesIncluded,
    totals: {
      lines: sum(...lines.map((l) => l.total)),
      discounts: sum(...applied.map((a) => a.amount)),
      subtotal,
      shipping: shippingLeft,
      tax,
      total: sum(subtotal, shippingLeft, shop.taxesIncluded ? NOTHING : tax),
    },
  };
}

function cartLine(shop: Shop, line: LineInput, index: number, seen: (minor: number) => Amount): CartLine {
  const { product, variant } = variantOf(shop, line, `lines[${index}]`);
  const quantity = line.quantity ?? 1;
  if (!Number.isInteger(quantity) || quantity < 1)
    throw new BadInput(`lines[${index}].quantity: a whole number from 1 on`);
  const price = seen(variant.price);
  const properties = line.properties ?? [];
  return {
    product,
    variant,
    quantity,
    properties,
    price,
    total: times(price, quantity),
    discount: NOTHING,
    allocations: [],
    tax: NOTHING,
  };
}

interface Situation {
  lines: CartLine[];
  buyer: Buyer;
  now: string;
  seen: (minor: number) => Amount;
  applied: AppliedDiscount[];
}

function applyCodes(shop: Shop, codes: string[], at: Situation): PricedCart['codes'] {
  const taken: Discount[] = [];
  return codes.map((code) => {
    const found = findCode(shop, code);
    if (!found)
      return { code, accepted: false, amount: NOTHING, title: null, problem: 'there is no such code' };
    const basket: Basket = { now: at.now, buyer: at.buyer, applied: taken, lines: at.lines.map(basketLine) };
    const problem = problemWith(shop, found, basket);
    if (problem) return { code, accepted: false, amount: NOTHING, title: found.discount.title, problem };
    taken.push(found.discount);
    const amount = applyDiscount(found.discount, found.redeem.code, at);
    return { code: found.redeem.code, accepted: true, amount, title: found.discount.title, problem: null };
  });
}

function basketLine(line: CartLine) {
  const { product, variant, quantity, total } = line;
  return {
    product: product.id,
    variant: variant.id,
    collections: product.collections,
    quantity,
    total: total.shop,
  };
}

/** Writes a discount into the lines it touches; what it takes off in all. */
function applyDiscount(discount: Discount, code: string, at: Situation): Amount {
  const shipping = discount.kind === 'free-shipping';
  const index = at.applied.length;
  const value = discount.value;
  const entry: AppliedDiscount = {
    code,
    node: discount.id,
    target: shipping ? 'shipping_line' : 'line_item',
    valueType: value && 'amount' in value ? 'fixed_amount' : 'percentage',
    value: shipping || !value ? 100 : 'amount' in value ? value.amount : value.percentage * 100,
    selection: 'all' in discount.items ? 'all' : 'entitled',
    amount: NOTHING,
  };
  at.applied.push(entry);
  if (shipping || !value) return NOTHING;

  const touched = entitled(
    discount,
    at.lines.map((line) => ({ ...basketLine(line), line })),
  ).map((l) => l.line);
  const left = touched.map((line) => minus(line.total, line.discount));
  const whole = sum(...left);
  const off =
    'percentage' in value
      ? times(whole, value.percentage)
      : least(
          whole,
          at.seen(value.eachItem ? value.amount * touched.reduce((s, l) => s + l.quantity, 0) : value.amount),
        );
  const parts = split(
    off,
    left.map((amount) => amount.shop),
  );
  touched.forEach((line, i) => {
    const amount = parts[i] ?? NOTHING;
    line.discount = sum(line.discount, amount);
    line.allocations.push({ discount: index, amount });
  });
  entry.amount = off;
  return off;
}

function shippingFor(
  shop: Shop,
  cart: CartInput,
  lines: CartLine[],
  subtotal: Amount,
  seen: (minor: number) => Amount,
  codes: PricedCart['codes'],
  applied: AppliedDiscount[],
): Priced['shipping'] {
  if (cart.source === 'pos' || !lines.some((line) => line.variant.requiresShipping)) return null;
  const free = shop.shipping.freeFrom !== null && subtotal.shop >= shop.shipping.freeFrom;
  const price = free ? NOTHING : seen(shop.shipping.flat);
  const gift = applied.find((a) => a.target === 'shipping_line');
  if (gift) {
    gift.amount = price;
    const code = codes.find((c) => c.code === gift.code);
    if (code) code.amount = price;
  }
  return { price, discount: gift ? price : NOTHING, tax: NOTHING };
}

function taxIn(amount: Amount, rate: number, included: boolean): Amount {
  return included ? times(amount, rate / (1 + rate)) : times(amount, rate);
}
