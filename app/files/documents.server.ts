/** Papers that come whole, with a mail: looked at, then kept as they are. */
import { createHash, randomBytes } from 'node:crypto';
import { documentOf, MAX_DOCUMENT_BYTES, type DocumentRefusal, type StoredDocument } from './document.ts';
import { MAX_FILES_A_DAY } from './file.ts';
import { documentsToday, insertFile, keepFolder, removeFolderAt, usedBy } from './rows.server.ts';
import { publicFolder, TYPES } from './storage.ts';
import type { Uploader } from './upload.ts';
import type { FilesDeps } from './uploads.server.ts';

export type DocumentSettled =
  { outcome: 'stored'; file: StoredDocument } | { outcome: 'refused'; refusal: DocumentRefusal };

/** What a killed process has written is thrown away after so long. */
const WRITE_MINUTES = 60;

/** Keeps a document; free, as every file, until `keepFiles` ties it to what shows it. @throws StorageError */
export async function receiveDocument(
  { db, storage, quotaBytes }: FilesDeps,
  who: Uploader,
  bytes: Buffer,
  now: Date,
): Promise<DocumentSettled> {
  if (bytes.length === 0) return refused('empty');
  if (bytes.length > MAX_DOCUMENT_BYTES) return refused('too-large');
  const looked = documentOf(bytes);
  if ('refusal' in looked) return refused(looked.refusal);
  const { ending } = looked;
  const name = randomBytes(16).toString('hex');
  const folder = publicFolder(name);
  const until = new Date(now.getTime() + WRITE_MINUTES * 60_000);
  const noRoom = await db.inShop(who.shopId, async (tx): Promise<DocumentRefusal | null> => {
    const used = await usedBy(tx, who, now);
    if (used.bytes + bytes.length > quotaBytes) return 'full';
    if ((await documentsToday(tx, who, now)) >= MAX_FILES_A_DAY[who.purpose]) return 'too-many';
    // Written down before anything is: a crash in between leaves nothing behind for ever.
    await removeFolderAt(tx, who.shopId, folder, until);
    return null;
  });
  if (noRoom) return refused(noRoom);
  await storage.put(`${folder}/document.${ending}`, bytes, TYPES[ending]!);
  const sha256 = createHash('sha256').update(bytes).digest();
  const shape = { width: null, height: null, widths: [] };
  const file = {
    shopId: who.shopId,
    name,
    kind: 'document' as const,
    ending,
    ...shape,
    bytes: bytes.length,
  };
  const id = await db.inShop(who.shopId, async (tx) => {
    const inserted = await insertFile(tx, file, who, sha256, now);
    await keepFolder(tx, who.shopId, folder);
    return inserted;
  });
  return { outcome: 'stored', file: { id, name, ending, bytes: bytes.length } };
}

const refused = (refusal: DocumentRefusal): DocumentSettled => ({ outcome: 'refused', refusal });
