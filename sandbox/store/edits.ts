/** The merchant changes what is in an order after it was placed. */

import { BadInput } from '../bad-input.ts';
import type { Kernel } from '../kernel.ts';
import { NOTHING, seenAs, sum, times } from '../state/money.ts';
import type { Order, OrderLine } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import type { LineInput } from '../types.ts';
import { orderBody } from '../webhooks/bodies/order.ts';
import { type LineChange, orderEditBody } from '../webhooks/bodies/order-edit.ts';
import { findLine, variantOf } from './lines.ts';
import { lineNet } from './standing.ts';

/** Sets quantities: 0 takes a line out, a product that is not in the order is added. */
export function edit(kernel: Kernel, shop: Shop, order: Order, input: { lines: LineInput[] }): Order {
  if (order.cancelledAt) throw new BadInput(`${order.name} is cancelled and cannot be edited`);
  // All is looked at before anything is changed: an order is never edited by half.
  const wishes = differing(order, wishesOf(kernel, shop, order, input.lines));
  const changes: LineChange[] = wishes.map(({ line, quantity, delta }) => {
    if (!order.lines.includes(line)) order.lines.push(line);
    if (delta > 0) line.quantity += delta;
    line.currentQuantity = quantity;
    line.tax = taxOf(order, line);
    return { line: line.id, delta };
  });
  retotal(order);
  order.updatedAt = kernel.now();
  kernel.changed(shop, order);
  kernel.emit(shop, [
    ['orders/edited', orderEditBody(shop, order, kernel.ids.next('OrderEdit'), changes)],
    ['orders/updated', orderBody(shop, order, kernel.urls)],
  ]);
  return order;
}

interface Wish {
  /** One of the order, or one that is not in it yet. */
  line: OrderLine;
  quantity: number;
}

function wishesOf(kernel: Kernel, shop: Shop, order: Order, lines: LineInput[]): Wish[] {
  const named = new Set<string>();
  return lines.map((wish, index) => {
    const where = `lines[${index}]`;
    const quantity = wish.quantity ?? 1;
    if (!Number.isInteger(quantity) || quantity < 0)
      throw new BadInput(`${where}.quantity: a whole number from 0 on`);
    const line = findLine(order, wish) ?? newLine(kernel, shop, order, wish, where);
    if (quantity < line.fulfilledQuantity) {
      throw new BadInput(
        `${where}.quantity: ${line.fulfilledQuantity} of ${line.handle} are on their way already`,
      );
    }
    const name = order.lines.includes(line) ? line.id : `${line.variant}`;
    if (named.has(name)) throw new BadInput(`${where}: ${line.handle} is named twice`);
    named.add(name);
    return { line, quantity };
  });
}

/** Those that change something. */
function differing(order: Order, wishes: Wish[]) {
  const changes = wishes
    .map(({ line, quantity }) => ({ line, quantity, delta: quantity - line.currentQuantity }))
    .filter(({ delta }) => delta !== 0);
  if (changes.length === 0) throw new BadInput(`lines: ${order.name} is like that already`);
  return changes;
}

function newLine(kernel: Kernel, shop: Shop, order: Order, wish: LineInput, where: string): OrderLine {
  if (wish.id !== undefined) throw new BadInput(`${where}.id: ${order.name} has no line ${wish.id}`);
  const { product, variant } = variantOf(shop, wish, where);
  const rate = shop.markets.find((m) => m.currency === order.presentmentCurrency)?.rate ?? 1;
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
    properties: wish.properties ?? [],
    price: seenAs(variant.price, order.currency, rate, order.presentmentCurrency),
    quantity: 0,
    currentQuantity: 0,
    fulfilledQuantity: 0,
    allocations: [],
    tax: NOTHING,
  };
}

function taxOf(order: Order, line: OrderLine) {
  if (!line.taxable) return NOTHING;
  return times(lineNet(line), order.taxesIncluded ? order.taxRate / (1 + order.taxRate) : order.taxRate);
}

function retotal(order: Order): void {
  const { totals } = order;
  totals.lines = sum(...order.lines.map((l) => times(l.price, l.quantity)));
  totals.subtotal = sum(...order.lines.map(lineNet));
  totals.tax = sum(...order.lines.map((l) => l.tax), order.shippingLine?.tax ?? NOTHING);
  totals.total = sum(totals.subtotal, totals.shipping, order.taxesIncluded ? NOTHING : totals.tax);
}
