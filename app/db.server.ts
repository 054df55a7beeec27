/**
 * The database, in two forms. `inShop` binds a transaction to one shop (role everafter_app, row-level security);
 * `acrossShops` is for the hot paths that serve all shops at once (role everafter_worker).
 */
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient, type Prisma } from './generated/prisma/client.ts';

/**
 * One statement on an open transaction. int8 comes back as bigint, timestamptz as Date, jsonb parsed.
 * Never return numeric: cast it to bigint, float8 or text.
 */
export type Sql = <Row = Record<string, unknown>>(
  text: string,
  values?: readonly unknown[],
) => Promise<Row[]>;

/** What functions need that run in either kind of transaction. */
export interface SqlTx {
  sql: Sql;
}

/** A transaction bound to one shop. */
export interface ShopTx extends SqlTx {
  shopId: bigint;
  prisma: Prisma.TransactionClient;
}

export interface Db {
  /** @throws whatever `work` throws; the transaction is rolled back then. */
  inShop<T>(shopId: bigint, work: (tx: ShopTx) => Promise<T>): Promise<T>;
  /**
   * The same without Prisma, for what shoppers wait for by the hundred a second: a fifth of the work.
   * @param locks names that nobody else's transaction holds meanwhile, taken in this order before anything is read
   */
  inShopBySql<T>(shopId: bigint, work: (tx: SqlTx) => Promise<T>, locks?: readonly string[]): Promise<T>;
  /** A transaction over all shops, for claims and for finding a shop by its domain. */
  acrossShops<T>(work: (tx: SqlTx) => Promise<T>): Promise<T>;
  /** One statement over all shops in its own transaction. */
  sqlAcrossShops: Sql;
  /** The same, planned once a connection: for short ones by a whole key that every request asks. */
  preparedAcrossShops: Sql;
  close(): Promise<void>;
}

const INT8_ARRAY = 1016;

const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.INT8) return (value: string) => BigInt(value);
    if (oid === INT8_ARRAY)
      return (value: string) => value.slice(1, -1).split(',').filter(Boolean).map(BigInt);
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

/** Time limits so that no connection hangs for ever on a network that has gone. Milliseconds. */
const LIMITS = {
  connectionTimeoutMillis: 10_000,
  query_timeout: 60_000,
  statement_timeout: 55_000,
  idle_in_transaction_session_timeout: 30_000,
  keepAlive: true,
};

/** @param url any PostgreSQL 15+; @param max connections a pool, two pools */
export function openDb({ url, max = 10 }: { url: string; max?: number }): Db {
  const pool = new pg.Pool({
    ...LIMITS,
    connectionString: url,
    max,
    types,
    options: '-c timezone=UTC -c role=everafter_worker -c app.across=on',
  });
  // An idle connection that dies (server restart) is replaced by the next query; without a listener it ends the process.
  pool.on('error', () => {});
  // The same while a transaction is between two statements: its next statement fails, and rolls back what is gone anyway.
  pool.on('connect', (client) => client.on('error', () => {}));
  const prisma = new PrismaClient({
    adapter: new PrismaPg(
      { ...LIMITS, connectionString: url, max, options: '-c timezone=UTC -c role=everafter_app' },
      { onPoolError: () => {} },
    ),
  });
  return {
    inShop: (shopId, work) =>
      prisma.$transaction(
        async (tx) => {
          await tx.$executeRaw`select set_config('app.shop', ${String(shopId)}, true)`;
          return work({ shopId, prisma: tx, sql: prismaSql(tx) });
        },
        { maxWait: 10_000, timeout: 30_000 },
      ),
    // Bound to one shop for this transaction only: the role and both settings are what they were when it ends.
    inShopBySql: (shopId, work, locks = []) =>
      inTransaction(
        pool,
        (_tx, client) => work({ sql: preparedSql(client) }),
        [
          "begin; set local role everafter_app; set local app.across = ''",
          bound(shopId),
          ...locks.map(locked),
        ].join(';'),
      ),
    acrossShops: (work) => inTransaction(pool, work),
    sqlAcrossShops: poolSql(pool),
    preparedAcrossShops: stillPrepared(pool),
    async close() {
      await Promise.all([prisma.$disconnect(), pool.end()]);
    },
  };
}

const bound = (shopId: bigint) => `set local app.shop = '${BigInt(shopId)}'`;
const locked = (name: string) =>
  `select pg_advisory_xact_lock(hashtextextended(${pg.escapeLiteral(name)}, 0))::text`;

/** `Sql` over a pg pool or client. */
function poolSql(client: pg.Pool | pg.PoolClient): Sql {
  return async <Row>(text: string, values: readonly unknown[] = []) => {
    const result = await client.query(text, values.map(encode));
    return result.rows as Row[];
  };
}

const CHANGED_RESULT = '0A000';
const names = new Map<string, string>();

/** Statements that are planned once a connection: for short ones by key, which the same role runs again and again. */
function preparedSql(client: pg.Pool | pg.PoolClient): Sql {
  return async <Row>(text: string, values: readonly unknown[] = []) => {
    let name = names.get(text);
    if (name === undefined) names.set(text, (name = `s${names.size}`));
    const result = await client.query({ name, text, values: values.map(encode) });
    return result.rows as Row[];
  };
}

/** A migration may have changed what a prepared statement gives: then it is asked as any other. */
function stillPrepared(pool: pg.Pool): Sql {
  const [prepared, plain] = [preparedSql(pool), poolSql(pool)];
  return <Row>(text: string, values?: readonly unknown[]) =>
    prepared<Row>(text, values).catch((error: { code?: string }) => {
      if (error.code !== CHANGED_RESULT) throw error;
      return plain<Row>(text, values);
    });
}

/** `Sql` over a Prisma transaction. */
function prismaSql(tx: Prisma.TransactionClient): Sql {
  return <Row>(text: string, values: readonly unknown[] = []) =>
    tx.$queryRawUnsafe<Row[]>(text, ...values.map(encode));
}

async function inTransaction<T>(
  pool: pg.Pool,
  work: (tx: SqlTx, client: pg.PoolClient) => Promise<T>,
  begin = 'begin',
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(begin);
    const result = await work({ sql: poolSql(client) }, client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((rollbackError: Error) => (broken = rollbackError));
    // A migration has changed what a prepared statement gives: the next connection prepares it anew.
    if ((error as { code?: string }).code === CHANGED_RESULT) broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Everything travels as text (arrays as array literals), so that both drivers hand PostgreSQL the same bytes. */
function encode(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(encodeElement).join(',')}}`;
  if (typeof value === 'object') return JSON.stringify(value, bigintToString);
  return String(value);
}

function encodeElement(value: unknown): string {
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  const text = encode(value);
  if (text === null) return 'NULL';
  // Batches have thousands of elements, and hardly one of them has anything to escape.
  return text.includes('"') || text.includes('\\') ? `"${text.replace(/[\\"]/g, '\\$&')}"` : `"${text}"`;
}

const bigintToString = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
