/** One parcel's clock: shipped, scanned, delivered. The same facts in any order give the same parcel. */
import type { ShipmentSnapshot, ShipmentStatus } from './snapshot.ts';
import { earliest, latest, type Scan, type ShipmentState } from './state.ts';

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

/** The parcel after its record was seen as it stood at `updatedAt`; when arrival is assumed, arrival.ts says. */
export function withShipment(parcel: ShipmentState | undefined, seen: ShipmentSnapshot): ShipmentState {
  const before = parcel ?? unseen(seen.id, seen.shippedAt);
  const ms = seen.updatedAt.getTime() - before.snapshotAt.getTime();
  const isNewer = ms > 0 || (ms === 0 && trackingOf(seen) >= trackingOf(before));
  const arrivedAt = seen.status === 'delivered' || seen.deliveredAt ? (seen.deliveredAt ?? seen.at) : null;
  // Of a parcel whose scan the buyer has contradicted the record says no more than that scan.
  const isOldNews = before.believedBy === 'carrier' && !seen.deliveredAt;
  const isDoubted = arrivedAt !== null && (isOldNews || isContradicted(before, arrivedAt));
  const next = isDoubted
    ? { ...before, believedBy: 'carrier' as const }
    : scanned(before, seen.status, seen.at, parcel === undefined);
  if (arrivedAt && !isDoubted) deliver(next, arrivedAt);
  if (isNewer) {
    next.snapshotAt = seen.updatedAt;
    next.shippedAt = seen.shippedAt;
    if (seen.carrier !== undefined) next.carrier = seen.carrier;
    if (seen.trackingNumber !== undefined) next.trackingNumber = seen.trackingNumber;
    if (seen.trackingUrl !== undefined) next.trackingUrl = seen.trackingUrl;
    if (seen.origin !== undefined) next.origin = seen.origin;
    if (seen.country !== undefined) next.country = seen.country;
    if (seen.expectedAt) next.expectedAt = seen.expectedAt;
    if (seen.lines !== undefined) next.lines = seen.lines;
    if (next.deliveredAt === null) next.dueBy = seen.arrivesAtOnce ? 'at-once' : null;
  }
  return next;
}

/** Decides between two records of one second. */
const trackingOf = ({ carrier, trackingNumber, trackingUrl }: Partial<ShipmentState>) =>
  JSON.stringify([carrier ?? '', trackingNumber ?? '', trackingUrl ?? '']);

/** The parcel after a carrier's scan; one that came before the parcel's own record makes the parcel. */
export function withScan(parcel: ShipmentState | undefined, scan: Scan): ShipmentState {
  const before = parcel ?? unseen(scan.shipmentId, scan.at);
  if (scan.status === 'delivered' && isContradicted(before, scan.at))
    return { ...before, believedBy: 'carrier' };
  const next = scanned(before, scan.status, scan.at, parcel === undefined);
  if (scan.status === 'delivered') deliver(next, scan.at);
  if (scan.expectedAt && scan.at >= next.snapshotAt) next.expectedAt = scan.expectedAt;
  return next;
}

/** The buyer has said since that it is not there. */
const isContradicted = ({ missingAt }: ShipmentState, arrivedAt: Date) =>
  missingAt !== null && arrivedAt <= missingAt;

function unseen(id: bigint, shippedAt: Date): ShipmentState {
  return {
    id,
    status: 'shipped',
    scanAt: UNSEEN,
    carrier: null,
    trackingNumber: null,
    trackingUrl: null,
    origin: null,
    country: null,
    shippedAt,
    expectedAt: null,
    deliveredAt: null,
    deliveredBy: null,
    dueAt: null,
    dueBy: null,
    dueDays: null,
    missingAt: null,
    believedBy: null,
    believedAt: null,
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
