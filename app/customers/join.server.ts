/** Two customers become one: what hangs on the one that goes is carried over to the one that stays. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { lockPeople } from './rows.server.ts';
import { addTimeline } from './timeline.server.ts';

export interface Join {
  shopId: bigint;
  from: string;
  into: string;
}

const TIMELINE = `
  update timeline_entry e set customer_id = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where e.shop_id = t.shop_id and e.customer_id = t.from_id`;

const REDIRECT = `
  update customer c set merged_into = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where c.shop_id = t.shop_id and c.merged_into = t.from_id`;

const CONSENT = `
  insert into consent (shop_id, customer_id, channel, state, level, source, at)
  select distinct on (c.shop_id, t.into_id, c.channel) c.shop_id, t.into_id, channel, state, level, source, at
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  join consent c on c.shop_id = t.shop_id and c.customer_id = t.from_id
  order by c.shop_id, t.into_id, c.channel, at desc
  on conflict (shop_id, customer_id, channel) do update
    set state = excluded.state, level = excluded.level, source = excluded.source, at = excluded.at
    where excluded.at > consent.at`;

const PREFERENCES = `
  insert into preference (shop_id, customer_id, locale, channel, frequency, hour, paused_until, updated_at)
  select distinct on (p.shop_id, t.into_id)
    p.shop_id, t.into_id, locale, channel, frequency, hour, paused_until, updated_at
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  join preference p on p.shop_id = t.shop_id and p.customer_id = t.from_id
  order by p.shop_id, t.into_id, updated_at desc
  on conflict (shop_id, customer_id) do nothing`;

const SIGNS = `
  update customer c set friends = c.friends + f.friends, answers = c.answers + f.answers,
    kind_words = c.kind_words + f.kind_words, reviews = c.reviews + f.reviews, photos = c.photos + f.photos,
    replies = c.replies + f.replies, healed = c.healed + f.healed, returned = c.returned + f.returned, last_heard_at = greatest(c.last_heard_at, f.last_heard_at),
    last_score = case when f.last_heard_at > coalesce(c.last_heard_at, '-infinity') then f.last_score
      else coalesce(c.last_score, f.last_score) end
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  join customer f on f.shop_id = t.shop_id and f.id = t.from_id
  where c.shop_id = t.shop_id and c.id = t.into_id`;

/** Carries over what customers keep themselves, and tells the other modules by `customer.merged`. */
export async function joinCustomers(tx: SqlTx, joins: readonly Join[], now: Date): Promise<void> {
  if (joins.length === 0) return;
  const values = [
    joins.map((join) => join.shopId),
    joins.map((join) => join.from),
    joins.map((join) => join.into),
  ];
  for (const statement of [REDIRECT, TIMELINE, CONSENT, PREFERENCES, SIGNS]) await tx.sql(statement, values);
  await addTimeline(
    tx,
    joins.map((join) => ({
      shopId: join.shopId,
      customerId: join.into,
      at: now,
      kind: 'note',
      code: 'customer-merged',
      data: { from: join.from },
    })),
    now,
  );
  await recordEvents(
    tx,
    joins.map((join) => ({
      shopId: join.shopId,
      kind: 'customer.merged',
      customerId: join.into,
      data: { from: join.from },
      at: now,
    })),
    now,
  );
}

/** Shopify has merged two accounts. */
export interface AccountMerge {
  shopId: bigint;
  keptShopifyId: bigint;
  goneShopifyId: bigint;
}

const ACCOUNTS = `
  select id, shopify_id, merged_into from customer where shop_id = $1 and shopify_id = any($2::bigint[])`;
const NEW_ACCOUNT = `
  insert into customer (shop_id, id, shopify_id, merged_into, created_at, updated_at, active_at)
  values ($1, $2, $3, $4, $5, $5, $5)`;
const MARK = `update customer set merged_into = $3, updated_at = $4 where shop_id = $1 and id = $2`;

/** Follows a merge that was made at Shopify; accounts that are not known yet are made, so that a late order finds its way. */
export async function followMerge(tx: SqlTx, merge: AccountMerge, now: Date): Promise<Join | null> {
  const { shopId, keptShopifyId, goneShopifyId } = merge;
  if (keptShopifyId === goneShopifyId) return null;
  await lockPeople(tx, [shopId]);
  const rows = await tx.sql<{ id: string; shopify_id: bigint; merged_into: string | null }>(ACCOUNTS, [
    shopId,
    [keptShopifyId, goneShopifyId],
  ]);
  const kept = rows.find((row) => row.shopify_id === keptShopifyId);
  const gone = rows.find((row) => row.shopify_id === goneShopifyId);
  const into = kept?.merged_into ?? kept?.id ?? newId(now);
  if (!kept) await tx.sql(NEW_ACCOUNT, [shopId, into, keptShopifyId, null, now]);
  if (!gone) await tx.sql(NEW_ACCOUNT, [shopId, newId(now), goneShopifyId, into, now]);
  if (!gone || gone.merged_into !== null || gone.id === into) return null;
  await tx.sql(MARK, [shopId, gone.id, into, now]);
  const join = { shopId, from: gone.id, into };
  await joinCustomers(tx, [join], now);
  return join;
}
