/** What is left of an order after refunds and edits. */
import type { Order } from './order.ts';

/** What is left of an order: of its goods, before discounts, minor units of the shop's currency. */
export interface Left {
  left: bigint;
  of: bigint;
}

type Returned = Pick<Order, 'lines' | 'total' | 'refunded'>;

/** What refunds and edits have left: pieces taken out and money given back, whichever is more. */
export function leftOf(order: Returned): Left {
  const { of, inPieces } = goodsOf(order);
  const { total } = order;
  if (of === 0n || total <= 0n) return { left: of, of };
  return { left: lesser(inPieces, (of * notPaidBack(order)) / total), of };
}

/** The same in money: what stays paid, minor units of the shop's currency. To the unit where money alone was given back. */
export function moneyLeftOf(order: Returned): bigint {
  const { of, inPieces } = goodsOf(order);
  const paid = notPaidBack(order);
  return of === 0n ? paid : lesser(paid, (order.total * inPieces) / of);
}

function goodsOf({ lines }: Returned): { of: bigint; inPieces: bigint } {
  const sum = (count: (line: Order['lines'][number]) => number) =>
    lines.reduce((worth, line) => worth + line.price * BigInt(count(line)), 0n);
  return { of: sum((line) => line.quantity), inPieces: sum((line) => line.currentQuantity) };
}

/**
 * Whether all that was ordered has come back or is on its way: what the agreed returns say together. Where nobody has said
 * how many come back, it is all of them.
 */
export function isWhollyReturned({ lines, returns }: Pick<Order, 'lines' | 'returns'>): boolean {
  const agreed = returns.filter(({ state }) => state === 'open' || state === 'closed');
  if (agreed.length === 0) return false;
  if (agreed.some(({ pieces }) => pieces == null)) return true;
  const pieces = agreed.reduce((sum, item) => sum + (item.pieces ?? 0), 0);
  return pieces >= lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

const notPaidBack = ({ total, refunded }: Returned) => (total > refunded ? total - refunded : 0n);
const lesser = (a: bigint, b: bigint) => (a < b ? a : b);
