import type { Product, Variant } from '../../state/product.ts';
import type { Shop } from '../../state/shop.ts';
import type { Gid } from '../../state/values.ts';
import type { Visit } from '../../types.ts';

/** What a visitor has in the basket, with what the shop knows of it. */
export interface CartLine {
  product: Product;
  variant: Variant;
  quantity: number;
}

type Basket = Pick<Visit, 'cart' | 'discountCodes'>;

const MOST = 99;

/** Puts some of a variant into the basket; what lies there already becomes more. */
export function addToCart(visit: Basket, variant: Gid, quantity: number): void {
  const there = visit.cart.find((line) => line.variant === variant);
  setQuantity(visit, variant, (there?.quantity ?? 0) + quantity);
}

/** As many of a variant as the visitor says; none takes it out. */
export function setQuantity(visit: Basket, variant: Gid, quantity: number): void {
  const wanted = Number.isFinite(quantity) ? Math.min(MOST, Math.max(0, Math.floor(quantity))) : 0;
  const there = visit.cart.find((line) => line.variant === variant);
  if (wanted === 0) visit.cart = visit.cart.filter((line) => line.variant !== variant);
  else if (there) there.quantity = wanted;
  else visit.cart.push({ variant, quantity: wanted });
}

/** The basket of this shop; what the shop does not sell (any more) is left out. */
export function cartLines(shop: Shop, visit: Basket): CartLine[] {
  return visit.cart.flatMap(({ variant: id, quantity }) => {
    for (const product of shop.products) {
      const variant = product.variants.find((each) => each.id === id);
      if (variant && product.status === 'ACTIVE') return [{ product, variant, quantity }];
    }
    return [];
  });
}

/** How many things are in the basket. */
export function cartCount(shop: Shop, visit: Basket): number {
  return cartLines(shop, visit).reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Keeps a code for the checkout; codes are the same whatever their case, and an old one is not entered twice. */
export function keepCode(visit: Basket, code: string): void {
  const written = code.trim();
  if (!written) return;
  dropCode(visit, written);
  visit.discountCodes.push(written);
}

export function dropCode(visit: Basket, code: string): void {
  visit.discountCodes = visit.discountCodes.filter(
    (each) => each.toUpperCase() !== code.trim().toUpperCase(),
  );
}
