/** Sums over the books: what is owed now, and what moved in each month. Entries are summed, and nothing else. */
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { decimalOf } from '../shops/money.ts';
import { AGES, breakageRate, type MonthRow, type OwedRow } from './report.ts';
import { CODES, POINTS } from './reward.ts';

const AGE = AGES.map(({ key, upTo }) =>
  upTo === null ? `else '${key}'` : `when since > $2::timestamptz - interval '${upTo} days' then '${key}'`,
).join(' ');

/** Balances move as a whole when people are merged, so their sums need no rewards; ages are those of the rewards. */
const OWED = `
  select currency, kind, account, case ${AGE} end as age, sum(amount)::text as amount
  from (
    select l.currency, split_part(l.account, ':', 1) as account, l.amount,
      coalesce(r.kind, case when l.currency = 'POINTS' then 'points' else 'other' end) as kind,
      coalesce(case when l.account like 'issued:%' then r.issued_at end, r.earned_at, l.at) as since
    from ledger_entry l left join reward r on r.shop_id = l.shop_id and r.id = l.reward_id
    where l.shop_id = $1 and (l.account like 'promised:%' or l.account like 'issued:%') and l.transfer not like 'merge:%'
  ) owed group by 1, 2, 3, 4 having sum(amount) <> 0 order by 1, 2, 3, 4`;

/** What the shop owes at this moment, by currency, kind, and how long. */
export const owedNow = (tx: SqlTx, shopId: bigint, now: Date): Promise<OwedRow[]> =>
  tx.sql<OwedRow>(OWED, [shopId, now]);

const MONTHS = `
  with moved as (
    select to_char(l.at at time zone $2, 'YYYY-MM') as month, l.currency,
      sum(l.amount) filter (where l.account like 'promised:%' and l.transfer like '%:earned') as earned,
      sum(l.amount) filter (where l.account like 'issued:%' and l.amount > 0) as issued,
      sum(l.amount) filter (where l.account like 'used:%') as used,
      sum(l.amount) filter (where l.account = 'breakage') as expired,
      -sum(l.amount) filter (where l.account like 'issued:%' and l.amount < 0 and l.transfer like '%:clawed-back%'
        or l.account like 'promised:%' and l.amount < 0 and l.transfer like '%:void%') as taken,
      sum(l.amount) filter (where l.account like 'promised:%' or l.account like 'issued:%') as net
    from ledger_entry l where l.shop_id = $1 and l.transfer not like 'merge:%' group by 1, 2)
  select month, currency, coalesce(earned, 0)::text as earned, coalesce(issued, 0)::text as issued, coalesce(used, 0)::text as used,
    coalesce(expired, 0)::text as expired, coalesce(taken, 0)::text as "takenBack",
    sum(coalesce(net, 0)) over (partition by currency order by month)::text as owed
  from moved order by currency, month desc`;

/** Each month in which something moved, newest first within a currency. @param timeZone the shop's */
export const monthsOf = (tx: SqlTx, shopId: bigint, timeZone: string): Promise<MonthRow[]> =>
  tx.sql<MonthRow>(MONTHS, [shopId, timeZone]);

const shown = (minor: string, currency: string) =>
  currency === POINTS || currency === CODES ? minor : decimalOf(BigInt(minor), currency).replace(/^0*-/, '-');

const OWED_HEAD = ['Currency', 'Kind', 'Promised or given', 'Owed for', 'Amount'];
const LABELS = new Map<string, string>(AGES.map(({ key, label }) => [key, label]));

export const owedCsv = (db: Db, shopId: bigint, now: Date): AsyncGenerator<string> =>
  csvOf(OWED_HEAD, async () => {
    const rows = await db.inShop(shopId, (tx) => owedNow(tx, shopId, now));
    return {
      rows: rows.map(({ currency, kind, account, age, amount }) => [
        currency,
        kind,
        account === 'issued' ? 'given' : 'promised',
        LABELS.get(age) ?? age,
        shown(amount, currency),
      ]),
      next: null,
    };
  });

const MONTHS_HEAD = [
  'Month',
  'Currency',
  'Promised',
  'Given',
  'Used',
  'Run out',
  'Taken back',
  'Owed at the end',
  'Breakage',
];

export const monthsCsv = (db: Db, shop: { id: bigint; timeZone: string }): AsyncGenerator<string> =>
  csvOf(MONTHS_HEAD, async () => {
    const rows = await db.inShop(shop.id, (tx) => monthsOf(tx, shop.id, shop.timeZone));
    return {
      rows: rows.map((row) => [
        row.month,
        row.currency,
        ...[row.earned, row.issued, row.used, row.expired, row.takenBack, row.owed].map((minor) =>
          shown(minor, row.currency),
        ),
        breakageRate(row),
      ]),
      next: null,
    };
  });
