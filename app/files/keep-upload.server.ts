/** Turns the pieces of an upload into a file that is served. */
import { createHash, randomBytes } from 'node:crypto';
import { MAX_PICTURE_BYTES, takesVideo, type Refusal, type StoredFile } from './file.ts';
import { makePicture } from './pictures.server.ts';
import { piecesOf, type PieceReader } from './piece-reader.server.ts';
import {
  insertFile,
  keepFolder,
  removeFolderAt,
  sameFile,
  settleUpload,
  type UploadRow,
} from './rows.server.ts';
import { SNIFF_BYTES, sniff } from './sniff.ts';
import { incomingFolder, publicFolder, TYPES } from './storage.ts';
import type { Uploader } from './upload.ts';
import type { FilesDeps } from './uploads.server.ts';
import { applyPatches, BOX_HEAD, boxIn, MAX_INDEX_BYTES, readVideo, type Box } from './video.ts';

type Made = Pick<StoredFile, 'kind' | 'ending' | 'width' | 'height' | 'widths' | 'bytes'>;

export type Kept =
  | { outcome: 'stored'; file: StoredFile; sameAs: string | null }
  /** Another request has ended this upload meanwhile. */
  | { outcome: 'settled' }
  | { refusal: Refusal };

/** Writing takes seconds; what a killed process has written is thrown away after so long. */
const WRITE_MINUTES = 60;

/** @param row an open upload, all of which is there */
export async function keepUpload(deps: FilesDeps, who: Uploader, row: UploadRow, now: Date): Promise<Kept> {
  const reader = piecesOf(deps.storage, row);
  const looked = sniff(await reader.read(0, SNIFF_BYTES));
  if (looked.kind === 'refused') return { refusal: looked.refusal };
  if (looked.kind === 'video' && !takesVideo(who.purpose)) return { refusal: 'no-video' };
  if (looked.kind === 'picture' && row.received > MAX_PICTURE_BYTES) return { refusal: 'too-large' };
  const name = randomBytes(16).toString('hex');
  const folder = publicFolder(name);
  const until = new Date(now.getTime() + WRITE_MINUTES * 60_000);
  // Written down before anything is: a crash in between leaves nothing behind for ever.
  await deps.db.inShop(who.shopId, (tx) => removeFolderAt(tx, who.shopId, folder, until));
  const hash = createHash('sha256');
  const made =
    looked.kind === 'video'
      ? await keepVideo(deps, reader, folder, hash)
      : await keepPicture(deps, reader, folder, hash);
  if ('refusal' in made) return made;
  const digest = hash.digest();
  return deps.db.inShop(who.shopId, async (tx) => {
    const sameAs = await sameFile(tx, who, digest);
    const file = { shopId: who.shopId, name, ...made };
    const id = await insertFile(tx, file, who, digest, now);
    if (!(await settleUpload(tx, who.shopId, row.id, { fileId: id }))) {
      // Deleting the row marks its folder for removal.
      await tx.sql('delete from stored_file where shop_id = $1 and id = $2::uuid', [who.shopId, id]);
      return { outcome: 'settled' };
    }
    await keepFolder(tx, who.shopId, folder);
    await removeFolderAt(tx, who.shopId, incomingFolder(row.id), now);
    return { outcome: 'stored', file: { ...file, id }, sameAs };
  });
}

type Hash = ReturnType<typeof createHash>;

async function keepPicture(
  { storage }: FilesDeps,
  reader: PieceReader,
  folder: string,
  hash: Hash,
): Promise<Made | { refusal: Refusal }> {
  const bytes = await reader.read(0, reader.size);
  hash.update(bytes);
  const picture = await makePicture(bytes);
  if ('refusal' in picture) return picture;
  const { ending, width, height, versions } = picture;
  for (const version of versions)
    await storage.put(`${folder}/${version.width}.${ending}`, version.bytes, TYPES[ending]!);
  const widths = versions.map((version) => version.width);
  const sum = versions.reduce((total, version) => total + version.bytes.length, 0);
  return { kind: 'picture', ending, width, height, widths, bytes: sum };
}

async function keepVideo(
  { storage }: FilesDeps,
  reader: PieceReader,
  folder: string,
  hash: Hash,
): Promise<Made | { refusal: Refusal }> {
  const boxes = await boxesOf(reader);
  const moov = boxes?.find(({ type }) => type === 'moov');
  if (!boxes || (moov && moov.end - moov.start > MAX_INDEX_BYTES)) return { refusal: 'broken' };
  if (!moov) return { refusal: 'broken' };
  const video = readSafely(boxes, await reader.read(moov.start, moov.end - moov.start));
  if (video === 'broken') return { refusal: 'broken' };
  if (!video) return { refusal: 'video-kind' };
  const scrubbed = async function* () {
    let at = 0;
    for await (const piece of reader.all()) {
      hash.update(piece);
      applyPatches(piece, at, video.patches);
      at += piece.length;
      yield piece;
    }
  };
  await storage.putPieces(`${folder}/video.mp4`, scrubbed(), TYPES['mp4']!);
  const { width, height } = video;
  return { kind: 'video', ending: 'mp4', width, height, widths: [], bytes: reader.size };
}

/** An index that points out of itself is broken, not a fault of ours. */
function readSafely(boxes: Box[], moov: Uint8Array) {
  try {
    return readVideo(boxes, moov);
  } catch (error) {
    if (error instanceof RangeError) return 'broken';
    throw error;
  }
}

const MOST_BOXES = 200;

/** Every box of the file, one behind the other; null when they do not fill it. */
async function boxesOf(reader: PieceReader): Promise<Box[] | null> {
  const boxes: Box[] = [];
  for (let at = 0; at < reader.size;) {
    const box = boxIn(await reader.read(at, BOX_HEAD), at, reader.size);
    if (!box || boxes.length >= MOST_BOXES) return null;
    boxes.push(box);
    at = box.end;
  }
  return boxes;
}
