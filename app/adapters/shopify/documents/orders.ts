import { adminDocument } from '../admin-client.ts';

export interface MoneySet {
  shopMoney: { amount: string; currencyCode: string };
}

export interface AddressNode {
  countryCodeV2: string | null;
  provinceCode: string | null;
  city: string | null;
  zip: string | null;
  address1: string | null;
  address2: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
}

export interface CustomerNode {
  id: string;
  firstName: string | null;
  lastName: string | null;
  locale: string;
  updatedAt: string;
  tags: string[];
  defaultEmailAddress: {
    emailAddress: string;
    marketingState: string;
    marketingOptInLevel: string | null;
    marketingUpdatedAt: string | null;
  } | null;
  defaultPhoneNumber: {
    phoneNumber: string;
    marketingState: string;
    marketingOptInLevel: string | null;
    marketingUpdatedAt: string | null;
  } | null;
  defaultAddress: AddressNode | null;
}

export interface LineNode {
  id: string;
  title: string;
  quantity: number;
  currentQuantity: number;
  requiresShipping: boolean;
  product: { id: string } | null;
  variant: { id: string } | null;
  originalUnitPriceSet: MoneySet;
}

export interface FulfillmentNode {
  id: string;
  status: string;
  displayStatus: string | null;
  createdAt: string;
  updatedAt: string;
  inTransitAt: string | null;
  deliveredAt: string | null;
  estimatedDeliveryAt: string | null;
  requiresShipping: boolean;
  originAddress: { countryCode: string } | null;
  trackingInfo: { company: string | null; number: string | null; url: string | null }[];
  /** Not in bulk operations, which know no connection inside a list. */
  fulfillmentLineItems?: { nodes: { quantity: number | null; lineItem: { id: string } }[] };
}

export interface ReturnNode {
  id: string;
  status: string;
  createdAt: string;
  closedAt: string | null;
  totalQuantity: number;
}

/** An order without its connections: what a line of a bulk operation's file holds. */
export interface OrderCore {
  id: string;
  name: string;
  confirmationNumber: string | null;
  checkoutToken: string | null;
  test: boolean;
  createdAt: string;
  updatedAt: string;
  cancelledAt: string | null;
  displayFinancialStatus: string | null;
  displayFulfillmentStatus: string;
  sourceName: string | null;
  email: string | null;
  phone: string | null;
  customerLocale: string | null;
  customerAcceptsMarketing: boolean;
  clientIp: string | null;
  statusPageUrl: string;
  discountCodes: string[];
  shippingLine: { title: string } | null;
  presentmentCurrencyCode: string;
  totalPriceSet: MoneySet & { presentmentMoney: { amount: string; currencyCode: string } };
  currentTotalPriceSet: MoneySet;
  taxesIncluded: boolean;
  subtotalPriceSet: MoneySet;
  currentSubtotalPriceSet: MoneySet;
  totalTaxSet: MoneySet;
  currentTotalTaxSet: MoneySet;
  totalRefundedSet: MoneySet;
  totalRefundedShippingSet: MoneySet;
  shippingAddress: AddressNode | null;
  billingAddress: AddressNode | null;
  customer: CustomerNode | null;
  fulfillments: FulfillmentNode[];
  refunds: { id: string; createdAt: string | null; totalRefundedSet: MoneySet }[];
}

export interface OrderNode extends OrderCore {
  lineItems: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: LineNode[] };
  returns: { nodes: ReturnNode[] };
}

const ADDRESS_FIELDS = `countryCodeV2 provinceCode city zip address1 address2 phone firstName lastName`;
const CONSENT_FIELDS = `marketingState marketingOptInLevel marketingUpdatedAt`;
const CUSTOMER_FIELDS = `
  id firstName lastName locale updatedAt tags
  defaultEmailAddress { emailAddress ${CONSENT_FIELDS} }
  defaultPhoneNumber { phoneNumber ${CONSENT_FIELDS} }
  defaultAddress { ${ADDRESS_FIELDS} }`;
const LINE_FIELDS = `
  id title quantity currentQuantity requiresShipping product { id } variant { id }
  originalUnitPriceSet { shopMoney { amount currencyCode } }`;
const FULFILLMENT_FIELDS = `
  id status displayStatus createdAt updatedAt inTransitAt deliveredAt estimatedDeliveryAt requiresShipping
  originAddress { countryCode } trackingInfo { company number url }`;
const RETURN_FIELDS = `id status createdAt closedAt totalQuantity`;
const CORE_FIELDS = `
  id name confirmationNumber checkoutToken test createdAt updatedAt cancelledAt
  displayFinancialStatus displayFulfillmentStatus sourceName email phone customerLocale customerAcceptsMarketing clientIp
  statusPageUrl discountCodes presentmentCurrencyCode shippingLine { title }
  currentTotalPriceSet { shopMoney { amount currencyCode } }
  totalPriceSet { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }
  taxesIncluded
  subtotalPriceSet { shopMoney { amount currencyCode } }
  currentSubtotalPriceSet { shopMoney { amount currencyCode } }
  totalTaxSet { shopMoney { amount currencyCode } }
  currentTotalTaxSet { shopMoney { amount currencyCode } }
  totalRefundedSet { shopMoney { amount currencyCode } }
  totalRefundedShippingSet { shopMoney { amount currencyCode } }
  shippingAddress { ${ADDRESS_FIELDS} }
  billingAddress { ${ADDRESS_FIELDS} }
  customer { ${CUSTOMER_FIELDS} }
  refunds { id createdAt totalRefundedSet { shopMoney { amount currencyCode } } }`;

/**
 * Text of the query inside a bulk operation; `since` as 2026-09-23T00:00:00Z. Older than 60 days needs another scope.
 * Scopes: read_orders, read_customers, read_products, read_fulfillments, read_returns.
 */
export const bulkOrders = (since: string): string => `
  query BulkOrders {
    orders(query: "updated_at:>='${since}'", sortKey: UPDATED_AT) {
      edges {
        node {
          ${CORE_FIELDS}
          fulfillments { ${FULFILLMENT_FIELDS} }
          lineItems { edges { node { ${LINE_FIELDS} } } }
          returns { edges { node { ${RETURN_FIELDS} } } }
        }
      }
    }
  }`;

/** A page of what has changed, oldest change first; cheap, to be compared. Scope: read_orders. */
export const ORDERS_CHANGED = adminDocument<
  {
    orders: {
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
      nodes: { id: string; updatedAt: string }[];
    };
  },
  { query: string; after: string | null }
>(`
  query OrdersChanged($query: String!, $after: String) {
    orders(first: 250, after: $after, query: $query, sortKey: UPDATED_AT) {
      pageInfo { hasNextPage endCursor }
      nodes { id updatedAt }
    }
  }`);

/** Whole orders; at most ORDERS_AT_ONCE, so that the question stays below 1,000 points. Scopes as above. */
export const ORDERS_BY_IDS = adminDocument<{ nodes: (OrderNode | null)[] }, { ids: string[] }>(`
  query OrdersByIds($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Order {
        ${CORE_FIELDS}
        fulfillments(first: 20) {
          ${FULFILLMENT_FIELDS}
          fulfillmentLineItems(first: 20) { nodes { quantity lineItem { id } } }
        }
        lineItems(first: 20) { pageInfo { hasNextPage endCursor } nodes { ${LINE_FIELDS} } }
        returns(first: 10) { nodes { ${RETURN_FIELDS} } }
      }
    }
  }`);
export const ORDERS_AT_ONCE = 3;

/** The lines that did not fit. Scope: read_orders. */
export const ORDER_LINES = adminDocument<
  {
    order: {
      lineItems: { pageInfo: { hasNextPage: boolean; endCursor: string | null }; nodes: LineNode[] };
    } | null;
  },
  { id: string; after: string | null }
>(`
  query OrderLines($id: ID!, $after: String) {
    order(id: $id) {
      lineItems(first: 100, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${LINE_FIELDS} } }
    }
  }`);
