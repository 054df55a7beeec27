/** What is left of an order after refunds and edits. */
import type { Order } from './order.ts';

/** What is left of an order: of its goods, before discounts, minor units of the shop's currency. */
export interface Left {
  left: bigint;
  of: bigint;
}

/** What refunds and edits have left: pieces taken out and money given back, whichever is more. */
export function leftOf({ lines, total, refunded }: Pick<Order, 'lines' | 'total' | 'refunded'>): Left {
  const sum = (count: (line: Order['lines'][number]) => number) =>
    lines.reduce((worth, line) => worth + line.price * BigInt(count(line)), 0n);
  const of = sum((line) => line.quantity);
  const inPieces = sum((line) => line.currentQuantity);
  if (of === 0n || total <= 0n) return { left: of, of };
  const inMoney = (of * (total > refunded ? total - refunded : 0n)) / total;
  return { left: inPieces < inMoney ? inPieces : inMoney, of };
}
