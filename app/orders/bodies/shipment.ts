/** Bodies of fulfillments/* and fulfillment_events/create; shipments also stand inside orders. */
import { z } from 'zod';
import type { ShipmentSnapshot, ShipmentStatus } from '../snapshot.ts';
import type { Scan } from '../state.ts';
import { address, count, id, moment, text } from './fields.ts';

/** A label is no journey yet, and a missed delivery is tried again. */
const SCANS: Record<string, ShipmentStatus> = {
  in_transit: 'in-transit',
  carrier_picked_up: 'in-transit',
  delayed: 'in-transit',
  out_for_delivery: 'out-for-delivery',
  attempted_delivery: 'out-for-delivery',
  ready_for_pickup: 'out-for-delivery',
  delivered: 'delivered',
  picked_up: 'delivered',
  failure: 'failed',
};

export const shipment = z.object({
  id,
  order_id: id.nullish(),
  status: text.nullish(),
  shipment_status: text.nullish(),
  created_at: moment,
  updated_at: moment.nullish(),
  tracking_company: text.nullish(),
  tracking_number: text.nullish(),
  tracking_url: text.nullish(),
  destination: address.nullish(),
  origin_address: z.object({ country_code: text.nullish() }).nullish(),
  line_items: z.array(z.object({ id, quantity: count, requires_shipping: z.boolean().nullish() })).optional(),
});

/** None while it is being prepared, or when it never came to be. */
export function shipmentOf(given: z.infer<typeof shipment>, country?: string | null): ShipmentSnapshot[] {
  const isGone = given.status === 'cancelled';
  if (!isGone && (given.status ?? 'success') !== 'success') return [];
  const scan = SCANS[given.shipment_status ?? ''];
  const updatedAt = given.updated_at ?? given.created_at;
  const lines = given.line_items;
  return [
    {
      id: given.id,
      status: isGone ? 'cancelled' : (scan ?? 'shipped'),
      at: isGone || scan ? updatedAt : given.created_at,
      updatedAt,
      shippedAt: given.created_at,
      carrier: given.tracking_company,
      trackingNumber: given.tracking_number,
      trackingUrl: given.tracking_url,
      origin: given.origin_address?.country_code ?? null,
      country: given.destination?.country_code ?? country,
      arrivesAtOnce:
        lines !== undefined && lines.length > 0 && lines.every((item) => item.requires_shipping === false),
      lines: lines?.map((item) => ({ lineId: item.id, quantity: item.quantity })),
    },
  ];
}

/** fulfillments/create, fulfillments/update */
export function readShipment(body: unknown): { orderId: bigint; shipments: ShipmentSnapshot[] } {
  const given = shipment.extend({ order_id: id }).parse(body);
  return { orderId: given.order_id, shipments: shipmentOf(given) };
}

const event = z.object({
  fulfillment_id: id,
  order_id: id,
  status: text,
  happened_at: moment.nullish(),
  created_at: moment,
  estimated_delivery_at: moment.nullish(),
});

/** fulfillment_events/create; a status that moves nothing is taken as "shipped". */
export function readScan(body: unknown): { orderId: bigint; scan: Scan } {
  const given = event.parse(body);
  return {
    orderId: given.order_id,
    scan: {
      shipmentId: given.fulfillment_id,
      status: SCANS[given.status] ?? 'shipped',
      at: given.happened_at ?? given.created_at,
      expectedAt: given.estimated_delivery_at ?? null,
    },
  };
}
