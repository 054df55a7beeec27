/** Bodies of orders/risk_assessment_changed and disputes/*. */

import { digits, number } from '../../state/ids.ts';
import { decimal } from '../../state/money.ts';
import type { Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import type { Instant } from '../../state/values.ts';
import { inZone } from '../../state/zoned.ts';

export function riskBody(shop: Shop, order: Order) {
  const at = inZone(order.updatedAt, shop.timezone);
  return {
    provider_id: null,
    provider_title: null,
    risk_level: order.risk ?? 'none',
    created_at: at,
    updated_at: at,
    admin_graphql_api_order_id: order.id,
  };
}

export function disputeBody(shop: Shop, order: Order, dispute: NonNullable<Order['dispute']>, now: Instant) {
  const isOver = ['won', 'lost', 'accepted', 'charge_refunded'].includes(dispute.status);
  return {
    id: number(dispute.id),
    order_id: number(order.id),
    type: dispute.type,
    amount: decimal(order.totals.total.shop, order.currency),
    currency: order.currency,
    reason: 'fraudulent',
    network_reason_code: digits(dispute.id).slice(-4),
    status: dispute.status,
    evidence_due_by: null,
    evidence_sent_on: null,
    finalized_on: isOver ? inZone(now, shop.timezone) : null,
    initiated_at: inZone(dispute.startedAt, shop.timezone),
  };
}
