/** Orders that were paid back in part keep the points of what is left of them. */
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { moneyLeftOf } from '../orders/left.ts';
import { ordersByIds } from '../orders/orders.server.ts';
import { lessenPoints, voidRewards } from '../rewards/rewards.server.ts';
import { pointsCause, pointsLeft } from './points.ts';

const EARNED = `
  select r.shop_id as "shopId", r.cause, r.value, t.order_id as "orderId"
  from unnest($1::bigint[], $2::bigint[], $3::text[]) as t(shop_id, order_id, cause)
  join reward r on r.shop_id = t.shop_id and r.cause = t.cause
  where r.kind = 'points' and r.state in ('held', 'issuing', 'issued')`;

interface EarnedRow {
  shopId: bigint;
  cause: string;
  value: { points: number; of?: number };
  orderId: bigint;
}

/** Takes back what refunds in part and edits have taken from orders; whatever is heard, in any order and twice, it is the same. */
export async function lessenEarned(
  tx: SqlTx,
  orders: readonly { shopId: bigint; orderId: bigint }[],
  now: Date,
): Promise<void> {
  if (orders.length === 0) return;
  const rows = await tx.sql<EarnedRow>(EARNED, [
    orders.map(({ shopId }) => shopId),
    orders.map(({ orderId }) => orderId),
    orders.map(({ orderId }) => pointsCause('order', String(orderId))),
  ]);
  if (rows.length === 0) return;
  const known = await ordersByIds(
    tx,
    rows.map(({ shopId, orderId }) => ({ shopId, id: orderId })),
  );
  const less = rows.flatMap(({ shopId, cause, value, orderId }) => {
    const order = known.get(`${shopId}:${orderId}`);
    if (!order) return [];
    const paid = { left: moneyLeftOf(order), paid: order.total };
    const points = pointsLeft(value, paid, order.currency);
    return points < value.points ? [{ shopId, cause, points }] : [];
  });
  const gone = less.filter(({ points }) => points === 0).map((one) => ({ ...one, reason: 'refunded' }));
  await voidRewards(tx, gone, now);
  const kept = less.filter(({ points }) => points > 0);
  const taken = await lessenPoints(tx, kept, now);
  await addTimeline(
    tx,
    taken.map(({ shopId, customerId, ...points }) => ({
      shopId,
      customerId,
      at: now,
      kind: 'reward' as const,
      code: 'points-taken-back' as const,
      data: { points: Number(points.taken), left: Number(points.left) },
    })),
    now,
  );
}
