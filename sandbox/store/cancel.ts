/** An order is called off; what was paid goes back unless somebody says otherwise. */

import { BadInput } from '../bad-input.ts';
import type { Event, Kernel } from '../kernel.ts';
import type { Order } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import { orderBody } from '../webhooks/bodies/order.ts';
import { refundBody } from '../webhooks/bodies/refund.ts';
import { makeRefund } from './refunds.ts';
import { standing } from './standing.ts';

export function cancel(
  kernel: Kernel,
  shop: Shop,
  order: Order,
  input: { reason?: Order['cancelReason']; refund?: boolean } = {},
): Order {
  if (order.cancelledAt) throw new BadInput(`${order.name} is cancelled already`);
  const now = kernel.now();
  const { paid, refunded } = standing(order);
  const back =
    input.refund !== false && paid.shop > refunded.shop
      ? makeRefund(kernel, shop, order, { note: 'Order cancelled' })
      : null;
  if (paid.shop === 0 && order.totals.total.shop > 0) {
    const id = kernel.ids.next('OrderTransaction');
    order.transactions.push({
      id,
      kind: 'void',
      amount: order.totals.total,
      gateway: order.gateway,
      parent: null,
      createdAt: now,
    });
  }
  for (const line of order.lines)
    line.currentQuantity = back
      ? line.currentQuantity
      : Math.min(line.currentQuantity, line.fulfilledQuantity);
  order.cancelledAt = now;
  order.cancelReason = input.reason ?? 'customer';
  order.closedAt = now;
  order.updatedAt = now;
  kernel.changed(shop, order);
  const body = orderBody(shop, order, kernel.urls);
  kernel.emit(shop, [
    ...(back ? [['refunds/create', refundBody(shop, order, back)] as Event] : []),
    ['orders/cancelled', body],
    ['orders/updated', body],
  ]);
  return order;
}
