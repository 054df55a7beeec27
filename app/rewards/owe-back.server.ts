/** Commissions that were paid for orders that came back afterwards: what of them is owed back, until a payout takes it off. */
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { OWED_OF_R, type OwedRow } from './owed.ts';
import type { Debt } from './payout.ts';
import { post } from './post.server.ts';
import { transferOf } from './transfer.ts';

/** What is left of the sum that it is a share of: `left` of `of`, minor units; nothing of one where all is gone. */
const OWE = `
  with old as (
    select r.shop_id, r.id, r.owed_back as before,
      r.used - least(r.used, coalesce(t.amount, floor((r.value ->> 'amount')::numeric * t.part / t.whole)::bigint)) as after
    from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[]) as t(shop_id, cause, part, whole, amount)
    join reward r on r.shop_id = t.shop_id and r.cause = t.cause
    where r.kind = 'commission' and r.state = 'used' for update of r)
  update reward r set owed_back = old.after from old
  where r.shop_id = old.shop_id and r.id = old.id and old.after > r.owed_back
  returning ${OWED_OF_R}, r.owed_back as "owedBack", old.before`;

/** Only ever more: heard twice or in any order it is the same. @returns how many owe more than before */
export async function oweBack(
  tx: SqlTx,
  less: readonly { shopId: bigint; cause: string; left: bigint; of: bigint; amount?: bigint | undefined }[],
  now: Date,
): Promise<number> {
  if (less.length === 0) return 0;
  const rows = await tx.sql<OwedRow & { owedBack: bigint; before: bigint }>(OWE, [
    less.map(({ shopId }) => shopId),
    less.map(({ cause }) => cause),
    less.map(({ left }) => left),
    less.map(({ of }) => of),
    less.map(({ amount }) => amount ?? null),
  ]);
  await post(
    tx,
    rows.map((row) => transferOf('owed-back', row, row.owedBack - row.before, String(row.owedBack))),
    now,
  );
  await addTimeline(
    tx,
    rows.map(({ shopId, customerId, id, owedBack, currency }) => ({
      shopId,
      customerId,
      at: now,
      kind: 'reward' as const,
      code: 'reward-owed-back' as const,
      data: { rewardId: id, amount: String(owedBack), currency },
    })),
    now,
  );
  return rows.length;
}

const DEBTS = `
  select r.id as "rewardId", r.customer_id as "customerId", r.currency, (r.owed_back - r.taken_off)::bigint as amount,
    nullif(trim(concat_ws(' ', c.first_name, c.last_name)), '') as name
  from reward r left join customer c on c.shop_id = r.shop_id and c.id = r.customer_id
  where r.shop_id = $1 and r.owed_back > r.taken_off order by r.ended_at, r.id`;

/** What is owed back and was not taken off yet, the oldest first. */
export const debtsOf = (tx: SqlTx, shopId: bigint): Promise<(Debt & { name: string | null })[]> =>
  tx.sql<Debt & { name: string | null }>(DEBTS, [shopId]);

const FORGIVE = `
  with old as (select shop_id, id, owed_back, taken_off from reward
    where shop_id = $1 and id = $2::uuid and owed_back > taken_off for update)
  update reward r set taken_off = old.owed_back from old where r.shop_id = old.shop_id and r.id = old.id
  returning ${OWED_OF_R}, old.owed_back - old.taken_off as rest, old.taken_off as "takenOff"`;

/** The merchant lets somebody keep what they owe back. @returns false when nothing is owed any more */
export async function forgiveDebt(tx: SqlTx, shopId: bigint, rewardId: string, now: Date): Promise<boolean> {
  const [row] = await tx.sql<OwedRow & { rest: bigint; takenOff: bigint }>(FORGIVE, [shopId, rewardId]);
  if (!row) return false;
  await post(tx, transferOf('forgiven', row, row.rest, String(row.takenOff)), now);
  return true;
}
