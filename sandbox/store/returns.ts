/** Something comes back. */

import { BadInput } from '../bad-input.ts';
import type { Kernel } from '../kernel.ts';
import type { Order, Return } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import type { LineInput } from '../types.ts';
import { orderBody } from '../webhooks/bodies/order.ts';
import { returnBody } from '../webhooks/bodies/return.ts';
import { quantities } from './lines.ts';

export function startReturn(
  kernel: Kernel,
  shop: Shop,
  order: Order,
  input: { lines?: LineInput[]; reason?: string; note?: string },
): Order {
  const lines = quantities(
    order,
    input.lines,
    (l) => Math.min(l.currentQuantity, l.fulfilledQuantity),
    'returned',
  );
  if (lines.length === 0)
    throw new BadInput(`${order.name} has nothing that could be returned: fulfil it first`);
  const now = kernel.now();
  const entry: Return = {
    id: kernel.ids.next('Return'),
    name: `${order.name}-R${order.returns.length + 1}`,
    status: 'open',
    lines: lines.map(({ line, quantity }) => ({
      id: kernel.ids.next('ReturnLineItem'),
      line: line.id,
      quantity,
      reason: input.reason ?? 'unwanted',
      note: input.note ?? '',
    })),
    createdAt: now,
    updatedAt: now,
    closedAt: null,
  };
  order.returns.push(entry);
  tell(kernel, shop, order, entry, ['returns/request', 'returns/approve']);
  return order;
}

/** The parcel is back on the shelf; the money is a matter of its own. */
export function closeReturn(kernel: Kernel, shop: Shop, order: Order): Order {
  const entry = order.returns.find((r) => r.status === 'open');
  if (!entry) throw new BadInput(`${order.name} has no open return`);
  entry.status = 'closed';
  entry.closedAt = kernel.now();
  tell(kernel, shop, order, entry, ['returns/close']);
  return order;
}

function tell(kernel: Kernel, shop: Shop, order: Order, entry: Return, topics: string[]): void {
  const now = kernel.now();
  entry.updatedAt = now;
  order.updatedAt = now;
  kernel.changed(shop, order);
  kernel.emit(shop, [
    ...topics.map((topic): [string, object] => [topic, returnBody(order, entry)]),
    ['orders/updated', orderBody(shop, order, kernel.urls)],
  ]);
}
