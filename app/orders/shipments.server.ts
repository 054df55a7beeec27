/** Parcels whose clock is moved by something else than a webhook: time, or the buyer. */
import { tryLockPeople } from '../customers/customers.server.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { announce } from './announce.server.ts';
import type { ShipmentState } from './state.ts';
import { keyOf, loadOrders, saveOrders, type OrderRef, type StoredOrder } from './store.server.ts';

const DUE_SHOPS = `
  with recursive due as (
    (select shop_id from shipment where due_at <= $1 order by shop_id limit 1)
    union all
    select (select s.shop_id from shipment s where s.due_at <= $1 and s.shop_id > due.shop_id order by s.shop_id limit 1)
    from due where due.shop_id is not null
  )
  select shop_id from due where shop_id is not null limit 100`;

const CLAIM = `
  select s.shop_id as "shopId", s.id, s.order_id as "orderId"
  from unnest($2::bigint[]) as t(shop_id) cross join lateral (
    select shop_id, id, order_id from shipment where shop_id = t.shop_id and due_at <= $1
    order by due_at limit 50 for update skip locked
  ) s`;

interface Due {
  shopId: bigint;
  id: bigint;
  orderId: bigint;
}

/** The loop that takes parcels without a carrier's scan as delivered when their time has come. */
export function makeShipmentLoop(deps: { db: Db }): (now: Date) => Promise<number> {
  return async (now) => {
    const rows = await deps.db.sqlAcrossShops<{ shop_id: bigint }>(DUE_SHOPS, [now]);
    if (rows.length === 0) return 0;
    return deps.db.acrossShops(async (tx) => {
      // Before any row: whoever works in this shop's webhooks holds it too, and may be about to say the same.
      const shops = await tryLockPeople(
        tx,
        rows.map(({ shop_id }) => shop_id),
      );
      if (shops.length === 0) return 0;
      const due = await tx.sql<Due>(CLAIM, [now, shops]);
      const isDue = new Set(due.map(({ shopId, id }) => `${shopId}:${id}`));
      const orders = due.map(({ shopId, orderId }) => ({ shopId, id: orderId }));
      await change(tx, orders, { now }, (parcel, { shopId }) =>
        isDue.has(`${shopId}:${parcel.id}`) && parcel.dueAt
          ? { ...parcel, status: 'delivered', deliveredAt: parcel.dueAt, deliveredBy: 'assumed', dueAt: null }
          : parcel,
      );
      return due.length;
    });
  };
}

/**
 * Makes of each parcel of these orders what `next` says, with everything that follows. Their shops are locked by the caller.
 * @param by who says so: see problems.server.ts
 * @returns how many parcels are different
 */
export async function change(
  tx: SqlTx,
  refs: readonly OrderRef[],
  { now, by }: { now: Date; by?: string },
  next: (parcel: ShipmentState, order: StoredOrder) => ShipmentState,
): Promise<number> {
  const orders = await loadOrders(tx, refs);
  let changed = 0;
  const steps = [...new Set(refs.map(keyOf))].flatMap((key) => {
    const before = orders.get(key);
    if (!before) return [];
    const shipments = before.shipments.map((parcel) => next(parcel, before));
    const count = shipments.filter((parcel, index) => parcel !== before.shipments[index]).length;
    changed += count;
    return count === 0 ? [] : [{ before, after: { ...before, shipments }, edits: [], ...(by && { by }) }];
  });
  await saveOrders(tx, steps);
  await announce(tx, steps, now);
  return changed;
}
