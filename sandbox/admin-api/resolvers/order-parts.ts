/** What stands inside orders: lines, shipments, refunds, returns. */

import { digits } from '../../state/ids.ts';
import { times } from '../../state/money.ts';
import type { Fulfillment, Order, OrderLine, Refund, Return } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import { left, lineDiscount, lineNet, shareOf } from '../../store/standing.ts';
import { connection, type PageArgs } from '../connection.ts';
import type { Context, Resolvers } from '../context.ts';
import { bag } from '../money.ts';
import { application } from './orders.ts';
import { imageOf, productOf, variantOf } from './products.ts';

interface OfLine {
  id: string;
  order: Order;
  line: OrderLine;
}
interface OfFulfillment {
  id: string;
  order: Order;
  fulfillment: Fulfillment;
}
interface OfRefund {
  id: string;
  order: Order;
  refund: Refund;
}
interface OfReturn {
  id: string;
  order: Order;
  entry: Return;
}

export function fulfillmentOf(shop: Shop, id: string): OfFulfillment | null {
  for (const order of shop.orders) {
    const fulfillment = order.fulfillments.find((f) => f.id === id);
    if (fulfillment) return { id, order, fulfillment };
  }
  return null;
}

/** A shipment that nobody has reported on is "fulfilled", or "marked as" when it cannot be followed. */
function displayStatus({ fulfillment: f }: OfFulfillment): string {
  if (f.status === 'cancelled') return 'CANCELED';
  if (f.shipmentStatus) return f.shipmentStatus.toUpperCase();
  return f.trackingNumbers.length > 0 ? 'FULFILLED' : 'MARKED_AS_FULFILLED';
}

const ofLine =
  <T>(read: (line: OrderLine) => T) =>
  ({ line }: OfLine) =>
    read(line);
const ofFulfillment =
  <T>(read: (fulfillment: Fulfillment) => T) =>
  ({ fulfillment }: OfFulfillment) =>
    read(fulfillment);

export const orderPartResolvers: Resolvers = {
  QueryRoot: {
    fulfillment: (_: object, { id }: { id: string }, { shop }: Context) => fulfillmentOf(shop, id),
  },
  LineItem: {
    title: ofLine((l) => l.title),
    variantTitle: ofLine((l) => l.variantTitle),
    name: ofLine((l) => (l.variantTitle ? `${l.title} - ${l.variantTitle}` : l.title)),
    sku: ofLine((l) => l.sku),
    vendor: ofLine((l) => l.vendor),
    quantity: ofLine((l) => l.quantity),
    currentQuantity: ofLine((l) => l.currentQuantity),
    refundableQuantity: ofLine((l) => l.currentQuantity),
    unfulfilledQuantity: ofLine(left),
    fulfillableQuantity: ofLine(left),
    isGiftCard: ofLine((l) => l.giftCard),
    requiresShipping: ofLine((l) => l.requiresShipping),
    taxable: ofLine((l) => l.taxable),
    sellingPlan: () => null,
    customAttributes: ofLine((l) => l.properties.map(({ name, value }) => ({ key: name, value }))),
    product: ({ line }: OfLine, _: object, { shop }: Context) =>
      line.product ? productOf(shop, line.product) : null,
    variant: ({ line }: OfLine, _: object, { shop }: Context) =>
      line.variant ? variantOf(shop, line.variant) : null,
    image: ({ line }: OfLine, _: object, context: Context) =>
      line.product && productOf(context.shop, line.product)
        ? imageOf({ ...line, id: line.product }, context)
        : null,
    originalUnitPriceSet: ({ line, order }: OfLine) => bag(line.price, order),
    originalTotalSet: ({ line, order }: OfLine) => bag(times(line.price, line.quantity), order),
    totalDiscountSet: ({ line, order }: OfLine) => bag(lineDiscount(line), order),
    discountedTotalSet: ({ line, order }: OfLine) => bag(lineNet(line), order),
    discountedUnitPriceSet: ({ line, order }: OfLine) => bag(line.price, order),
    discountedUnitPriceAfterAllDiscountsSet: ({ line, order }: OfLine) =>
      bag(shareOf(line, lineNet(line), 1), order),
    discountAllocations: ({ line, order }: OfLine) =>
      line.allocations.flatMap(({ discount: index, amount }) => {
        const discount = order.discounts[index];
        if (!discount) return [];
        const set = bag(amount, order);
        return [
          {
            allocatedAmount: set.shopMoney,
            allocatedAmountSet: set,
            discountApplication: application(order, discount, index),
          },
        ];
      }),
  },
  Fulfillment: {
    legacyResourceId: ({ id }: OfFulfillment) => digits(id),
    name: ofFulfillment((f) => f.name),
    status: ofFulfillment((f) => (f.status === 'cancelled' ? 'CANCELLED' : 'SUCCESS')),
    displayStatus,
    createdAt: ofFulfillment((f) => f.createdAt),
    updatedAt: ofFulfillment((f) => f.updatedAt),
    inTransitAt: ofFulfillment((f) => f.inTransitAt),
    deliveredAt: ofFulfillment((f) => f.deliveredAt),
    estimatedDeliveryAt: ofFulfillment((f) => f.estimatedDeliveryAt),
    requiresShipping: () => true,
    originAddress: () => null,
    totalQuantity: ofFulfillment((f) => f.lines.reduce((n, line) => n + line.quantity, 0)),
    trackingInfo: ({ fulfillment: f }: OfFulfillment, { first }: { first?: number | null }) =>
      f.trackingNumbers
        .map((number, i) => ({ company: f.carrier, number, url: f.trackingUrls[i] ?? null }))
        .slice(0, first ?? undefined),
    events: ({ fulfillment: f }: OfFulfillment, args: PageArgs, context: Context) =>
      connection(f.events, args, context, (e) => e.happenedAt),
    fulfillmentLineItems: ({ order, fulfillment: f }: OfFulfillment, args: PageArgs, context: Context) =>
      connection(
        f.lines.flatMap(({ line: id, quantity }) => {
          const line = order.lines.find((l) => l.id === id);
          return line
            ? [{ id: id.replace('LineItem', 'FulfillmentLineItem'), quantity, lineItem: { id, order, line } }]
            : [];
        }),
        args,
        context,
      ),
  },
  FulfillmentEvent: { status: ({ status }: Fulfillment['events'][number]) => status.toUpperCase() },
  Refund: {
    legacyResourceId: ({ id }: OfRefund) => digits(id),
    createdAt: ({ refund }: OfRefund) => refund.createdAt,
    processedAt: ({ refund }: OfRefund) => refund.createdAt,
    updatedAt: ({ refund }: OfRefund) => refund.createdAt,
    note: ({ refund }: OfRefund) => refund.note,
    totalRefundedSet: ({ order, refund }: OfRefund) => bag(refund.total, order),
    refundLineItems: ({ order, refund }: OfRefund, args: PageArgs, context: Context) =>
      connection(
        refund.lines.map((entry) => ({ id: entry.id, order, entry })),
        args,
        context,
      ),
  },
  RefundLineItem: {
    quantity: ({ entry }: { entry: Refund['lines'][number] }) => entry.quantity,
    subtotalSet: ({ order, entry }: { order: Order; entry: Refund['lines'][number] }) =>
      bag(entry.subtotal, order),
    totalTaxSet: ({ order, entry }: { order: Order; entry: Refund['lines'][number] }) =>
      bag(entry.tax, order),
    priceSet: ({ order, entry }: { order: Order; entry: Refund['lines'][number] }) =>
      bag(times(entry.subtotal, 1 / entry.quantity), order),
    lineItem: ({ order, entry }: { order: Order; entry: Refund['lines'][number] }) => {
      const line = order.lines.find((l) => l.id === entry.line);
      return line ? { id: line.id, order, line } : null;
    },
  },
  Return: {
    name: ({ entry }: OfReturn) => entry.name,
    status: ({ entry }: OfReturn) => (entry.status === 'cancelled' ? 'CANCELED' : entry.status.toUpperCase()),
    createdAt: ({ entry }: OfReturn) => entry.createdAt,
    closedAt: ({ entry }: OfReturn) => entry.closedAt,
    totalQuantity: ({ entry }: OfReturn) => entry.lines.reduce((n, line) => n + line.quantity, 0),
  },
};
