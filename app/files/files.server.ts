/** The door: uploads, what is kept of them and for whom, and what goes. */
import type { Db, SqlTx } from '../db.server.ts';
import { documentsByIds, filesByIds } from './rows.server.ts';
import { StorageError, type FileStorage } from './storage.ts';

export { receiveDocument } from './documents.server.ts';
export { serveStored } from './serve.server.ts';
export {
  appendUpload,
  beginUpload,
  lookAtUpload,
  receiveFile,
  settle,
  type FilesDeps,
  type Settled,
} from './uploads.server.ts';
export { documentsByIds, filesByIds };

const KEEP = `
  update stored_file set used_by = $3 where shop_id = $1 and id = any($2::uuid[]) and used_by is null
    and customer_id is not distinct from $4::uuid and purpose = $5 returning id`;

/**
 * Ties files to what shows them ('story:ID'), in the transaction that saves it; what nothing is tied to goes after a day.
 * @returns the ids that were free and of this person: who names somebody else's file gets none
 */
export async function keepFiles(
  tx: SqlTx,
  { shopId, customerId, purpose }: { shopId: bigint; customerId: string | null; purpose: string },
  ids: readonly string[],
  usedBy: string,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.sql<{ id: string }>(KEEP, [shopId, ids, usedBy, customerId, purpose]);
  const free = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => free.has(id));
}

/** Whatever was tied to these goes: the rows now, the bytes within seconds of the commit. */
export async function releaseFiles(tx: SqlTx, shopId: bigint, usedBy: readonly string[]): Promise<void> {
  await tx.sql('delete from stored_file where shop_id = $1 and used_by = any($2::text[])', [shopId, usedBy]);
}

/** Single files go, whatever they are tied to. */
export async function deleteFiles(tx: SqlTx, shopId: bigint, ids: readonly string[]): Promise<void> {
  await tx.sql('delete from stored_file where shop_id = $1 and id = any($2::uuid[])', [shopId, ids]);
}

/** Files of a customer who was merged into another one are that one's. */
export async function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
): Promise<void> {
  const values = [
    merges.map(({ shopId }) => shopId),
    merges.map(({ from }) => from),
    merges.map(({ into }) => into),
  ];
  for (const table of ['upload', 'stored_file'])
    await tx.sql(
      `update ${table} t set customer_id = m.new_id
       from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as m(shop_id, old_id, new_id)
       where t.shop_id = m.shop_id and t.customer_id = m.old_id`,
      values,
    );
}

const FORGET_UPLOADS = `delete from upload where created_at < $1::timestamptz - interval '2 days'`;
const FORGET_FILES = `
  delete from stored_file where used_by is null and created_at < $1::timestamptz - interval '1 day'`;

/** Uploads that nobody goes on with, and files that nothing shows. */
export async function forgetUnused(tx: SqlTx, now: Date): Promise<void> {
  await tx.sql(FORGET_UPLOADS, [now]);
  await tx.sql(FORGET_FILES, [now]);
}

const DUE = `
  select shop_id, folder from removed_folder where remove_at <= $1 order by remove_at limit 20`;
const GONE = 'delete from removed_folder where shop_id = $1 and folder = $2 and remove_at <= $3';
const LATER = `update removed_folder set remove_at = $3::timestamptz + interval '5 minutes' where shop_id = $1 and folder = $2`;

/** Removes from the storage what no row stands for any more; safe to repeat, and for two at once. */
export function makeRemovalLoop({ db, storage }: { db: Db; storage: FileStorage }) {
  return async (now: Date): Promise<number> => {
    const rows = await db.sqlAcrossShops<{ shop_id: bigint; folder: string }>(DUE, [now]);
    for (const { shop_id: shopId, folder } of rows) {
      try {
        await storage.removeFolder(folder);
        await db.sqlAcrossShops(GONE, [shopId, folder, now]);
      } catch (error) {
        if (!(error instanceof StorageError)) throw error;
        await db.sqlAcrossShops(LATER, [shopId, folder, now]);
      }
    }
    return rows.length;
  };
}

const SENT_BEFORE = `
  select f.id from stored_file f where f.shop_id = $1 and f.id = any($2::uuid[]) and exists (
    select 1 from stored_file o where o.shop_id = $1 and o.customer_id is not distinct from f.customer_id
      and o.purpose = f.purpose and o.sha256 = f.sha256 and o.id <> f.id and o.used_by is not null)`;

/** Those of the files that their sender has sent before, and that are shown somewhere already. */
export async function sentBefore(tx: SqlTx, shopId: bigint, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.sql<{ id: string }>(SENT_BEFORE, [shopId, ids]);
  return new Set(rows.map(({ id }) => id));
}
