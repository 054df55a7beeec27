/** From the first piece of an upload to the last byte that is gone. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { diskStorage } from '../../../app/adapters/files/disk.server.ts';
import { MAX_FILES_A_DAY, type StoredFile } from '../../../app/files/file.ts';
import {
  appendUpload,
  beginUpload,
  filesByIds,
  forgetUnused,
  keepFiles,
  lookAtUpload,
  makeRemovalLoop,
  mergeCustomers,
  receiveFile,
  releaseFiles,
  settle,
  type FilesDeps,
} from '../../../app/files/files.server.ts';
import type { Uploader } from '../../../app/files/upload.ts';
import { eraseShop } from '../../../app/shops/shop-erasure.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { aVideo, PICTURES, PLACE } from '../../videos.ts';

const t = testDb();
const now = new Date('2026-03-01T10:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const folder = mkdtempSync(path.join(tmpdir(), 'everafter-uploads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let shop: Shop;
let who: Uploader;
let deps: FilesDeps;

beforeEach(async () => {
  shop = await aShop(t.db);
  who = { shopId: shop.id, purpose: 'story', customerId: randomUUID() };
  deps = { db: t.db, storage: diskStorage(folder), quotaBytes: 50_000_000 };
});

let shade = 0;
const photo = (width = 1000, height = 700) =>
  sharp({ create: { width, height, channels: 3, background: { r: ++shade % 256, g: 90, b: 30 } } })
    .jpeg()
    .toBuffer();

async function* inBits(bytes: Buffer, size = 1000, breakAt = Infinity) {
  for (let at = 0; at < bytes.length; at += size) {
    if (at >= breakAt) throw new Error('the line broke');
    yield bytes.subarray(at, at + size);
  }
}

const receive = (bytes: Buffer, of = who) => receiveFile(deps, of, inBits(bytes), now);
const begin = async (size: number) => {
  const begun = await beginUpload(deps, who, size, now);
  if (begun.outcome !== 'begun') throw new Error(begun.refusal);
  return begun.id;
};
const stored = async (bytes: Buffer, of = who) => {
  const result = await receive(bytes, of);
  if (result.outcome !== 'stored') throw new Error(result.refusal);
  return result;
};
const folderOf = (file: StoredFile) => path.join(folder, 'public', file.name.slice(0, 2), file.name);
const filesIn = (file: StoredFile) => {
  try {
    return readdirSync(folderOf(file)).sort();
  } catch {
    return [];
  }
};
const remove = async (at: Date) => {
  const round = makeRemovalLoop(deps);
  while ((await round(at)) > 0);
};

describe('a picture', () => {
  test('is kept in several widths, and its pieces go', async () => {
    const { file } = await stored(await photo());
    expect(file).toMatchObject({
      kind: 'picture',
      ending: 'jpg',
      width: 1000,
      height: 700,
      widths: [320, 800, 1000],
    });
    expect(filesIn(file)).toEqual(['1000.jpg', '320.jpg', '800.jpg']);
    await remove(now);
    expect(readdirSync(path.join(folder, 'incoming'))).toEqual([]);
    expect(filesIn(file)).toHaveLength(3);
  });

  test('whose upload was cut off goes on where it stopped, in whatever process', async () => {
    const bytes = await photo(3000, 2000);
    const id = await begin(bytes.length);
    await expect(appendUpload(deps, who, id, 0, inBits(bytes, 500, 4000))).rejects.toThrow('the line broke');
    expect(await lookAtUpload(deps, who, id)).toMatchObject({ received: 4000, announced: bytes.length });
    expect(await settle(deps, who, id, now)).toEqual({ outcome: 'open', offset: 4000 });
    expect(await appendUpload(deps, who, id, 9, inBits(bytes))).toEqual({
      outcome: 'elsewhere',
      offset: 4000,
    });
    const rest = await appendUpload(deps, who, id, 4000, inBits(bytes.subarray(4000)));
    expect(rest).toEqual({ outcome: 'appended', offset: bytes.length, complete: true });
    const [one, two] = [await settle(deps, who, id, now), await settle(deps, who, id, later(1))];
    expect(one).toMatchObject({ outcome: 'stored', file: { width: 1600 } });
    expect(two).toMatchObject({ outcome: 'stored', file: { id: one.outcome === 'stored' && one.file.id } });
  });

  test('that two requests end at once is one file, and leaves nothing of the other', async () => {
    const bytes = await photo();
    const id = await begin(bytes.length);
    await appendUpload(deps, who, id, 0, inBits(bytes));
    const ends = await Promise.all([settle(deps, who, id, now), settle(deps, who, id, now)]);
    const ids = new Set(ends.map((end) => (end.outcome === 'stored' ? end.file.id : end.outcome)));
    expect(ids.size).toBe(1);
    await remove(now);
    const rows = await t.db.sqlAcrossShops('select 1 from stored_file where shop_id = $1', [shop.id]);
    expect(rows).toHaveLength(1);
    const waiting = await t.db.sqlAcrossShops('select 1 from removed_folder where shop_id = $1', [shop.id]);
    expect(waiting).toEqual([]);
  });

  test('of which two send the same piece at once is not mixed up', async () => {
    const bytes = await photo();
    const id = await begin(bytes.length);
    const both = await Promise.all([
      appendUpload(deps, who, id, 0, inBits(bytes)),
      appendUpload(deps, who, id, 0, inBits(bytes)),
    ]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['appended', 'elsewhere']);
    expect(await settle(deps, who, id, now)).toMatchObject({ outcome: 'stored' });
  });

  test('that is sent in twice is known again', async () => {
    const bytes = await photo();
    const first = await stored(bytes);
    expect(first.sameAs).toBeNull();
    expect((await stored(bytes)).sameAs).toBe(first.file.id);
    expect((await stored(bytes, { ...who, customerId: randomUUID() })).sameAs).toBeNull();
  });
});

test('a video is kept without the places it names', async () => {
  const bytes = aVideo({ padding: 9_000_000 });
  const { file } = await stored(bytes);
  expect(file).toMatchObject({ kind: 'video', ending: 'mp4', width: 480, height: 960, bytes: bytes.length });
  const kept = readFileSync(path.join(folderOf(file), 'video.mp4')).toString('latin1');
  expect(kept).toContain(PICTURES);
  expect(kept).not.toContain(PLACE);
});

describe('what is not taken', () => {
  test.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    ['a text', Buffer.from('hello, I am photo.jpg'), 'unknown'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'svg'],
    ['a video cut short', aVideo().subarray(0, -6), 'broken'],
    ['a video without pictures', Buffer.concat([aVideo().subarray(0, 20), Buffer.alloc(600)]), 'broken'],
  ])('%s is refused with its reason', async (_name, bytes, refusal) => {
    expect(await receive(bytes)).toEqual({ outcome: 'refused', refusal });
    await remove(now);
    expect(readdirSync(path.join(folder, 'incoming'))).toEqual([]);
  });

  test('what is too large is refused before it comes, and once more has come than was announced', async () => {
    expect(await beginUpload(deps, who, 999_000_000, now)).toEqual({
      outcome: 'refused',
      refusal: 'too-large',
    });
    const bytes = await photo();
    const id = await begin(100);
    expect(await appendUpload(deps, who, id, 0, inBits(bytes))).toEqual({
      outcome: 'refused',
      refusal: 'too-large',
    });
    expect(await settle(deps, who, id, now)).toEqual({ outcome: 'refused', refusal: 'too-large' });
  });

  test('a picture may be smaller only than a video', async () => {
    const id = await begin(30_000_000);
    const start = Buffer.concat([await photo(), Buffer.alloc(1000)]);
    expect(await appendUpload(deps, who, id, 0, inBits(start))).toEqual({
      outcome: 'refused',
      refusal: 'too-large',
    });
  });

  test('an event takes no video', async () => {
    expect(await receive(aVideo(), { ...who, purpose: 'event', customerId: null })).toEqual({
      outcome: 'refused',
      refusal: 'no-video',
    });
  });

  test('who has sent enough today is told so, and a shop whose space is used up as well', async () => {
    await t.db.sqlAcrossShops(
      `insert into upload (shop_id, id, purpose, customer_id, created_at)
       select $1, gen_random_uuid(), 'story', $2::uuid, $3 from generate_series(1, $4::int)`,
      [shop.id, who.customerId, now, MAX_FILES_A_DAY.story],
    );
    expect(await beginUpload(deps, who, 10, now)).toEqual({ outcome: 'refused', refusal: 'too-many' });
    expect(await beginUpload(deps, who, 10, later(25))).toMatchObject({ outcome: 'begun' });
    const other = { ...who, customerId: randomUUID() };
    const full = { ...deps, quotaBytes: 9 };
    expect(await beginUpload(full, other, 10, now)).toEqual({ outcome: 'refused', refusal: 'full' });
  });

  test('nobody goes on with the upload of somebody else', async () => {
    const id = await begin(100);
    for (const other of [
      { ...who, customerId: randomUUID() },
      { ...who, purpose: 'review' as const },
    ]) {
      expect(await appendUpload(deps, other, id, 0, inBits(Buffer.from('x')))).toEqual({ outcome: 'gone' });
      expect(await settle(deps, other, id, now)).toEqual({ outcome: 'gone' });
    }
    expect(await settle(deps, who, 'no-id', now)).toEqual({ outcome: 'gone' });
  });
});

describe('what is kept', () => {
  const keep = (ids: string[], by = who) =>
    t.db.inShop(shop.id, (tx) => keepFiles(tx, { ...by, shopId: shop.id }, ids, 'story:1'));
  const exists = async ({ id }: StoredFile) =>
    (await t.db.inShop(shop.id, (tx) => filesByIds(tx, shop.id, [id]))).has(id);

  test('is tied to what shows it by its own sender only, once', async () => {
    const { file } = await stored(await photo());
    expect(await keep([file.id], { ...who, customerId: randomUUID() })).toEqual([]);
    expect(await keep([file.id, randomUUID()])).toEqual([file.id]);
    expect(await keep([file.id])).toEqual([]);
  });

  test('goes after a day when nothing shows it, its bytes as well', async () => {
    const [shown, idle] = [(await stored(await photo())).file, (await stored(await photo())).file];
    await keep([shown.id]);
    await t.db.acrossShops((tx) => forgetUnused(tx, later(25)));
    await remove(later(25));
    expect([await exists(shown), await exists(idle)]).toEqual([true, false]);
    expect([filesIn(shown).length, filesIn(idle).length]).toEqual([3, 0]);
  });

  test('goes at once when what showed it goes', async () => {
    const { file } = await stored(await photo());
    await keep([file.id]);
    await t.db.inShop(shop.id, (tx) => releaseFiles(tx, shop.id, ['story:1']));
    await remove(now);
    expect(filesIn(file)).toEqual([]);
  });

  test('is the one’s into whom its sender was merged', async () => {
    const { file } = await stored(await photo());
    const into = randomUUID();
    const merge = { shopId: shop.id, from: who.customerId!, into };
    await t.db.acrossShops((tx) => mergeCustomers(tx, [merge]));
    expect(await keep([file.id], { ...who, customerId: into })).toEqual([file.id]);
  });

  test('goes with its shop, from the storage too', async () => {
    const { file } = await stored(await photo());
    await keep([file.id]);
    await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [shop.id]);
    await eraseShop(t.db, shop, now);
    await remove(now);
    expect(filesIn(file)).toEqual([]);
  });

  test('waits while the storage does not answer', async () => {
    const { file } = await stored(await photo());
    await t.db.inShop(shop.id, (tx) => releaseFiles(tx, shop.id, ['nothing']));
    await t.db.sqlAcrossShops('delete from stored_file where id = $1::uuid', [file.id]);
    const { StorageError } = await import('../../../app/files/storage.ts');
    const dead = { ...deps.storage, removeFolder: () => Promise.reject(new StorageError('no answer')) };
    await makeRemovalLoop({ db: t.db, storage: dead })(now);
    expect(await makeRemovalLoop(deps)(now)).toBe(0);
    expect(filesIn(file)).toHaveLength(3);
    await remove(later(1));
    expect(filesIn(file)).toEqual([]);
  });
});
