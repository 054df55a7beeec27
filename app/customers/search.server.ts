/** The customers page: search as you type, filters, pages by key. */
import { cursorOf, readCursor } from '../cursor.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { decimalOf } from '../shops/money.ts';
import { displayName, type Channel, type CustomerRef, type Stage } from './customer.ts';
import { searchWords } from './search.ts';

export interface CustomerSearch {
  shopId: bigint;
  /** As typed: parts of name, e-mail or phone, in any order; one or two letters find beginnings of words. */
  text?: string;
  stage?: Stage | null;
  country?: string | null;
  /** Last order at or after this moment, and before that one. */
  lastOrderFrom?: Date | null;
  lastOrderTo?: Date | null;
  /** Has agreed to be written to on this channel. */
  consent?: Channel | null;
  after?: string | null;
  limit?: number;
}

export interface CustomerRow extends CustomerRef {
  name: string | null;
  email: string | null;
  country: string | null;
  stage: Stage;
  ordersCount: number;
  totalSpent: bigint;
  lastOrderAt: Date | null;
  lastHeardAt: Date | null;
  lastScore: number | null;
}

interface Row {
  id: string;
  active_at: Date;
  email: string | null;
  phone: string | null;
  first_name: string | null;
  last_name: string | null;
  country: string | null;
  stage: Stage;
  orders_count: number;
  total_spent: bigint;
  last_order_at: Date | null;
  last_heard_at: Date | null;
  last_score: number | null;
}

/** The function is bound to the transaction's shop; its migration says how it looks and why it is a function. */
const SEARCH = `
  select c.id, c.active_at, c.email, c.phone, c.first_name, c.last_name, c.country, c.stage, c.orders_count, c.total_spent,
    c.last_order_at, c.last_heard_at, c.last_score
  from search_customers($2::text[], $3, $4, $5::timestamptz, $6::timestamptz, $7, $8::timestamptz, $9::uuid, $10::int) hit
  join customer c on c.shop_id = $1 and c.id = hit.customer_id
  order by hit.active desc, hit.customer_id desc`;

/** A page of customers, those who ordered last first. Only in a transaction bound to the shop. */
export async function searchCustomers(
  tx: SqlTx,
  search: CustomerSearch,
): Promise<{ customers: CustomerRow[]; next: string | null }> {
  const limit = search.limit ?? 50;
  const after = readCursor(search.after);
  const rows = await tx.sql<Row>(SEARCH, [
    search.shopId,
    searchWords(search.text ?? ''),
    search.stage ?? null,
    search.country ?? null,
    search.lastOrderFrom ?? null,
    search.lastOrderTo ?? null,
    search.consent ?? null,
    after?.at ?? null,
    after?.id ?? null,
    limit + 1,
  ]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    customers: page.map((row) => customerRow(search.shopId, row)),
    next: last ? cursorOf(last.active_at, last.id) : null,
  };
}

/** One look into the index a country, however many live there. */
const COUNTRIES = `
  with recursive found as (
    (select country from customer where shop_id = $1 and country is not null order by country limit 1)
    union all
    select (select country from customer where shop_id = $1 and country > found.country order by country limit 1)
    from found where found.country is not null)
  select country from found where country ~ '^[A-Z]{2}$'`;

/** The countries that customers live in, by code. */
export async function countriesOf(tx: SqlTx, shopId: bigint): Promise<string[]> {
  const rows = await tx.sql<{ country: string }>(COUNTRIES, [shopId]);
  return rows.map(({ country }) => country);
}

function customerRow(shopId: bigint, row: Row): CustomerRow {
  const person = { firstName: row.first_name, lastName: row.last_name, email: row.email, phone: row.phone };
  return {
    shopId,
    id: row.id,
    name: displayName(person),
    email: row.email,
    country: row.country,
    stage: row.stage,
    ordersCount: row.orders_count,
    totalSpent: row.total_spent,
    lastOrderAt: row.last_order_at,
    lastHeardAt: row.last_heard_at,
    lastScore: row.last_score,
  };
}

const HEAD = [
  'Name',
  'E-mail',
  'Country',
  'Stage',
  'Orders',
  'Spent',
  'Last order',
  'Last heard from',
  'Score',
];
const CSV_PAGE = 1000;

/** All customers that the search finds. */
export function customersCsv(
  db: Db,
  search: Omit<CustomerSearch, 'after' | 'limit'> & { currency: string },
): AsyncGenerator<string> {
  return csvOf(HEAD, async (after) => {
    const page = { ...search, after, limit: CSV_PAGE };
    const { customers, next } = await db.inShop(search.shopId, (tx) => searchCustomers(tx, page));
    const rows = customers.map((row) => [
      row.name,
      row.email,
      row.country,
      row.stage,
      row.ordersCount,
      decimalOf(row.totalSpent, search.currency),
      row.lastOrderAt,
      row.lastHeardAt,
      row.lastScore,
    ]);
    return { rows, next };
  });
}
