/** What becomes of referrals: qualified when the return window has passed, void whenever the order is undone. */
import { addTimeline } from '../customers/customers.server.ts';
import type { TimelineEntry } from '../customers/timeline.ts';
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { NewEvent } from '../events.ts';
import { ordersByIds } from '../orders/orders.server.ts';
import type { Order } from '../orders/order.ts';
import type { Shop } from '../shops/shop.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { REFUSED_BY_MERCHANT, settlesAt, undoneBy, type ReferralState, type VoidReason } from './referral.ts';

interface ReferralRow {
  shop_id: bigint;
  id: string;
  code: string;
  advocate_id: string;
  order_id: bigint;
  /** As agreed when the friend ordered; null: the shop's. */
  return_days: number | null;
}
const ROW = 'shop_id, id, code, advocate_id, order_id, return_days';

/** A slice from each shop that has something due, so that one shop's thousands do not hold up another's three. */
const CLAIM = `
  select r.shop_id, r.id, r.code, r.advocate_id, r.order_id, r.return_days
  from (select distinct shop_id from referral where due_at <= $1 limit 50) due
  join shop on shop.id = due.shop_id and shop.status = 'installed'
  cross join lateral (
    select ${ROW} from referral where shop_id = due.shop_id and due_at <= $1
    order by due_at limit 20 for update skip locked) r`;

const IS_DUE = 'select 1 from referral where due_at <= $1 limit 1';

/** The loop that settles referrals whose return window has passed. */
export function makeReferralLoop({ db }: { db: Db }): (now: Date) => Promise<number> {
  return async (now) => {
    const due = await db.sqlAcrossShops(IS_DUE, [now]);
    return due.length === 0 ? 0 : db.acrossShops((tx) => settleDueReferrals(tx, now));
  };
}

/** One batch, in the caller's transaction. @returns how many were settled or moved */
export async function settleDueReferrals(tx: SqlTx, now: Date): Promise<number> {
  const due = await tx.sql<ReferralRow>(CLAIM, [now]);
  if (due.length === 0) return 0;
  const orders = await ordersByIds(
    tx,
    due.map((row) => ({ shopId: row.shop_id, id: row.order_id })),
  );
  const shops = await shopsByIds(
    tx,
    due.map((row) => row.shop_id),
  );
  const qualified: ReferralRow[] = [];
  const moved: { row: ReferralRow; until: Date }[] = [];
  const undone: { row: ReferralRow; reason: VoidReason }[] = [];
  for (const row of due) {
    const order = orders.get(`${row.shop_id}:${row.order_id}`);
    const reason = order ? undoneBy(order) : 'deleted';
    if (!order || reason) undone.push({ row, reason: reason ?? 'deleted' });
    else {
      const until = windowEnd(order, shops.get(row.shop_id)!, row);
      if (until > now) moved.push({ row, until });
      else qualified.push(row);
    }
  }
  await move(tx, moved);
  await qualify(tx, qualified, now);
  await makeVoid(
    tx,
    undone.map(({ row, reason }) => ({ shopId: row.shop_id, orderId: row.order_id, reason })),
    now,
  );
  return due.length;
}

function windowEnd(order: Order, shop: Shop, agreed: Pick<ReferralRow, 'return_days'>): Date {
  const { returnWindowDays, assumedTransitDays: transitDays } = shop.settings;
  const returnDays = agreed.return_days ?? returnWindowDays;
  return settlesAt({ ...order, paidAt: order.paidAt ?? order.placedAt }, { returnDays, transitDays });
}

const MOVE = `
  update referral set due_at = t.due_at from unnest($1::bigint[], $2::uuid[], $3::timestamptz[]) as t(shop_id, id, due_at)
  where referral.shop_id = t.shop_id and referral.id = t.id and state = 'pending'`;

async function move(tx: SqlTx, moved: readonly { row: ReferralRow; until: Date }[]): Promise<void> {
  if (moved.length === 0) return;
  await tx.sql(MOVE, [
    moved.map(({ row }) => row.shop_id),
    moved.map(({ row }) => row.id),
    moved.map(({ until }) => until),
  ]);
}

const WAITING = `
  select ${ROW} from referral r
  where (shop_id, order_id) in (select * from unnest($1::bigint[], $2::bigint[])) and state = 'pending' for update`;

/** Recomputes when the return windows end: something has arrived. */
export async function moveDue(
  tx: SqlTx,
  orders: readonly { shopId: bigint; orderId: bigint }[],
  _now: Date,
): Promise<void> {
  const rows = await tx.sql<ReferralRow>(WAITING, [
    orders.map(({ shopId }) => shopId),
    orders.map(({ orderId }) => orderId),
  ]);
  const found = await ordersByIds(
    tx,
    rows.map((row) => ({ shopId: row.shop_id, id: row.order_id })),
  );
  const shops = await shopsByIds(
    tx,
    rows.map((row) => row.shop_id),
  );
  const moved = rows.flatMap((row) => {
    const order = found.get(`${row.shop_id}:${row.order_id}`);
    return order ? [{ row, until: windowEnd(order, shops.get(row.shop_id)!, row) }] : [];
  });
  await move(tx, moved);
}

const QUALIFY = `
  update referral set state = 'qualified', due_at = null, settled_at = $3
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, id)
  where referral.shop_id = t.shop_id and referral.id = t.id and state = 'pending'`;

async function qualify(tx: SqlTx, rows: readonly ReferralRow[], now: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.sql(QUALIFY, [rows.map((row) => row.shop_id), rows.map((row) => row.id), now]);
  const data = (row: ReferralRow) => ({ referralId: row.id });
  await recordEvents(
    tx,
    rows.map((row): NewEvent => ({ ...eventBase(row, now), kind: 'referral.qualified', data: data(row) })),
    now,
  );
  await addTimeline(
    tx,
    rows.map((row): TimelineEntry => ({
      ...lineBase(row, now),
      code: 'referral-qualified',
      data: data(row),
    })),
    now,
  );
}

const VOID = `
  with open as (
    select r.shop_id, r.id, r.state as was, t.reason
    from unnest($1::bigint[], $2::bigint[], $3::text[]) as t(shop_id, order_id, reason)
    join referral r on r.shop_id = t.shop_id and r.order_id = t.order_id and r.state in ('pending', 'held', 'qualified')
    order by r.shop_id, r.id for update of r
  )
  update referral r set state = 'void', due_at = null, settled_at = $4, reasons = r.reasons || to_jsonb(open.reason)
  from open where r.shop_id = open.shop_id and r.id = open.id
  returning r.shop_id, r.id, r.code, r.advocate_id, r.order_id, r.return_days, open.reason, open.was`;

/** Ends referrals at any time, before or after they qualified. */
export async function makeVoid(
  tx: SqlTx,
  orders: readonly { shopId: bigint; orderId: bigint; reason: VoidReason }[],
  now: Date,
): Promise<number> {
  if (orders.length === 0) return 0;
  const rows = await tx.sql<ReferralRow & { reason: VoidReason; was: ReferralState }>(VOID, [
    orders.map(({ shopId }) => shopId),
    orders.map(({ orderId }) => orderId),
    orders.map(({ reason }) => reason),
    now,
  ]);
  const data = (row: (typeof rows)[number]) => ({ referralId: row.id, reason: row.reason });
  await recordEvents(
    tx,
    rows.map((row): NewEvent => {
      const wasQualified = row.was === 'qualified' ? { wasQualified: true } : {};
      return { ...eventBase(row, now), kind: 'referral.voided', data: { ...data(row), ...wasQualified } };
    }),
    now,
  );
  await addTimeline(
    tx,
    rows.map((row): TimelineEntry => ({ ...lineBase(row, now), code: 'referral-voided', data: data(row) })),
    now,
  );
  return rows.length;
}

const eventBase = (row: ReferralRow, now: Date) => ({
  shopId: row.shop_id,
  customerId: row.advocate_id,
  orderId: row.order_id,
  at: now,
});
const lineBase = (row: ReferralRow, now: Date) => ({ ...eventBase(row, now), kind: 'referral' as const });

/** What a rule refused a merchant may still let pass; what a merchant refused stays refused. */
const LOCK_RELEASABLE = `
  select ${ROW} from referral where shop_id = $1 and id = $2
    and (state = 'held' or (state = 'refused' and not reasons ? '${REFUSED_BY_MERCHANT}')) for update`;
const RELEASE = `update referral set state = 'pending', due_at = $3, settled_at = null where shop_id = $1 and id = $2`;

/** A merchant lets a referral pass that was held or refused by rule. */
export async function release(tx: ShopTx, referralId: string, now: Date): Promise<'released' | 'not-held'> {
  const [row] = await tx.sql<ReferralRow>(LOCK_RELEASABLE, [tx.shopId, referralId]);
  if (!row) return 'not-held';
  const orders = await ordersByIds(tx, [{ shopId: tx.shopId, id: row.order_id }]);
  const order = orders.get(`${tx.shopId}:${row.order_id}`);
  const shop = (await shopsByIds(tx, [tx.shopId])).get(tx.shopId);
  if (!order || !shop) return 'not-held';
  await tx.sql(RELEASE, [tx.shopId, referralId, windowEnd(order, shop, row)]);
  const event: NewEvent = {
    ...eventBase(row, now),
    kind: 'referral.made',
    data: { referralId, code: row.code },
  };
  await recordEvents(tx, [event], now);
  return 'released';
}

const REFUSE = `
  update referral set state = 'refused', due_at = null, settled_at = $3, reasons = reasons || '["${REFUSED_BY_MERCHANT}"]'
  where shop_id = $1 and id = $2 and state in ('held', 'pending') returning ${ROW}`;

/** A merchant says no, for good. */
export async function refuse(tx: ShopTx, referralId: string, now: Date): Promise<'refused' | 'settled'> {
  const [row] = await tx.sql<ReferralRow>(REFUSE, [tx.shopId, referralId, now]);
  if (!row) return 'settled';
  await recordEvents(tx, [{ ...eventBase(row, now), kind: 'referral.refused', data: { referralId } }], now);
  await addTimeline(tx, [{ ...lineBase(row, now), code: 'referral-refused', data: { referralId } }], now);
  return 'refused';
}
