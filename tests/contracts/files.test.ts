/** Both storages do the same: on a disk, and in a bucket. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diskStorage } from '../../app/adapters/files/disk.server.ts';
import { s3Storage } from '../../app/adapters/files/s3.server.ts';
import { StorageError, type ByteRange, type FileStorage } from '../../app/files/storage.ts';
import { s3StandIn, type S3StandIn } from './s3-stand-in.ts';

const MB = 1024 * 1024;
const folder = mkdtempSync(path.join(tmpdir(), 'everafter-files-'));
let s3: S3StandIn;

beforeAll(async () => {
  s3 = await s3StandIn();
});
afterAll(async () => {
  await s3.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each([
  ['disk', () => diskStorage(folder)],
  ['s3', () => s3Storage(s3.settings)],
])('%s', (_name, open) => {
  let storage: FileStorage;
  beforeAll(() => void (storage = open()));

  const read = async (key: string, range?: ByteRange) => {
    const found = await storage.get(key, range);
    if (!found) return null;
    const chunks: Uint8Array[] = [];
    for await (const chunk of found.body) chunks.push(chunk);
    return { size: found.size, text: Buffer.concat(chunks).toString() };
  };

  test('gives back what it was given, whole and in parts', async () => {
    await storage.put('public/ab/one/320.jpg', Buffer.from('0123456789'), 'image/jpeg');
    expect(await read('public/ab/one/320.jpg')).toEqual({ size: 10, text: '0123456789' });
    expect(await read('public/ab/one/320.jpg', { start: 2, end: 4 })).toEqual({ size: 10, text: '234' });
    expect(await read('public/ab/one/320.jpg', { start: 8, end: 99 })).toEqual({ size: 10, text: '89' });
    expect(await read('public/ab/one/320.jpg', { start: 10, end: 99 })).toEqual({ size: 10, text: '' });
  });

  test('writes again over what is there', async () => {
    await storage.put('public/ab/again/1.jpg', Buffer.from('first'), 'image/jpeg');
    await storage.put('public/ab/again/1.jpg', Buffer.from('second'), 'image/jpeg');
    expect(await read('public/ab/again/1.jpg')).toEqual({ size: 6, text: 'second' });
  });

  test('knows nothing of what is not there', async () => {
    expect(await read('public/ab/none/1.jpg')).toBeNull();
    expect(await read('public/ab/one')).toBeNull();
    expect(await read('public/ab/one/320.jpg/deeper')).toBeNull();
  });

  test('puts pieces together', async () => {
    const pieces = async function* () {
      yield Buffer.alloc(6 * MB, 'a');
      yield Buffer.alloc(6 * MB, 'b');
      yield Buffer.from('end');
    };
    await storage.putPieces('public/cd/two/video.mp4', pieces(), 'video/mp4');
    const across = await read('public/cd/two/video.mp4', { start: 6 * MB - 2, end: 6 * MB + 1 });
    expect(across).toEqual({ size: 12 * MB + 3, text: 'aabb' });
    expect((await read('public/cd/two/video.mp4', { start: 12 * MB, end: 12 * MB + 9 }))?.text).toBe('end');
  });

  test('leaves nothing when the pieces break off', async () => {
    const pieces = async function* () {
      yield Buffer.alloc(6 * MB);
      throw new Error('the line broke');
    };
    await expect(storage.putPieces('public/ef/cut/video.mp4', pieces(), 'video/mp4')).rejects.toThrow('line');
    expect(await read('public/ef/cut/video.mp4')).toBeNull();
  });

  test('removes a folder and not the one whose name begins alike', async () => {
    for (const key of ['x/1.jpg', 'x/2.jpg', 'x/3.jpg', 'x/4.jpg', 'xy/1.jpg'])
      await storage.put(`incoming/${key}`, Buffer.from(key), 'image/jpeg');
    await storage.removeFolder('incoming/x');
    await storage.removeFolder('incoming/x');
    expect(await read('incoming/x/1.jpg')).toBeNull();
    expect(await read('incoming/x/4.jpg')).toBeNull();
    expect(await read('incoming/xy/1.jpg')).toEqual({ size: 8, text: 'xy/1.jpg' });
  });
});

test('a disk is not left by any key, and keeps no half-written files', async () => {
  const storage = diskStorage(folder);
  for (const key of ['../out', 'a/../../out', '/etc/passwd', 'a\0b', 'A', ''])
    await expect((async () => storage.put(key, Buffer.from('x'), 'text/plain'))()).rejects.toThrow(
      StorageError,
    );
  const all = readdirSync(folder, { recursive: true }) as string[];
  expect(all.filter((name) => /\.[0-9a-f]{12}$/.test(name))).toEqual([]);
});

test('a bucket answers later: it is asked again', async () => {
  s3.fail(2);
  await s3Storage(s3.settings).put('public/gh/three/1.jpg', Buffer.from('x'), 'image/jpeg');
  expect(s3.objects.get('public/gh/three/1.jpg')).toMatchObject({ type: 'image/jpeg' });
});

test('a bucket that says no is a StorageError with its code, and no upload stays open', async () => {
  const stranger = s3Storage({ ...s3.settings, secretAccessKey: 'wrong' });
  await expect(stranger.put('public/a/b/c.jpg', Buffer.from('x'), 'image/jpeg')).rejects.toThrow(
    new StorageError('PUT /public/a/b/c.jpg: 403 SignatureDoesNotMatch'),
  );
  const small = async function* () {
    yield Buffer.from('too small to be the first of two');
    yield Buffer.from('end');
  };
  const put = s3Storage(s3.settings).putPieces('public/ij/small/video.mp4', small(), 'video/mp4');
  await expect(put).rejects.toThrow(StorageError);
  expect(s3.open.size).toBe(0);
});
