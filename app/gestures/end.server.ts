/** How gestures end: done by a person or at Shopify, or taken back, with the money back in the purse. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { tellGiven } from './give.server.ts';
import type { Origin, Present } from './gesture.ts';
import { putBack } from './purse.server.ts';

interface EndedRow {
  id: string;
  customer_id: string;
  origin: Origin;
  present: Present;
  amount: bigint;
  currency: string;
  month: string;
}

const COLUMNS = `id, customer_id, origin, present, amount, currency, month::text as month`;

const FINISH = `
  update gesture set state = 'done', done_at = $4, done_by = $5, happened = $6, due_at = null, lease_until = null
  where shop_id = $1 and id = $2 and state = $3 returning ${COLUMNS}`;

/** @param by `staff:ID` or `shopify`; @param happened what came of it. @returns false where somebody was quicker */
export async function finish(
  tx: SqlTx,
  {
    shopId,
    id,
    from,
    by,
    happened = '',
  }: { shopId: bigint; id: string; from: 'to-do' | 'waiting'; by: string; happened?: string },
  now: Date,
): Promise<boolean> {
  const [row] = await tx.sql<EndedRow>(FINISH, [shopId, id, from, now, by, happened]);
  if (!row) return false;
  const { origin, present, currency } = row;
  await tellGiven(
    tx,
    [{ shopId, id, customerId: row.customer_id, giving: { origin, present, currency } }],
    now,
  );
  return true;
}

/** Only what nobody has got yet can be taken back. */
const END = `
  update gesture g set state = t.state, trouble = t.trouble, amount = 0, due_at = null, lease_until = null, done_at = $5, done_by = $6
  from (select $3::text as state, $4::text as trouble) t, gesture old
  where g.shop_id = $1 and g.id = $2 and g.state in ('to-do', 'waiting') and old.shop_id = g.shop_id and old.id = g.id
  returning g.id, old.amount, g.currency, g.month::text as month`;

/** It is not given after all. @returns false where it was over already */
export async function takeBack(
  tx: SqlTx,
  {
    shopId,
    id,
    as,
    trouble,
    by,
  }: { shopId: bigint; id: string; as: 'withdrawn' | 'missed'; trouble: string; by: string },
  now: Date,
): Promise<boolean> {
  const [row] = await tx.sql<Pick<EndedRow, 'amount' | 'currency' | 'month'>>(END, [
    shopId,
    id,
    as,
    trouble,
    now,
    by,
  ]);
  if (!row) return false;
  await putBack(tx, { shopId, currency: row.currency, month: row.month }, row.amount);
  return true;
}

/** A person has packed it, called, or says what came of the surprise. */
export const finishByHand = (
  tx: ShopTx,
  { id, staff, happened = '' }: { id: string; staff: bigint; happened?: string },
  now: Date,
): Promise<boolean> =>
  finish(tx, { shopId: tx.shopId, id, from: 'to-do', by: `staff:${staff}`, happened }, now);

export const withdraw = (
  tx: ShopTx,
  { id, staff }: { id: string; staff: bigint },
  now: Date,
): Promise<boolean> =>
  takeBack(tx, { shopId: tx.shopId, id, as: 'withdrawn', trouble: 'by-staff', by: `staff:${staff}` }, now);

const OPEN_OF = `
  select shop_id, id from gesture
  where shop_id = $1 and ($2::uuid[] is null or customer_id = any($2)) and state in ('to-do', 'waiting') order by shop_id, id for update`;
const FORGET_LOOKS = `delete from gesture_look where shop_id = $1 and ($2::uuid[] is null or customer_id = any($2))`;

/** Nothing is given any more to who is erased; what was set aside for them goes back. For erasures. */
export async function stopPerson(
  tx: SqlTx,
  shopId: bigint,
  customerIds: readonly string[],
  now: Date,
): Promise<void> {
  await tx.sql(FORGET_LOOKS, [shopId, customerIds]);
  for (const { id } of await tx.sql<{ id: string }>(OPEN_OF, [shopId, customerIds])) {
    await takeBack(tx, { shopId, id, as: 'withdrawn', trouble: 'erased', by: 'rule' }, now);
  }
}

const PARK = `update gesture_settings set due_at = null where shop_id = $1`;
const STOP_WAITING = `update gesture set due_at = null, lease_until = null where shop_id = $1 and due_at is not null`;

/** Nothing of an uninstalled shop waits for its moment any more. For `uninstallShop`. */
export async function stopWork(tx: SqlTx, { id }: { id: bigint }): Promise<void> {
  await tx.sql(FORGET_LOOKS, [id, null]);
  await tx.sql(PARK, [id]);
  await tx.sql(STOP_WAITING, [id]);
}

const MERGE = `
  update gesture g set customer_id = t.into_id, subject = case when exists (
      select 1 from gesture o where o.shop_id = g.shop_id and o.customer_id = t.into_id and o.subject = g.subject)
    then g.subject || ':' || g.id else g.subject end
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where g.shop_id = t.shop_id and g.customer_id = t.from_id`;

/** Follows a merge. On `customer.merged`. */
export async function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
): Promise<void> {
  await tx.sql(MERGE, [merges.map((m) => m.shopId), merges.map((m) => m.from), merges.map((m) => m.into)]);
}
