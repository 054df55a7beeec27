/**
 * Uploads piece by piece (the words of tus 1.0: length, offset). Each piece goes to the storage as it comes, so that no
 * process holds a file and any process can go on where another one stopped.
 */
import { randomBytes } from 'node:crypto';
import type { Db } from '../db.server.ts';
import {
  MAX_FILES_A_DAY,
  MAX_PICTURE_BYTES,
  MAX_VIDEO_BYTES,
  takesVideo,
  type Refusal,
  type StoredFile,
} from './file.ts';
import { keepUpload } from './keep-upload.server.ts';
import {
  addPiece,
  filesByIds,
  insertUpload,
  removeFolderAt,
  settleUpload,
  uploadRow,
  usedBy,
  type UploadRow,
} from './rows.server.ts';
import { SNIFF_BYTES, sniff } from './sniff.ts';
import { incomingFolder, type FileStorage } from './storage.ts';
import type { Uploader } from './upload.ts';

export interface FilesDeps {
  db: Db;
  storage: FileStorage;
  /** Bytes that one shop may have stored. */
  quotaBytes: number;
}

export type Begun = { outcome: 'begun'; id: string } | { outcome: 'refused'; refusal: Refusal };
export type Appended =
  | { outcome: 'appended'; offset: number; complete: boolean }
  /** It goes on at `offset`, not where the caller thought. */
  | { outcome: 'elsewhere'; offset: number }
  | { outcome: 'refused'; refusal: Refusal }
  | { outcome: 'gone' };
export type Settled =
  | {
      outcome: 'stored';
      file: StoredFile;
      /** The same bytes are there from before, as this file. */ sameAs: string | null;
    }
  | { outcome: 'refused'; refusal: Refusal }
  /** More is to come. */
  | { outcome: 'open'; offset: number }
  | { outcome: 'gone' };

/** Pieces as they are stored; what comes smaller stays smaller. */
const PIECE_BYTES = 8 * 1024 * 1024;
/** What was begun and not ended is thrown away after so long. */
const OPEN_HOURS = 24;
const hours = (now: Date, count: number) => new Date(now.getTime() + count * 3_600_000);

/** @param size bytes in all, or null when the sender does not know */
export async function beginUpload(
  { db, quotaBytes }: FilesDeps,
  who: Uploader,
  size: number | null,
  now: Date,
): Promise<Begun> {
  if (size === 0) return { outcome: 'refused', refusal: 'empty' };
  if (size !== null && size > mostBytes(who)) return { outcome: 'refused', refusal: 'too-large' };
  return db.inShop(who.shopId, async (tx) => {
    const used = await usedBy(tx, who, now);
    if (used.today >= MAX_FILES_A_DAY[who.purpose]) return { outcome: 'refused', refusal: 'too-many' };
    if (used.bytes + (size ?? 0) > quotaBytes) return { outcome: 'refused', refusal: 'full' };
    const id = await insertUpload(tx, who, size, now);
    await removeFolderAt(tx, who.shopId, incomingFolder(id), hours(now, OPEN_HOURS));
    return { outcome: 'begun', id };
  });
}

const mostBytes = (who: Uploader) => (takesVideo(who.purpose) ? MAX_VIDEO_BYTES : MAX_PICTURE_BYTES);

/** How far an upload is; null when this uploader has none by this id. */
export async function lookAtUpload(
  { db }: FilesDeps,
  who: Uploader,
  id: string,
): Promise<Pick<UploadRow, 'announced' | 'received' | 'state'> | null> {
  return db.inShop(who.shopId, (tx) => uploadRow(tx, who, id));
}

/** Takes what comes, from `offset` on; what came before the line broke is kept. @throws what `body` throws, after that */
export async function appendUpload(
  deps: FilesDeps,
  who: Uploader,
  id: string,
  offset: number,
  body: AsyncIterable<Uint8Array>,
): Promise<Appended> {
  const row = await deps.db.inShop(who.shopId, (tx) => uploadRow(tx, who, id));
  if (!row) return { outcome: 'gone' };
  if (row.state === 'refused') return { outcome: 'refused', refusal: row.refusal! };
  if (row.state === 'done' || row.received !== offset) return { outcome: 'elsewhere', offset: row.received };
  let at = offset;
  for await (const piece of inPieces(body)) {
    const refusal = wrongWith(who, row.announced, at, piece);
    if (refusal) {
      await deps.db.inShop(who.shopId, (tx) => settleUpload(tx, who.shopId, id, { refusal }));
      return { outcome: 'refused', refusal };
    }
    const key = `${incomingFolder(id)}/${String(at).padStart(12, '0')}-${randomBytes(6).toString('hex')}`;
    await deps.storage.put(key, piece, 'application/octet-stream');
    const isAdded = await deps.db.inShop(who.shopId, (tx) =>
      addPiece(tx, who, id, at, { key, bytes: piece.length }),
    );
    if (!isAdded) {
      const now = await deps.db.inShop(who.shopId, (tx) => uploadRow(tx, who, id));
      return now ? { outcome: 'elsewhere', offset: now.received } : { outcome: 'gone' };
    }
    at += piece.length;
  }
  return { outcome: 'appended', offset: at, complete: at === row.announced };
}

/** By the first bytes already: nobody sends two hundred megabytes of what is not taken. */
function wrongWith(who: Uploader, announced: number | null, at: number, piece: Uint8Array): Refusal | null {
  const end = at + piece.length;
  if (end > (announced ?? mostBytes(who))) return 'too-large';
  // A first piece that is shorter is looked at when all is there.
  if (at > 0 || piece.length < SNIFF_BYTES) return null;
  const looked = sniff(piece.subarray(0, SNIFF_BYTES));
  if (looked.kind === 'refused') return looked.refusal;
  if (looked.kind === 'video') return takesVideo(who.purpose) ? null : 'no-video';
  return (announced ?? end) > MAX_PICTURE_BYTES ? 'too-large' : null;
}

/** @throws what `body` throws, after its last piece */
async function* inPieces(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let chunks: Uint8Array[] = [];
  let size = 0;
  let broken: { error: unknown } | null = null;
  const take = () => {
    const piece = Buffer.concat(chunks);
    chunks = [];
    size = 0;
    return piece;
  };
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= PIECE_BYTES) yield take();
    }
  } catch (error) {
    broken = { error };
  }
  if (size > 0) yield take();
  if (broken) throw broken.error;
}

/** What became of an upload; turns it into a file when all of it is there. Safe to repeat. */
export async function settle(deps: FilesDeps, who: Uploader, id: string, now: Date): Promise<Settled> {
  const { db } = deps;
  const row = await db.inShop(who.shopId, (tx) => uploadRow(tx, who, id));
  if (!row) return { outcome: 'gone' };
  if (row.state === 'refused') return { outcome: 'refused', refusal: row.refusal! };
  if (row.state === 'done') {
    const found = await db.inShop(who.shopId, (tx) => filesByIds(tx, who.shopId, [row.fileId!]));
    const file = found.get(row.fileId!);
    return file ? { outcome: 'stored', file, sameAs: null } : { outcome: 'gone' };
  }
  if (row.announced !== null && row.received < row.announced)
    return { outcome: 'open', offset: row.received };
  const kept = await keepUpload(deps, who, row, now);
  if (!('refusal' in kept)) return kept.outcome === 'settled' ? settle(deps, who, id, now) : kept;
  await db.inShop(who.shopId, async (tx) => {
    await settleUpload(tx, who.shopId, id, kept);
    await removeFolderAt(tx, who.shopId, incomingFolder(id), now);
  });
  return { outcome: 'refused', refusal: kept.refusal };
}

/** A whole file at once, from a form without script or from an import. */
export async function receiveFile(
  deps: FilesDeps,
  who: Uploader,
  body: AsyncIterable<Uint8Array>,
  now: Date,
): Promise<Exclude<Settled, { outcome: 'open' | 'gone' }>> {
  const begun = await beginUpload(deps, who, null, now);
  if (begun.outcome === 'refused') return begun;
  const appended = await appendUpload(deps, who, begun.id, 0, body);
  if (appended.outcome === 'refused') return appended;
  const settled = await settle(deps, who, begun.id, now);
  if (settled.outcome === 'stored' || settled.outcome === 'refused') return settled;
  throw new Error(`upload ${begun.id} ended as ${settled.outcome}`);
}
