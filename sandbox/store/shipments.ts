/** Parcels: packed in parts, each on its own way to the door. */

import { BadInput } from '../bad-input.ts';
import type { Event, Kernel } from '../kernel.ts';
import { digits } from '../state/ids.ts';
import type { Fulfillment, Order, ShipmentStatus } from '../state/order.ts';
import type { Shop } from '../state/shop.ts';
import type { DeliverInput, FulfilInput } from '../types.ts';
import { fulfillmentBody, fulfillmentEventBody } from '../webhooks/bodies/fulfillment.ts';
import { orderBody } from '../webhooks/bodies/order.ts';
import { lineOf, quantities } from './lines.ts';
import { fulfillmentStatus, left } from './standing.ts';

const TRACKING: Record<string, (number: string) => string> = {
  UPS: (n) => `https://www.ups.com/WebTracking?loc=en_US&requester=ST&trackNums=${n}`,
  DHL: (n) => `https://www.dhl.com/en/express/tracking.html?AWB=${n}`,
  'An Post': (n) => `https://www.anpost.com/Post-Parcels/Track/History?item=${n}`,
  FedEx: (n) => `https://www.fedex.com/fedextrack/?trknbr=${n}`,
};

/** Packs what is named, or all that is left. */
export function fulfil(kernel: Kernel, shop: Shop, order: Order, input: FulfilInput = {}): Order {
  if (order.cancelledAt) throw new BadInput(`${order.name} is cancelled and cannot be fulfilled`);
  const lines = quantities(order, input.lines, left, 'fulfilled');
  if (lines.length === 0) throw new BadInput(`${order.name} has nothing left to fulfil`);
  const now = kernel.now();
  const id = kernel.ids.next('Fulfillment');
  const carrier = input.carrier ?? 'DHL';
  const trackingNumber =
    input.trackingNumber ?? `${carrier.slice(0, 2).toUpperCase()}${digits(id).slice(-10)}`;
  const fulfillment: Fulfillment = {
    id,
    name: `${order.name}.${order.fulfillments.length + 1}`,
    status: 'success',
    shipmentStatus: null,
    carrier,
    trackingNumbers: [trackingNumber],
    trackingUrls: TRACKING[carrier] ? [TRACKING[carrier](trackingNumber)] : [],
    lines: lines.map(({ line, quantity }) => ({ line: line.id, quantity })),
    events: [],
    createdAt: now,
    updatedAt: now,
    inTransitAt: null,
    deliveredAt: null,
    estimatedDeliveryAt: null,
  };
  for (const { line, quantity } of lines) line.fulfilledQuantity += quantity;
  order.fulfillments.push(fulfillment);
  touch(kernel, shop, order, now);
  const body = orderBody(shop, order, kernel.urls);
  kernel.emit(shop, [
    ['fulfillments/create', fulfillmentBody(shop, order, fulfillment)],
    [fulfillmentStatus(order) === 'fulfilled' ? 'orders/fulfilled' : 'orders/partially_fulfilled', body],
    ['orders/updated', body],
  ]);
  return order;
}

/** The carrier reports on one parcel; `delivered` when nothing else is said. */
export function deliver(kernel: Kernel, shop: Shop, order: Order, input: DeliverInput = {}): Order {
  const fulfillment = shipmentOf(order, input);
  const status = input.status ?? 'delivered';
  const now = kernel.now();
  if (input.carrier) fulfillment.carrier = input.carrier;
  const event = {
    id: kernel.ids.next('FulfillmentEvent'),
    status,
    message: null,
    happenedAt: now,
    createdAt: now,
  };
  fulfillment.events.push(event);
  fulfillment.shipmentStatus = status;
  fulfillment.updatedAt = now;
  note(fulfillment, status, now);
  touch(kernel, shop, order, now);
  const events: Event[] = [
    ['fulfillment_events/create', fulfillmentEventBody(shop, order, fulfillment, event)],
    ['fulfillments/update', fulfillmentBody(shop, order, fulfillment)],
    ['orders/updated', orderBody(shop, order, kernel.urls)],
  ];
  kernel.emit(shop, events);
  return order;
}

function note(fulfillment: Fulfillment, status: ShipmentStatus, now: string): void {
  if (status === 'in_transit' || status === 'out_for_delivery') fulfillment.inTransitAt ??= now;
  if (status === 'delivered') fulfillment.deliveredAt = now;
}

function shipmentOf(order: Order, input: DeliverInput): Fulfillment {
  const sent = order.fulfillments.filter((f) => f.status === 'success');
  if (sent.length === 0) throw new BadInput(`${order.name} has no shipment: fulfil it first`);
  const wanted = input.fulfillment;
  if (wanted !== undefined) {
    const found = sent.find((f) => f.name === wanted || digits(f.id) === digits(wanted));
    if (!found)
      throw new BadInput(
        `fulfillment: ${order.name} has no shipment ${wanted} (it has ${sent.map((f) => f.name).join(', ')})`,
      );
    return found;
  }
  if (input.lines) {
    const lines = input.lines.map((line, index) => lineOf(order, line, `lines[${index}]`).id);
    const found = sent.find((f) => !f.deliveredAt && lines.every((id) => f.lines.some((l) => l.line === id)));
    if (!found) throw new BadInput(`lines: no shipment of ${order.name} that is under way holds them`);
    return found;
  }
  const underWay = sent.find((f) => !f.deliveredAt);
  if (!underWay) throw new BadInput(`${order.name}: every shipment has been delivered`);
  return underWay;
}

function touch(kernel: Kernel, shop: Shop, order: Order, now: string): void {
  order.updatedAt = now;
  kernel.changed(shop, order);
}
