/** Body of refunds/create, also found inside orders. */

import { number } from '../../state/ids.ts';
import { decimal, NOTHING } from '../../state/money.ts';
import type { Order, Refund } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import { inZone } from '../../state/zoned.ts';
import { lineBody } from './line.ts';
import { locationOf } from './shop.ts';
import { bag } from './values.ts';

export function refundBody(shop: Shop, order: Order, refund: Refund) {
  const at = inZone(refund.createdAt, shop.timezone);
  return {
    id: number(refund.id),
    admin_graphql_api_id: refund.id,
    order_id: number(order.id),
    created_at: at,
    processed_at: at,
    note: refund.note,
    restock: refund.restock,
    user_id: null,
    duties: [],
    additional_fees: [],
    total_duties_set: bag(NOTHING, order),
    total_additional_fees_set: bag(NOTHING, order),
    return: refund.return ? { id: number(refund.return), admin_graphql_api_id: refund.return } : null,
    refund_shipping_lines: shippingLines(order, refund),
    order_adjustments: adjustments(order, refund),
    refund_line_items: refund.lines.map((entry) => refundLine(shop, order, refund, entry)),
    transactions: transactions(order, refund, at),
  };
}

function refundLine(shop: Shop, order: Order, refund: Refund, entry: Refund['lines'][number]) {
  const line = order.lines.find((l) => l.id === entry.line);
  return {
    id: number(entry.id),
    line_item_id: number(entry.line),
    location_id: number(locationOf(shop)),
    quantity: entry.quantity,
    restock_type: refund.restock ? 'return' : 'no_restock',
    subtotal: Number(decimal(entry.subtotal.shop, order.currency)),
    subtotal_set: bag(entry.subtotal, order),
    total_tax: Number(decimal(entry.tax.shop, order.currency)),
    total_tax_set: bag(entry.tax, order),
    line_item: line ? lineBody(shop, order, line) : null,
  };
}

function shippingLines(order: Order, refund: Refund) {
  if (refund.shipping.shop === 0 || !order.shippingLine) return [];
  return [{ id: number(order.shippingLine.id), subtotal_amount_set: bag(refund.shipping, order) }];
}

function adjustments(order: Order, refund: Refund) {
  if (refund.adjustment.shop === 0) return [];
  const amount = { shop: -refund.adjustment.shop, presentment: -refund.adjustment.presentment };
  return [
    {
      id: number(refund.id),
      amount: decimal(amount.shop, order.currency),
      amount_set: bag(amount, order),
      kind: 'refund_discrepancy',
      order_id: number(order.id),
      reason: 'Refund discrepancy',
      refund_id: number(refund.id),
      tax_amount: decimal(0, order.currency),
      tax_amount_set: bag(NOTHING, order),
    },
  ];
}

function transactions(order: Order, refund: Refund, at: string) {
  return order.transactions
    .filter((t) => t.id === refund.transaction)
    .map((t) => ({
      id: number(t.id),
      admin_graphql_api_id: t.id,
      order_id: number(order.id),
      kind: t.kind,
      gateway: t.gateway,
      status: 'success',
      message: 'Transaction approved',
      created_at: at,
      test: order.test,
      authorization: null,
      location_id: null,
      user_id: null,
      parent_id: number(t.parent),
      processed_at: at,
      device_id: null,
      error_code: null,
      source_name: '1830279',
      receipt: {},
      amount: decimal(t.amount.presentment, order.presentmentCurrency),
      currency: order.presentmentCurrency,
      payment_id: `${order.name}.${order.transactions.indexOf(t) + 1}`,
    }));
}
