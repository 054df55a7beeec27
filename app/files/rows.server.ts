/** Rows of uploads under way and of files that are kept. */
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { StoredDocument } from './document.ts';
import type { Refusal, StoredFile } from './file.ts';
import type { Uploader } from './upload.ts';

/** A piece of an upload, in the order in which they came. */
export interface Piece {
  key: string;
  bytes: number;
}

export interface UploadRow {
  id: string;
  /** Bytes in all; null while nobody knows. */
  announced: number | null;
  received: number;
  pieces: Piece[];
  state: 'open' | 'done' | 'refused';
  refusal: Refusal | null;
  fileId: string | null;
}

const UPLOAD = `
  select id, announced::float8 as announced, received::float8 as received, pieces, state, refusal, file_id as "fileId"
  from upload where shop_id = $1 and id::text = $2 and purpose = $3 and customer_id is not distinct from $4::uuid`;

/** An upload of this uploader; null when there is none. */
export async function uploadRow(tx: SqlTx, who: Uploader, id: string): Promise<UploadRow | null> {
  const [row] = await tx.sql<UploadRow>(UPLOAD, [who.shopId, id, who.purpose, who.customerId]);
  return row ?? null;
}

const USED = `
  select (select coalesce(sum(bytes), 0)::float8 from stored_file where shop_id = $1) as bytes,
    (select count(*)::int from upload where shop_id = $1 and created_at > $4::timestamptz - interval '1 day'
      and purpose = $2 and customer_id is not distinct from $3::uuid) as today`;

/** Bytes that the shop has stored, and how many files this uploader has sent in since yesterday. */
export async function usedBy(tx: SqlTx, who: Uploader, now: Date): Promise<{ bytes: number; today: number }> {
  const [row] = await tx.sql<{ bytes: number; today: number }>(USED, [
    who.shopId,
    who.purpose,
    who.customerId,
    now,
  ]);
  return row!;
}

const BEGIN = `
  insert into upload (shop_id, id, purpose, customer_id, announced, created_at)
  values ($1, $2::uuid, $3, $4::uuid, $5::bigint, $6)`;

export async function insertUpload(
  tx: SqlTx,
  who: Uploader,
  announced: number | null,
  now: Date,
): Promise<string> {
  const id = newId(now);
  await tx.sql(BEGIN, [who.shopId, id, who.purpose, who.customerId, announced, now]);
  return id;
}

const GROW = `
  update upload set received = received + $4::bigint, pieces = pieces || jsonb_build_array($5::jsonb)
  where shop_id = $1 and id = $2::uuid and received = $3::bigint and state = 'open' returning 1 as ok`;

/** Adds a piece that begins at `at`; false when somebody else was there first. */
export async function addPiece(
  tx: SqlTx,
  { shopId }: Uploader,
  id: string,
  at: number,
  piece: Piece,
): Promise<boolean> {
  return (await tx.sql(GROW, [shopId, id, at, piece.bytes, JSON.stringify(piece)])).length > 0;
}

const SETTLE = `
  update upload set state = $3, refusal = $4, file_id = $5::uuid where shop_id = $1 and id = $2::uuid and state = 'open'
  returning 1 as ok`;

/** Ends an upload, once. */
export async function settleUpload(
  tx: SqlTx,
  shopId: bigint,
  id: string,
  end: { refusal: Refusal } | { fileId: string },
): Promise<boolean> {
  const refusal = 'refusal' in end ? end.refusal : null;
  const fileId = 'fileId' in end ? end.fileId : null;
  return (await tx.sql(SETTLE, [shopId, id, refusal ? 'refused' : 'done', refusal, fileId])).length > 0;
}

const REMOVE_AT = `
  insert into removed_folder (shop_id, folder, remove_at) values ($1, $2, $3)
  on conflict (shop_id, folder) do update set remove_at = excluded.remove_at`;

/** What lies in a folder of the storage goes at that moment, unless {@link keepFolder} says otherwise before. */
export async function removeFolderAt(tx: SqlTx, shopId: bigint, folder: string, at: Date): Promise<void> {
  await tx.sql(REMOVE_AT, [shopId, folder, at]);
}

export async function keepFolder(tx: SqlTx, shopId: bigint, folder: string): Promise<void> {
  await tx.sql('delete from removed_folder where shop_id = $1 and folder = $2', [shopId, folder]);
}

const INSERT = `
  insert into stored_file (shop_id, id, name, purpose, customer_id, kind, ending, width, height, widths, bytes, sha256, created_at)
  values ($1, $2::uuid, $3, $4, $5::uuid, $6, $7, $8::int, $9::int, $10::int[], $11::bigint, $12::bytea, $13)`;

export async function insertFile(
  tx: SqlTx,
  file: Omit<StoredFile, 'id' | 'kind'> & { kind: StoredFile['kind'] | 'document' },
  { purpose, customerId }: Uploader,
  sha256: Uint8Array,
  now: Date,
): Promise<string> {
  const id = newId(now);
  const { shopId, name, kind, ending, width, height, widths, bytes } = file;
  await tx.sql(INSERT, [
    shopId,
    id,
    name,
    purpose,
    customerId,
    kind,
    ending,
    width,
    height,
    widths,
    bytes,
    sha256,
    now,
  ]);
  return id;
}

const COLUMNS = `shop_id as "shopId", id, name, kind, ending, width, height, widths, bytes::float8 as bytes`;

/** Pictures and videos by id; ids of nothing are left out. */
export async function filesByIds(
  tx: SqlTx,
  shopId: bigint,
  ids: readonly string[],
): Promise<Map<string, StoredFile>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.sql<StoredFile>(
    `select ${COLUMNS} from stored_file where shop_id = $1 and id = any($2::uuid[]) and kind <> 'document'`,
    [shopId, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const DOCUMENTS = `
  select id, name, ending, bytes::float8 as bytes from stored_file
  where shop_id = $1 and id = any($2::uuid[]) and kind = 'document'`;

/** Documents by id; ids of nothing are left out. */
export async function documentsByIds(
  tx: SqlTx,
  shopId: bigint,
  ids: readonly string[],
): Promise<Map<string, StoredDocument>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.sql<StoredDocument>(DOCUMENTS, [shopId, ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

const DOCUMENTS_TODAY = `
  select count(*)::int as count from stored_file where shop_id = $1 and customer_id is not distinct from $2::uuid
    and purpose = $3 and kind = 'document' and created_at > $4::timestamptz - interval '1 day'`;

/** How many documents this uploader has sent in since yesterday. */
export async function documentsToday(tx: SqlTx, who: Uploader, now: Date): Promise<number> {
  const values = [who.shopId, who.customerId, who.purpose, now];
  const [row] = await tx.sql<{ count: number }>(DOCUMENTS_TODAY, values);
  return row!.count;
}

const SAME = `
  select id from stored_file where shop_id = $1 and customer_id is not distinct from $2::uuid and purpose = $3
    and sha256 = $4::bytea order by created_at limit 1`;

/** The same bytes, sent in by the same person for the same purpose before. */
export async function sameFile(tx: SqlTx, who: Uploader, sha256: Uint8Array): Promise<string | null> {
  const [row] = await tx.sql<{ id: string }>(SAME, [who.shopId, who.customerId, who.purpose, sha256]);
  return row?.id ?? null;
}
