/** Taking in a file of another review app: 100,000 reviews of 500 products, upload apart, and what it holds in memory. */
import type { Db } from '../../../app/db.server.ts';
import { guessColumns, PIECE_BYTES } from '../../../app/reviews/import/columns.ts';
import {
  beginImport,
  importById,
  receivePiece,
  runImport,
  startImport,
} from '../../../app/reviews/reviews.server.ts';
import { aShop } from '../../builders.ts';

const HEAD =
  'title,body,rating,review_date,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,reply_date,picture_urls';
const STORY =
  'It came in three days, well wrapped, and has been on the stove every morning since. The handle stays cool, the lid fits, and it is lighter than it looks.';
const PRODUCTS = 500;

const row = (i: number) =>
  `Title ${i},"${STORY} Number ${i}.",${1 + (i % 5)},2026-01-${String(1 + (i % 28)).padStart(2, '0')},ok,Ana Sanz,buyer${i}@example.com,${1 + (i % PRODUCTS)},,,,\n`;

const NOW = new Date('2026-06-01T12:00:00Z');

/** @param reviews in the file */
export async function benchImport(db: Db, reviews: number): Promise<Record<string, number>> {
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
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50);
  const started = performance.now();
  await runImport(db, { shopId: shop.id, importId: begun.id }, NOW);
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  const done = await db.inShop(shop.id, (tx) => importById(tx, shop.id, begun.id));
  if (done?.saved !== reviews) throw new Error(`${done?.saved} of ${reviews} were saved`);
  return {
    reviews,
    import_100k_s: Math.round((seconds * 1_000_000) / reviews) / 10,
    import_rss_mb: Math.round(most / 1024 / 1024),
    import_rss_growth_mb: Math.round((most - before) / 1024 / 1024),
  };
}
