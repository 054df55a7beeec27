/** Parcels of a customer that have not arrived, as their page shows them. */
import type { ShopTx } from '../db.server.ts';
import type { ArrivalRule } from './arrival.ts';

/** A parcel that is on its way, or missed by its buyer. */
export interface AwaitedParcel {
  id: bigint;
  orderId: bigint;
  order: string;
  carrier: string | null;
  country: string | null;
  /** When it is taken as arrived unless a carrier says so before, and why then; null once its buyer misses it. */
  due: { at: Date; rule: ArrivalRule; days: number | null } | null;
}

const AWAITED = `
  select s.id, s.order_id as "orderId", o.name as order, s.carrier, coalesce(s.country, o.country) as country,
    s.due_at as "dueAt", s.due_by as "dueBy", s.due_days as "dueDays"
  from orders o join shipment s on s.shop_id = o.shop_id and s.order_id = o.id
  where o.shop_id = $1 and o.customer_id = $2::uuid and s.delivered_at is null and s.status not in ('failed', 'cancelled')
    and (s.due_at is not null or s.missing_at is not null)
    and coalesce(o.cancelled_at, o.refunded_at, o.deleted_at) is null
  order by s.due_at nulls first, s.id limit 20`;

type Row = Omit<AwaitedParcel, 'due'> & {
  dueAt: Date | null;
  dueBy: ArrivalRule | null;
  dueDays: number | null;
};

/** Missed ones first, then by when they are taken as arrived; at most twenty. */
export async function awaitedParcels(tx: ShopTx, customerId: string): Promise<AwaitedParcel[]> {
  const rows = await tx.sql<Row>(AWAITED, [tx.shopId, customerId]);
  return rows.map(({ dueAt, dueBy, dueDays, ...row }) => ({
    ...row,
    due: dueAt ? { at: dueAt, rule: dueBy ?? 'default', days: dueDays } : null,
  }));
}
