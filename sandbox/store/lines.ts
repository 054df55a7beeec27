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

/** The line of an order that is meant, by line id, variant or handle. */
export function lineOf(order: Order, line: LineInput, where: string): OrderLine {
  const found = order.lines.find(
    (l) =>
      (line.id !== undefined && digits(l.id) === digits(line.id)) ||
      (line.variant !== undefined && l.variant !== null && digits(l.variant) === digits(line.variant)) ||
      (line.handle !== undefined && l.handle === line.handle),
  );
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
  return lines.map((input, index) => {
    const line = lineOf(order, input, `lines[${index}]`);
    const quantity = input.quantity ?? left(line);
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > left(line)) {
      throw new BadInput(
        `lines[${index}].quantity: ${left(line)} of ${line.handle} can be ${doing}, not ${quantity}`,
      );
    }
    return { line, quantity };
  });
}
