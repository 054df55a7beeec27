/** What refunds, returns, cancellations, edits and banks take away from referrals, at any time. */
import type { SqlTx } from '../db.server.ts';
import { aroundOf, termsOf } from './around.server.ts';
import { forgetCodes } from './forget-codes.server.ts';
import { leftOf, moneyLeftOf, type Left } from '../orders/left.ts';
import { commissionLeft, type Promised } from './promise.ts';
import type { ReferralState, VoidReason } from './referral.ts';
import { note, R_ROW, roundOf, tell, type ReferralRow } from './rows.server.ts';
import { addSteps } from './steps.server.ts';

const VOID = `
  with open as (
    select r.shop_id, r.id, r.state as was, t.reason
    from unnest($1::bigint[], $2::bigint[], $3::text[]) as t(shop_id, order_id, reason)
    join referral r on r.shop_id = t.shop_id and r.order_id = t.order_id and r.state in ('pending', 'held', 'qualified')
    order by r.shop_id, r.id for update of r
  )
  update referral r set state = 'void', due_at = null, settled_at = $4, reasons = r.reasons || to_jsonb(open.reason)
  from open where r.shop_id = open.shop_id and r.id = open.id
  returning ${R_ROW}, open.reason, open.was`;

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
  const ended = new Map(rows.map((row) => [row.id, row]));
  const data = ({ id }: ReferralRow) => ({ referralId: id, reason: ended.get(id)!.reason });
  await tell(
    tx,
    rows,
    'referral.voided',
    (row) => ({
      ...data(row),
      ...roundOf(row),
      ...(ended.get(row.id)!.was === 'qualified' && { wasQualified: true }),
    }),
    now,
  );
  await note(tx, rows, 'referral-voided', data, now);
  await addSteps(
    tx,
    rows.map((row) => ({
      shopId: row.shop_id,
      referralId: row.id,
      step: 'void',
      by: 'rule',
      reasons: [row.reason],
    })),
    now,
  );
  return rows.length;
}

const OPEN = `
  select ${R_ROW}, r.promised from referral r
  join unnest($1::bigint[], $2::bigint[]) as t(shop_id, order_id) using (shop_id, order_id)
  where r.state in ('pending', 'held', 'qualified') order by r.shop_id, r.id for update of r`;

type OpenRow = ReferralRow & { promised: Promised | null };
/** `amount`: what is left of a commission, minor units. */
type Less = Left & { row: ReferralRow; amount: number | null };

/** Only ever less: of two looks the one that leaves less counts, whichever came first. */
const LESS = `
  update referral r set order_left = t.order_left, order_of = t.order_of
  from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::bigint[]) as t(shop_id, id, order_left, order_of)
  where r.shop_id = t.shop_id and r.id = t.id
    and (r.order_left is null or r.order_left::numeric * t.order_of > t.order_left::numeric * r.order_of)
  returning ${R_ROW}`;

/**
 * Something of these orders was given back or taken out, not all of it. What is left below the programme's minimum ends
 * the referral; above it, what depends on the sum becomes less.
 */
export async function adjustFor(
  tx: SqlTx,
  orders: readonly { shopId: bigint; orderId: bigint }[],
  now: Date,
): Promise<void> {
  const rows = await tx.sql<OpenRow>(OPEN, [
    orders.map(({ shopId }) => shopId),
    orders.map(({ orderId }) => orderId),
  ]);
  if (rows.length === 0) return;
  const around = await aroundOf(tx, rows);
  const agreed = await termsOf(tx, rows, around.shops);
  const less = rows.flatMap((row): (Less & { isEnough: boolean })[] => {
    const order = around.orders.get(`${row.shop_id}:${row.order_id}`);
    if (!order) return [];
    const left = leftOf(order);
    const minimum = agreed.get(row.id)?.minimum ?? null;
    const isEnough = minimum === null || left.left >= BigInt(minimum);
    const amount = commissionLeft(row.promised, { left: moneyLeftOf(order), total: order.total });
    return left.left < left.of ? [{ row, ...left, amount, isEnough }] : [];
  });
  await makeVoid(
    tx,
    less.flatMap(({ row, isEnough }) =>
      isEnough ? [] : [{ shopId: row.shop_id, orderId: row.order_id, reason: 'below-minimum' as const }],
    ),
    now,
  );
  await reduce(
    tx,
    less.filter(({ isEnough }) => isEnough),
    now,
  );
}

async function reduce(tx: SqlTx, less: readonly Less[], now: Date): Promise<void> {
  if (less.length === 0) return;
  const changed = await tx.sql<ReferralRow>(LESS, [
    less.map(({ row }) => row.shop_id),
    less.map(({ row }) => row.id),
    less.map(({ left }) => left),
    less.map(({ of }) => of),
  ]);
  const sums = new Map(
    less.map(({ row, left, of, amount }) => [
      row.id,
      { left: String(left), of: String(of), ...(amount !== null && { amount: String(amount) }) },
    ]),
  );
  await tell(
    tx,
    changed,
    'referral.reduced',
    (row) => ({ referralId: row.id, ...sums.get(row.id)!, ...roundOf(row) }),
    now,
  );
  await addSteps(
    tx,
    changed.map((row) => ({
      shopId: row.shop_id,
      referralId: row.id,
      step: 'reduced',
      by: 'rule',
      reasons: ['reduced'],
    })),
    now,
  );
}

const OF_PEOPLE = `
  select shop_id, order_id from referral where shop_id = $1 and advocate_id = any($2::uuid[]) and state in ('pending', 'held', 'qualified')`;

/** Nobody is left who could be given anything: their invitations end, and their codes lose the name. In the transaction that erases them. */
export async function endForErased(
  tx: SqlTx,
  shopId: bigint,
  customerIds: readonly string[],
  now: Date,
): Promise<void> {
  const rows = await tx.sql<{ shop_id: bigint; order_id: bigint }>(OF_PEOPLE, [shopId, customerIds]);
  await makeVoid(
    tx,
    rows.map((row) => ({ shopId: row.shop_id, orderId: row.order_id, reason: 'erased' })),
    now,
  );
  await forgetCodes(tx, shopId, customerIds);
}
