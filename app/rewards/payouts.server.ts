/** Commissions and donations: the merchant pays them, batch by batch, and says when it is done. */
import type { Db, SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { csvOf } from '../shops/csv.ts';
import { decimalOf } from '../shops/money.ts';
import { OWED_OF_R, type OwedRow } from './owed.ts';
import { post } from './post.server.ts';
import type { Given, RewardKind } from './reward.ts';
import { transferOf } from './transfer.ts';

const PAID_OUT: readonly RewardKind[] = ['commission', 'donation'];

export interface PayoutSum {
  /** Null: not in a batch yet. */
  batch: string | null;
  currency: string;
  count: number;
  /** Minor units, as text. */
  amount: string;
  /** Whether it has been paid; a batch is paid as a whole. */
  isPaid: boolean;
  since: Date;
}

const SUMS = `
  select payout as batch, currency, count(*)::int as count, sum(amount)::text as amount, state = 'used' as "isPaid",
    min(coalesce(ended_at, issued_at)) as since
  from reward where shop_id = $1 and kind = any($2::text[]) and (state = 'issued' or state = 'used' and payout is not null)
  group by payout, currency, state order by payout desc nulls first, currency limit 60`;

/** What waits to be paid, what is in a batch, and the batches that were paid, newest first. */
export const payoutSums = (tx: SqlTx, shopId: bigint): Promise<PayoutSum[]> =>
  tx.sql<PayoutSum>(SUMS, [shopId, PAID_OUT]);

const GATHER = `
  update reward set payout = $3 where shop_id = $1 and kind = any($2::text[]) and state = 'issued' and payout is null returning 1`;

/** Everything that waits becomes one batch. @returns its id; null when nothing waits */
export async function gatherPayouts(tx: SqlTx, shopId: bigint, now: Date): Promise<string | null> {
  const batch = newId(now);
  return (await tx.sql(GATHER, [shopId, PAID_OUT, batch])).length > 0 ? batch : null;
}

const PAY = `
  update reward r set state = 'used', used = r.amount, ended_at = $3
  where r.shop_id = $1 and r.payout = $2::uuid and r.state = 'issued' returning ${OWED_OF_R}, r.kind`;

/** The merchant has paid a batch. What was taken back meanwhile is not in it. @returns how many are paid now */
export async function markPaid(tx: SqlTx, shopId: bigint, batch: string, now: Date): Promise<number> {
  const rows = await tx.sql<OwedRow & { kind: RewardKind }>(PAY, [shopId, batch, now]);
  await post(
    tx,
    rows.map((row) => transferOf('used', row)),
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
  name: string | null;
  email: string | null;
  amount: bigint;
  currency: string;
  cause: string;
};

const ROWS = `
  select r.id, r.kind, r.value, r.amount, r.currency, r.cause, c.email, nullif(trim(concat_ws(' ', c.first_name, c.last_name)), '') as name
  from reward r left join customer c on c.shop_id = r.shop_id and c.id = r.customer_id
  where r.shop_id = $1 and r.kind = any($2::text[]) and r.state in ('issued', 'used') and r.payout = $3::uuid order by r.id`;
const HEAD = ['Reward', 'To', 'E-mail', 'Kind', 'Amount', 'Currency', 'For'];

/** A batch as whoever pays it needs it. A donation goes to whom it is for, in the name of its customer. */
export const payoutCsv = (db: Db, shopId: bigint, batch: string): AsyncGenerator<string> =>
  csvOf(HEAD, async () => {
    const rows = await db.inShop(shopId, (tx) => tx.sql<PayoutRow>(ROWS, [shopId, PAID_OUT, batch]));
    return {
      rows: rows.map((row) => [
        row.id,
        row.kind === 'donation' ? row.value.to : row.name,
        row.kind === 'donation' ? null : row.email,
        row.kind,
        decimalOf(row.amount, row.currency),
        row.currency,
        row.kind === 'donation' ? `in the name of ${row.name ?? row.email ?? 'a customer'}` : row.cause,
      ]),
      next: null,
    };
  });
