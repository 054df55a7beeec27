/** Finding what a line of input means: a variant in the shelves, or a line of an order. */

import { BadInput } from '../bad-input.ts';
import { digits } from '../state/ids.ts';
import type { Order, OrderLine } from '../state/order.ts';
import type { Product, Variant } from '../state/product.ts';
import type { Shop } from '../state/shop.ts';
import type { LineInput } from '../types.ts';

export function variantOf(
  shop: Shop,
  line: LineInput,
  where: string,
): { product: Product; variant: Variant } {
  if (line.variant !== undefined) {
    const wanted = digits(line.variant);
    for (const product of shop.products) {
      const variant = product.variants.find((v) => digits(v.id) === wanted);
      if (variant) return { product, variant };
    }
    throw new BadInput(`${where}.variant: ${shop.domain} has no variant ${line.variant}`);
  }
  if (line.handle === undefined) throw new BadInput(`${where}: name a product by handle or by variant`);
  const product = shop.products.find((p) => p.handle === line.handle);
  const variant = product?.variants[0];
  if (!product || !variant) {
    const known = shop.products.map((p) => p.handle).join(', ');
    throw new BadInput(`${where}.handle: ${shop.domain} has no product ${line.handle} (it has ${known})`);
  }
  return { product, variant };
}

/** By line id, variant or handle. */
export function findLine(order: Order, line: LineInput): OrderLine | undefined {
  return order.lines.find(
    (l) =>
      (line.id !== undefined && digits(l.id) === digits(line.id)) ||
      (line.variant !== undefined && l.variant !== null && digits(l.variant) === digits(line.variant)) ||
      (line.handle !== undefined && l.handle === line.handle),
  );
}

/** The line of an order that is meant. */
export function lineOf(order: Order, line: LineInput, where: string): OrderLine {
  const found = findLine(order, line);
  if (found) return found;
  const known = order.lines.map((l) => l.handle).join(', ');
  throw new BadInput(
    `${where}: ${order.name} has no line ${line.id ?? line.variant ?? line.handle} (it has ${known})`,
  );
}

/** Quantities by line, none above what `left` allows; everything that is left when no lines are named. */
export function quantities(
  order: Order,
  lines: LineInput[] | undefined,
  left: (line: OrderLine) => number,
  doing: string,
): { line: OrderLine; quantity: number }[] {
  if (!lines)
    return order.lines.map((line) => ({ line, quantity: left(line) })).filter((l) => l.quantity > 0);
  if (lines.length === 0) throw new BadInput(`lines: name at least one that is to be ${doing}`);
  const taken = new Map<OrderLine, number>();
  for (const [index, input] of lines.entries()) {
    const line = lineOf(order, input, `lines[${index}]`);
    const before = taken.get(line) ?? 0;
    const most = left(line) - before;
    const quantity = input.quantity ?? most;
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > most) {
      throw new BadInput(
        `lines[${index}].quantity: ${most} of ${line.handle} can be ${doing}, not ${quantity}`,
      );
    }
    taken.set(line, before + quantity);
  }
  return [...taken].map(([line, quantity]) => ({ line, quantity }));
}
