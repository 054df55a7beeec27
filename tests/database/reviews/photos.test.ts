/** Pictures of imported reviews: fetched once, kept as our own, given up in the end; and from nowhere inside a network. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { diskStorage } from '../../../app/adapters/files/disk.server.ts';
import { fetchPictures } from '../../../app/adapters/webhooks/fetch-picture.server.ts';
import type { FetchedPicture } from '../../../app/reviews/photo.ts';
import { makeRemovalLoop } from '../../../app/files/files.server.ts';
import { makePhotoLoop, shownReviews } from '../../../app/reviews/reviews.server.ts';
import { STOP_PERSON } from '../../../app/stops.server.ts';
import { aShop } from '../../builders.ts';
import { watchLease } from '../../leases.ts';
import { testDb } from '../../database.ts';
import { anOrder, at, customerOf, newShopifyId, takeIn } from '../../friends.ts';
import { requests } from '../shops/people.ts';

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

const loopWith = (answers: Record<string, () => FetchedPicture>, before = () => Promise.resolve()) =>
  makePhotoLoop({
    db: t.db,
    files: { db: t.db, storage: diskStorage(folder), quotaBytes: 1e9 },
    fetchPicture: async (url) => {
      await before();
      return answers[url]!();
    },
  });

test('what is a picture is shown from our own address; what is none is named', async () => {
  const { shop, rows } = await aWanted(
    'https://a.example/1.png',
    'https://a.example/2.svg',
    'https://a.example/3.png',
  );
  const answers: Record<string, () => FetchedPicture> = {
    'https://a.example/1.png': () => ({ outcome: 'found', body: bytesOf(PNG) }),
    'https://a.example/2.svg': () => ({
      outcome: 'found',
      body: bytesOf(Buffer.from('<svg onload="alert(1)"/>')),
    }),
    'https://a.example/3.png': () => ({ outcome: 'failed', reason: 'answered 404' }),
  };
  const loop = loopWith(answers, watchLease(t.db, 'review_photo'));
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

test('erased, their pictures of another app go as well, bytes and all, also one that is just being fetched', async () => {
  const urls = ['https://e.example/1.png', 'https://e.example/2.png'] as const;
  const { shop, rows } = await aWanted(...urls);
  const customerId = newShopifyId();
  const email = `gone-${customerId}@example.com`;
  const order = anOrder(shop, { customerId, email });
  await takeIn(t.db, [order]);
  await t.db.sqlAcrossShops('update review set customer_id = $2 where shop_id = $1', [
    shop.id,
    await customerOf(t.db, order),
  ]);
  const storage = mkdtempSync(path.join(folder, 'erased-'));
  const files = { db: t.db, storage: diskStorage(storage), quotaBytes: 1e9 };
  const found = (): FetchedPicture => ({ outcome: 'found', body: bytesOf(PNG) });
  const body = {
    shop_id: 1,
    shop_domain: shop.domain,
    customer: { id: customerId, email, phone: null },
    orders_to_redact: [order.id],
  };
  const loop = makePhotoLoop({
    db: t.db,
    files,
    async fetchPicture(url) {
      if (url === urls[1]) await requests(() => t.db, STOP_PERSON).request(shop, 'customers/redact', body);
      return found();
    },
  });
  const stored = () =>
    t.db.sqlAcrossShops<{ used_by: string | null }>('select used_by from stored_file where shop_id = $1', [
      shop.id,
    ]);
  await loop(now);
  expect(await rows()).toEqual([]);
  // The second came after the erasure: nothing shows it, and it goes with what nothing shows.
  expect(await stored()).toEqual([{ used_by: null }]);
  await t.db.sqlAcrossShops('delete from stored_file where shop_id = $1', [shop.id]);
  const bytes = () =>
    readdirSync(storage, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  expect(bytes().length).toBeGreaterThan(1);
  const remove = makeRemovalLoop(files);
  while ((await remove(new Date('2030-01-01T00:00:00Z'))) > 0);
  expect(bytes()).toEqual([]);
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
