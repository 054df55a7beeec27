/**
 * A file on its way in. It comes in pieces of a megabyte, which stay in the database until it is done: any worker can go on
 * where another one stopped, and nobody holds a large file in memory.
 */
import type { Db, ShopTx, SqlTx } from '../../db.server.ts';
import { newId } from '../../ids.ts';
import { mappingSchema, PIECE_BYTES, type Mapping } from './columns.ts';
import type { RowProblem } from './row.ts';

const FILE_MAX_BYTES = 250 * PIECE_BYTES;

export type ImportState = 'receiving' | 'received' | 'waiting' | 'done' | 'failed' | 'undone';

export interface ReviewImport {
  id: string;
  name: string;
  bytes: number;
  received: number;
  state: ImportState;
  mapping: Mapping | null;
  rows: number;
  saved: number;
  known: number;
  broken: number;
  held: number;
  photos: number;
  /** What stopped it, in words. */
  error: string | null;
  createdAt: Date;
  endedAt: Date | null;
}

const COLUMNS = `id, name, bytes::float8 as bytes, received::float8 as received, state, mapping, rows, saved, known, broken,
  held, photos, error, created_at as "createdAt", ended_at as "endedAt"`;

const asImport = (row: ReviewImport): ReviewImport => ({
  ...row,
  mapping: mappingSchema.nullable().catch(null).parse(row.mapping),
});

const ONE = `select ${COLUMNS} from review_import where shop_id = $1 and id = $2`;
const LAST = `select ${COLUMNS} from review_import where shop_id = $1 order by created_at desc limit 20`;

export async function importById(tx: SqlTx, shopId: bigint, id: string): Promise<ReviewImport | null> {
  const [row] = await tx.sql<ReviewImport>(ONE, [shopId, id]);
  return row ? asImport(row) : null;
}

/** The last twenty, newest first. */
export async function listImports(tx: SqlTx, shopId: bigint): Promise<ReviewImport[]> {
  return (await tx.sql<ReviewImport>(LAST, [shopId])).map(asImport);
}

const BEGIN = `
  insert into review_import (shop_id, id, name, bytes, state, by, created_at) values ($1, $2, $3, $4, 'receiving', $5, $6)`;

/** Makes room for a file. @returns what is wrong with it, instead */
export async function beginImport(
  tx: ShopTx,
  file: { name: string; bytes: number; staff: string },
  now: Date,
): Promise<{ id: string } | { problem: string }> {
  const { name, bytes, staff } = file;
  if (!Number.isSafeInteger(bytes) || bytes < 1) return { problem: 'The file is empty.' };
  if (bytes > FILE_MAX_BYTES) return { problem: 'The file is larger than 250 MB. Split it.' };
  const id = newId(now);
  await tx.sql(BEGIN, [tx.shopId, id, name.slice(0, 200), bytes, staff, now]);
  return { id };
}

const LOCK = `select bytes::float8 as bytes, received::float8 as received, state from review_import where shop_id = $1 and id = $2 for update`;
const KEEP = `insert into review_import_chunk (shop_id, import_id, n, body) values ($1, $2, $3, $4::bytea)`;
const RECEIVED = `
  update review_import set received = received + $3::bigint,
    state = case when received + $3::bigint >= bytes then 'received' else state end
  where shop_id = $1 and id = $2`;

/**
 * Keeps a piece; pieces come in order, and one that is there already is passed over, so that an upload can go on.
 * @returns bytes that are here now; `wrong` when it is not the next piece or not as long as it should be
 */
export async function receivePiece(
  tx: ShopTx,
  { id, n, body }: { id: string; n: number; body: Uint8Array },
): Promise<{ outcome: 'kept'; received: number } | { outcome: 'wrong' } | { outcome: 'missing' }> {
  const [file] = await tx.sql<{ bytes: number; received: number; state: string }>(LOCK, [tx.shopId, id]);
  if (!file) return { outcome: 'missing' };
  if (n * PIECE_BYTES < file.received) return { outcome: 'kept', received: file.received };
  const expected = Math.min(PIECE_BYTES, file.bytes - file.received);
  if (file.state !== 'receiving' || n * PIECE_BYTES !== file.received || body.length !== expected)
    return { outcome: 'wrong' };
  await tx.sql(KEEP, [tx.shopId, id, n, body]);
  await tx.sql(RECEIVED, [tx.shopId, id, body.length]);
  return { outcome: 'kept', received: file.received + body.length };
}

const PIECE = `select body from review_import_chunk where shop_id = $1 and import_id = $2 and n = $3`;

/** The first megabyte: its head and rows to show. */
export async function firstPiece(tx: SqlTx, shopId: bigint, id: string): Promise<Uint8Array> {
  const [row] = await tx.sql<{ body: Uint8Array }>(PIECE, [shopId, id, 0]);
  return row?.body ?? new Uint8Array();
}

/** What is decoded at once: the reader of rows turns all of it into rows before it waits. */
const READ_BYTES = 32 * 1024;

/** The file's text, a little at a time. */
export async function* textOf(db: Db, shopId: bigint, id: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for (let n = 0; ; n++) {
    const [row] = await db.sqlAcrossShops<{ body: Uint8Array }>(PIECE, [shopId, id, n]);
    if (!row) break;
    for (let from = 0; from < row.body.length; from += READ_BYTES)
      yield decoder.decode(row.body.subarray(from, from + READ_BYTES), { stream: true });
  }
  yield decoder.decode();
}

const START = `
  update review_import set state = 'waiting', mapping = $3::jsonb, error = null
  where shop_id = $1 and id = $2 and state in ('received', 'failed') returning id`;

/** Says what its columns mean and that it may begin. @returns false when it has begun already, or is not whole */
export async function startImport(tx: ShopTx, id: string, mapping: Mapping): Promise<boolean> {
  return (await tx.sql(START, [tx.shopId, id, mapping])).length > 0;
}

const PROBLEMS = `
  select row, field, why from review_import_problem where shop_id = $1 and import_id = $2 and row > $3 order by row limit $4::int`;

/** Rows that were not taken, by row. */
export const problemsOf = (
  tx: SqlTx,
  shopId: bigint,
  id: string,
  { after = 0, limit = 100 }: { after?: number; limit?: number } = {},
): Promise<RowProblem[]> => tx.sql<RowProblem>(PROBLEMS, [shopId, id, after, limit]);

const FORGET = `
  delete from review_import_chunk c using review_import i
  where c.shop_id = i.shop_id and c.import_id = i.id
    and (i.state in ('done', 'undone') or i.created_at < $1::timestamptz - interval '2 days')`;

/** Drops files that are done with, or that nobody went on with. For housekeeping. */
export const forgetFiles = async (tx: SqlTx, now: Date): Promise<void> => void (await tx.sql(FORGET, [now]));
