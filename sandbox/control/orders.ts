/** Products and orders. */

import { z } from 'zod';
import { BadInput } from '../bad-input.ts';
import { checked } from '../http/checked.ts';
import type { Inside } from '../inside.ts';
import type { Order } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import type { OrderInput, Route, Store } from '../types.ts';
import { isNamed, orderOf, shopOf } from './find.ts';
import { nothing, order as orderSchema, verbs } from './schemas.ts';
import { orderView, productView } from './views.ts';

const productChange = z.strictObject({
  title: z.string().optional(),
  tags: z.array(z.string()).optional(),
  status: z.enum(['ACTIVE', 'DRAFT', 'ARCHIVED']).optional(),
  stock: z.number().int().min(0).optional(),
});

/** One route for each verb, so that another word is a path that does not exist. */
type Verb = (store: Store, shop: Shop, order: Order, body: never) => Order | void;
const VERBS: Record<keyof typeof verbs, Verb> = {
  fulfil: (store, shop, order, body) => store.fulfil(shop, order, body),
  deliver: (store, shop, order, body) => store.deliver(shop, order, body),
  cancel: (store, shop, order, body) => store.cancel(shop, order, body),
  refund: (store, shop, order, body) => store.refund(shop, order, body),
  edit: (store, shop, order, body) => store.edit(shop, order, body),
  pay: (store, shop, order) => store.markPaid(shop, order),
  return: (store, shop, order, body) => store.startReturn(shop, order, body),
  'close-return': (store, shop, order) => store.closeReturn(shop, order),
  assess: (store, shop, order, body) => store.assess(shop, order, body),
  dispute: (store, shop, order, body) => store.dispute(shop, order, body),
  delete: (store, shop, order) => store.deleteOrder(shop, order),
};

export function orderRoutes({ sandbox }: Inside): Route[] {
  const { store, urls } = sandbox;
  return [
    {
      method: 'POST',
      path: '/control/orders',
      handle(request) {
        const shop = shopOf(sandbox, request);
        const order = store.placeOrder(shop, checked(orderSchema, request.json()) as OrderInput);
        return { status: 201, body: orderView(shop, order, urls) };
      },
    },
    {
      method: 'GET',
      path: '/control/orders',
      handle(request) {
        const shop = shopOf(sandbox, request);
        return { body: shop.orders.map((order) => orderView(shop, order, urls)) };
      },
    },
    {
      method: 'GET',
      path: '/control/orders/:id',
      handle(request) {
        const shop = shopOf(sandbox, request);
        return { body: orderView(shop, orderOf(shop, request.params.id ?? ''), urls) };
      },
    },
    ...Object.entries(VERBS).map(([name, verb]): Route => ({
      method: 'POST',
      path: `/control/orders/:id/${name}`,
      handle(request) {
        const shop = shopOf(sandbox, request);
        const order = orderOf(shop, request.params.id ?? '');
        verb(store, shop, order, checked(verbs[name as keyof typeof verbs], request.json()) as never);
        return { body: orderView(shop, order, urls) };
      },
    })),
  ];
}

export function productRoutes({ sandbox }: Inside): Route[] {
  const { store, urls } = sandbox;
  const find = (shop: Shop, name: string) => {
    const product = shop.products.find((p) => p.handle === name || isNamed(p.id, name));
    if (!product) throw new BadInput(`product: ${shop.domain} has no product ${name}`);
    return product;
  };
  return [
    {
      method: 'GET',
      path: '/control/products',
      handle(request) {
        const shop = shopOf(sandbox, request);
        return { body: shop.products.map((product) => productView(shop, product, urls)) };
      },
    },
    {
      method: 'POST',
      path: '/control/products/:id',
      handle(request) {
        const shop = shopOf(sandbox, request);
        const { title, tags, status, stock } = checked(productChange, request.json());
        const change = {
          ...(title !== undefined && { title }),
          ...(tags && { tags }),
          ...(status && { status }),
        };
        const product = find(shop, request.params.id ?? '');
        if (stock !== undefined) for (const variant of product.variants) variant.stock = stock;
        return {
          body: productView(shop, store.updateProduct(shop, product, change), urls),
        };
      },
    },
    {
      method: 'POST',
      path: '/control/products/:id/delete',
      handle(request) {
        checked(nothing, request.json());
        const shop = shopOf(sandbox, request);
        store.deleteProduct(shop, find(shop, request.params.id ?? ''));
        return { body: { deleted: true } };
      },
    },
  ];
}
