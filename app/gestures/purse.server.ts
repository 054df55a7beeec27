/**
 * The purse: a month's budget by currency. It is the database that holds to it: money leaves by one update that only
 * happens while there is enough, and a check on the row refuses whatever comes by another way.
 */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { toLocal } from '../zones.ts';

/** A month of one purse. */
export interface PurseMonth {
  shopId: bigint;
  currency: string;
  /** First day of the month, YYYY-MM-DD */
  month: string;
}

/** All in minor units. */
export interface PurseState {
  currency: string;
  /** What there is from next month on. */
  monthly: bigint;
  /** Of this month */
  budget: bigint;
  spent: bigint;
}

/** The month on the shop's own calendar. */
export function monthOf(now: Date, timeZone: string): string {
  return `${new Date(toLocal(now, timeZone)).toISOString().slice(0, 7)}-01`;
}

const OPEN = `
  insert into purse_month (shop_id, currency, month, budget, spent)
  select shop_id, currency, $3::date, monthly, 0 from purse where shop_id = $1 and currency = $2
  on conflict do nothing`;

/** Waits for whoever is at the row, and then looks at it again: two can never spend the same money. */
const TAKE = `
  update purse_month set spent = spent + $4::bigint
  where shop_id = $1 and currency = $2 and month = $3::date and spent + $4::bigint <= budget
  returning budget - spent as left`;

/** Takes an amount out, in the transaction that gives something for it. @returns false where there is not enough */
export async function takeFrom(
  tx: SqlTx,
  { shopId, currency, month }: PurseMonth,
  amount: bigint,
): Promise<boolean> {
  if (amount === 0n) return true;
  await tx.sql(OPEN, [shopId, currency, month]);
  return (await tx.sql(TAKE, [shopId, currency, month, amount])).length > 0;
}

const PUT_BACK = `
  update purse_month set spent = spent - $4::bigint where shop_id = $1 and currency = $2 and month = $3::date`;

/** What was taken and is not given after all goes back to the month that it came from. */
export async function putBack(
  tx: SqlTx,
  { shopId, currency, month }: PurseMonth,
  amount: bigint,
): Promise<void> {
  if (amount > 0n) await tx.sql(PUT_BACK, [shopId, currency, month, amount]);
}

const LEFT = `
  select coalesce(m.budget - m.spent, p.monthly, 0)::bigint as left
  from (select 1) one
  left join purse p on p.shop_id = $1 and p.currency = $2
  left join purse_month m on m.shop_id = $1 and m.currency = $2 and m.month = $3::date`;

/** What is left in it at this moment; by the next, others may have taken it. */
export async function leftIn(tx: SqlTx, { shopId, currency, month }: PurseMonth): Promise<bigint> {
  const [row] = await tx.sql<{ left: bigint }>(LEFT, [shopId, currency, month]);
  return row?.left ?? 0n;
}

const SET = `
  insert into purse (shop_id, currency, monthly, updated_at) values ($1, $2, $3, $4)
  on conflict (shop_id, currency) do update set monthly = excluded.monthly, updated_at = excluded.updated_at`;

/** What is spent already stays within it. */
const SET_MONTH = `
  update purse_month set budget = greatest(spent, $4::bigint) where shop_id = $1 and currency = $2 and month = $3::date`;

/** Fills a purse: from this month on. */
export async function fillPurse(
  tx: ShopTx,
  { currency, monthly, month }: { currency: string; monthly: bigint; month: string },
  now: Date,
): Promise<void> {
  await tx.sql(SET, [tx.shopId, currency, monthly, now]);
  await tx.sql(SET_MONTH, [tx.shopId, currency, month, monthly]);
}

const PURSES = `
  select p.currency, p.monthly, coalesce(m.budget, p.monthly) as budget, coalesce(m.spent, 0)::bigint as spent
  from purse p left join purse_month m on m.shop_id = p.shop_id and m.currency = p.currency and m.month = $2::date
  where p.shop_id = $1 order by p.currency`;

export const pursesOf = (tx: ShopTx, month: string): Promise<PurseState[]> =>
  tx.sql<PurseState>(PURSES, [tx.shopId, month]);
