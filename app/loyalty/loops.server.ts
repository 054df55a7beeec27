/** The loops of loyalty: everybody in line after a change of the terms, tags at Shopify, points whose time is over. */
import type { Db, SqlTx } from '../db.server.ts';
import { workUnderLease } from '../lease.server.ts';
import { endPoints } from '../rewards/rewards.server.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { bringBenefits } from './benefits.server.ts';
import { nextTry, type TagsAtShopify } from './tags-at-shopify.ts';

const DUE = `
  select shop_id, cursor from loyalty_settings where due_at <= $1 order by due_at limit 1 for update skip locked`;
const AT_ONCE = 200;
/** Strangers have nothing; whoever has something is looked at, wherever they stand now. */
const SLICE = `
  select id from customer c where shop_id = $1 and ($2::uuid is null or id > $2) and erased_at is null and merged_into is null
    and (stage <> 'stranger' or exists (select 1 from benefit b where b.shop_id = c.shop_id and b.customer_id = c.id and b.state = 'has'))
  order by id limit ${AT_ONCE}`;
const GO_ON = `update loyalty_settings set cursor = $2::uuid, due_at = case when $2::uuid is null then null else due_at end where shop_id = $1`;

/** After the terms have changed: a slice of one shop at a time. */
export function makeLoyaltyRun({ db }: { db: Db }): (now: Date) => Promise<number> {
  return (now) =>
    db.acrossShops(async (tx) => {
      const [due] = await tx.sql<{ shop_id: bigint; cursor: string | null }>(DUE, [now]);
      if (!due) return 0;
      const shop = (await shopsByIds(tx, [due.shop_id])).get(due.shop_id);
      const ids =
        shop?.status === 'installed'
          ? (await tx.sql<{ id: string }>(SLICE, [due.shop_id, due.cursor])).map(({ id }) => id)
          : [];
      if (shop) await bringBenefits(tx, shop, ids, now);
      await tx.sql(GO_ON, [due.shop_id, ids.length < AT_ONCE ? null : ids.at(-1)]);
      return ids.length + 1;
    });
}

const CLAIM = `
  update benefit b set lease_until = clock_timestamp() + make_interval(secs => $2), attempts = b.attempts + 1
  from (
    select w.shop_id, w.customer_id, w.kind, s.domain from benefit w join shop s on s.id = w.shop_id and s.status = 'installed'
    where w.due_at <= $1 and (w.lease_until is null or w.lease_until < clock_timestamp())
    order by w.due_at limit 32 for update of w skip locked) due
  left join customer c on c.shop_id = due.shop_id and c.id = due.customer_id and c.erased_at is null
  where b.shop_id = due.shop_id and b.customer_id = due.customer_id and b.kind = due.kind
  returning b.shop_id, b.customer_id, b.kind, b.tag, b.old_tag, b.due_at, b.attempts, due.domain, c.shopify_id`;

/** What somebody is writing is let be. */
const RENEW = `
  update benefit b set lease_until = clock_timestamp() + make_interval(secs => $4)
  from (
    select w.shop_id, w.customer_id, w.kind from unnest($1::bigint[], $2::uuid[], $3::text[]) as t(shop_id, customer_id, kind)
    join benefit w on w.shop_id = t.shop_id and w.customer_id = t.customer_id and w.kind = t.kind and w.lease_until is not null
    for update of w skip locked) held
  where b.shop_id = held.shop_id and b.customer_id = held.customer_id and b.kind = held.kind`;

interface Claimed {
  shop_id: bigint;
  customer_id: string;
  kind: string;
  tag: string | null;
  old_tag: string | null;
  due_at: Date;
  attempts: number;
  domain: string;
  shopify_id: bigint | null;
}

/** Only what was claimed: a change that came meanwhile is told again. */
const DONE = `
  update benefit set due_at = null, lease_until = null, old_tag = null where shop_id = $1 and customer_id = $2 and kind = $3 and due_at = $4`;
const LATER = `
  update benefit set due_at = $5, lease_until = null where shop_id = $1 and customer_id = $2 and kind = $3 and due_at = $4`;

/** Tells Shopify which tags customers have, and no longer have. Guests without an account have none. */
export function makeBenefitTags({
  db,
  shopify,
}: {
  db: Db;
  shopify: TagsAtShopify;
}): (now: Date) => Promise<number> {
  const tx: SqlTx = { sql: db.sqlAcrossShops };
  return (now) => {
    const lease = {
      claim: (seconds: number) => tx.sql<Claimed>(CLAIM, [now, seconds]),
      renew: (rows: Claimed[], seconds: number) =>
        tx.sql(RENEW, [
          rows.map((row) => row.shop_id),
          rows.map((row) => row.customer_id),
          rows.map(({ kind }) => kind),
          seconds,
        ]),
    };
    return workUnderLease(lease, async (row) => {
      const key = [row.shop_id, row.customer_id, row.kind, row.due_at];
      const told = row.shopify_id
        ? await shopify.tell(row.domain, row.shopify_id, { add: row.tag, remove: row.old_tag })
        : ({ outcome: 'done' } as const);
      const seconds = told.outcome === 'later' ? nextTry(row.attempts) : null;
      if (told.outcome === 'done' || seconds === null) await tx.sql(DONE, key);
      else await tx.sql(LATER, [...key, new Date(now.getTime() + Math.max(seconds, told.seconds) * 1000)]);
    });
  };
}

/** Ends points whose time is over. */
export const makePointsEnd =
  ({ db }: { db: Db }) =>
  (now: Date): Promise<number> =>
    db.acrossShops((tx) => endPoints(tx, now));
