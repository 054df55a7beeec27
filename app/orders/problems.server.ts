/** Open problems: rows that appear and go with what is told of their orders, in the same transaction. */
import { webAddress } from '../web-address.ts';
import type { ShopTx, SqlTx } from '../db.server.ts';
import { displayName } from '../customers/customer.ts';
import { newId } from '../ids.ts';
import { isMissing } from './missing.ts';
import type { ArrivalRule } from './arrival.ts';
import type { OrderState, ShipmentState } from './state.ts';

/** An order before and after, and who did it where it was no webhook. */
export interface Followed {
  before: OrderState | null;
  after: OrderState;
  /** mail | order-status | buyer | time | staff:ID */
  by?: string;
}

/** Said twice, it is one. */
const OPEN = `
  insert into problem (shop_id, id, order_id, shipment_id, kind, state, opened_at, opened_by, believed_at)
  select shop_id, id, order_id, shipment_id, 'not-arrived', 'open', opened_at, opened_by, believed_at
  from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::text[], $7::timestamptz[])
    as t(shop_id, id, order_id, shipment_id, opened_at, opened_by, believed_at)
  on conflict do nothing`;

const SOLVE = `
  update problem p set state = 'solved', solved_at = $5, solved_by = t.solved_by, outcome = t.outcome
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) as t(shop_id, shipment_id, solved_by, outcome)
  where p.shop_id = t.shop_id and p.shipment_id = t.shipment_id and p.kind = 'not-arrived' and p.state = 'open'`;

/** Opens what the buyer has said, and closes what has been found, given up, or lost its order. */
export async function followProblems(tx: SqlTx, followed: readonly Followed[], now: Date): Promise<void> {
  const parcels = followed.flatMap(({ before, after, by = 'carrier' }) =>
    after.shipments.map((parcel) => ({
      shopId: after.shopId,
      orderId: after.id,
      by,
      parcel,
      wasMissing: before?.shipments.some((each) => each.id === parcel.id && isMissing(each)) ?? false,
      isOver: isOver(after) && !(before && isOver(before)),
    })),
  );
  const opened = parcels.filter(({ parcel, wasMissing }) => isMissing(parcel) && !wasMissing);
  if (opened.length > 0) {
    await tx.sql(OPEN, [
      opened.map(({ shopId }) => shopId),
      opened.map(() => newId(now)),
      opened.map(({ orderId }) => orderId),
      opened.map(({ parcel }) => parcel.id),
      opened.map(({ parcel }) => parcel.missingAt),
      opened.map(({ by }) => by),
      opened.map(({ parcel }) => parcel.believedAt),
    ]);
  }
  const solved = parcels.filter(
    ({ parcel, wasMissing, isOver: over }) => wasMissing && (!isMissing(parcel) || over),
  );
  if (solved.length === 0) return;
  await tx.sql(SOLVE, [
    solved.map(({ shopId }) => shopId),
    solved.map(({ parcel }) => parcel.id),
    solved.map(({ parcel, by }) => (isMissing(parcel) ? 'merchant' : by)),
    solved.map(({ parcel }) => (isMissing(parcel) ? 'order-over' : outcomeOf(parcel))),
    now,
  ]);
}

const outcomeOf = ({ deliveredAt }: ShipmentState) => (deliveredAt ? 'arrived' : 'lost');

/** Its money is back, or it was called off: nobody has to look for it. */
const isOver = ({ cancelledAt, refundedAt, deletedAt }: OrderState) =>
  (cancelledAt ?? refundedAt ?? deletedAt) !== null;

/** A parcel that somebody has to look for. */
export interface MissingParcel {
  id: string;
  orderId: bigint;
  shipmentId: bigint;
  order: string;
  customerId: string | null;
  /** Null for somebody without a name or an address. */
  customer: string | null;
  carrier: string | null;
  trackingUrl: string | null;
  country: string | null;
  shippedAt: Date;
  /** Since when the buyer misses it, and where they said so. */
  openedAt: Date;
  openedBy: string;
  /** Who had said that it had come, when, and by which rule where it was assumed. */
  believedBy: string;
  believedAt: Date;
  dueBy: ArrivalRule | null;
}

const MISSING = `
  select p.id, p.order_id as "orderId", p.shipment_id as "shipmentId", o.name as order, o.customer_id as "customerId",
    s.carrier, s.tracking_url as "trackingUrl", coalesce(s.country, o.country) as country, s.shipped_at as "shippedAt",
    p.opened_at as "openedAt", p.opened_by as "openedBy", s.believed_by as "believedBy", p.believed_at as "believedAt",
    s.due_by as "dueBy", c.first_name as "firstName", c.last_name as "lastName", c.email, c.phone
  from problem p
  join orders o on o.shop_id = p.shop_id and o.id = p.order_id
  join shipment s on s.shop_id = p.shop_id and s.id = p.shipment_id
  left join customer c on c.shop_id = o.shop_id and c.id = o.customer_id
  where p.shop_id = $1 and p.state = 'open' order by p.opened_at, p.id limit $2::int`;

type Named = Parameters<typeof displayName>[0];

/** Parcels that their buyers miss, longest first. */
export async function missingParcels(tx: ShopTx, limit: number): Promise<MissingParcel[]> {
  const rows = await tx.sql<Omit<MissingParcel, 'customer'> & Named>(MISSING, [tx.shopId, limit]);
  return rows.map(({ firstName, lastName, email, phone, ...row }) => ({
    ...row,
    trackingUrl: webAddress(row.trackingUrl),
    customer: displayName({ firstName, lastName, email, phone }),
  }));
}
