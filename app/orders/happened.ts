/**
 * What has happened between two states of an order: events for the other modules and lines for the customer's story.
 * Derived from what is stored and what is new, so that each is told once, however often and in whatever order it was heard.
 */
import type { TimelineLines } from '../customers/timeline.ts';
import type { EventData } from '../events.ts';
import { isWhollyReturned } from './left.ts';
import { latest, type LineState, type OrderState, type ShipmentState } from './state.ts';

type OrderEvent = Extract<keyof EventData, `order.${string}` | `shipment.${string}`>;
type Lines = TimelineLines['order'] & TimelineLines['shipment'];

export type Happening = {
  [Kind in OrderEvent]: { kind: Kind; data: EventData[Kind]; at: Date; line: Line | null };
}[OrderEvent];

export type Line = {
  [Code in keyof Lines]: { code: Code; data: Lines[Code] };
}[keyof Lines];

/** In the order in which such things happen. */
export function happenings(before: OrderState | null, after: OrderState): Happening[] {
  return [...ofOrder(before, after), ...ofShipments(before, after), ...ofMoney(before, after)];
}

function ofOrder(before: OrderState | null, after: OrderState): Happening[] {
  const happened: Happening[] = [];
  const order = after.name;
  if (!before) {
    const placed = {
      order,
      total: String(after.total),
      currency: after.currency,
      source: after.source,
      test: after.test,
      ...(after.presentCurrency !== after.currency &&
        after.presentTotal > 0n && {
          paid: { total: String(after.presentTotal), currency: after.presentCurrency },
        }),
    };
    happened.push({
      kind: 'order.created',
      data: {},
      at: after.placedAt,
      line: { code: 'order-placed', data: placed },
    });
  }
  if (!before?.paidAt && after.paidAt) {
    const data = { codes: after.discountCodes };
    happened.push({
      kind: 'order.paid',
      data,
      at: after.paidAt,
      line: { code: 'order-paid', data: { order } },
    });
  }
  if (!before?.fulfilledAt && after.fulfilledAt) {
    const line = { code: 'order-fulfilled', data: { order } } as const;
    happened.push({
      kind: 'order.fulfilled',
      data: {},
      at: after.fulfilledAt,
      line: isSent(after) ? line : null,
    });
  }
  if (!before?.cancelledAt && after.cancelledAt) {
    const line = { code: 'order-cancelled', data: { order } } as const;
    happened.push({ kind: 'order.cancelled', data: {}, at: after.cancelledAt, line });
  }
  if (!before?.deletedAt && after.deletedAt) {
    const line = { code: 'order-deleted', data: { order } } as const;
    happened.push({ kind: 'order.deleted', data: {}, at: after.deletedAt, line });
  }
  return happened;
}

/** Nothing is sent from a counter. */
const isSent = ({ source }: OrderState): boolean => source !== 'pos';

function ofShipments(before: OrderState | null, after: OrderState): Happening[] {
  return after.shipments.flatMap((shipment) => {
    const earlier = before?.shipments.find(({ id }) => id === shipment.id);
    return ofShipment(after, earlier, shipment);
  });
}

function ofShipment(
  after: OrderState,
  before: ShipmentState | undefined,
  shipment: ShipmentState,
): Happening[] {
  const happened: Happening[] = [];
  const order = after.name;
  const shipmentId = String(shipment.id);
  if (!before && shipment.status !== 'cancelled') {
    const line = { code: 'shipment-shipped', data: { order, carrier: shipment.carrier } } as const;
    happened.push({
      kind: 'shipment.shipped',
      data: { shipmentId },
      at: shipment.shippedAt,
      line: isSent(after) ? line : null,
    });
  }
  if (!before?.deliveredAt && shipment.deliveredAt) {
    const by = shipment.deliveredBy ?? 'carrier';
    const data = { shipmentId, by, ...(before?.believedAt && { after: before.believedAt.toISOString() }) };
    const line = { code: 'shipment-delivered', data: { order, by, ...whyAssumed(after, shipment) } } as const;
    happened.push({ kind: 'shipment.delivered', data, at: shipment.deliveredAt, line });
  }
  if (before && shipment.missingAt && before.missingAt?.getTime() !== shipment.missingAt.getTime()) {
    const line = { code: 'shipment-missing', data: { order, by: shipment.believedBy ?? 'assumed' } } as const;
    happened.push({ kind: 'shipment.missing', data: { shipmentId }, at: shipment.missingAt, line });
  }
  if (before?.status !== 'failed' && shipment.status === 'failed') {
    const line = { code: 'shipment-failed', data: { order } } as const;
    happened.push({ kind: 'shipment.failed', data: { shipmentId }, at: shipment.scanAt, line });
  }
  return happened;
}

/** By which rule it is taken as arrived, for those who wonder. */
function whyAssumed(order: OrderState, parcel: ShipmentState) {
  if (parcel.deliveredBy !== 'assumed' || !parcel.dueBy) return {};
  const { dueBy: rule, dueDays: days, carrier } = parcel;
  return { why: { rule, days, carrier, country: parcel.country ?? order.country } };
}

function ofMoney(before: OrderState | null, after: OrderState): Happening[] {
  const happened: Happening[] = [];
  const lineIds = after.lines.filter((item) => hasLess(before, item)).map(({ id }) => String(id));
  if (lineIds.length > 0) {
    happened.push({ kind: 'order.items-removed', data: { lineIds }, at: after.snapshotAt, line: null });
  }
  const order = after.name;
  const full = after.refundedAt !== null;
  if (after.refunded > (before?.refunded ?? 0n) || (full && !before?.refundedAt)) {
    const at = after.refunds.reduce<Date | null>((moment, refund) => latest(moment, refund.at), null);
    const amount = String(after.refunded);
    const said = { order, amount, currency: after.currency, full, total: String(after.total) };
    const line = { code: 'order-refunded', data: said } as const;
    happened.push({ kind: 'order.refunded', data: { full, amount }, at: at ?? after.snapshotAt, line });
  }
  const part = isWhollyReturned(after) ? {} : { part: true as const };
  for (const item of after.returns) {
    const earlier = before?.returns.find(({ id }) => id === item.id);
    if (!isAgreed(item.state) || (earlier && isAgreed(earlier.state))) continue;
    const line = { code: 'order-returned', data: { order } } as const;
    happened.push({
      kind: 'order.returned',
      data: { returnId: String(item.id), ...part },
      at: item.at,
      line,
    });
  }
  return happened;
}

const hasLess = (before: OrderState | null, item: LineState) =>
  item.currentQuantity < (before?.lines.find(({ id }) => id === item.id)?.currentQuantity ?? 0);

const isAgreed = (state: string) => state === 'open' || state === 'closed';
