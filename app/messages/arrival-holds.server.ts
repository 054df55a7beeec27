/** Asks and offers about an order whose parcel has not arrived although everybody believed so. */
import type { SqlTx } from '../db.server.ts';

/** What is held stays worth sending: an open problem is given up after this long (app/orders/missing.server.ts). */
const HELD_DAYS = 60;

const HOLD = `
  update message m set useless_after = m.useless_after + interval '${HELD_DAYS} days', data = m.data || '{"held": true}'
  from (select distinct * from unnest($1::bigint[], $2::bigint[]) as u(shop_id, order_id)) t
  where m.shop_id = t.shop_id and m.order_id = t.order_id and m.state = 'waiting' and m.class in ('ask', 'offer')
    and m.due_at is not null and not m.data ? 'held'`;

/** See the door. */
export async function holdAbout(
  tx: SqlTx,
  missing: readonly { shopId: bigint; orderId: bigint }[],
): Promise<void> {
  if (missing.length === 0) return;
  await tx.sql(HOLD, [missing.map(({ shopId }) => shopId), missing.map(({ orderId }) => orderId)]);
}

/** What was held goes as long after the arrival as it was meant to. */
const FREE = `
  update message m set due_at = n.due_at,
    useless_after = n.due_at + (m.useless_after - interval '${HELD_DAYS} days' - m.planned_at), data = m.data - 'held'
  from (
    select distinct on (shop_id, order_id) * from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[])
      as u(shop_id, order_id, believed_at, arrived_at) order by shop_id, order_id, arrived_at desc
  ) t cross join lateral (
    select o.id, greatest($5, o.planned_at + (t.arrived_at - t.believed_at)) as due_at from message o
    where o.shop_id = t.shop_id and o.order_id = t.order_id and o.state = 'waiting' and o.class in ('ask', 'offer')
      and o.due_at is not null and o.data ? 'held'
  ) n where m.shop_id = t.shop_id and m.id = n.id`;

/** See the door. */
export async function freeAbout(
  tx: SqlTx,
  arrived: readonly { shopId: bigint; orderId: bigint; believedAt: Date; arrivedAt: Date }[],
  now: Date,
): Promise<void> {
  if (arrived.length === 0) return;
  await tx.sql(FREE, [
    arrived.map(({ shopId }) => shopId),
    arrived.map(({ orderId }) => orderId),
    arrived.map(({ believedAt }) => believedAt),
    arrived.map(({ arrivedAt }) => arrivedAt),
    now,
  ]);
}
