/** Things by nothing but their id. */

import { kindOf } from '../../state/ids.ts';
import type { Context, Resolvers } from '../context.ts';
import { demandRead } from '../scopes.ts';
import { customerOf } from './people.ts';
import { discountOf } from './discount-fields.ts';
import { fulfillmentOf } from './order-parts.ts';
import { orderOf } from './orders.ts';
import { productOf, variantOf } from './products.ts';

function nodeOf(context: Context, id: string): unknown {
  const { shop } = context;
  const kind = kindOf(id);
  demandRead(context.scopes, kind, 'node');
  switch (kind) {
    case 'Product':
      return productOf(shop, id);
    case 'ProductVariant':
      return variantOf(shop, id);
    case 'Customer':
      return customerOf(shop, id);
    case 'Order':
      return orderOf(context, id);
    case 'Fulfillment':
      return fulfillmentOf(shop, id);
    case 'DiscountCodeNode':
      return discountOf(shop, id);
    case 'Shop':
      return shop.id === id ? shop : null;
    case 'BulkOperation':
      return shop.bulkOperations.find((b) => b.id === id) ?? null;
    case 'Metafield':
      return shop.metafields.find((m) => m.id === id) ?? null;
    case 'GiftCard':
      return shop.giftCards.find((c) => c.id === id) ?? null;
    case 'StoreCreditAccount':
      return shop.storeCredits.find((a) => a.id === id) ?? null;
    default:
      return null;
  }
}

export const nodeResolvers: Resolvers = {
  QueryRoot: {
    node: (_: object, { id }: { id: string }, context: Context) => nodeOf(context, id),
    nodes: (_: object, { ids }: { ids: string[] }, context: Context) => ids.map((id) => nodeOf(context, id)),
    job: (_: object, { id }: { id: string }) => ({ id, done: true }),
  },
};
