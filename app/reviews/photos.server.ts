/** Pictures and videos of reviews that their authors send in. */
import type { SqlTx } from '../db.server.ts';
import type { StoredFile } from '../files/file.ts';
import { deleteFiles, filesByIds, keepFiles } from '../files/files.server.ts';
import { newId } from '../ids.ts';

export interface ReviewPicture {
  id: string;
  file: StoredFile;
}

const KEPT = `
  select id, review_id as "reviewId", file_id as "fileId" from review_photo
  where shop_id = $1 and review_id = any($2::uuid[]) and state = 'kept' and file_id is not null order by position, id`;

/** What is kept of these reviews, by review, in the order it was sent in. */
export async function picturesOf(
  tx: SqlTx,
  shopId: bigint,
  reviewIds: readonly string[],
): Promise<Map<string, ReviewPicture[]>> {
  if (reviewIds.length === 0) return new Map();
  const rows = await tx.sql<{ id: string; reviewId: string; fileId: string }>(KEPT, [shopId, reviewIds]);
  const files = await filesByIds(
    tx,
    shopId,
    rows.map(({ fileId }) => fileId),
  );
  const found = new Map<string, ReviewPicture[]>();
  for (const { id, reviewId, fileId } of rows) {
    const file = files.get(fileId);
    if (file) found.set(reviewId, [...(found.get(reviewId) ?? []), { id, file }]);
  }
  return found;
}

const REMOVE = `
  delete from review_photo where shop_id = $1 and review_id = $2 and id = any($3::uuid[]) returning file_id as "fileId"`;

const ADD = `
  insert into review_photo (shop_id, id, review_id, position, kind, state, file_id)
  select $1, t.id, $2, (select coalesce(max(position), -1) + 1 from review_photo where shop_id = $1 and review_id = $2) + t.place,
    case when f.kind = 'video' then 'video' else 'photo' end, 'kept', f.id
  from unnest($3::uuid[], $4::uuid[]) with ordinality as t(id, file_id, place)
  join stored_file f on f.shop_id = $1 and f.id = t.file_id`;

/**
 * Takes what its author has sent in, and lets go of what they have taken away.
 * @param change `add`: ids of files; who names somebody else's gets none. `remove`: ids of pictures of this review
 */
export async function changePictures(
  tx: SqlTx,
  review: { shopId: bigint; id: string; customerId: string },
  change: { add: readonly string[]; remove: readonly string[] },
  now: Date,
): Promise<void> {
  const { shopId, id, customerId } = review;
  if (change.remove.length > 0) {
    const gone = await tx.sql<{ fileId: string | null }>(REMOVE, [shopId, id, change.remove]);
    await deleteFiles(
      tx,
      shopId,
      gone.flatMap(({ fileId }) => (fileId ? [fileId] : [])),
    );
  }
  const who = { shopId, customerId, purpose: 'review' } as const;
  const kept = await keepFiles(tx, who, change.add, `review:${id}`);
  if (kept.length > 0) await tx.sql(ADD, [shopId, id, kept.map(() => newId(now)), kept]);
}
