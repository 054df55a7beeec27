/** What Shopify and the buyer's bank think of a payment. */

import { BadInput } from '../bad-input.ts';
import type { Kernel } from '../kernel.ts';
import type { DisputeStatus, Order } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import { disputeBody, riskBody } from '../webhooks/bodies/payment.ts';

/** Shopify has looked at the payment. */
export function assess(
  kernel: Kernel,
  shop: Shop,
  order: Order,
  input: { risk: NonNullable<Order['risk']> },
): Order {
  order.risk = input.risk;
  order.updatedAt = kernel.now();
  kernel.changed(shop, order);
  kernel.emit(shop, [['orders/risk_assessment_changed', riskBody(shop, order)]]);
  return order;
}

/** The bank takes the money back, or asks about it; told again, it goes on. */
export function dispute(
  kernel: Kernel,
  shop: Shop,
  order: Order,
  input: { type?: 'inquiry' | 'chargeback'; status?: DisputeStatus },
): Order {
  if (!order.transactions.some(({ kind }) => kind === 'sale'))
    throw new BadInput(`${order.name} was not paid, so there is nothing to take back`);
  const before = order.dispute;
  order.dispute = {
    id: before?.id ?? kernel.ids.next('ShopifyPaymentsDispute'),
    type: input.type ?? before?.type ?? 'chargeback',
    status: input.status ?? 'needs_response',
    startedAt: before?.startedAt ?? kernel.now(),
  };
  order.updatedAt = kernel.now();
  kernel.changed(shop, order);
  const topic = before ? 'disputes/update' : 'disputes/create';
  kernel.emit(shop, [[topic, disputeBody(shop, order, order.dispute, kernel.now())]]);
  return order;
}
