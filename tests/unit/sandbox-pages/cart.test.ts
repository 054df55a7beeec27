import { beforeEach, describe, expect, test } from 'vitest';
import {
  addToCart,
  cartCount,
  cartLines,
  dropCode,
  keepCode,
  setQuantity,
} from '../../../sandbox/pages/store/cart.ts';
import { createIds } from '../../../sandbox/state/ids.ts';
import { emptyState } from '../../../sandbox/state/keep.ts';
import type { Shop } from '../../../sandbox/state/shop.ts';
import { FIRST_SHOP, newShop } from '../../../sandbox/store/new-shop.ts';
import type { Visit } from '../../../sandbox/types.ts';

type Basket = Pick<Visit, 'cart' | 'discountCodes'>;

let shop: Shop;
let visit: Basket;
const variant = (handle: string, index = 0) =>
  shop.products.find((product) => product.handle === handle)!.variants[index]!.id;

beforeEach(() => {
  shop = newShop(FIRST_SHOP, createIds(emptyState(), { salt: 'test' }), '2026-11-22T10:00:00Z');
  visit = { cart: [], discountCodes: [] };
});

describe('the basket of a visitor', () => {
  test('the same variant twice is one line, another variant is another', () => {
    addToCart(visit, variant('enamel-kettle'), 1);
    addToCart(visit, variant('enamel-kettle'), 2);
    addToCart(visit, variant('enamel-kettle', 1), 1);
    expect(cartLines(shop, visit).map(({ quantity, variant: { title } }) => [title, quantity])).toEqual([
      ['Cream', 3],
      ['Moss', 1],
    ]);
    expect(cartCount(shop, visit)).toBe(4);
  });

  test.each([
    [0, 0],
    [-3, 0],
    [Number.NaN, 0],
    [2.9, 2],
    [1000, 99],
  ])('a quantity of %s becomes %s', (asked, kept) => {
    addToCart(visit, variant('linen-apron'), 1);
    setQuantity(visit, variant('linen-apron'), asked);
    expect(cartCount(shop, visit)).toBe(kept);
  });

  test('what the shop does not sell is left out, and so is what it has stopped selling', () => {
    addToCart(visit, 'gid://shopify/ProductVariant/1', 1);
    addToCart(visit, variant('olive-oil'), 1);
    shop.products.find(({ handle }) => handle === 'olive-oil')!.status = 'ARCHIVED';
    expect(cartLines(shop, visit)).toEqual([]);
  });

  test('a code is kept once, whatever its case, and can be taken back', () => {
    keepCode(visit, ' JO-15 ');
    keepCode(visit, 'jo-15');
    keepCode(visit, '');
    expect(visit.discountCodes).toEqual(['jo-15']);
    dropCode(visit, 'Jo-15');
    expect(visit.discountCodes).toEqual([]);
  });
});
