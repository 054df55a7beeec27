/** Files in a folder of this machine: for one machine, or a volume that all of them share. */
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { StorageError, type FileStorage } from '../../files/storage.ts';

/** @param root is made when it is not there */
export function diskStorage(root: string): FileStorage {
  const place = (key: string) => {
    if (!/^[a-z0-9][a-z0-9./-]*$/.test(key) || key.includes('..')) throw new StorageError(`no key: ${key}`);
    return path.join(root, key);
  };
  /** Written beside its place and moved there: whoever reads meets all of it or nothing. */
  const write = async (key: string, fill: (beside: string) => Promise<void>) => {
    const file = place(key);
    const beside = `${file}.${randomBytes(6).toString('hex')}`;
    await mkdir(path.dirname(file), { recursive: true });
    try {
      await fill(beside);
      await rename(beside, file);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  };
  return {
    put: (key, bytes) => write(key, (beside) => writeFile(beside, bytes)),
    putPieces: (key, pieces) =>
      write(key, async (beside) => {
        const handle = await open(beside, 'w');
        try {
          for await (const piece of pieces) await handle.writeFile(piece);
        } finally {
          await handle.close();
        }
      }),
    async get(key, range) {
      const file = place(key);
      const found = await stat(file).catch(missing);
      if (!found?.isFile()) return null;
      const isBehind = range !== undefined && range.start >= found.size;
      return { size: found.size, body: isBehind ? nothing() : createReadStream(file, range) };
    },
    removeFolder: (folder) => rm(place(folder), { recursive: true, force: true }),
  };
}

function missing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
