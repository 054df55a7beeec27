/** Reads an upload as if it lay in one piece. */
import type { UploadRow } from './rows.server.ts';
import { StorageError, type FileStorage } from './storage.ts';

export interface PieceReader {
  size: number;
  /** Fewer bytes than asked for at the end of the file. */
  read(start: number, length: number): Promise<Buffer>;
  /** All of it, in pieces that may be written to and that putPieces takes. */
  all(): AsyncGenerator<Buffer>;
}

/** Larger than the smallest piece that S3 takes. */
const PIECE_BYTES = 8 * 1024 * 1024;

export function piecesOf(storage: FileStorage, row: Pick<UploadRow, 'pieces' | 'received'>): PieceReader {
  const fetch = async (key: string, start: number, end: number) => {
    const found = await storage.get(key, { start, end: end - 1 });
    if (!found) throw new StorageError(`${key} is gone`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of found.body) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const read = async (start: number, length: number) => {
    const end = Math.min(start + length, row.received);
    const parts: Buffer[] = [];
    let at = 0;
    for (const { key, bytes } of row.pieces) {
      const [from, to] = [Math.max(start, at), Math.min(end, at + bytes)];
      if (from < to) parts.push(await fetch(key, from - at, to - at));
      at += bytes;
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  };
  return {
    size: row.received,
    read,
    async *all() {
      for (let at = 0; at < row.received; at += PIECE_BYTES) yield await read(at, PIECE_BYTES);
    },
  };
}
