/** One parcel's clock: shipped, scanned, delivered. The same facts in any order give the same parcel. */
import type { ShipmentSnapshot, ShipmentStatus } from './snapshot.ts';
import { earliest, latest, type Scan, type ShipmentState } from './state.ts';

const DAY_MS = 86_400_000;

/** Of two scans of one moment the further one counts. */
const FURTHER: Record<ShipmentStatus, number> = {
  shipped: 0,
  'in-transit': 1,
  'out-for-delivery': 2,
  failed: 3,
  delivered: 4,
  cancelled: 5,
};

/** What stands before the parcel's own record has been seen. */
const UNSEEN = new Date(0);

/** The parcel after its record was seen as it stood at `updatedAt`. */
export function withShipment(
  parcel: ShipmentState | undefined,
  seen: ShipmentSnapshot,
  transitDays: number,
): ShipmentState {
  const before = parcel ?? unseen(seen.id, seen.shippedAt);
  const ms = seen.updatedAt.getTime() - before.snapshotAt.getTime();
  const isNewer = ms > 0 || (ms === 0 && trackingOf(seen) >= trackingOf(before));
  const next = scanned(before, seen.status, seen.at, parcel === undefined);
  if (seen.status === 'delivered' || seen.deliveredAt) deliver(next, seen.deliveredAt ?? seen.at);
  if (isNewer) {
    next.snapshotAt = seen.updatedAt;
    next.shippedAt = seen.shippedAt;
    if (seen.carrier !== undefined) next.carrier = seen.carrier;
    if (seen.trackingNumber !== undefined) next.trackingNumber = seen.trackingNumber;
    if (seen.trackingUrl !== undefined) next.trackingUrl = seen.trackingUrl;
    if (seen.country !== undefined) next.country = seen.country;
    if (seen.expectedAt) next.expectedAt = seen.expectedAt;
    if (seen.lines !== undefined) next.lines = seen.lines;
    next.dueAt = dueAt(next, seen.arrivesAtOnce ? 0 : transitDays);
  }
  if (isSettled(next)) next.dueAt = null;
  return next;
}

/** Decides between two records of one second. */
const trackingOf = ({ carrier, trackingNumber, trackingUrl }: Partial<ShipmentState>) =>
  JSON.stringify([carrier ?? '', trackingNumber ?? '', trackingUrl ?? '']);

/** The parcel after a carrier's scan; one that came before the parcel's own record makes the parcel. */
export function withScan(parcel: ShipmentState | undefined, scan: Scan, transitDays: number): ShipmentState {
  const next = scanned(
    parcel ?? unseen(scan.shipmentId, scan.at),
    scan.status,
    scan.at,
    parcel === undefined,
  );
  if (scan.status === 'delivered') deliver(next, scan.at);
  if (scan.expectedAt && scan.at >= next.snapshotAt) next.expectedAt = scan.expectedAt;
  next.dueAt = isSettled(next) ? null : later(next.dueAt, dueAt(next, parcel?.dueAt ? 0 : transitDays));
  return next;
}

/** When arrival is assumed: after the usual days, but not before the carrier's own estimate, nor while it is seen moving. */
function dueAt(parcel: ShipmentState, transitDays: number): Date {
  const isMoving = parcel.status === 'in-transit' || parcel.status === 'out-for-delivery';
  return new Date(
    Math.max(
      parcel.shippedAt.getTime() + transitDays * DAY_MS,
      parcel.expectedAt ? parcel.expectedAt.getTime() + DAY_MS : 0,
      isMoving ? parcel.scanAt.getTime() + 3 * DAY_MS : 0,
    ),
  );
}

const later = (a: Date | null, b: Date) => (a && a > b ? a : b);

/** Nothing to be assumed any more: it has come, it never will, or somebody has to look for it. */
const isSettled = (parcel: ShipmentState) =>
  parcel.deliveredAt !== null || parcel.status === 'failed' || parcel.status === 'cancelled';

function unseen(id: bigint, shippedAt: Date): ShipmentState {
  return {
    id,
    status: 'shipped',
    scanAt: UNSEEN,
    carrier: null,
    trackingNumber: null,
    trackingUrl: null,
    country: null,
    shippedAt,
    expectedAt: null,
    deliveredAt: null,
    deliveredBy: null,
    dueAt: null,
    snapshotAt: UNSEEN,
    lines: [],
  };
}

/** A copy with the status that counts: cancelled and delivered stay, else the last scan. */
function scanned(parcel: ShipmentState, status: ShipmentStatus, at: Date, isNew: boolean): ShipmentState {
  const next = { ...parcel, scanAt: latest(parcel.scanAt, at)! };
  const ms = at.getTime() - parcel.scanAt.getTime();
  const isLater = isNew || ms > 0 || (ms === 0 && FURTHER[status] > FURTHER[parcel.status]);
  if (status === 'cancelled' || parcel.status === 'cancelled') return { ...next, status: 'cancelled' };
  if (parcel.status !== 'delivered') return isLater || status === 'delivered' ? { ...next, status } : next;
  // What was only assumed gives way to a carrier who says that it failed, not to one who is still on the way.
  const givesWay = parcel.deliveredBy === 'assumed' && status === 'failed' && isLater;
  return givesWay ? { ...next, status, deliveredAt: null, deliveredBy: null } : next;
}

/** The carrier's own word: the first such moment, whatever was assumed before. */
function deliver(parcel: ShipmentState, at: Date): void {
  parcel.deliveredAt = parcel.deliveredBy === 'carrier' ? earliest(parcel.deliveredAt, at) : at;
  parcel.deliveredBy = 'carrier';
  if (parcel.status !== 'cancelled') parcel.status = 'delivered';
}
