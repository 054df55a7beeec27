/** Orders. Without `read_all_orders` those of the last 60 days. */

import { digits } from '../../state/ids.ts';
import { NOTHING, sum } from '../../state/money.ts';
import type { AppliedDiscount, Order, Transaction } from '../../state/order.ts';
import { financialStatus, fulfillmentStatus, standing } from '../../store/standing.ts';
import { connection, type PageArgs } from '../connection.ts';
import { type Context, now, type Resolvers } from '../context.ts';
import { bag, money } from '../money.ts';
import { search, type Searchable } from '../search.ts';
import { customerOf, mailing } from './people.ts';
import { journey, journeyFields } from './journey.ts';
import type { ListArgs } from './products.ts';

const WINDOW_DAYS = 60;

const FIELDS: Searchable<Order> = {
  '': (o) => [o.name, o.email, o.shippingAddress?.firstName, o.shippingAddress?.lastName],
  id: (o) => [digits(o.id)],
  name: (o) => [o.name, String(o.number)],
  email: (o) => [o.email],
  customer_id: (o) => [o.customer ? digits(o.customer) : null],
  discount_code: (o) => o.discounts.map((d) => d.code),
  tag: (o) => o.tags,
  test: (o) => [o.test],
  sku: (o) => o.lines.map((l) => l.sku),
  source_name: (o) => [o.source],
  confirmation_number: (o) => [o.confirmationNumber],
  checkout_token: (o) => [o.checkoutToken],
  cart_token: (o) => [o.cartToken],
  status: (o) => [o.cancelledAt ? 'cancelled' : o.closedAt ? 'closed' : 'open'],
  financial_status: (o) => [financialStatus(o)],
  fulfillment_status: (o) => [fulfillmentStatus(o) ?? 'unfulfilled'],
  created_at: (o) => [o.createdAt],
  processed_at: (o) => [o.processedAt],
  updated_at: (o) => [o.updatedAt],
};

const SORTS: Record<string, (order: Order) => string> = {
  CREATED_AT: (o) => o.createdAt,
  PROCESSED_AT: (o) => o.processedAt,
  UPDATED_AT: (o) => o.updatedAt,
  ORDER_NUMBER: (o) => String(o.number).padStart(12, '0'),
  TOTAL_PRICE: (o) => String(o.totals.total.shop).padStart(15, '0'),
};

const RECOMMENDED = { none: 'ACCEPT', low: 'ACCEPT', medium: 'INVESTIGATE', high: 'CANCEL' } as const;

function visibleOrders(context: Context, orders = context.shop.orders): Order[] {
  if (context.scopes.includes('read_all_orders')) return orders;
  const since = Date.parse(now(context)) - WINDOW_DAYS * 86_400_000;
  return orders.filter((order) => Date.parse(order.createdAt) >= since);
}

export function orderOf(context: Context, id: string): Order | null {
  return visibleOrders(context).find((order) => order.id === id) ?? null;
}

export function ordersConnection(orders: Order[], args: ListArgs, context: Context) {
  const found = search(visibleOrders(context, orders), args.query, FIELDS, 'orders');
  return connection(found, args, context, SORTS[args.sortKey ?? 'PROCESSED_AT']);
}

const amount = (read: (order: Order) => { shop: number; presentment: number }) => (order: Order) =>
  bag(read(order), order);
const shopAmount = (read: (order: Order) => { shop: number }) => (order: Order) =>
  money(read(order).shop, order.currency).amount;

export const orderResolvers: Resolvers = {
  QueryRoot: {
    order: (_: object, { id }: { id: string }, context: Context) => orderOf(context, id),
    orderByIdentifier: (_: object, { identifier }: { identifier: { id?: string } }, context: Context) =>
      identifier.id ? orderOf(context, identifier.id) : null,
    orders: (_: object, args: ListArgs, context: Context) =>
      ordersConnection(context.shop.orders, args, context),
    ordersCount: (_: object, { query }: ListArgs, context: Context) => ({
      count: search(visibleOrders(context), query, FIELDS, 'orders').length,
      precision: 'EXACT',
    }),
  },
  CustomerJourneySummary: journeyFields,
  Order: {
    legacyResourceId: (o: Order) => digits(o.id),
    currencyCode: (o: Order) => o.currency,
    presentmentCurrencyCode: (o: Order) => o.presentmentCurrency,
    sourceName: (o: Order) => o.source,
    statusPageUrl: (o: Order, _: object, { shop, inside }: Context) =>
      inside.kernel.urls.orderStatus(shop, o),
    customer: (o: Order, _: object, { shop }: Context) => customerOf(shop, o.customer),
    customerAcceptsMarketing: (o: Order) => o.acceptsMarketing,
    customAttributes: (o: Order) => o.attributes.map(({ name, value }) => ({ key: name, value })),
    discountCode: (o: Order) => o.discounts[0]?.code ?? null,
    discountCodes: (o: Order) => o.discounts.map((d) => d.code),
    discountApplications: (o: Order, args: PageArgs, context: Context) =>
      connection(
        o.discounts.map((discount, index) => application(o, discount, index)),
        args,
        context,
      ),
    displayFinancialStatus: (o: Order) => financialStatus(o).toUpperCase(),
    displayFulfillmentStatus: (o: Order) => DISPLAY[fulfillmentStatus(o) ?? 'none'],
    returnStatus: returnStatus,
    cancelReason: (o: Order) => o.cancelReason?.toUpperCase() ?? null,
    closed: (o: Order) => o.closedAt !== null,
    confirmed: () => true,
    edited: (o: Order) =>
      o.lines.some((line) => line.quantity !== line.currentQuantity && o.refunds.length === 0),
    fullyPaid: (o: Order) => standing(o).outstanding.shop <= 0,
    unpaid: (o: Order) => standing(o).paid.shop === 0,
    requiresShipping: (o: Order) => o.lines.some((line) => line.requiresShipping),
    shippingAddress: (o: Order) => (o.shippingAddress ? mailing(o.shippingAddress) : null),
    billingAddress: (o: Order) => (o.billingAddress ? mailing(o.billingAddress) : null),
    displayAddress: (o: Order) => (o.shippingAddress ? mailing(o.shippingAddress) : null),
    lineItems: (o: Order, args: PageArgs, context: Context) =>
      connection(
        o.lines.map((line) => ({ id: line.id, order: o, line })),
        args,
        context,
      ),
    fulfillments: (o: Order, { first }: { first?: number | null }) =>
      o.fulfillments
        .slice(0, first ?? undefined)
        .map((fulfillment) => ({ id: fulfillment.id, order: o, fulfillment })),
    refunds: (o: Order, { first }: { first?: number | null }) =>
      o.refunds.slice(0, first ?? undefined).map((refund) => ({ id: refund.id, order: o, refund })),
    returns: (o: Order, args: PageArgs, context: Context) =>
      connection(
        o.returns.map((entry) => ({ id: entry.id, order: o, entry })),
        args,
        context,
      ),
    transactions: (o: Order, { first }: { first?: number | null }) =>
      o.transactions
        .slice(0, first ?? undefined)
        .map((transaction) => ({ id: transaction.id, order: o, transaction })),
    customerJourneySummary: journey,
    purchasingEntity: (o: Order, _: object, { shop }: Context) => customerOf(shop, o.customer),
    risk: ({ risk = 'none' }: Order) => ({
      recommendation: RECOMMENDED[risk],
      assessments: [{ riskLevel: risk.toUpperCase(), facts: [], provider: null }],
    }),
    disputes: ({ dispute }: Order) =>
      dispute
        ? [
            {
              id: dispute.id.replace('ShopifyPaymentsDispute', 'OrderDisputeSummary'),
              initiatedAs: dispute.type.toUpperCase(),
              status: dispute.status.toUpperCase(),
            },
          ]
        : [],
    paymentGatewayNames: (o: Order) => (o.transactions.length > 0 ? [o.gateway] : []),
    subtotalPriceSet: amount((o) => o.totals.subtotal),
    totalPriceSet: amount((o) => o.totals.total),
    originalTotalPriceSet: amount((o) => o.totals.total),
    totalTaxSet: amount((o) => o.totals.tax),
    totalDiscountsSet: amount((o) => o.totals.discounts),
    totalShippingPriceSet: amount((o) => o.totals.shipping),
    totalRefundedSet: amount((o) => standing(o).refunded),
    totalRefundedShippingSet: amount((o) => sum(...o.refunds.map((refund) => refund.shipping))),
    totalReceivedSet: amount((o) => standing(o).paid),
    totalOutstandingSet: amount((o) => standing(o).outstanding),
    totalTipReceivedSet: amount(() => NOTHING),
    currentSubtotalPriceSet: amount((o) => standing(o).subtotal),
    currentTotalPriceSet: amount((o) => standing(o).total),
    currentTotalTaxSet: amount((o) => standing(o).tax),
    currentTotalDiscountsSet: amount((o) => standing(o).discounts),
    currentShippingPriceSet: amount((o) => standing(o).shipping),
    totalPrice: shopAmount((o) => o.totals.total),
    subtotalPrice: shopAmount((o) => o.totals.subtotal),
    subtotalLineItemsQuantity: (o: Order) => o.lines.reduce((n, line) => n + line.quantity, 0),
    currentSubtotalLineItemsQuantity: (o: Order) => o.lines.reduce((n, line) => n + line.currentQuantity, 0),
  },
  OrderTransaction: {
    kind: ({ transaction: t }: OfTransaction) => t.kind.toUpperCase(),
    status: () => 'SUCCESS',
    gateway: ({ transaction: t }: OfTransaction) => t.gateway,
    createdAt: ({ transaction: t }: OfTransaction) => t.createdAt,
    processedAt: ({ transaction: t }: OfTransaction) => t.createdAt,
    test: ({ order }: OfTransaction) => order.test,
    amountSet: ({ order, transaction: t }: OfTransaction) => bag(t.amount, order),
  },
};

interface OfTransaction {
  order: Order;
  transaction: Transaction;
}

const DISPLAY = { fulfilled: 'FULFILLED', partial: 'PARTIALLY_FULFILLED', none: 'UNFULFILLED' } as const;

function returnStatus(order: Order): string {
  const last = order.returns.at(-1);
  if (!last) return 'NO_RETURN';
  return {
    requested: 'RETURN_REQUESTED',
    open: 'IN_PROGRESS',
    closed: 'RETURNED',
    cancelled: 'NO_RETURN',
    declined: 'NO_RETURN',
  }[last.status];
}

export function application(order: Order, discount: AppliedDiscount, index: number) {
  const percentage = discount.valueType === 'percentage';
  return {
    __typename: 'DiscountCodeApplication',
    id: String(index),
    index,
    code: discount.code,
    allocationMethod: discount.target === 'shipping_line' ? 'EACH' : 'ACROSS',
    targetSelection: discount.selection.toUpperCase(),
    targetType: discount.target.toUpperCase(),
    value: percentage
      ? { __typename: 'PricingPercentageValue', percentage: discount.value }
      : { __typename: 'MoneyV2', ...money(discount.value, order.currency) },
  };
}
