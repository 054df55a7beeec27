/** The buyer's and the staff's word about parcels, each in one transaction with everything that follows from it. */
import { lockPeople } from '../customers/customers.server.ts';
import type { ShopTx, SqlTx } from '../db.server.ts';
import { givenUp, isMissing, meantBy, saidArrived, saidMissing } from './missing.ts';
import { change } from './shipments.server.ts';
import type { StoredOrder } from './store.server.ts';

/** Which parcels of which order; where none is named: see `meantBy`. */
export interface Parcels {
  orderId: bigint;
  shipmentId: bigint | null;
}

/** "It has not arrived yet". Said again, or of what cannot have arrived, it changes nothing. @returns how many parcels it was new of */
export async function sayMissing(
  tx: ShopTx,
  { orderId, shipmentId }: Parcels,
  by: 'mail' | 'order-status',
  now: Date,
): Promise<number> {
  await lockPeople(tx, [tx.shopId]);
  return change(tx, [{ shopId: tx.shopId, id: orderId }], { now, by }, (parcel, order: StoredOrder) =>
    meantBy(order, shipmentId, now).has(parcel.id) ? saidMissing(parcel, now) : parcel,
  );
}

/** "Now it is here": the buyer has found what they missed. @returns how many parcels it was new of */
export async function sayArrived(tx: ShopTx, { orderId, shipmentId }: Parcels, now: Date): Promise<number> {
  await lockPeople(tx, [tx.shopId]);
  return change(tx, [{ shopId: tx.shopId, id: orderId }], { now, by: 'buyer' }, (parcel) =>
    isMeant(parcel, shipmentId) && isMissing(parcel) ? saidArrived(parcel, 'buyer', now) : parcel,
  );
}

const isMeant = ({ id }: { id: bigint }, shipmentId: bigint | null) =>
  shipmentId === null || id === shipmentId;

const BY_ID = `
  select order_id, shipment_id from problem where shop_id = $1 and id = $2::uuid and state = 'open'`;

/** Somebody of the staff knows where it is, or that it will not come. @returns false: it was solved already, or there is none */
export async function solveMissing(
  tx: ShopTx,
  { problemId, outcome, staff }: { problemId: string; outcome: 'arrived' | 'lost'; staff: bigint },
  now: Date,
): Promise<boolean> {
  await lockPeople(tx, [tx.shopId]);
  const [row] = await tx.sql<{ order_id: bigint; shipment_id: bigint }>(BY_ID, [tx.shopId, problemId]);
  if (!row) return false;
  const by = `staff:${staff}`;
  const changed = await change(tx, [{ shopId: tx.shopId, id: row.order_id }], { now, by }, (parcel) => {
    if (parcel.id !== row.shipment_id || !isMissing(parcel)) return parcel;
    return outcome === 'arrived' ? saidArrived(parcel, 'staff', now) : givenUp(parcel, now);
  });
  return changed > 0;
}

/** Nobody has looked for so long that it will not come any more. */
const GIVEN_UP_AFTER_DAYS = 60;
const DAY_MS = 86_400_000;

const FORGOTTEN = `
  select shop_id, order_id, shipment_id from problem where kind = 'not-arrived' and state = 'open' and opened_at < $1
  order by shop_id, opened_at limit 200`;

/** Gives up what was missed sixty days ago and never found. */
export async function giveUpMissing(tx: SqlTx, now: Date): Promise<void> {
  const rows = await tx.sql<{ shop_id: bigint; order_id: bigint; shipment_id: bigint }>(FORGOTTEN, [
    new Date(now.getTime() - GIVEN_UP_AFTER_DAYS * DAY_MS),
  ]);
  if (rows.length === 0) return;
  await lockPeople(
    tx,
    rows.map((row) => row.shop_id),
  );
  const meant = new Set(rows.map((row) => `${row.shop_id}:${row.shipment_id}`));
  const refs = rows.map((row) => ({ shopId: row.shop_id, id: row.order_id }));
  await change(tx, refs, { now, by: 'time' }, (parcel, { shopId }) =>
    meant.has(`${shopId}:${parcel.id}`) && isMissing(parcel) ? givenUp(parcel, now) : parcel,
  );
}
