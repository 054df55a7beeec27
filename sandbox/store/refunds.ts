/** Money goes back: for named lines, for an amount, or for all that is left. */

import { BadInput } from '../bad-input.ts';
import type { Event, Kernel } from '../kernel.ts';
import { decimal, minor, minus, NOTHING, sum } from '../state/money.ts';
import type { Order, Refund } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import type { Amount } from '../state/values.ts';
import type { RefundInput } from '../types.ts';
import { orderBody } from '../webhooks/bodies/order.ts';
import { refundBody } from '../webhooks/bodies/refund.ts';
import { quantities } from './lines.ts';
import { lineNet, shareOf, standing } from './standing.ts';

export function refund(kernel: Kernel, shop: Shop, order: Order, input: RefundInput = {}): Order {
  const entry = makeRefund(kernel, shop, order, input);
  kernel.emit(shop, refundEvents(kernel, shop, order, entry));
  return order;
}

function refundEvents(kernel: Kernel, shop: Shop, order: Order, entry: Refund): Event[] {
  return [
    ['refunds/create', refundBody(shop, order, entry)],
    ['orders/updated', orderBody(shop, order, kernel.urls)],
  ];
}

/** Writes the refund into the order, without telling anybody. */
export function makeRefund(kernel: Kernel, shop: Shop, order: Order, input: RefundInput): Refund {
  const before = standing(order);
  const possible = minus(before.paid, before.refunded);
  if (possible.shop <= 0) throw new BadInput(`${order.name} has nothing that could be refunded`);
  const now = kernel.now();
  const amount = input.amount === undefined ? null : amountOf(order, input.amount, possible);
  const lines = amount && !input.lines ? [] : refundLines(kernel, order, input);
  const ofLines = sum(...lines.map((l) => (order.taxesIncluded ? l.subtotal : sum(l.subtotal, l.tax))));
  const everything = input.amount === undefined && !input.lines;
  const total = amount ?? (everything ? possible : ofLines);
  if (total.shop > possible.shop) {
    throw new BadInput(
      `${order.name}: at most ${decimal(possible.shop, order.currency)} ${order.currency} can be refunded`,
    );
  }
  const sale = order.transactions.find((t) => t.kind === 'sale');
  const transaction = kernel.ids.next('OrderTransaction');
  const entry: Refund = {
    id: kernel.ids.next('Refund'),
    note: input.note ?? null,
    restock: input.restock ?? lines.length > 0,
    lines,
    adjustment: NOTHING,
    shipping: everything ? before.shipping : NOTHING,
    total,
    return: null,
    transaction,
    createdAt: now,
  };
  for (const line of lines) {
    const ordered = order.lines.find((l) => l.id === line.line);
    if (ordered) ordered.currentQuantity -= line.quantity;
  }
  order.refunds.push(entry);
  order.transactions.push({
    id: transaction,
    kind: 'refund',
    amount: total,
    gateway: order.gateway,
    parent: sale?.id ?? null,
    createdAt: now,
  });
  if (!input.lines || input.amount !== undefined)
    entry.adjustment = minus(standing(order).total, everything ? NOTHING : rest(before.total, total));
  order.updatedAt = now;
  kernel.changed(shop, order);
  return entry;
}

/** What an order amounts to after an amount went back: nothing at the least, whatever was taken out of it before. */
function rest(before: Amount, back: Amount): Amount {
  const { shop, presentment } = minus(before, back);
  return { shop: Math.max(0, shop), presentment: Math.max(0, presentment) };
}

function refundLines(kernel: Kernel, order: Order, input: RefundInput): Refund['lines'] {
  return quantities(order, input.lines, (line) => line.currentQuantity, 'refunded').map(
    ({ line, quantity }) => ({
      id: kernel.ids.next('RefundLineItem'),
      line: line.id,
      quantity,
      subtotal: shareOf(line, lineNet(line), quantity),
      tax: shareOf(line, line.tax, quantity),
    }),
  );
}

/** An amount is told in the currency that the customer paid in. */
function amountOf(order: Order, text: string, possible: Amount): Amount {
  const presentment = minor(text, order.presentmentCurrency);
  if (presentment === null || presentment <= 0)
    throw new BadInput(`amount: ${text} is no amount in ${order.presentmentCurrency}`);
  if (presentment > possible.presentment) {
    const most = decimal(possible.presentment, order.presentmentCurrency);
    throw new BadInput(
      `amount: at most ${most} ${order.presentmentCurrency} of ${order.name} can be refunded`,
    );
  }
  return { presentment, shop: Math.round((possible.shop * presentment) / possible.presentment) };
}
