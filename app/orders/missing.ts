/** "It has not arrived yet": what the buyer's word makes of a parcel, and what ends it. Pure. */
import type { ArrivedBy, OrderState, ShipmentState } from './state.ts';

const DAY_MS = 86_400_000;
/** Whoever has had it for so long has it. */
const SAID_WITHIN_DAYS = 60;

/** How a parcel stands for its buyer: they may say that it is not there, have said so, or there is nothing to say. */
export type Arrival = 'believed' | 'missing' | 'none';

type Goods = Pick<OrderState, 'source' | 'cancelledAt' | 'refundedAt' | 'deletedAt'>;
type Parcel = Pick<ShipmentState, 'id' | 'status' | 'deliveredAt' | 'deliveredBy' | 'missingAt' | 'dueBy'>;
type Order = Goods & { shipments: readonly Parcel[] };

/** See {@link Arrival}. */
export function arrivalOf(
  parcel: Pick<Parcel, 'status' | 'deliveredAt' | 'missingAt' | 'dueBy'>,
  order: Goods,
  now: Date,
): Arrival {
  if (order.source === 'pos' || order.cancelledAt || order.refundedAt || order.deletedAt) return 'none';
  if (parcel.status === 'failed' || parcel.status === 'cancelled' || parcel.dueBy === 'at-once')
    return 'none';
  if (!parcel.deliveredAt) return parcel.missingAt ? 'missing' : 'none';
  const isRecent = now.getTime() - parcel.deliveredAt.getTime() <= SAID_WITHIN_DAYS * DAY_MS;
  return isRecent ? 'believed' : 'none';
}

/** How the parcels of an order stand for its buyer, or one of them: missing, if one is. */
export function arrivalIn(order: Order, shipmentId: bigint | null, now: Date): Arrival {
  const parcels = order.shipments.filter(({ id }) => shipmentId === null || id === shipmentId);
  const all = parcels.map((parcel) => arrivalOf(parcel, order, now));
  return (['missing', 'believed'] as const).find((arrival) => all.includes(arrival)) ?? 'none';
}

/**
 * How an order stands on its own page, where every buyer looks: who asks there unprompted may miss what nobody has seen
 * arrive, no more.
 */
export function arrivalUnseen(order: Order, now: Date): Arrival {
  const unseen = order.shipments.filter(({ deliveredBy: by }) => by === null || by === 'assumed');
  return arrivalIn({ ...order, shipments: unseen }, null, now);
}

/**
 * Which parcels of an order are meant by "it has not arrived": the one that is named, else those that nobody has seen
 * arrive, else all that can be missed.
 */
export function meantBy(order: Order, shipmentId: bigint | null, now: Date): ReadonlySet<bigint> {
  const named = order.shipments.filter(({ id }) => shipmentId === null || id === shipmentId);
  const missable = named.filter((parcel) => arrivalOf(parcel, order, now) === 'believed');
  const unseen = missable.filter(({ deliveredBy }) => deliveredBy === 'assumed');
  return new Set((unseen.length > 0 ? unseen : missable).map(({ id }) => id));
}

/** The buyer says that it is not there: nothing is assumed any more until a scan, they or the merchant say otherwise. */
export const saidMissing = (parcel: ShipmentState, now: Date): ShipmentState => ({
  ...parcel,
  status: 'shipped',
  missingAt: now,
  believedBy: parcel.deliveredBy,
  believedAt: parcel.deliveredAt,
  deliveredAt: null,
  deliveredBy: null,
  dueAt: null,
});

/** It has come after all. */
export const saidArrived = (
  parcel: ShipmentState,
  by: Extract<ArrivedBy, 'buyer' | 'staff'>,
  now: Date,
): ShipmentState => ({ ...parcel, status: 'delivered', deliveredAt: now, deliveredBy: by, dueAt: null });

/** It will not come any more. */
export const givenUp = (parcel: ShipmentState, now: Date): ShipmentState => ({
  ...parcel,
  status: 'failed',
  scanAt: now,
  dueAt: null,
});

/** Said to be missing, and nobody has found it yet. */
export const isMissing = ({ missingAt, deliveredAt, status }: ShipmentState): boolean =>
  missingAt !== null && deliveredAt === null && status !== 'failed' && status !== 'cancelled';
