/** Many rows in one statement, and the lock that whoever makes, merges or erases people of a shop holds. */
import type { Sql, SqlTx } from '../db.server.ts';

/** PostgreSQL keeps neither NUL nor half a surrogate pair in text; Shopify's JSON may carry both. */
export const clean = (text: string): string =>
  (text.includes('\0') ? text.replaceAll('\0', '') : text).toWellFormed();

/** Rows as the JSON that jsonb_populate_recordset reads: bigints and instants as text. */
export function asRecords(rows: readonly object[]): string {
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : typeof value === 'string' ? clean(value) : value,
  );
}

/** Inserts rows, or brings those that are there to `rows`; columns are those of the first row. One row a key. */
export async function upsertRows(
  sql: Sql,
  table: string,
  key: readonly string[],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = Object.keys(rows[0]!);
  const changed = columns
    .filter((column) => !key.includes(column))
    .map((column) => `${column} = excluded.${column}`);
  await sql(
    `insert into ${table} (${columns.join(', ')})
     select distinct on (${key.join(', ')}) ${columns.join(', ')} from jsonb_populate_recordset(null::${table}, $1::jsonb)
     order by ${key.join(', ')}
     on conflict (${key.join(', ')}) do ${changed.length > 0 ? `update set ${changed.join(', ')}` : 'nothing'}`,
    [asRecords(rows)],
  );
}

const LOCK = `select pg_advisory_xact_lock(hashtextextended('people:' || id, 0))::text from unnest($1::bigint[]) as t(id)`;

/**
 * Until the transaction ends, nobody else makes, merges or erases people of these shops. Orders of a shop are worked in
 * by one transaction at a time; erasure takes it too, so that a late snapshot can't slip in between. Safe to take twice.
 */
export async function lockPeople(tx: SqlTx, shopIds: Iterable<bigint>): Promise<void> {
  const ids = [...new Set(shopIds)].sort((a, b) => (a < b ? -1 : 1));
  if (ids.length > 0) await tx.sql(LOCK, [ids]);
}

const TRY_LOCK = `
  select id from unnest($1::bigint[]) as t(id)
  where pg_try_advisory_xact_lock(hashtextextended('people:' || id, 0))`;

/** Those of `shopIds` whose lock was free and is ours now. */
export async function tryLockPeople(tx: SqlTx, shopIds: readonly bigint[]): Promise<bigint[]> {
  if (shopIds.length === 0) return [];
  const rows = await tx.sql<{ id: bigint }>(TRY_LOCK, [shopIds]);
  return rows.map((row) => row.id);
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** { placedAt } → { placed_at } */
export const toRow = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [snake(name), value]));

/** { placed_at } → { placedAt } */
export const fromRow = <Fields>(row: Record<string, unknown>): Fields =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), value])) as Fields;
