/**
 * Taking in a file of another review app: 100,000 reviews of 500 products, upload apart, by a worker process of its own; and
 * what that holds in memory, beside the same for a fifth of them.
 */
import { fork } from 'node:child_process';
import path from 'node:path';
import type { Db } from '../../../app/db.server.ts';
import { guessColumns, PIECE_BYTES } from '../../../app/reviews/import/columns.ts';
import { beginImport, importById, receivePiece, startImport } from '../../../app/reviews/reviews.server.ts';
import { aShop } from '../../builders.ts';
import type { ImportOrders, ImportReport } from './import-worker.ts';

const HEAD =
  'title,body,rating,review_date,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,reply_date,picture_urls';
const STORY =
  'It came in three days, well wrapped, and has been on the stove every morning since. The handle stays cool, the lid fits, and it is lighter than it looks.';
const PRODUCTS = 500;

const row = (i: number) =>
  `Title ${i},"${STORY} Number ${i}.",${1 + (i % 5)},2026-01-${String(1 + (i % 28)).padStart(2, '0')},ok,Ana Sanz,buyer${i}@example.com,${1 + (i % PRODUCTS)},,,,\n`;

const NOW = new Date('2026-06-01T12:00:00Z');

/** Files that a worker takes in before, so that what a process always grows to is there: memory that is flat stays so. */
const BEFORE = 2;

/** @param reviews in the file */
export async function benchImport(db: Db, url: string, reviews: number): Promise<Record<string, number>> {
  const files: { shopId: string; importId: string }[] = [];
  for (let i = 0; i < BEFORE; i++) files.push(await aFile(db, reviews / 5));
  files.push(await aFile(db, reviews));
  const report = await byWorker({ url, files, now: NOW.toISOString() });
  const { saved } = (await importOf(db, files[BEFORE]!))!;
  if (saved !== reviews) throw new Error(`${saved} of ${reviews} were saved`);
  const [fifth, whole] = [Math.max(...report.slice(0, BEFORE).map(({ most }) => most)), report[BEFORE]!];
  return {
    reviews,
    import_100k_s: Math.round((whole.seconds * 1_000_000) / reviews) / 10,
    import_rss_mb: megabytes(whole.most),
    import_fifth_rss_mb: megabytes(fifth),
    import_rss_growth_mb: Math.max(0, megabytes(whole.most - fifth)),
  };
}

const importOf = (db: Db, { shopId, importId }: { shopId: string; importId: string }) =>
  db.inShop(BigInt(shopId), (tx) => importById(tx, BigInt(shopId), importId));

const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);

/** Of a shop of its own, ready to be taken in. */
async function aFile(db: Db, reviews: number) {
  const shop = await aShop(db);
  await db.sqlAcrossShops(
    `insert into product (shop_id, id, handle, title, updated_at) select $1, n, 'p-' || n, 'Product ' || n, $3 from generate_series(1, $2::int) n`,
    [shop.id, PRODUCTS, NOW],
  );
  const file = Buffer.from(HEAD + '\n' + Array.from({ length: reviews }, (_, i) => row(i)).join(''));
  const begun = await db.inShop(shop.id, (tx) =>
    beginImport(tx, { name: 'bench', bytes: file.length, staff: '1' }, NOW),
  );
  if ('problem' in begun) throw new Error(begun.problem);
  for (let n = 0; n * PIECE_BYTES < file.length; n++) {
    const body = file.subarray(n * PIECE_BYTES, (n + 1) * PIECE_BYTES);
    await db.inShop(shop.id, (tx) => receivePiece(tx, { id: begun.id, n, body }));
  }
  const mapping = {
    ...guessColumns(HEAD.split(',')),
    delimiter: ',',
    encoding: 'utf-8',
    dates: 'day-first',
  } as const;
  await db.inShop(shop.id, (tx) => startImport(tx, begun.id, mapping));
  return { shopId: String(shop.id), importId: begun.id };
}

/** As `npm run worker` is started. */
const WORKER_FLAGS = ['--max-semi-space-size=8'];
const WORKER = path.join(import.meta.dirname, 'import-worker.ts');

function byWorker(orders: ImportOrders): Promise<ImportReport> {
  return new Promise((resolve, reject) => {
    const child = fork(WORKER, [JSON.stringify(orders)], {
      execArgv: WORKER_FLAGS,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.on('message', (report) => resolve(report as ImportReport));
    child.on('exit', (code) => reject(new Error(`the import ended with ${code}`)));
  });
}
