/** When a parcel that no carrier has scanned is taken as arrived, and by which rule. A function of what is known of it now. */
import { zoneOf } from '../customers/zones.ts';
import { laneName, type Lane, type Transit } from './lane.ts';
import type { OrderState, ShipmentState } from './state.ts';
import { arrivalAfter, onWorkingDay, type Destination, type IsRestDay } from './working-days.ts';

/**
 * `learned`: the shop's own parcels; `everywhere`: those of all shops; `default`: as the merchant has set; `estimate`: the
 * carrier's own date; `moving`: it was seen on its way later than that; `at-once`: nothing travels.
 */
export type ArrivalRule = 'learned' | 'everywhere' | 'default' | 'estimate' | 'moving' | 'at-once';

/** What arrivals depend on beside the parcel itself. */
export interface Arrivals {
  /** Days of the merchant's default, on the calendar. */
  assumedTransitDays: number;
  /** Where the shop sends from unless the parcel says otherwise. */
  country: string | null;
  timeZone: string;
  transitOf(lane: Lane): Transit | null;
  restDaysOf(country: string | null): IsRestDay;
}

const DAY_MS = 86_400_000;
/** How long after the carrier's own date, and after the last sign of life, a parcel is still waited for. */
const AFTER_ESTIMATE_MS = DAY_MS;
const AFTER_SIGN_MS = 3 * DAY_MS;

/** The parcel with the moment at which arrival is assumed; without one once nothing is to be assumed any more. */
export function withArrival(parcel: ShipmentState, order: OrderState, known: Arrivals): ShipmentState {
  if (isSettled(parcel)) {
    const isAssumed = parcel.deliveredBy === 'assumed';
    return { ...parcel, dueAt: null, ...(isAssumed ? {} : { dueBy: null, dueDays: null }) };
  }
  // Goods from the counter are in their new owner's hands.
  if (parcel.dueBy === 'at-once' || order.source === 'pos')
    return { ...parcel, dueAt: parcel.shippedAt, dueBy: 'at-once', dueDays: null };
  const to = destinationOf(parcel, order, known);
  const transit = known.transitOf(laneOf(parcel, order, known.country));
  const usual = transit
    ? { at: arrivalAfter(parcel.shippedAt, transit.days, to), by: transit.by, days: transit.days }
    : {
        at: new Date(parcel.shippedAt.getTime() + known.assumedTransitDays * DAY_MS),
        by: 'default' as const,
        days: known.assumedTransitDays,
      };
  const { at, by, days } = later(parcel, usual);
  return { ...parcel, dueAt: onWorkingDay(at, to), dueBy: by, dueDays: days };
}

interface Assumed {
  at: Date;
  by: ArrivalRule;
  days: number | null;
}

/** Not before the carrier's own estimate, nor while it is seen moving. */
function later(parcel: ShipmentState, usual: Assumed): Assumed {
  const isMoving = parcel.status === 'in-transit' || parcel.status === 'out-for-delivery';
  const others: Assumed[] = [];
  if (parcel.expectedAt)
    others.push({
      at: new Date(parcel.expectedAt.getTime() + AFTER_ESTIMATE_MS),
      by: 'estimate',
      days: null,
    });
  if (isMoving)
    others.push({ at: new Date(parcel.scanAt.getTime() + AFTER_SIGN_MS), by: 'moving', days: null });
  return others.reduce((last, other) => (other.at > last.at ? other : last), usual);
}

/** Nothing to be assumed any more: it has come, it never will, or somebody has to look for it. */
const isSettled = ({ deliveredAt, missingAt, status }: ShipmentState) =>
  deliveredAt !== null || missingAt !== null || status === 'failed' || status === 'cancelled';

/** The way of a parcel. @param home the shop's own country */
function laneOf(
  parcel: Pick<ShipmentState, 'carrier' | 'origin' | 'country'>,
  order: Pick<OrderState, 'country' | 'service' | 'told'>,
  home: string | null,
): Lane {
  return {
    carrier: laneName(parcel.carrier),
    origin: parcel.origin ?? home ?? '',
    country: countryOf(parcel, order) ?? '',
    service: laneName(order.service),
  };
}

/** What a newer snapshot tells of the address, else what is stored. */
function countryOf(parcel: Pick<ShipmentState, 'country'>, order: Pick<OrderState, 'country' | 'told'>) {
  const address = order.told?.address;
  return parcel.country ?? (address === undefined ? order.country : (address?.country ?? null));
}

function destinationOf(parcel: ShipmentState, order: OrderState, known: Arrivals): Destination {
  const address = order.told?.address;
  const zone = address === undefined ? order.timeZone : zoneOf(address?.country, address?.province);
  return { timeZone: zone ?? known.timeZone, isRestDay: known.restDaysOf(countryOf(parcel, order)) };
}
