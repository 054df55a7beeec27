/** All resolvers, joined by type. */

import type { Resolvers } from '../context.ts';
import { appResolvers } from './app.ts';
import { articleResolvers } from './articles.ts';
import { bulkResolvers } from './bulk.ts';
import { consentResolvers } from './consent.ts';
import { customerResolvers } from './customers.ts';
import { discountResolvers } from './discount-fields.ts';
import { discountMutations } from './discount-mutations.ts';
import { giftCardResolvers } from './gift-cards.ts';
import { marketingResolvers } from './marketing.ts';
import { metafieldResolvers } from './metafields.ts';
import { nodeResolvers } from './nodes.ts';
import { orderPartResolvers } from './order-parts.ts';
import { orderResolvers } from './orders.ts';
import { productResolvers } from './products.ts';
import { redeemCodeResolvers } from './redeem-codes.ts';
import { shopResolvers } from './shop.ts';
import { storeCreditResolvers } from './store-credit.ts';
import { tagResolvers } from './tags.ts';
import { webhookResolvers } from './webhook-subscriptions.ts';

const parts: Resolvers[] = [
  appResolvers,
  articleResolvers,
  bulkResolvers,
  consentResolvers,
  customerResolvers,
  discountResolvers,
  discountMutations,
  giftCardResolvers,
  marketingResolvers,
  metafieldResolvers,
  nodeResolvers,
  orderPartResolvers,
  orderResolvers,
  productResolvers,
  redeemCodeResolvers,
  shopResolvers,
  storeCreditResolvers,
  tagResolvers,
  webhookResolvers,
];

export const resolvers: Resolvers = {};
for (const part of parts) {
  for (const [type, fields] of Object.entries(part)) {
    resolvers[type] = { ...resolvers[type], ...fields };
  }
}
