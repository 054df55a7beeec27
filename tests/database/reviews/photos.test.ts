/** Pictures of imported reviews: fetched once, kept as our own, given up in the end; and from nowhere inside a network. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { diskStorage } from '../../../app/adapters/files/disk.server.ts';
import { fetchPictures } from '../../../app/adapters/webhooks/fetch-picture.server.ts';
import type { FetchedPicture } from '../../../app/reviews/photo.ts';
import { makePhotoLoop, shownReviews } from '../../../app/reviews/reviews.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { at } from '../../friends.ts';

const t = testDb();
const folder = mkdtempSync(path.join(tmpdir(), 'everafter-photos-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const now = at('20T12:00:00');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC',
  'base64',
);
async function* bytesOf(bytes: Uint8Array) {
  yield bytes;
}

async function aWanted(...urls: string[]) {
  const shop = await aShop(t.db);
  const reviewId = crypto.randomUUID();
  await t.db.sqlAcrossShops(
    `insert into review (shop_id, id, product_id, stars, source, published_at, at) values ($1, $2, 11, 5, 'import', $3, $3)`,
    [shop.id, reviewId, now],
  );
  for (const [i, url] of urls.entries())
    await t.db.sqlAcrossShops(
      `insert into review_photo (shop_id, id, review_id, position, kind, state, source_url, due_at) values ($1, gen_random_uuid(), $2, $3, 'photo', 'wanted', $4, $5)`,
      [shop.id, reviewId, i, url, now],
    );
  const rows = () =>
    t.db.sqlAcrossShops<{ state: string; reason: string | null; due_at: Date | null }>(
      'select state, reason, due_at from review_photo where shop_id = $1 order by position',
      [shop.id],
    );
  return { shop, rows };
}

const loopWith = (answers: Record<string, () => FetchedPicture>) =>
  makePhotoLoop({
    db: t.db,
    files: { db: t.db, storage: diskStorage(folder), quotaBytes: 1e9 },
    fetchPicture: (url) => Promise.resolve(answers[url]!()),
  });

test('what is a picture is shown from our own address; what is none is named', async () => {
  const { shop, rows } = await aWanted(
    'https://a.example/1.png',
    'https://a.example/2.svg',
    'https://a.example/3.png',
  );
  const loop = loopWith({
    'https://a.example/1.png': () => ({ outcome: 'found', body: bytesOf(PNG) }),
    'https://a.example/2.svg': () => ({
      outcome: 'found',
      body: bytesOf(Buffer.from('<svg onload="alert(1)"/>')),
    }),
    'https://a.example/3.png': () => ({ outcome: 'failed', reason: 'answered 404' }),
  });
  await loop(now);
  expect(await rows()).toMatchObject([
    { state: 'kept', due_at: null },
    { state: 'failed', due_at: null },
    { state: 'failed', reason: 'answered 404' },
  ]);
  const page = await t.db.inShop(shop.id, (tx) =>
    shownReviews(tx, { shopId: shop.id, productId: 11n, sort: 'new', after: null }, 'https://files.example'),
  );
  expect(page.reviews[0]!.photos).toHaveLength(1);
  expect(page.reviews[0]!.photos[0]!.src).toMatch(/^https:\/\/files\.example\/files\//);
  expect(await loop(later(86_400))).toBe(0);
});

test('one that does not answer is tried again, and given up', async () => {
  const { rows } = await aWanted('https://b.example/1.png');
  const loop = loopWith({ 'https://b.example/1.png': () => ({ outcome: 'later' }) });
  for (let day = 0; day < 5; day++) await loop(later(day * 86_400));
  expect(await rows()).toEqual([{ state: 'failed', reason: 'no answer', due_at: null }]);
});

test.each([
  'http://cdn.example/1.png',
  'https://127.0.0.1/1.png',
  'https://[::1]/1.png',
  'https://0x7f000001/1.png',
  'https://localhost/1.png',
  'https://user:secret@cdn.example/1.png',
])('never from %s', async (url) => {
  expect(await fetchPictures()(url)).toEqual({ outcome: 'failed', reason: 'address-not-public' });
});

test('a name that leads inside is not connected to', async () => {
  const fetched = await fetchPictures({
    resolve: () => Promise.resolve([{ address: '10.0.0.7', family: 4 }]),
  })('https://cdn.example/1.png');
  expect(fetched).toEqual({ outcome: 'failed', reason: 'address-not-public' });
});
