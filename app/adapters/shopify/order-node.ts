/** An order of the Admin API as the snapshot that webhooks give too. */
import type { OrderSnapshot, ShipmentSnapshot } from '../../orders/snapshot.ts';
import type {
  AddressNode,
  CustomerNode,
  FulfillmentNode,
  LineNode,
  MoneySet,
  OrderCore,
  ReturnNode,
} from './documents/orders.ts';
import { dateOf, idOf, maybeDate, maybeId, minorOf } from './node-values.ts';

/** @param lines all of them, @param returns all of them */
export function orderOfNode(
  shopId: bigint,
  node: OrderCore,
  lines: readonly LineNode[],
  returns: readonly ReturnNode[],
): OrderSnapshot {
  const { shopMoney, presentmentMoney } = node.totalPriceSet;
  return {
    shopId,
    id: idOf(node.id),
    updatedAt: dateOf(node.updatedAt),
    placedAt: dateOf(node.createdAt),
    cancelledAt: maybeDate(node.cancelledAt),
    name: node.name,
    customer: node.customer ? personOf(node, node.customer) : guestOf(node),
    email: node.email || null,
    phone: node.phone || null,
    locale: node.customerLocale,
    currency: shopMoney.currencyCode,
    // As ordered, or more when something was added later; what went back is told by refunds.
    total: most(amountOf(node.totalPriceSet), amountOf(node.currentTotalPriceSet)),
    goods: goodsOf(node),
    presentCurrency: presentmentMoney.currencyCode,
    presentTotal: minorOf(presentmentMoney.amount, presentmentMoney.currencyCode),
    refunded: amountOf(node.totalRefundedSet),
    financialStatus: node.displayFinancialStatus?.toLowerCase() ?? null,
    fulfillmentStatus: FULFILLMENT_STATUS[node.displayFulfillmentStatus] ?? null,
    source: node.sourceName ?? 'web',
    test: node.test,
    checkoutToken: node.checkoutToken,
    confirmation: node.confirmationNumber,
    discountCodes: node.discountCodes,
    service: node.shippingLine?.title ?? null,
    shipTo: addressOf(node.shippingAddress),
    billTo: addressOf(node.billingAddress),
    statusUrl: node.statusPageUrl,
    acceptsMarketing: node.customerAcceptsMarketing,
    browser: node.clientIp ? { address: node.clientIp, agent: null } : undefined,
    lines: lines.map(lineOf),
    shipments: node.fulfillments.flatMap((fulfillment) => shipmentOf(fulfillment, node.shippingAddress)),
    refunds: refundsOf(node),
    returns: returns.map((item) => ({
      id: idOf(item.id),
      state: RETURN_STATE[item.status] ?? 'open',
      at: dateOf(node.updatedAt),
      pieces: item.totalQuantity,
    })),
  };
}

const most = (a: bigint, b: bigint) => (a > b ? a : b);
const amountOf = ({ shopMoney }: MoneySet) => minorOf(shopMoney.amount, shopMoney.currencyCode);

/** After discounts, with tax; as ordered, or more when something was added later. Not told apart: tax of the shipping. */
function goodsOf(node: OrderCore): bigint {
  const taxOf = (set: MoneySet) => (node.taxesIncluded ? 0n : amountOf(set));
  return most(
    amountOf(node.subtotalPriceSet) + taxOf(node.totalTaxSet),
    amountOf(node.currentSubtotalPriceSet) + taxOf(node.currentTotalTaxSet),
  );
}

/** What was given back for shipping is told of the whole order; only its sum counts. */
function refundsOf(node: OrderCore): NonNullable<OrderSnapshot['refunds']> {
  let left = amountOf(node.totalRefundedShippingSet);
  return node.refunds.map((refund) => {
    const amount = amountOf(refund.totalRefundedSet);
    const shipping = left < amount ? left : amount;
    left -= shipping;
    return {
      id: idOf(refund.id),
      amount,
      shipping,
      currency: refund.totalRefundedSet.shopMoney.currencyCode,
      at: dateOf(refund.createdAt ?? node.updatedAt),
    };
  });
}

/** As webhooks say it; what is missing here is null there. */
const FULFILLMENT_STATUS: Record<string, string> = {
  FULFILLED: 'fulfilled',
  PARTIALLY_FULFILLED: 'partial',
  RESTOCKED: 'restocked',
};

const RETURN_STATE: Record<string, NonNullable<OrderSnapshot['returns']>[number]['state']> = {
  REQUESTED: 'requested',
  OPEN: 'open',
  CLOSED: 'closed',
  DECLINED: 'declined',
  CANCELED: 'cancelled',
};

function personOf(order: OrderCore, node: CustomerNode): NonNullable<OrderSnapshot['customer']> {
  return {
    shopifyId: idOf(node.id),
    email: node.defaultEmailAddress?.emailAddress ?? (order.email || null),
    phone: node.defaultPhoneNumber?.phoneNumber ?? (order.phone || null),
    firstName: node.firstName,
    lastName: node.lastName,
    address: addressOf(node.defaultAddress) ?? undefined,
    at: dateOf(node.updatedAt),
  };
}

/** Somebody without an account, as the order and its addresses name them. */
function guestOf(order: OrderCore): NonNullable<OrderSnapshot['customer']> {
  const named = order.shippingAddress ?? order.billingAddress;
  return {
    shopifyId: null,
    email: order.email || null,
    phone: order.phone ?? named?.phone,
    firstName: named?.firstName,
    lastName: named?.lastName,
  };
}

function addressOf(node: AddressNode | null): OrderSnapshot['shipTo'] {
  if (!node) return null;
  const street = [node.address1, node.address2].filter(Boolean).join(' ') || null;
  return {
    country: node.countryCodeV2,
    province: node.provinceCode,
    city: node.city,
    zip: node.zip,
    street,
  };
}

function lineOf(node: LineNode): NonNullable<OrderSnapshot['lines']>[number] {
  return {
    id: idOf(node.id),
    productId: maybeId(node.product),
    variantId: maybeId(node.variant),
    title: node.title,
    quantity: node.quantity,
    currentQuantity: node.currentQuantity,
    price: amountOf(node.originalUnitPriceSet),
  };
}

type ShipmentStatus = ShipmentSnapshot['status'];

const SHIPMENT_STATUS: Record<string, ShipmentStatus> = {
  CARRIER_PICKED_UP: 'in-transit',
  IN_TRANSIT: 'in-transit',
  DELAYED: 'in-transit',
  OUT_FOR_DELIVERY: 'out-for-delivery',
  ATTEMPTED_DELIVERY: 'out-for-delivery',
  READY_FOR_PICKUP: 'out-for-delivery',
  DELIVERED: 'delivered',
  PICKED_UP: 'delivered',
  FAILURE: 'failed',
  NOT_DELIVERED: 'failed',
};

/** None while it is being prepared, or when it never came to be. */
function shipmentOf(node: FulfillmentNode, shipTo: AddressNode | null): ShipmentSnapshot[] {
  if (node.status !== 'SUCCESS' && node.status !== 'CANCELLED') return [];
  const status: ShipmentStatus =
    node.status === 'CANCELLED' ? 'cancelled' : (SHIPMENT_STATUS[node.displayStatus ?? ''] ?? 'shipped');
  const [tracking] = node.trackingInfo;
  const shippedAt = dateOf(node.createdAt);
  const lines = node.fulfillmentLineItems?.nodes;
  return [
    {
      id: idOf(node.id),
      status,
      at: momentOf(node, status),
      updatedAt: dateOf(node.updatedAt),
      shippedAt,
      carrier: tracking?.company ?? null,
      trackingNumber: tracking?.number ?? null,
      trackingUrl: tracking?.url ?? null,
      origin: node.originAddress?.countryCode ?? null,
      country: shipTo?.countryCodeV2 ?? null,
      expectedAt: maybeDate(node.estimatedDeliveryAt),
      deliveredAt: status === 'delivered' ? momentOf(node, status) : null,
      arrivesAtOnce: !node.requiresShipping,
      ...(lines && {
        lines: lines.map((line) => ({ lineId: idOf(line.lineItem.id), quantity: line.quantity ?? 0 })),
      }),
    },
  ];
}

/** When the status came about, as far as the API keeps it. */
function momentOf(node: FulfillmentNode, status: ShipmentStatus): Date {
  switch (status) {
    case 'delivered':
      return dateOf(node.deliveredAt ?? node.updatedAt);
    case 'in-transit':
      return dateOf(node.inTransitAt ?? node.updatedAt);
    case 'shipped':
      return dateOf(node.createdAt);
    case 'out-for-delivery':
    case 'failed':
    case 'cancelled':
      return dateOf(node.updatedAt);
  }
}
