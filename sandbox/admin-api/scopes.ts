/** Which access scopes a field needs; any one of a list is enough, and write implies read. */

import { GraphQLError } from 'graphql';

const ORDERS = ['read_orders', 'read_marketplace_orders', 'read_quick_sale'];
const FULFILLMENTS = [
  'read_fulfillments',
  'read_orders',
  'read_marketplace_orders',
  'read_assigned_fulfillment_orders',
];
const PRODUCTS = [
  'read_products',
  'read_files',
  'read_themes',
  'read_orders',
  'read_draft_orders',
  'read_images',
];

/** By the type that a field gives. */
const READ: Record<string, string[]> = {
  Customer: ['read_customers'],
  Order: ORDERS,
  LineItem: ORDERS,
  Refund: ORDERS,
  Return: ['read_returns'],
  Fulfillment: FULFILLMENTS,
  Product: PRODUCTS,
  ProductVariant: PRODUCTS,
  Collection: ['read_products'],
  DiscountNode: ['read_discounts'],
  DiscountCodeNode: ['read_discounts'],
  DiscountRedeemCodeBulkCreation: ['read_discounts'],
  ShopLocale: ['read_locales', 'read_markets_home'],
  StoreCreditAccount: ['read_store_credit_accounts'],
  StoreCreditAccountTransaction: ['read_store_credit_account_transactions'],
  StoreCreditAccountCreditTransaction: ['read_store_credit_account_transactions'],
  StoreCreditAccountDebitTransaction: ['read_store_credit_account_transactions'],
  GiftCard: ['read_gift_cards'],
  Segment: ['read_customers'],
  SegmentMembershipResponse: ['read_customers'],
  MarketingActivity: ['read_marketing_events'],
  WebPixel: ['read_pixels'],
  Blog: ['read_content', 'read_online_store_pages'],
  Article: ['read_content', 'read_online_store_pages'],
};

/** By mutation; one that is not listed needs none of its own. */
const WRITE: Record<string, string> = {
  articleCreate: 'write_content',
  articleDelete: 'write_content',
  customerEmailMarketingConsentUpdate: 'write_customers',
  customerSmsMarketingConsentUpdate: 'write_customers',
  discountCodeActivate: 'write_discounts',
  discountCodeAppCreate: 'write_discounts',
  discountCodeBasicCreate: 'write_discounts',
  discountCodeBasicUpdate: 'write_discounts',
  discountCodeDeactivate: 'write_discounts',
  discountCodeDelete: 'write_discounts',
  discountCodeFreeShippingCreate: 'write_discounts',
  discountCodeFreeShippingUpdate: 'write_discounts',
  discountCodeRedeemCodeBulkDelete: 'write_discounts',
  discountRedeemCodeBulkAdd: 'write_discounts',
  giftCardCreate: 'write_gift_cards',
  giftCardDeactivate: 'write_gift_cards',
  marketingActivityUpsertExternal: 'write_marketing_events',
  marketingEngagementCreate: 'write_marketing_events',
  storeCreditAccountCredit: 'write_store_credit_account_transactions',
  storeCreditAccountDebit: 'write_store_credit_account_transactions',
  webPixelCreate: 'write_pixels',
  webPixelDelete: 'write_pixels',
  webPixelUpdate: 'write_pixels',
};

/** By the kind of thing that is tagged or given metafields. */
const OWNERS: Record<string, string> = {
  Customer: 'write_customers',
  Order: 'write_orders',
  Product: 'write_products',
  ProductVariant: 'write_products',
  DiscountCodeNode: 'write_discounts',
  DiscountNode: 'write_discounts',
};

function mayRead(granted: string[], type: string): boolean {
  const wanted = READ[type.replace(/Connection$/, '')];
  return !wanted || wanted.some((scope) => has(granted, scope));
}

/** Throws Shopify's ACCESS_DENIED. */
export function demandRead(granted: string[], type: string, field: string): void {
  if (!mayRead(granted, type)) throw denied(field, READ[type.replace(/Connection$/, '')]?.[0] ?? '');
}

export function demandMutation(granted: string[], mutation: string): void {
  const wanted = WRITE[mutation];
  if (wanted && !has(granted, wanted)) throw denied(mutation, wanted);
}

/** The scope that is missing to write to a thing of this kind; null when nothing is. */
export function missingForOwner(granted: string[], kind: string): string | null {
  const wanted = OWNERS[kind];
  return wanted && !has(granted, wanted) ? wanted : null;
}

function has(granted: string[], scope: string): boolean {
  return granted.includes(scope) || granted.includes(scope.replace(/^read_/, 'write_'));
}

export function denied(field: string, scope: string): GraphQLError {
  const requiredAccess = `\`${scope}\` access scope.`;
  return new GraphQLError(`Access denied for ${field} field. Required access: ${requiredAccess}`, {
    extensions: {
      code: 'ACCESS_DENIED',
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess,
    },
  });
}
