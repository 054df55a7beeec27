/**
 * Takes a file in: batches of rows, each in a transaction with how far it has come, so that whatever stops it leaves whole
 * batches, and whoever goes on begins after the last one.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { Readable } from 'node:stream';
import type { Db, SqlTx } from '../../db.server.ts';
import type { JobResult } from '../../jobs/catalog.ts';
import { shopById } from '../../shops/shops.server.ts';
import { recordDecisions } from '../decisions.server.ts';
import { countAgain } from '../ratings.server.ts';
import { CSV_OPTIONS } from './csv.ts';
import { importById, textOf, type ReviewImport } from './file.server.ts';
import { readRow, type ImportedReview, type RowProblem } from './row.ts';
import { saveRows, type Saving } from './save.server.ts';

const BATCH = 1000;
/** Rows that are named; the rest of the broken ones are counted. */
const PROBLEMS_MAX = 10_000;

const LOCK = `select rows, state from review_import where shop_id = $1 and id = $2 for update`;
const ADVANCE = `
  update review_import set rows = $3, saved = saved + $4, known = known + $5, broken = broken + $6, held = held + $7,
    photos = photos + $8 where shop_id = $1 and id = $2`;
const NAME_PROBLEMS = `
  insert into review_import_problem (shop_id, import_id, row, field, why)
  select $1, $2, row, field, why from unnest($3::int[], $4::text[], $5::text[]) as t(row, field, why)
  where (select broken from review_import where shop_id = $1 and id = $2) < ${PROBLEMS_MAX}
  on conflict do nothing`;
const END = `
  update review_import set state = $3, error = $4, ended_at = $5 where shop_id = $1 and id = $2 and state = 'waiting'`;
const DROP = `delete from review_import_chunk where shop_id = $1 and import_id = $2`;

class StoppedError extends Error {}

/** The job. Asked again it goes on; two at once do each row once. */
export async function runImport(
  db: Db,
  { shopId, importId }: { shopId: bigint; importId: string },
  now: Date,
): Promise<JobResult> {
  const tx = { sql: db.sqlAcrossShops };
  const [file, shop] = [await importById(tx, shopId, importId), await shopById(tx, shopId)];
  if (file?.state !== 'waiting' || !file.mapping || shop?.status !== 'installed')
    return { outcome: 'cancel', reason: 'nothing to take in' };
  const { country, locale, settings } = shop;
  const saving: Saving = { shopId, importId, country, locale, holdHours: settings.reviews.holdHours };
  try {
    if (file.rows === 0) await checkWhole(db, file, saving);
    await takeIn(db, file, saving, now);
  } catch (error) {
    if (error instanceof StoppedError) return { outcome: 'cancel', reason: 'somebody else goes on' };
    if (!(error instanceof CsvError)) throw error;
    await finish(db, saving, { state: 'failed', error: wordsFor(error) }, now);
    return { outcome: 'done' };
  }
  await finish(db, saving, { state: 'done', error: null }, now);
  return { outcome: 'done' };
}

function wordsFor(error: CsvError): string {
  const row = Number((error as { records?: number }).records ?? 0) + 1;
  const isQuote = ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'].includes(error.code);
  const what = isQuote
    ? `A quote that opens near row ${row} never closes.`
    : `It cannot be read beyond row ${row}.`;
  return `${what} Nothing was saved. Mend the file and bring it again.`;
}

/** Goes through the file once before anything is saved, so that one that breaks off leaves nothing behind. */
async function checkWhole(db: Db, file: ReviewImport, saving: Saving): Promise<void> {
  for await (const _cells of recordsOf(db, file, saving));
}

function recordsOf(db: Db, { mapping }: ReviewImport, { shopId, importId }: Saving): AsyncIterable<string[]> {
  const text = Readable.from(textOf(db, shopId, importId, mapping!.encoding));
  const records = parse({ ...CSV_OPTIONS, delimiter: mapping!.delimiter });
  text.on('error', (error) => records.destroy(error));
  return text.pipe(records) as AsyncIterable<string[]>;
}

async function takeIn(db: Db, file: ReviewImport, saving: Saving, now: Date): Promise<void> {
  const { mapping } = file;
  let row = 0;
  let batch: (ImportedReview | RowProblem)[] = [];
  let first = 2;
  for await (const cells of recordsOf(db, file, saving)) {
    row += 1;
    // Row 1 names the columns; what was done before is passed over.
    if (row === 1 || row <= file.rows) continue;
    if (batch.length === 0) first = row;
    batch.push(readRow(cells, row, mapping!, now));
    if (batch.length < BATCH) continue;
    await saveBatch(db, saving, { batch, first, last: row }, now);
    batch = [];
    await pause(0);
  }
  if (batch.length > 0) await saveBatch(db, saving, { batch, first, last: row }, now);
}

async function saveBatch(
  db: Db,
  saving: Saving,
  { batch, first, last }: { batch: (ImportedReview | RowProblem)[]; first: number; last: number },
  now: Date,
): Promise<void> {
  const { shopId, importId } = saving;
  const rows = batch.filter((each): each is ImportedReview => !('why' in each));
  const wrong = batch.filter((each): each is RowProblem => 'why' in each && each.why !== 'empty');
  await db.acrossShops(async (tx) => {
    const [at] = await tx.sql<{ rows: number; state: string }>(LOCK, [shopId, importId]);
    if (at?.state !== 'waiting' || Math.max(at.rows, 1) !== first - 1) throw new StoppedError();
    const { saved, known, held, photos, problems } = await saveRows(tx, saving, rows, now);
    await nameProblems(tx, saving, [...wrong, ...problems]);
    const broken = wrong.length + problems.length;
    await tx.sql(ADVANCE, [shopId, importId, last, saved, known, broken, held, photos]);
  });
}

async function nameProblems(tx: SqlTx, { shopId, importId }: Saving, problems: readonly RowProblem[]) {
  if (problems.length === 0) return;
  await tx.sql(NAME_PROBLEMS, [
    shopId,
    importId,
    problems.map(({ row }) => row),
    problems.map(({ field }) => field),
    problems.map(({ why }) => why),
  ]);
}

const PRODUCTS = `select distinct product_id as "productId" from review where shop_id = $1 and import_id = $2`;
const HELD = `select id, hold_reason as reason from review where shop_id = $1 and import_id = $2 and state = 'held' and held_by = 'rule'`;

async function finish(
  db: Db,
  { shopId, importId }: Saving,
  { state, error }: { state: 'done' | 'failed'; error: string | null },
  now: Date,
): Promise<void> {
  await db.acrossShops(async (tx) => {
    const products = await tx.sql<{ productId: bigint | null }>(PRODUCTS, [shopId, importId]);
    await countAgain(
      tx,
      products.map(({ productId }) => ({ shopId, productId })),
      now,
    );
    const held = await tx.sql<{ id: string; reason: 'abuse' | 'personal-data' }>(HELD, [shopId, importId]);
    await recordDecisions(
      tx,
      held.map(({ id, reason }) => ({
        shopId,
        subject: 'review',
        subjectId: id,
        action: 'held',
        reason,
        by: 'rule',
      })),
      now,
    );
    await tx.sql(END, [shopId, importId, state, error, now]);
    if (state === 'done') await tx.sql(DROP, [shopId, importId]);
  });
}

const UNDO = `
  update review_import set state = 'undone', ended_at = $3 where shop_id = $1 and id = $2 and state in ('done', 'failed')
  returning id`;
const UNDO_PHOTOS = `
  delete from review_photo p using review r
  where p.shop_id = $1 and r.shop_id = p.shop_id and r.id = p.review_id and r.import_id = $2`;
const UNDO_FILES = `
  delete from stored_file f using review r
  where f.shop_id = $1 and r.shop_id = f.shop_id and r.import_id = $2 and f.used_by = 'review:' || r.id`;
const UNDO_REVIEWS = `delete from review where shop_id = $1 and import_id = $2`;

/** Takes out again what a file has brought. @returns whether there was anything to undo */
export async function undoImport(tx: SqlTx, shopId: bigint, importId: string, now: Date): Promise<boolean> {
  if ((await tx.sql(UNDO, [shopId, importId, now])).length === 0) return false;
  const products = await tx.sql<{ productId: bigint | null }>(PRODUCTS, [shopId, importId]);
  await tx.sql(UNDO_FILES, [shopId, importId]);
  await tx.sql(UNDO_PHOTOS, [shopId, importId]);
  await tx.sql(UNDO_REVIEWS, [shopId, importId]);
  await tx.sql(DROP, [shopId, importId]);
  await countAgain(
    tx,
    products.map(({ productId }) => ({ shopId, productId })),
    now,
  );
  return true;
}
