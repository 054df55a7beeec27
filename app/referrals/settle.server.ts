/** What becomes of referrals when their return window has passed: looked at once more, then they count. */
import type { Db, SqlTx } from '../db.server.ts';
import { askPayments } from './ask-payments.server.ts';
import type { PaymentSource } from './payments.ts';
import { reconsider } from './reconsider.server.ts';
import { undoneBy, type VoidReason } from './referral.ts';
import { note, R_ROW, ROW, tell, type ReferralRow } from './rows.server.ts';
import { addSteps } from './steps.server.ts';
import { makeVoid } from './undo.server.ts';
import { aroundOf, windowEnd } from './around.server.ts';

/** A slice from each shop that has something due, so that one shop's thousands do not hold up another's three. */
const CLAIM = `
  select ${R_ROW}
  from (select distinct shop_id from referral where due_at <= $1 limit 50) due
  join shop on shop.id = due.shop_id and shop.status = 'installed'
  cross join lateral (
    select ${ROW} from referral where shop_id = due.shop_id and due_at <= $1
    order by due_at limit 20 for update skip locked) r`;

const DUE_PAYMENTS = `
  select r.shop_id, r.order_id from referral r join shop on shop.id = r.shop_id and shop.status = 'installed'
  where r.due_at <= $1 and not exists (
    select 1 from order_check c where c.shop_id = r.shop_id and c.order_id = r.order_id and c.risk is not null)
  order by r.due_at limit 200`;
const IS_DUE = 'select 1 from referral where due_at <= $1 limit 1';

/** The loop that settles referrals whose return window has passed. Shopify is asked about their payments before. */
export function makeReferralLoop({
  db,
  payments,
}: {
  db: Db;
  payments: PaymentSource;
}): (now: Date) => Promise<number> {
  return async (now) => {
    const due = await db.sqlAcrossShops(IS_DUE, [now]);
    if (due.length === 0) return 0;
    const unheard = await db.sqlAcrossShops<{ shop_id: bigint; order_id: bigint }>(DUE_PAYMENTS, [now]);
    const refs = unheard.map((row) => ({ shopId: row.shop_id, orderId: row.order_id }));
    await askPayments({ db, payments }, refs, now);
    return db.acrossShops((tx) => settleDueReferrals(tx, now));
  };
}

/** One batch, in the caller's transaction. @returns how many were settled or moved */
export async function settleDueReferrals(tx: SqlTx, now: Date): Promise<number> {
  const due = await tx.sql<ReferralRow>(CLAIM, [now]);
  if (due.length === 0) return 0;
  const { orders, shops } = await aroundOf(tx, due);
  const ready: ReferralRow[] = [];
  const moved: { row: ReferralRow; until: Date }[] = [];
  const undone: { row: ReferralRow; reason: VoidReason }[] = [];
  for (const row of due) {
    const order = orders.get(`${row.shop_id}:${row.order_id}`);
    const reason = order ? undoneBy(order) : 'deleted';
    if (!order || reason) undone.push({ row, reason: reason ?? 'deleted' });
    else {
      const until = windowEnd(order, shops.get(row.shop_id)!, row);
      if (until > now && row.state === 'pending') moved.push({ row, until });
      else ready.push(row);
    }
  }
  await move(tx, moved);
  await qualify(tx, await reconsider(tx, ready, now, { isLast: true }), now);
  await makeVoid(
    tx,
    undone.map(({ row, reason }) => ({ shopId: row.shop_id, orderId: row.order_id, reason })),
    now,
  );
  return due.length;
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
  const around = await aroundOf(tx, rows);
  const moved = rows.flatMap((row) => {
    const order = around.orders.get(`${row.shop_id}:${row.order_id}`);
    return order ? [{ row, until: windowEnd(order, around.shops.get(row.shop_id)!, row) }] : [];
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
  await tell(tx, rows, 'referral.qualified', data, now);
  await note(tx, rows, 'referral-qualified', data, now);
  await addSteps(
    tx,
    rows.map((row) => ({ shopId: row.shop_id, referralId: row.id, step: 'qualified', by: 'rule' })),
    now,
  );
}
