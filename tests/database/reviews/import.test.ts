/** Taking in files of other apps: in pieces, batch by batch, once, and as far as they are sound. */
import { expect, test } from 'vitest';
import { mappingSchema } from '../../../app/reviews/import/columns.ts';
import {
  beginImport,
  firstPiece,
  forgetFiles,
  importById,
  previewOf,
  problemsOf,
  receivePiece,
  runImport,
  startImport,
  undoImport,
} from '../../../app/reviews/reviews.server.ts';
import { textOf } from '../../../app/reviews/import/file.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { anOrder, at, takeIn } from '../../friends.ts';

const t = testDb();
const now = at('20T12:00:00');
const PIECE = 1024 * 1024;
const HEAD =
  'title,body,rating,review_date,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,reply_date,picture_urls';
const row = (
  i: number,
  more: { rating?: string; body?: string; email?: string; product?: string; pictures?: string } = {},
) =>
  `Title ${i},"${more.body ?? `Story ${i}, in words.`}",${more.rating ?? 1 + (i % 5)},2026-01-${String(1 + (i % 28)).padStart(2, '0')},ok,Ana Sanz,${more.email ?? `a${i}@example.com`},${more.product ?? '11'},,,,"${more.pictures ?? ''}"`;

async function aStocked() {
  const shop = await aShop(t.db);
  await t.db.sqlAcrossShops(
    `insert into product (shop_id, id, handle, title, updated_at) values ($1, 11, 'pot', 'Pot', $2), ($1, 21, 'apron', 'Apron', $2)`,
    [shop.id, now],
  );
  return shop;
}

/** A file, uploaded in pieces. */
async function upload(shop: Shop, content: string | Uint8Array) {
  const bytes = Buffer.from(content as string);
  const begun = await t.db.inShop(shop.id, (tx) =>
    beginImport(tx, { name: 'reviews.csv', bytes: bytes.length, staff: '7' }, now),
  );
  if ('problem' in begun) throw new Error(begun.problem);
  for (let n = 0; n * PIECE < bytes.length; n++) {
    const body = bytes.subarray(n * PIECE, (n + 1) * PIECE);
    const kept = await t.db.inShop(shop.id, (tx) => receivePiece(tx, { id: begun.id, n, body }));
    expect(kept.outcome).toBe('kept');
  }
  return begun.id;
}

async function start(shop: Shop, id: string) {
  const preview = previewOf(await t.db.inShop(shop.id, (tx) => firstPiece(tx, shop.id, id)), null, now);
  if ('problem' in preview) throw new Error(preview.problem);
  expect(await t.db.inShop(shop.id, (tx) => startImport(tx, id, mappingSchema.parse(preview.mapping)))).toBe(
    true,
  );
}

const run = (shop: Shop, importId: string) => runImport(t.db, { shopId: shop.id, importId }, now);
const read = (shop: Shop, id: string) => t.db.inShop(shop.id, (tx) => importById(tx, shop.id, id));
const count = async (shop: Shop) =>
  (
    await t.db.sqlAcrossShops<{ count: number }>(
      'select count(*)::int as count from review where shop_id = $1',
      [shop.id],
    )
  )[0]!.count;

test('a file comes in, its broken rows are named, its people and products found', async () => {
  const shop = await aStocked();
  const order = anOrder(shop, { email: 'buyer@example.com', at: at('01T12:00:00') });
  await takeIn(t.db, [order]);
  const id = await upload(
    shop,
    [
      HEAD,
      row(1, { email: 'Buyer@Example.com' }),
      row(2, { rating: 'super' }),
      '',
      row(3, { product: '999' }),
      row(4, { body: 'Write to me: x@example.com' }),
      row(5, { product: '' }),
      row(6, { pictures: 'https://cdn.example/1.jpg,https://cdn.example/2.jpg' }),
      row(6, { pictures: 'https://cdn.example/1.jpg,https://cdn.example/2.jpg' }),
    ].join('\n'),
  );
  await start(shop, id);
  expect(await run(shop, id)).toEqual({ outcome: 'done' });
  expect(await read(shop, id)).toMatchObject({
    state: 'done',
    rows: 9,
    saved: 4,
    known: 1,
    broken: 2,
    held: 1,
    photos: 2,
  });
  expect(await t.db.inShop(shop.id, (tx) => problemsOf(tx, shop.id, id))).toEqual([
    { row: 3, field: 'rating', why: 'not-stars' },
    { row: 5, field: 'productId', why: 'product-unknown' },
  ]);
  const rows = await t.db.sqlAcrossShops<{
    verified: boolean;
    known: boolean;
    product_id: bigint | null;
    state: string;
  }>(
    `select verified, customer_id is not null as known, product_id, state from review where shop_id = $1 order by title`,
    [shop.id],
  );
  expect(rows).toEqual([
    { verified: true, known: true, product_id: 11n, state: 'published' },
    { verified: false, known: false, product_id: 11n, state: 'held' },
    { verified: false, known: false, product_id: null, state: 'published' },
    { verified: false, known: false, product_id: 11n, state: 'published' },
  ]);
  const [rating] = await t.db.sqlAcrossShops(
    'select count, stars, due_at from product_rating where shop_id = $1 and product_id = 11',
    [shop.id],
  );
  expect(rating).toEqual({ count: 2, stars: 4, due_at: now });
  expect(
    await t.db.sqlAcrossShops(`select 1 from event where shop_id = $1 and kind = 'review.written'`, [
      shop.id,
    ]),
  ).toEqual([]);
  expect(
    await t.db.sqlAcrossShops('select 1 from review_import_chunk where shop_id = $1', [shop.id]),
  ).toEqual([]);
});

test('brought again it is known; undone, it is gone with its pictures and stars', async () => {
  const shop = await aStocked();
  const file = [
    HEAD,
    ...Array.from({ length: 40 }, (_, i) => row(i, { pictures: 'https://cdn.example/1.jpg' })),
  ].join('\r\n');
  const first = await upload(shop, file);
  await start(shop, first);
  await run(shop, first);
  const second = await upload(shop, `\ufeff${file}`);
  await start(shop, second);
  await run(shop, second);
  expect(await read(shop, second)).toMatchObject({ saved: 0, known: 40 });
  expect(await count(shop)).toBe(40);
  expect(await t.db.inShop(shop.id, (tx) => undoImport(tx, shop.id, first, now))).toBe(true);
  expect(await t.db.inShop(shop.id, (tx) => undoImport(tx, shop.id, first, now))).toBe(false);
  expect(await count(shop)).toBe(0);
  expect(await t.db.sqlAcrossShops('select 1 from review_photo where shop_id = $1', [shop.id])).toEqual([]);
  const [rating] = await t.db.sqlAcrossShops(
    'select count from product_rating where shop_id = $1 and product_id = 11',
    [shop.id],
  );
  expect(rating).toEqual({ count: 0 });
});

test('stopped in the middle and run by several at once, every row is there once', async () => {
  const shop = await aStocked();
  const id = await upload(shop, [HEAD, ...Array.from({ length: 5200 }, (_, i) => row(i))].join('\n'));
  await start(shop, id);
  // A database that fails after two batches: what they saved stays, whole.
  let batches = 0;
  const failing = {
    ...t.db,
    acrossShops: ((work) => {
      batches += 1;
      if (batches === 3) throw new Error('connection lost');
      return t.db.acrossShops(work);
    }) as typeof t.db.acrossShops,
  };
  await expect(runImport(failing, { shopId: shop.id, importId: id }, now)).rejects.toThrow('connection lost');
  expect(await read(shop, id)).toMatchObject({ state: 'waiting', rows: 2001, saved: 2000 });
  expect(await count(shop)).toBe(2000);
  const results = await Promise.all([run(shop, id), run(shop, id)]);
  expect(results.map(({ outcome }) => outcome)).toContain('done');
  expect(await read(shop, id)).toMatchObject({ state: 'done', rows: 5201, saved: 5200, known: 0 });
  expect(await count(shop)).toBe(5200);
});

test('a quote that never closes stops it before anything is saved, at its row; mended, it comes in', async () => {
  const shop = await aStocked();
  const good = Array.from({ length: 1500 }, (_, i) => row(i));
  const tail = Array.from({ length: 6000 }, (_, i) => row(i + 2000, { body: 'Plain' }).replaceAll('"', ''));
  const id = await upload(
    shop,
    [HEAD, ...good, 'Title,"never closed,5,2026-01-01,,,,11', ...tail].join('\n'),
  );
  await start(shop, id);
  await run(shop, id);
  const failed = (await read(shop, id))!;
  expect(failed).toMatchObject({
    state: 'failed',
    saved: 0,
    error: expect.stringMatching(/quote that opens near row 150\d/),
  });
  const mended = await upload(shop, [HEAD, ...good, ...tail].join('\n'));
  await start(shop, mended);
  await run(shop, mended);
  expect(await read(shop, mended)).toMatchObject({ state: 'done', saved: 7500, known: 0 });
});

test('pieces come in order, twice they are once, and nothing else is taken', async () => {
  const shop = await aStocked();
  const bytes = Buffer.alloc(PIECE + 10, 'a');
  const begun = await t.db.inShop(shop.id, (tx) =>
    beginImport(tx, { name: 'x', bytes: bytes.length, staff: '7' }, now),
  );
  const id = (begun as { id: string }).id;
  const give = (n: number, body: Buffer, of = id) =>
    t.db.inShop(shop.id, (tx) => receivePiece(tx, { id: of, n, body }));
  expect(await give(1, bytes.subarray(PIECE))).toEqual({ outcome: 'wrong' });
  expect(await give(0, bytes.subarray(0, 5))).toEqual({ outcome: 'wrong' });
  expect(await give(0, bytes.subarray(0, PIECE))).toEqual({ outcome: 'kept', received: PIECE });
  expect(await give(0, bytes.subarray(0, PIECE))).toEqual({ outcome: 'kept', received: PIECE });
  expect(await give(1, bytes.subarray(PIECE))).toEqual({ outcome: 'kept', received: PIECE + 10 });
  expect(await give(2, bytes.subarray(PIECE))).toEqual({ outcome: 'wrong' });
  expect(await give(0, bytes, '00000000-0000-7000-8000-000000000000')).toEqual({ outcome: 'missing' });
  const begin = (size: number) =>
    t.db.inShop(shop.id, (tx) => beginImport(tx, { name: 'x', bytes: size, staff: '7' }, now));
  expect(await begin(0)).toEqual({ problem: 'The file is empty.' });
  expect(await begin(251 * PIECE)).toEqual({ problem: 'The file is larger than 250 MB. Split it.' });
  await t.db.acrossShops((tx) => forgetFiles(tx, new Date(now.getTime() + 3 * 86_400_000)));
  expect(
    await t.db.sqlAcrossShops('select 1 from review_import_chunk where shop_id = $1', [shop.id]),
  ).toEqual([]);
});

test('letters that are cut between two pieces, and those of old spreadsheets, are read', async () => {
  const shop = await aStocked();
  const filler = row(1, { body: 'x'.repeat(900) });
  const lines = [HEAD];
  while (Buffer.byteLength(lines.join('\n')) < PIECE - 2000)
    lines.push(filler.replace('Title 1', `Title ${lines.length}`));
  const head = lines.join('\n');
  const gap = PIECE - Buffer.byteLength(`${head}\n`) - Buffer.byteLength('Last,"') - 1;
  const file = `${head}\nLast,"${'y'.repeat(gap)}ö ist da",5,2026-01-01,,,,11,,,,`;
  expect(Buffer.from(file)[PIECE - 1]).toBe(0xc3);
  const id = await upload(shop, file);
  await start(shop, id);
  await run(shop, id);
  const [last] = await t.db.sqlAcrossShops<{ text: string }>(
    `select text from review where shop_id = $1 and title = 'Last'`,
    [shop.id],
  );
  expect(last!.text.endsWith('ö ist da')).toBe(true);
  const old = await upload(shop, Buffer.from(`${HEAD}\n${row(1, { body: 'Größe passt' })}`, 'latin1'));
  await start(shop, old);
  await run(shop, old);
  expect(
    await t.db.sqlAcrossShops(`select 1 from review where shop_id = $1 and text = 'Größe passt'`, [shop.id]),
  ).toHaveLength(1);
});

test('a file is read a little at a time, however large it and its pieces are', async () => {
  const shop = await aStocked();
  const whole = `${HEAD}\n${'Ü€😀x'.repeat(150_000)}`;
  const id = await upload(shop, whole);
  const read: string[] = [];
  for await (const text of textOf(t.db, shop.id, id, 'utf-8')) read.push(text);
  expect(Math.max(...read.map(({ length }) => length))).toBeLessThanOrEqual(32 * 1024);
  expect(read.join('') === whole).toBe(true);
});
