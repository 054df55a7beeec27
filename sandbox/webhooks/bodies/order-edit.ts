/** Body of orders/edited: what an edit added and took away, not the order itself. */

import { number } from '../../state/ids.ts';
import type { Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import type { Gid } from '../../state/values.ts';
import { inZone } from '../../state/zoned.ts';

export interface LineChange {
  line: Gid;
  delta: number;
}

export function orderEditBody(shop: Shop, order: Order, edit: Gid, changes: LineChange[]) {
  const side = (added: boolean) =>
    changes
      .filter((c) => c.delta > 0 === added)
      .map((c) => ({ id: number(c.line), delta: Math.abs(c.delta) }));
  return {
    order_edit: {
      id: number(edit),
      app_id: 1354745,
      created_at: inZone(order.updatedAt, shop.timezone),
      notify_customer: false,
      order_id: number(order.id),
      staff_note: '',
      user_id: null,
      line_items: { additions: side(true), removals: side(false) },
      discounts: { line_item: { additions: [], removals: [] } },
      shipping_lines: { additions: [], removals: [] },
    },
  };
}
