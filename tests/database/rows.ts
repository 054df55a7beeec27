/** Rows of any table for tests about all tables: what is not given is filled by the column's type. */
import { randomUUID } from 'node:crypto';
import type { Db } from '../../app/db.server.ts';

interface Column {
  name: string;
  type: string;
  required: boolean;
}

const COLUMNS = `
  select column_name as name, udt_name as type, is_nullable = 'NO' and column_default is null as required
  from information_schema.columns where table_schema = 'public' and table_name = $1`;

const FOREIGN_KEYS = `
  select confrelid::regclass::text as parent,
    array(select a.attname::text from unnest(conkey) k join pg_attribute a on a.attrelid = conrelid and a.attnum = k) as columns,
    array(select a.attname::text from unnest(confkey) k join pg_attribute a on a.attrelid = confrelid and a.attnum = k) as targets
  from pg_constraint where contype = 'f' and conrelid = $1::regclass`;

/** Inserts a row and the rows that it points to; required columns that are not in `given` get a value of their type. */
export async function insertRowWithParents(
  db: Db,
  table: string,
  given: Record<string, unknown>,
): Promise<void> {
  const keys = await db.sqlAcrossShops<{ parent: string; columns: string[]; targets: string[] }>(
    FOREIGN_KEYS,
    [table],
  );
  const row = { ...given };
  for (const { parent, columns, targets } of keys) {
    const find = () =>
      db.sqlAcrossShops<Record<string, unknown>>(`select * from ${parent} where shop_id = $1 limit 1`, [
        given['shop_id'],
      ]);
    let [found] = await find();
    if (!found) {
      await insertRowWithParents(db, parent, { shop_id: given['shop_id'] });
      [found] = await find();
    }
    columns.forEach((column, index) => (row[column] ??= found![targets[index]!]));
  }
  await insertRow(db, table, row);
}

/** Inserts a row; required columns that are not in `given` get a value of their type. */
export async function insertRow(db: Db, table: string, given: Record<string, unknown>): Promise<void> {
  if (table === 'ledger_entry') return insertTransfer(db, given);
  const columns = await db.sqlAcrossShops<Column>(COLUMNS, [table]);
  const used = columns.filter(({ name, required }) => required || name in given);
  const names = used.map(({ name }) => name).join(', ');
  const places = used.map(({ type }, index) => `$${index + 1}::${castOf(type)}`).join(', ');
  const values = used.map(({ name, type }) => (name in given ? given[name] : valueOf(type)));
  await db.sqlAcrossShops(`insert into ${table} (${names}) values (${places}) ${MADE[table] ?? ''}`, values);
}

/** What is there already, because a trigger has made it with the row that it belongs to. */
const MADE: Record<string, string> = {
  conversation_words: 'on conflict (shop_id, conversation_id) do update set search = excluded.search',
};

/** Books are kept by double entry: one row alone is refused. */
async function insertTransfer(db: Db, { shop_id: shopId }: Record<string, unknown>): Promise<void> {
  await db.sqlAcrossShops(
    `insert into ledger_entry (shop_id, id, transfer, account, currency, amount, at)
     select $1, gen_random_uuid(), $2, account, 'EUR', amount, timestamptz '2026-06-01'
     from (values ('promised:x', 5), ('breakage', -5)) as t(account, amount)`,
    [shopId, `x-${randomUUID()}`],
  );
}

const castOf = (type: string) => (type.startsWith('_') ? `${type.slice(1)}[]` : type);

let numbers = 1000n;

function valueOf(type: string): unknown {
  switch (type) {
    case 'int8':
      return (numbers += 1n);
    case 'uuid':
      return randomUUID();
    case 'timestamptz':
    case 'date':
      return new Date('2026-06-01T00:00:00Z');
    case 'jsonb':
      return {};
    case 'bytea':
      return Buffer.from('00', 'hex');
    case 'text':
      return `x-${randomUUID()}`;
    default:
      return 1;
  }
}

/** Every table in which `text` stands anywhere, jobs and dead letters included. */
export async function tablesWith(db: Db, text: string): Promise<string[]> {
  const tables = await db.sqlAcrossShops<{ name: string }>(`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`);
  const found: string[] = [];
  for (const { name } of tables) {
    const hits = await db.sqlAcrossShops(
      `select 1 from ${name} t where position(lower($1) in lower(t::text)) > 0 limit 1`,
      [text],
    );
    if (hits.length > 0) found.push(name);
  }
  return found.sort();
}
