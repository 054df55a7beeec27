/** What is known of a customer, for a look ahead. Nothing is written. */
import type { ShopTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { readFacts } from './facts.server.ts';
import { foresee, type Walk } from './foresee.ts';
import { needsOf } from './needs.ts';
import type { Plan } from './plan.ts';

/** Newest first; the parcel that left last, and the dearest product that is still the customer's. */
const LAST_ORDER = `
  select o.id, coalesce(o.paid_at, o.placed_at) as paid_at, s.id as shipment_id, s.shipped_at, s.delivered_at,
    (select l.product_id from order_line l where l.shop_id = o.shop_id and l.order_id = o.id and l.current_quantity > 0
      and l.product_id is not null order by l.price desc, l.product_id limit 1) as product_id
  from orders o
  left join lateral (
    select * from shipment s where s.shop_id = o.shop_id and s.order_id = o.id order by s.shipped_at desc limit 1
  ) s on true
  where o.shop_id = $1 and o.customer_id = $2::uuid and o.deleted_at is null order by o.placed_at desc limit 1`;

interface LastOrder {
  id: bigint;
  paid_at: Date;
  shipment_id: bigint | null;
  shipped_at: Date | null;
  delivered_at: Date | null;
  product_id: bigint | null;
}

export interface Looking {
  sequenceId: string;
  plan: Plan;
  customerId: string;
  /** When the sequence is set off: now, or by what has happened to the customer's last order. */
  from: 'now' | 'last-order';
}

/** See the door. */
export async function lookAhead(
  tx: ShopTx,
  shop: Shop,
  { sequenceId, plan, customerId, from }: Looking,
  now: Date,
): Promise<Walk & { startAt: Date }> {
  const [order] = await tx.sql<LastOrder>(LAST_ORDER, [tx.shopId, customerId]);
  const { each } = plan.trigger;
  const startAt = from === 'now' ? now : (startOf(plan, order) ?? now);
  const [facts] = await readFacts(
    tx,
    [
      {
        shopId: tx.shopId,
        shop: { timeZone: shop.timeZone, locale: shop.locale, rhythm: shop.settings.rhythm },
        enrollmentId: null,
        customerId,
        orderId: order?.id ?? null,
        shipmentId: each === 'shipment' || each === 'product' ? (order?.shipment_id ?? null) : null,
        productId: each === 'product' ? (order?.product_id ?? null) : null,
        anchorAt: startAt,
        needs: needsOf(plan),
      },
    ],
    now,
  );
  return { startAt, ...foresee(plan, { sequenceId, customerId }, facts!, startAt) };
}

function startOf({ trigger }: Plan, order: LastOrder | undefined): Date | null {
  if (!order) return null;
  if (trigger.on.includes('shipment.delivered')) return order.delivered_at ?? order.paid_at;
  if (trigger.on.includes('shipment.shipped')) return order.shipped_at ?? order.paid_at;
  return order.paid_at;
}
