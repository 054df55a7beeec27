/**
 * Commissions and donations: the merchant pays them, batch by batch, and says when it is done. What an advocate owes back
 * of what was paid before is taken off what they are due next.
 */
import type { Db, SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { csvOf } from '../shops/csv.ts';
import { decimalOf } from '../shops/money.ts';
import { debtsOf } from './owe-back.server.ts';
import { OWED_OF_R, type OwedRow } from './owed.ts';
import { sumsName, takeOff, type Due, type TakenOff } from './payout.ts';
import { post } from './post.server.ts';
import { PAID_OUT, type Given, type RewardKind } from './reward.ts';
import { takenOffBy, transferOf } from './transfer.ts';

export interface PayoutSum {
  /** Null: not in a batch yet. */
  batch: string | null;
  currency: string;
  count: number;
  /** To be paid, minor units, as text. */
  amount: string;
  /** Taken off already, because it is owed back. */
  takenOff: string;
  /** Whether it has been paid; a batch is paid as a whole. */
  isPaid: boolean;
  since: Date;
}

const SUMS = `
  select payout as batch, currency, count(*)::int as count, sum(amount)::bigint as amount, state = 'used' as "isPaid",
    min(coalesce(ended_at, issued_at)) as since
  from reward where shop_id = $1 and kind = any($2::text[]) and (state = 'issued' or state = 'used' and payout is not null)
  group by payout, currency, state order by payout desc nulls first, currency limit 60`;

/** What waits to be paid, what is in a batch, and the batches that were paid, newest first. */
export async function payoutSums(tx: SqlTx, shopId: bigint): Promise<PayoutSum[]> {
  const rows = await tx.sql<Omit<PayoutSum, 'amount' | 'takenOff'> & { amount: bigint }>(SUMS, [
    shopId,
    PAID_OUT,
  ]);
  const taken = [...(await comingOff(tx, shopId)), ...(await takenOffIn(tx, shopId, null))];
  return rows.map((row) => {
    const off = taken
      .filter(({ batch, currency }) => batch === row.batch && currency === row.currency)
      .reduce((sum, { amount }) => sum + amount, 0n);
    return { ...row, amount: String(row.amount - off), takenOff: String(off) };
  });
}

const DUE = `
  select payout as batch, customer_id as "customerId", currency, sum(amount)::bigint as amount from reward
  where shop_id = $1 and kind = 'commission' and state = 'issued' and customer_id = any($2::uuid[])
  group by payout, customer_id, currency order by payout nulls last, customer_id, currency`;

/** What is owed back, as far as what is due takes it off. */
async function comingOff(tx: SqlTx, shopId: bigint): Promise<TakenOff[]> {
  const debts = await debtsOf(tx, shopId);
  if (debts.length === 0) return [];
  const debtors = [...new Set(debts.map(({ customerId }) => customerId))];
  return takeOff(await tx.sql<Due>(DUE, [shopId, debtors]), debts);
}

/** The books know what paid batches took off. */
const TAKEN = `
  select split_part(l.transfer, ':', 2) as batch, split_part(l.transfer, ':', 4) as "rewardId", r.customer_id as "customerId",
    l.currency, l.amount
  from ledger_entry l join reward r on r.shop_id = l.shop_id and r.id = split_part(l.transfer, ':', 4)::uuid
  where l.shop_id = $1 and l.transfer like 'payout:' || coalesce($2::text, '') || '%:taken-off:%' and l.amount > 0`;

const takenOffIn = (tx: SqlTx, shopId: bigint, batch: string | null): Promise<TakenOff[]> =>
  tx.sql<TakenOff>(TAKEN, [shopId, batch]);

/** Payouts of a shop one after the other: no debt is taken off twice. */
const LOCK = `select pg_advisory_xact_lock(hashtextextended('payouts:' || $1::bigint, 0))::text`;

const GATHER = `
  update reward set payout = $3 where shop_id = $1 and kind = any($2::text[]) and state = 'issued' and payout is null returning 1`;

/** Everything that waits becomes one batch. @returns its id; null when nothing waits */
export async function gatherPayouts(tx: SqlTx, shopId: bigint, now: Date): Promise<string | null> {
  await tx.sql(LOCK, [shopId]);
  const batch = newId(now);
  return (await tx.sql(GATHER, [shopId, PAID_OUT, batch])).length > 0 ? batch : null;
}

const PAY = `
  update reward r set state = 'used', used = r.amount, ended_at = $3
  where r.shop_id = $1 and r.payout = $2::uuid and r.state = 'issued' returning ${OWED_OF_R}, r.kind`;
const TAKE_OFF = `
  update reward r set taken_off = r.taken_off + t.amount from unnest($2::uuid[], $3::bigint[]) as t(id, amount)
  where r.shop_id = $1 and r.id = t.id`;

/**
 * The merchant has paid a batch. What was taken back meanwhile is not in it.
 * @param shown what the page said of it (`sumsName`); when it is something else by now nothing is done
 * @returns how many are paid now
 */
export async function markPaid(
  tx: SqlTx,
  shopId: bigint,
  batch: string,
  now: Date,
  shown: string | null = null,
): Promise<number | 'changed'> {
  await tx.sql(LOCK, [shopId]);
  const open = (await payoutSums(tx, shopId)).filter((sum) => sum.batch === batch && !sum.isPaid);
  if (shown !== null && open.length > 0 && sumsName(open) !== shown) return 'changed';
  const taken = (await comingOff(tx, shopId)).filter((one) => one.batch === batch);
  const rows = await tx.sql<OwedRow & { kind: RewardKind }>(PAY, [shopId, batch, now]);
  await tx.sql(TAKE_OFF, [shopId, taken.map(({ rewardId }) => rewardId), taken.map(({ amount }) => amount)]);
  await post(
    tx,
    [
      ...rows.map((row) => transferOf('used', row)),
      ...taken.map((one) => takenOffBy(batch, { ...one, shopId })),
    ],
    now,
  );
  await recordEvents(
    tx,
    rows.map((row) => ({
      shopId,
      customerId: row.customerId,
      at: now,
      kind: 'reward.used' as const,
      data: { rewardId: row.id, kind: row.kind, whole: true },
    })),
    now,
  );
  return rows.length;
}

type PayoutRow = Given & {
  id: string;
  customerId: string;
  name: string | null;
  email: string | null;
  amount: bigint;
  currency: string;
  cause: string;
};

const ROWS = `
  select r.id, r.customer_id as "customerId", r.kind, r.value, r.amount, r.currency, r.cause, c.email,
    nullif(trim(concat_ws(' ', c.first_name, c.last_name)), '') as name
  from reward r left join customer c on c.shop_id = r.shop_id and c.id = r.customer_id
  where r.shop_id = $1 and r.kind = any($2::text[]) and r.state in ('issued', 'used') and r.payout = $3::uuid order by r.id`;
const HEAD = ['Reward', 'To', 'E-mail', 'Kind', 'Amount', 'Currency', 'For', 'Earned', 'Taken off'];

/**
 * A batch as whoever pays it needs it: `Amount` is what is to be paid. A donation goes to whom it is for, in the name of
 * its customer.
 */
export const payoutCsv = (db: Db, shopId: bigint, batch: string): AsyncGenerator<string> =>
  csvOf(HEAD, async () => {
    const { rows, taken } = await db.inShop(shopId, async (tx) => ({
      rows: await tx.sql<PayoutRow>(ROWS, [shopId, PAID_OUT, batch]),
      taken: [
        ...(await comingOff(tx, shopId)).filter((one) => one.batch === batch),
        ...(await takenOffIn(tx, shopId, batch)),
      ],
    }));
    const off = spreadOver(rows, taken);
    return { rows: rows.map((row) => line(row, off.get(row.id) ?? 0n)), next: null };
  });

/** What is taken off an advocate, row by row as far as each goes. */
function spreadOver(rows: readonly PayoutRow[], taken: readonly TakenOff[]): Map<string, bigint> {
  const owed = new Map<string, bigint>();
  const nameOf = (one: { customerId: string; currency: string }) => `${one.customerId} ${one.currency}`;
  for (const one of taken) owed.set(nameOf(one), (owed.get(nameOf(one)) ?? 0n) + one.amount);
  const off = new Map<string, bigint>();
  for (const row of rows.filter(({ kind }) => kind === 'commission')) {
    const left = owed.get(nameOf(row)) ?? 0n;
    const part = left < row.amount ? left : row.amount;
    owed.set(nameOf(row), left - part);
    off.set(row.id, part);
  }
  return off;
}

function line(row: PayoutRow, off: bigint) {
  const { currency, kind, name, email } = row;
  const isDonation = kind === 'donation';
  return [
    row.id,
    isDonation ? row.value.to : name,
    isDonation ? null : email,
    kind,
    decimalOf(row.amount - off, currency),
    currency,
    isDonation ? `in the name of ${name ?? email ?? 'a customer'}` : row.cause,
    decimalOf(row.amount, currency),
    decimalOf(off, currency),
  ];
}
