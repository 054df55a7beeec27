/** Bodies of the returns/* topics, also found inside orders. */

import { number } from '../../state/ids.ts';
import type { Order, Return } from '../../state/order.ts';

export function returnBody(order: Order, entry: Return) {
  return {
    id: number(entry.id),
    admin_graphql_api_id: entry.id,
    status: entry.status,
    name: entry.name,
    order: { id: number(order.id), admin_graphql_api_id: order.id },
    order_id: number(order.id),
    total_return_line_items: entry.lines.length,
    return_line_items: entry.lines.map((item) => ({
      id: number(item.id),
      admin_graphql_api_id: item.id,
      line_item_id: number(item.line),
      quantity: item.quantity,
      return_reason: item.reason,
      return_reason_note: item.note,
      customer_note: item.note,
    })),
  };
}
