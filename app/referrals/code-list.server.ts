/** Codes as staff read them: those that customers have, and the pool that the next ones come from. */
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import { codeCursor, readCode, readCodeCursor, type CodeSighting, type CodeState } from './codes.ts';

export interface CodeRow {
  code: string;
  state: CodeState;
  /** Whose it is; null while it is free, and again once they were erased. */
  customerId: string | null;
  customerName: string | null;
  issuedAt: Date | null;
  /** Times that its link was opened. */
  visits: number;
  /** Friends' orders with it, undone and refused ones left out. */
  orders: number;
}

export interface CodeAsk {
  /** given: customers have or had them, newest first. pool: nobody has them yet. */
  group?: 'given' | 'pool';
  /** Of those given: only what was seen since then (null: given since then). */
  since?: Date | null;
  seen?: CodeSighting | null;
  /** A code as typed: only that one, wherever it stands. */
  typed?: string;
  /** `next` of the page before. */
  after?: string | null;
  limit?: number;
}

/** Conditions over a code `c`; the funnel counts by the same. */
export const SEEN: Record<CodeSighting, string> = {
  shown: 'c.shown_at >= $2',
  shared: 'c.shared_at >= $2',
  visited:
    'exists (select from referral_visit v where v.shop_id = c.shop_id and v.code = c.code and v.at >= $2)',
};

const SELECT = `
  select c.code, c.state, c.customer_id as "customerId", c.issued_at as "issuedAt",
    coalesce(nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), p.email) as "customerName",
    (select count(*)::int from referral_visit v where v.shop_id = c.shop_id and v.code = c.code) as visits,
    (select count(*)::int from referral r where r.shop_id = c.shop_id and r.advocate_id = c.customer_id and r.code = c.code
      and r.state in ('pending', 'held', 'qualified')) as orders
  from referral_code c left join customer p on p.shop_id = c.shop_id and p.id = c.customer_id
  where c.shop_id = $1`;

const given = (seen: CodeSighting | null) => `${SELECT} and c.issued_at is not null
  and ($2::timestamptz is null or ${seen ? SEEN[seen] : 'c.issued_at >= $2'})
  and ($3::timestamptz is null or (c.issued_at, c.code) < ($3, $4)) order by c.issued_at desc, c.code desc limit $5::int`;
const POOL = `${SELECT} and c.issued_at is null and ($2::text is null or c.code > $2) order by c.code limit $3::int`;
const ONE = `${SELECT} and c.code = $2`;

/** A page of codes. */
export async function listCodes(
  tx: SqlTx,
  shopId: bigint,
  { group = 'given', since = null, seen = null, typed = '', after = null, limit = 50 }: CodeAsk,
): Promise<{ codes: CodeRow[]; next: string | null }> {
  if (typed.trim() !== '') {
    return { codes: await tx.sql<CodeRow>(ONE, [shopId, readCode(typed) ?? '']), next: null };
  }
  const from = readCodeCursor(after);
  const rows =
    group === 'given'
      ? await tx.sql<CodeRow>(given(seen), [shopId, since, from?.at ?? null, from?.code ?? null, limit + 1])
      : await tx.sql<CodeRow>(POOL, [shopId, from?.code ?? null, limit + 1]);
  const codes = rows.slice(0, limit);
  const last = rows.length > limit ? codes.at(-1) : undefined;
  return { codes, next: last ? codeCursor(last) : null };
}

const HEAD = ['Code', 'State', 'Customer', 'Given at', 'Links opened', "Friends' orders"];
const CSV_PAGE = 1000;

/** Every code of the group. */
export function codesCsv(
  db: Db,
  shopId: bigint,
  narrowed: Pick<CodeAsk, 'group' | 'since' | 'seen'>,
): AsyncGenerator<string> {
  return csvOf(HEAD, async (after) => {
    const ask = { ...narrowed, after, limit: CSV_PAGE };
    const { codes, next } = await db.inShop(shopId, (tx) => listCodes(tx, shopId, ask));
    const rows = codes.map((row) => [
      row.code,
      row.state,
      row.customerName,
      row.issuedAt,
      row.visits,
      row.orders,
    ]);
    return { rows, next };
  });
}
