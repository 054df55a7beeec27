/** Tells Shopify how close customers are, so that segments, Flow and the merchant's other tools can go by it. */
import type { Db, ShopTx, SqlTx } from '../db.server.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import type { CustomerRef, Stage } from './customer.ts';
import { nextTry, stageTags, type StageAtShopify, type Told } from './stage-mirror.ts';

const WISH = `
  insert into stage_mirror (shop_id, customer_id, due_at)
  select distinct on (shop_id, customer_id) shop_id, customer_id, $3::timestamptz
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, customer_id) order by 1, 2
  on conflict (shop_id, customer_id) do update set due_at = excluded.due_at, attempts = 0`;

/** Wishes that Shopify learns of these customers; in the transaction in which their stage or score has changed. */
export async function mirrorStages(tx: SqlTx, customers: readonly CustomerRef[], now: Date): Promise<void> {
  if (customers.length === 0) return;
  await tx.sql(WISH, [customers.map(({ shopId }) => shopId), customers.map(({ id }) => id), now]);
}

const WISH_ALL = `
  insert into stage_mirror (shop_id, customer_id, due_at)
  select shop_id, id, $2::timestamptz from customer
  where shop_id = $1 and shopify_id is not null and erased_at is null and merged_into is null
  on conflict (shop_id, customer_id) do update set due_at = excluded.due_at, attempts = 0`;

/** The same of everybody: what Shopify is told has changed. */
export const mirrorEverybody = (tx: ShopTx, now: Date) => tx.sql(WISH_ALL, [tx.shopId, now]);

/** Taken for two minutes: whoever dies meanwhile leaves it to the next. Due moments are the app's, leases are not longer. */
const CLAIM = `
  update stage_mirror m set due_at = $1::timestamptz + interval '2 minutes', attempts = m.attempts + 1
  from (
    select shop_id, customer_id from stage_mirror where due_at <= $1 order by due_at limit 100 for update skip locked
  ) due
  where m.shop_id = due.shop_id and m.customer_id = due.customer_id
  returning m.shop_id, m.customer_id, m.due_at, m.attempts`;

const PEOPLE = `
  select shop_id, id, shopify_id, stage, last_score from customer
  join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) using (shop_id, id)
  where erased_at is null and merged_into is null and shopify_id is not null`;

/** Only what was claimed: a wish that came meanwhile stays. */
const DONE = `delete from stage_mirror where shop_id = $1 and customer_id = $2 and due_at = $3`;
const LATER = `update stage_mirror set due_at = $4 where shop_id = $1 and customer_id = $2 and due_at = $3`;

interface Claimed {
  shop_id: bigint;
  customer_id: string;
  due_at: Date;
  attempts: number;
}

interface Person {
  shop_id: bigint;
  id: string;
  shopify_id: bigint;
  stage: Stage;
  last_score: number | null;
}

/** The loop that tells Shopify. */
export function makeStageMirrorLoop({
  db,
  shopify,
}: {
  db: Db;
  shopify: StageAtShopify;
}): (now: Date) => Promise<number> {
  return async (now) => {
    const claimed = await db.sqlAcrossShops<Claimed>(CLAIM, [now]);
    if (claimed.length === 0) return 0;
    const tx = { sql: db.sqlAcrossShops };
    const people = await tx.sql<Person>(PEOPLE, [
      claimed.map((row) => row.shop_id),
      claimed.map((row) => row.customer_id),
    ]);
    const known = new Map(people.map((person) => [person.id, person]));
    const shops = await shopsByIds(
      tx,
      claimed.map((row) => row.shop_id),
    );
    for (const row of claimed) {
      const person = known.get(row.customer_id);
      const shop = shops.get(row.shop_id);
      const told =
        person && shop?.status === 'installed'
          ? await shopify.tell(shop.domain, {
              shopifyId: person.shopify_id,
              stage: person.stage,
              lastScore: person.last_score,
              tags: shop.settings.stageTags ? stageTags(person.stage) : null,
            })
          : ({ outcome: 'done' } as const);
      await settle(tx, row, told, now);
    }
    return claimed.length;
  };
}

async function settle(tx: SqlTx, row: Claimed, told: Told, now: Date): Promise<void> {
  const key = [row.shop_id, row.customer_id, row.due_at];
  const seconds = told.outcome === 'later' ? nextTry(row.attempts) : null;
  if (told.outcome !== 'later' || seconds === null) {
    await tx.sql(DONE, key);
    return;
  }
  await tx.sql(LATER, [...key, new Date(now.getTime() + Math.max(seconds, told.seconds) * 1000)]);
}
