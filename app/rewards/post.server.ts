/** The books: entries are only ever added, all of a transfer in one statement. The database refuses what does not sum to zero. */
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import { entriesOf, type Account, type Transfer } from './transfer.ts';

const POST = `
  insert into ledger_entry (shop_id, id, transfer, account, currency, amount, at, reward_id)
  select shop_id, id, transfer, account, currency, amount, $8, reward_id
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::uuid[])
    as t(shop_id, id, transfer, account, currency, amount, reward_id)
  order by shop_id, transfer, account, currency
  on conflict (shop_id, transfer, account, currency) do nothing
  returning 1`;

/**
 * Posts transfers in the caller's transaction. One whose name is in the books already changes nothing, so that whoever
 * repeats a step may post again.
 * @returns how many entries are new
 * @throws when a part of a transfer is in the books already, with other accounts or amounts
 */
export async function post(tx: SqlTx, transfers: Transfer | readonly Transfer[], now: Date): Promise<number> {
  const all = [transfers].flat() as Transfer[];
  const entries = all.flatMap((transfer) =>
    entriesOf(transfer.moves).map((entry) => ({ ...transfer, ...entry })),
  );
  if (entries.length === 0) return 0;
  const rows = await tx.sql(POST, [
    entries.map(({ shopId }) => shopId),
    entries.map(() => newId(now)),
    entries.map(({ name }) => name),
    entries.map(({ account }) => account),
    entries.map(({ currency }) => currency),
    entries.map(({ amount }) => amount),
    entries.map(({ rewardId }) => rewardId ?? null),
    now,
  ]);
  return rows.length;
}

const BALANCE = `
  select currency, sum(amount)::bigint as amount from ledger_entry
  where shop_id = $1 and account = $2 group by currency having sum(amount) <> 0 order by currency`;

/** What stands in an account, by currency. */
export async function balanceOf(
  tx: SqlTx,
  shopId: bigint,
  account: Account,
): Promise<{ currency: string; amount: bigint }[]> {
  return tx.sql<{ currency: string; amount: bigint }>(BALANCE, [shopId, account]);
}

const THEIRS = `
  select l.shop_id as "shopId", t.from_id as "from", t.into_id as "into", split_part(l.account, ':', 1) as kind,
    l.currency, sum(l.amount)::bigint as amount
  from unnest($1::bigint[], $2::text[], $3::text[]) as t(shop_id, from_id, into_id)
  join ledger_entry l on l.shop_id = t.shop_id
    and l.account in ('promised:' || t.from_id, 'issued:' || t.from_id, 'used:' || t.from_id, 'owing:' || t.from_id)
  group by 1, 2, 3, 4, 5 having sum(l.amount) <> 0`;

interface Held {
  shopId: bigint;
  from: string;
  into: string;
  kind: 'promised' | 'issued' | 'used' | 'owing';
  currency: string;
  amount: bigint;
}

/** All that stands in a customer's accounts goes to the one they were merged into. */
export async function mergeAccounts(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
  now: Date,
): Promise<void> {
  const rows = await tx.sql<Held>(THEIRS, [
    merges.map((merge) => merge.shopId),
    merges.map((merge) => merge.from),
    merges.map((merge) => merge.into),
  ]);
  const transfers = rows.map(({ shopId, from, into, kind, currency, amount }): Transfer => {
    const [old, kept]: [Account, Account] = [`${kind}:${from}`, `${kind}:${into}`];
    const way = amount > 0n ? { from: old, to: kept, amount } : { from: kept, to: old, amount: -amount };
    return {
      shopId,
      name: `merge:${newId(now)}`,
      moves: [{ ...way, currency }],
    };
  });
  await post(tx, transfers, now);
}
