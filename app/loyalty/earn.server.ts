/** Earning points and using them. */
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { hold, readyAt, usePoints, voidRewards } from '../rewards/rewards.server.ts';
import type { Shop } from '../shops/shop.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { daysOf, pointsCause, pointsForOrder, spread, type Earning } from './points.ts';
import { loyaltySettings } from './settings.server.ts';
import { canRedeemIn, type LoyaltySettings } from './settings.ts';

/** Something that may earn points. */
export interface Earned {
  shopId: bigint;
  customerId: string;
  earning: Exclude<Earning, 'order' | 'birthday'>;
  /** Of the review, story or referral. */
  id: string;
  at: Date;
}

/** Shops that go by points, with their terms. */
async function shopsWithPoints(tx: SqlTx, ids: readonly bigint[]) {
  const shops = await shopsByIds(tx, [...new Set(ids)]);
  const withPoints = new Map<bigint, { shop: Shop; points: LoyaltySettings['points']; since: Date }>();
  for (const shop of shops.values()) {
    const { points } = await loyaltySettings(tx, shop);
    if (points.since !== null) withPoints.set(shop.id, { shop, points, since: new Date(points.since) });
  }
  return withPoints;
}

/** Enters points for what was done since they were switched on; each once. */
export async function earnPoints(tx: SqlTx, earned: readonly Earned[], now: Date): Promise<void> {
  const shops = await shopsWithPoints(
    tx,
    earned.map(({ shopId }) => shopId),
  );
  const drafts = earned.flatMap(({ shopId, customerId, earning, id, at }) => {
    const terms = shops.get(shopId);
    const points = terms?.points[earning] ?? 0;
    if (!terms || points === 0 || at < terms.since) return [];
    return [
      draftOf(shopId, customerId, pointsCause(earning, id), points, daysOf(terms.points.validMonths, now)),
    ];
  });
  await hold(
    tx,
    drafts.map((draft) => ({ ...draft, isReady: true })),
    now,
  );
}

const draftOf = (
  shopId: bigint,
  customerId: string,
  cause: string,
  points: number,
  validDays: number | null,
  of?: bigint,
) => ({
  shopId,
  customerId,
  cause,
  kind: 'points' as const,
  value: { points, ...(of !== undefined && { of: Number(of) }) },
  validDays,
  paidBy: 'expense:loyalty' as const,
});

const ORDERS = `
  select o.shop_id as "shopId", o.id, o.customer_id as "customerId", o.total - o.refunded as spent, o.currency, o.paid_at as "paidAt"
  from orders o join unnest($1::bigint[], $2::bigint[]) as t(shop_id, id) on o.shop_id = t.shop_id and o.id = t.id
  join customer c on c.shop_id = o.shop_id and c.id = o.customer_id and c.erased_at is null
  where o.paid_at is not null and not o.test and o.cancelled_at is null and o.deleted_at is null`;

interface OrderRow {
  shopId: bigint;
  id: bigint;
  customerId: string;
  spent: bigint;
  currency: string;
  paidAt: Date;
}

/** For paid orders; the points count once the shop's return window has passed. */
export async function earnForOrders(
  tx: SqlTx,
  orders: readonly { shopId: bigint; orderId: bigint }[],
  now: Date,
): Promise<void> {
  const shops = await shopsWithPoints(
    tx,
    orders.map(({ shopId }) => shopId),
  );
  const wanted = orders.filter(({ shopId }) => shops.has(shopId));
  if (wanted.length === 0) return;
  const rows = await tx.sql<OrderRow>(ORDERS, [
    wanted.map(({ shopId }) => shopId),
    wanted.map(({ orderId }) => orderId),
  ]);
  const earning = rows.flatMap((row) => {
    const { shop, points, since } = shops.get(row.shopId)!;
    const count = pointsForOrder(row.spent, row.currency, points);
    if (count === 0 || row.paidAt < since) return [];
    const cause = pointsCause('order', String(row.id));
    const window = shop.settings.returnWindowDays * 86_400_000;
    const days = daysOf(points.validMonths, now);
    const draft = draftOf(row.shopId, row.customerId, cause, count, days, row.spent);
    return [{ draft, at: new Date(row.paidAt.getTime() + window) }];
  });
  await hold(
    tx,
    earning.map(({ draft }) => ({ ...draft, isReady: false })),
    now,
  );
  await readyAt(
    tx,
    earning.map(({ draft, at }) => ({ shopId: draft.shopId, cause: draft.cause, at })),
  );
}

/** What earned them was undone. What was used of them stays used. */
export async function loseEarned(
  tx: SqlTx,
  lost: readonly { shopId: bigint; earning: Earning; id: string; reason: string }[],
  now: Date,
): Promise<void> {
  const causes = lost.map(({ shopId, earning, id, reason }) => ({
    shopId,
    cause: pointsCause(earning, id),
    reason,
  }));
  await voidRewards(tx, causes, now);
}

export type Redeemed =
  | { outcome: 'redeemed'; points: number }
  /** There are none in this shop, or this customer has too few. */
  | { outcome: 'no-points' }
  | { outcome: 'too-few'; points: number };

const LOCK = `
  select shopify_id is not null as "hasAccount" from customer
  where shop_id = $1 and id = $2 and erased_at is null and merged_into is null for no key update`;

const REDEEMED = `select 1 from reward where shop_id = $1 and cause = $2`;

/**
 * Turns as many points as one redemption takes into store credit; for guests, who have no account for it, into a code.
 * All in one transaction: two at once use no point twice, and an operation that is told again changes nothing.
 */
export async function redeemPoints(
  tx: SqlTx,
  shop: Pick<Shop, 'id' | 'currency'>,
  { customerId, operationId }: { customerId: string; operationId?: string },
  now: Date,
): Promise<Redeemed> {
  const settings = await loyaltySettings(tx, shop);
  const { points } = settings;
  const [customer] = await tx.sql<{ hasAccount: boolean }>(LOCK, [shop.id, customerId]);
  if (!canRedeemIn(settings, shop.currency) || !customer) return { outcome: 'no-points' };
  const { points: cost, amount } = points.redeem;
  const id = operationId ? `${customerId}:${operationId}` : newId(now);
  const cause = `redeemed:${id}`;
  if ((await tx.sql(REDEEMED, [shop.id, cause])).length > 0) return { outcome: 'redeemed', points: cost };
  const use = { shopId: shop.id, customerId, name: id };
  if (!(await usePoints(tx, use, (lots) => spread(lots, BigInt(cost)), now))) {
    return { outcome: 'too-few', points: cost };
  }
  const value = { amount, currency: shop.currency };
  const of = {
    shopId: shop.id,
    customerId,
    cause,
    isReady: true,
    paidBy: 'expense:loyalty' as const,
  };
  await hold(
    tx,
    [
      customer.hasAccount
        ? { ...of, kind: 'store-credit', value, validDays: null }
        : { ...of, kind: 'discount', value, validDays: 365 },
    ],
    now,
  );
  const base = { shopId: shop.id, customerId, at: now };
  await recordEvents(tx, [{ ...base, kind: 'points.redeemed', data: { points: cost } }], now);
  const data = { points: cost, amount: String(amount), currency: shop.currency };
  await addTimeline(tx, [{ ...base, kind: 'reward', code: 'points-redeemed', data }], now);
  return { outcome: 'redeemed', points: cost };
}
