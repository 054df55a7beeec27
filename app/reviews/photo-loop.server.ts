/** The loop that fetches pictures of imported reviews and keeps them as our own: nothing of another app's is shown. */
import type { Db } from '../db.server.ts';
import { renewalOf, workUnderLease } from '../lease.server.ts';
import { keepFiles, receiveFile, type FilesDeps } from '../files/files.server.ts';
import { FETCH_TRIES, type FetchPicture } from './photo.ts';

export interface PhotoDeps {
  db: Db;
  files: FilesDeps;
  fetchPicture: FetchPicture;
}

/** A slice from each shop that has something due; the lease is the database's own time. */
const CLAIM = `
  with claimed as (
    select p.shop_id, p.id from (select distinct shop_id from review_photo where due_at <= $1 limit 8) due
    join shop on shop.id = due.shop_id and shop.status = 'installed'
    cross join lateral (
      select shop_id, id from review_photo
      where shop_id = due.shop_id and due_at <= $1 and (lease_until is null or lease_until < clock_timestamp())
      order by due_at limit 8 for update skip locked) p)
  update review_photo p set lease_until = clock_timestamp() + make_interval(secs => $2), attempts = p.attempts + 1
  from claimed where p.shop_id = claimed.shop_id and p.id = claimed.id
  returning p.shop_id, p.id, p.review_id, p.source_url, p.attempts::int as attempts`;

const RENEW = renewalOf('review_photo');

interface Claimed {
  shop_id: bigint;
  id: string;
  review_id: string;
  source_url: string;
  attempts: number;
}

const KEPT = `
  update review_photo set state = 'kept', file_id = $3, due_at = null, lease_until = null, reason = null
  where shop_id = $1 and id = $2 and state = 'wanted' returning id`;
const FAILED = `
  update review_photo set state = 'failed', due_at = null, lease_until = null, reason = $3 where shop_id = $1 and id = $2`;
const LATER = `
  update review_photo set due_at = $3, lease_until = null, reason = 'later' where shop_id = $1 and id = $2`;

export function makePhotoLoop(deps: PhotoDeps): (now: Date) => Promise<number> {
  return (now) => {
    const lease = {
      claim: (seconds: number) => deps.db.sqlAcrossShops<Claimed>(CLAIM, [now, seconds]),
      renew: (rows: Claimed[], seconds: number) =>
        deps.db.sqlAcrossShops(RENEW, [rows.map((row) => row.shop_id), rows.map(({ id }) => id), seconds]),
    };
    return workUnderLease(lease, (photo) => bring(deps, photo, now));
  };
}

async function bring({ db, files, fetchPicture }: PhotoDeps, photo: Claimed, now: Date): Promise<void> {
  const { shop_id: shopId, id, review_id: reviewId, attempts } = photo;
  const fail = (reason: string) => db.sqlAcrossShops(FAILED, [shopId, id, reason.slice(0, 200)]);
  const fetched = await fetchPicture(photo.source_url);
  if (fetched.outcome === 'failed') return void (await fail(fetched.reason));
  if (fetched.outcome === 'later') {
    if (attempts >= FETCH_TRIES) return void (await fail('no answer'));
    const again = new Date(now.getTime() + 1000 * 4 ** attempts);
    return void (await db.sqlAcrossShops(LATER, [shopId, id, again]));
  }
  const who = { shopId, purpose: 'import', customerId: null } as const;
  const stored = await receiveFile(files, who, fetched.body, now).catch(() => null);
  if (stored === null)
    return void (await db.sqlAcrossShops(LATER, [shopId, id, new Date(now.getTime() + 60_000)]));
  if (stored.outcome === 'refused') return void (await fail(stored.refusal));
  await db.inShop(shopId, async (tx) => {
    // Undone or erased meanwhile: a file that nothing is tied to goes by itself.
    const wanted = await tx.sql(KEPT, [shopId, id, stored.file.id]);
    if (wanted.length > 0) await keepFiles(tx, who, [stored.file.id], `review:${reviewId}`);
  });
}
