/** Tags of customers, orders and products. */

import { kindOf } from '../../state/ids.ts';
import { setTags } from '../../store/customers.ts';
import { customerBody } from '../../webhooks/bodies/customer.ts';
import { orderBody } from '../../webhooks/bodies/order.ts';
import { productBody } from '../../webhooks/bodies/product.ts';
import { type Context, now, type Resolvers } from '../context.ts';
import { denied, missingForOwner } from '../scopes.ts';

const LONGEST = 255;

function change(context: Context, id: string, field: string, alter: (tags: string[]) => string[]) {
  const { shop, inside } = context;
  const { kernel } = inside;
  const missing = missingForOwner(context.scopes, kindOf(id));
  if (missing) throw denied(field, missing);
  const customer = shop.customers.find((c) => c.id === id);
  if (customer) {
    customer.updatedAt = now(context);
    setTags(kernel, shop, customer, alter(customer.tags));
    kernel.emit(shop, [['customers/update', customerBody(shop, customer)]]);
    return { node: customer, userErrors: [] };
  }
  const order = shop.orders.find((o) => o.id === id);
  const product = shop.products.find((p) => p.id === id);
  const node = order ?? product;
  if (!node) return { node: null, userErrors: [{ field: ['id'], message: `${kindOf(id)} does not exist` }] };
  node.tags = [...new Set(alter(node.tags))].sort();
  node.updatedAt = now(context);
  kernel.changed(shop, node);
  if (order) kernel.emit(shop, [['orders/updated', orderBody(shop, order, kernel.urls)]]);
  if (product) kernel.emit(shop, [['products/update', productBody(shop, product, kernel.urls)]]);
  return { node, userErrors: [] };
}

/** A tag with a comma in it is several tags. */
function split(tags: string[]): string[] {
  return tags
    .flatMap((tag) => tag.split(','))
    .map((tag) => tag.trim().slice(0, LONGEST))
    .filter(Boolean);
}

interface TagArgs {
  id: string;
  tags: string[];
}

export const tagResolvers: Resolvers = {
  Mutation: {
    tagsAdd: (_: object, { id, tags }: TagArgs, context: Context) =>
      change(context, id, 'tagsAdd', (before) => [...before, ...split(tags)]),
    tagsRemove: (_: object, { id, tags }: TagArgs, context: Context) =>
      change(context, id, 'tagsRemove', (before) => {
        const gone = split(tags).map((tag) => tag.toLowerCase());
        return before.filter((tag) => !gone.includes(tag.toLowerCase()));
      }),
  },
};
