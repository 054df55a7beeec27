/** The loop that tells Shopify of products' stars: only of those that have changed, twelve at a time. */
import type { Db } from '../db.server.ts';
import { workUnderLease } from '../lease.server.ts';
import {
  knownAs,
  meanOf,
  type RatingAtShopify,
  type RatingsTold,
  type ShopifyRatings,
} from './shopify-ratings.ts';

export interface RatingDeps {
  db: Db;
  shopify: ShopifyRatings;
}

/** Two metafields each, and 25 at once are taken. */
const AT_ONCE = 12;

/** A slice from each shop that has something due; the lease is the database's own time. */
const CLAIM = `
  with claimed as (
    select r.shop_id, r.product_id, shop.domain from (select distinct shop_id from product_rating where due_at <= $1 limit 8) due
    join shop on shop.id = due.shop_id and shop.status = 'installed'
    cross join lateral (
      select shop_id, product_id from product_rating
      where shop_id = due.shop_id and due_at <= $1 and (lease_until is null or lease_until < clock_timestamp())
      order by due_at limit ${AT_ONCE} for update skip locked) r)
  update product_rating r set lease_until = clock_timestamp() + make_interval(secs => $2), attempts = r.attempts + 1
  from claimed where r.shop_id = claimed.shop_id and r.product_id = claimed.product_id
  returning r.shop_id, claimed.domain, r.product_id, r.count, r.stars, r.known, r.attempts::int as attempts`;

/** What somebody is writing is let be. */
const RENEW = `
  update product_rating r set lease_until = clock_timestamp() + make_interval(secs => $3)
  from (
    select w.shop_id, w.product_id from unnest($1::bigint[], $2::bigint[]) as t(shop_id, product_id)
    join product_rating w on w.shop_id = t.shop_id and w.product_id = t.product_id and w.lease_until is not null
    for update of w skip locked) held
  where r.shop_id = held.shop_id and r.product_id = held.product_id`;

interface Claimed {
  shop_id: bigint;
  domain: string;
  product_id: bigint;
  count: number;
  stars: number;
  known: string | null;
  attempts: number;
}

/** What came in meanwhile stays due: only what was told is taken off. */
const TOLD = `
  update product_rating r set known = t.known, lease_until = null, reason = t.reason,
    due_at = case when r.count = t.count and r.stars = t.stars then null else r.due_at end,
    attempts = case when r.count = t.count and r.stars = t.stars then 0 else r.attempts end
  from unnest($2::bigint[], $3::int[], $4::int[], $5::text[], $6::text[]) as t(product_id, count, stars, known, reason)
  where r.shop_id = $1 and r.product_id = t.product_id`;
const PUT_OFF = `
  update product_rating set lease_until = null, reason = $3, due_at = $4 where shop_id = $1 and product_id = any($2::bigint[])`;

/** Tries, each four times as long after the last one; then the product waits for its next review. */
const TRIES = 6;

export function makeRatingLoop({ db, shopify }: RatingDeps): (now: Date) => Promise<number> {
  return (now) => {
    const lease = {
      /** By shop. */
      claim: async (seconds: number) => {
        const claimed = await db.sqlAcrossShops<Claimed>(CLAIM, [now, seconds]);
        return [...Map.groupBy(claimed, (row) => row.shop_id).values()];
      },
      renew: (shops: Claimed[][], seconds: number) => {
        const rows = shops.flat();
        const keys = [rows.map((row) => row.shop_id), rows.map((row) => row.product_id)];
        return db.sqlAcrossShops(RENEW, [...keys, seconds]);
      },
    };
    return workUnderLease(lease, (rows) => tell({ db, shopify }, rows, now));
  };
}

const wantedOf = ({ product_id: productId, count, stars }: Claimed): RatingAtShopify => ({
  productId,
  count,
  rating: meanOf(stars, count),
});

async function tell({ db, shopify }: RatingDeps, rows: readonly Claimed[], now: Date): Promise<void> {
  const { shop_id: shopId, domain } = rows[0]!;
  const changed = rows.filter((row) => row.known !== knownAs(wantedOf(row)));
  const told: RatingsTold =
    changed.length === 0
      ? { outcome: 'done', missing: [] }
      : await shopify.set(domain, changed.map(wantedOf));
  if (told.outcome === 'done') {
    await db.sqlAcrossShops(TOLD, [
      shopId,
      rows.map((row) => row.product_id),
      rows.map((row) => row.count),
      rows.map((row) => row.stars),
      rows.map((row) => knownAs(wantedOf(row))),
      rows.map((row) => (told.missing.includes(row.product_id) ? 'not-at-shopify' : null)),
    ]);
    return;
  }
  const attempts = Math.max(...rows.map((row) => row.attempts));
  const seconds = told.outcome === 'later' ? Math.max(told.seconds, 1) : 4 ** attempts;
  const isOver = told.outcome === 'refused' && (attempts >= TRIES || told.reason === 'ACCESS_DENIED');
  const dueAt = isOver ? null : new Date(now.getTime() + seconds * 1000);
  const reason = told.outcome === 'refused' ? told.reason.slice(0, 200) : 'later';
  await db.sqlAcrossShops(PUT_OFF, [shopId, rows.map((row) => row.product_id), reason, dueAt]);
}
