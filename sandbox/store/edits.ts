/** The merchant changes what is in an order after it was placed. */

import { BadInput } from '../bad-input.ts';
import type { Kernel } from '../kernel.ts';
import { NOTHING, seenAs, sum, times } from '../state/money.ts';
import type { Order, OrderLine } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import type { LineInput } from '../types.ts';
import { orderBody } from '../webhooks/bodies/order.ts';
import { type LineChange, orderEditBody } from '../webhooks/bodies/order-edit.ts';
import { variantOf } from './lines.ts';
import { lineNet } from './standing.ts';

/** Sets quantities: 0 takes a line out, a product that is not in the order is added. */
export function edit(kernel: Kernel, shop: Shop, order: Order, input: { lines: LineInput[] }): Order {
  if (order.cancelledAt) throw new BadInput(`${order.name} is cancelled and cannot be edited`);
  if (input.lines.length === 0) throw new BadInput('lines: nothing to change');
  const changes: LineChange[] = [];
  for (const [index, wish] of input.lines.entries()) {
    const quantity = wish.quantity ?? 1;
    if (!Number.isInteger(quantity) || quantity < 0)
      throw new BadInput(`lines[${index}].quantity: a whole number from 0 on`);
    const line = order.lines.find(
      (l) => l.id === wish.id || l.variant === wish.variant || l.handle === wish.handle,
    );
    if (!line && wish.id) throw new BadInput(`lines[${index}].id: ${order.name} has no line ${wish.id}`);
    if (line && quantity < line.fulfilledQuantity) {
      throw new BadInput(
        `lines[${index}].quantity: ${line.fulfilledQuantity} of ${line.handle} are on their way already`,
      );
    }
    const target = line ?? added(kernel, shop, order, wish, index);
    const delta = quantity - target.currentQuantity;
    if (delta === 0) continue;
    if (delta > 0) target.quantity += delta;
    target.currentQuantity = quantity;
    target.tax = taxOf(order, target);
    changes.push({ line: target.id, delta });
  }
  if (changes.length === 0) throw new BadInput('lines: the order is like that already');
  retotal(order);
  order.updatedAt = kernel.now();
  kernel.changed(shop, order);
  kernel.emit(shop, [
    ['orders/edited', orderEditBody(shop, order, kernel.ids.next('OrderEdit'), changes)],
    ['orders/updated', orderBody(shop, order, kernel.urls)],
  ]);
  return order;
}

function added(kernel: Kernel, shop: Shop, order: Order, wish: LineInput, index: number): OrderLine {
  const { product, variant } = variantOf(shop, wish, `lines[${index}]`);
  const rate = shop.markets.find((m) => m.currency === order.presentmentCurrency)?.rate ?? 1;
  const line: OrderLine = {
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
  order.lines.push(line);
  return line;
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
