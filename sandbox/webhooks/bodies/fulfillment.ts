/** Bodies of the fulfillments/* and fulfillment_events/* topics. */

import { number } from '../../state/ids.ts';
import type { Fulfillment, Order } from '../../state/order.ts';
import type { Shop } from '../../state/shop.ts';
import { inZone } from '../../state/zoned.ts';
import { lineBody } from './line.ts';
import { locationOf } from './shop.ts';
import { orderAddress } from './values.ts';

/** As it stands inside an order. */
export function fulfillmentInOrder(shop: Shop, order: Order, fulfillment: Fulfillment) {
  return {
    ...opening(shop, order, fulfillment),
    line_items: linesOf(shop, order, fulfillment),
    ...closing(fulfillment),
  };
}

/** fulfillments/create, fulfillments/update */
export function fulfillmentBody(shop: Shop, order: Order, fulfillment: Fulfillment) {
  return {
    ...opening(shop, order, fulfillment),
    email: order.email ?? '',
    destination: orderAddress(order.shippingAddress),
    line_items: linesOf(shop, order, fulfillment),
    ...closing(fulfillment),
  };
}

function opening(shop: Shop, order: Order, fulfillment: Fulfillment) {
  return {
    id: number(fulfillment.id),
    order_id: number(order.id),
    status: fulfillment.status,
    created_at: inZone(fulfillment.createdAt, shop.timezone),
    service: 'manual',
    updated_at: inZone(fulfillment.updatedAt, shop.timezone),
    tracking_company: fulfillment.carrier,
    shipment_status: fulfillment.shipmentStatus,
    location_id: number(locationOf(shop)),
    origin_address: null,
  };
}

function linesOf(shop: Shop, order: Order, fulfillment: Fulfillment) {
  return fulfillment.lines.flatMap(({ line: id, quantity }) => {
    const line = order.lines.find((l) => l.id === id);
    return line ? [lineBody(shop, order, line, quantity)] : [];
  });
}

function closing(fulfillment: Fulfillment) {
  return {
    tracking_number: fulfillment.trackingNumbers[0] ?? null,
    tracking_numbers: fulfillment.trackingNumbers,
    tracking_url: fulfillment.trackingUrls[0] ?? null,
    tracking_urls: fulfillment.trackingUrls,
    receipt: {},
    name: fulfillment.name,
    admin_graphql_api_id: fulfillment.id,
  };
}

/** fulfillment_events/create */
export function fulfillmentEventBody(
  shop: Shop,
  order: Order,
  fulfillment: Fulfillment,
  event: Fulfillment['events'][number],
) {
  const to = orderAddress(order.shippingAddress);
  return {
    id: number(event.id),
    fulfillment_id: number(fulfillment.id),
    status: event.status,
    message: event.message,
    happened_at: inZone(event.happenedAt, shop.timezone),
    city: to?.city ?? null,
    province: to?.province ?? null,
    country: to?.country_code ?? null,
    zip: to?.zip ?? null,
    address1: null,
    latitude: null,
    longitude: null,
    shop_id: number(shop.id),
    created_at: inZone(event.createdAt, shop.timezone),
    updated_at: inZone(event.createdAt, shop.timezone),
    estimated_delivery_at: inZone(fulfillment.estimatedDeliveryAt, shop.timezone),
    order_id: number(order.id),
    admin_graphql_api_id: event.id,
  };
}
