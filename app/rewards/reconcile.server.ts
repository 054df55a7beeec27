/**
 * Every night the ledger and Shopify are held against each other: what is there and unknown here, given here and missing
 * there, worth something else, or there twice. What was used is learned; what differs is kept for a person.
 */
import type { Db, SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { JobResult } from '../jobs/catalog.ts';
import { disagreements } from './books.server.ts';
import { compareCredit } from './compare-credit.ts';
import { compare, type Difference, type Here, type There } from './compare.ts';
import type { StoreCredits } from './credits.ts';
import type { Refused, Unavailable } from './discounts.ts';
import { recordSeen } from './usage.server.ts';

/** Pages through what Shopify has under our name; app/adapters/shopify/rewards-there.server.ts follows it. */
export interface RewardsThere {
  /** @param after null: from the beginning */
  page(
    domain: string,
    what: There['what'],
    after: string | null,
  ): Promise<{ outcome: 'ok'; items: There[]; next: string | null } | Refused | Unavailable>;
}

export interface ReconcileDeps {
  db: Db;
  there: RewardsThere;
  credits: StoreCredits;
}

const SHOP = `select domain from shop where id = $1 and status = 'installed'`;
const CHUNK = 500;

/** Compares one shop. Safe to repeat: the same difference is kept once. */
export async function reconcileRewards(
  deps: ReconcileDeps,
  { shopId }: { shopId: string },
  now: Date,
): Promise<JobResult> {
  const id = BigInt(shopId);
  const [shop] = await deps.db.sqlAcrossShops<{ domain: string }>(SHOP, [id]);
  if (!shop) return { outcome: 'cancel', reason: 'the shop has gone' };
  const found: Difference[] = [];
  const there = new Map<string, There[]>();
  // A shop that never gave gift cards has not granted their scope: what cannot be read is not compared.
  const compared = new Set<There['what']>();
  for (const what of ['code', 'card'] as const) {
    const read = await readAll(deps.there, shop.domain, what, there);
    if (read.outcome === 'unavailable')
      return { outcome: 'snooze', seconds: Math.max(60, read.retryAfterSeconds) };
    if (read.outcome === 'ok') compared.add(what);
  }
  for await (const rows of rewardsOf(deps.db, id)) {
    for (const here of rows) {
      const mine = there.get(here.id) ?? [];
      there.delete(here.id);
      if (here.kind === 'store-credit' || !compared.has(here.kind === 'gift-card' ? 'card' : 'code'))
        continue;
      found.push(...compare(here, mine, now));
      await learn(deps.db, id, here, mine, now);
    }
  }
  for (const mine of there.values()) found.push(...compare(null, mine, now));
  found.push(...(await creditDifferences(deps, { id, domain: shop.domain }, now)));
  found.push(...(await bookDifferences(deps.db, id)));
  await deps.db.acrossShops((tx) => keep(tx, id, found, now));
  return { outcome: 'done' };
}

async function readAll(
  source: RewardsThere,
  domain: string,
  what: There['what'],
  into: Map<string, There[]>,
) {
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<RewardsThere['page']>> = await source.page(domain, what, after);
    if (page.outcome !== 'ok') return page;
    for (const item of page.items) into.set(item.rewardId, [...(into.get(item.rewardId) ?? []), item]);
    if (page.next === null) return page;
    after = page.next;
  }
}

/** Orders tell of codes, a look tells of cards: whatever both have missed is learned here. */
async function learn(db: Db, shopId: bigint, here: Here, there: readonly There[], now: Date): Promise<void> {
  const mine = there.find(({ id }) => id === here.discountId);
  if (here.state !== 'issued' || !mine) return;
  const used = mine.what === 'card' ? mine.used : mine.isUsed ? here.amount : 0n;
  if (used > here.used) await recordSeen(db, { shopId, id: here.id }, used, now);
}

const REWARDS = `
  select r.id, r.customer_id as "customerId", r.kind, r.value, r.state, r.amount, r.used, r.currency, r.discount_id as "discountId",
    r.issued_at as "issuedAt", r.expires_at as "expiresAt", r.due_at is not null as "isDue"
  from reward r where r.shop_id = $1 and r.kind not in ('points', 'donation', 'commission') and r.id > $2
  order by r.id limit ${CHUNK}`;

async function* rewardsOf(db: Db, shopId: bigint): AsyncGenerator<Here[]> {
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows = await db.sqlAcrossShops<Here>(REWARDS, [shopId, after]);
    if (rows.length > 0) yield rows;
    if (rows.length < CHUNK) return;
    after = rows.at(-1)!.id;
  }
}

/** Customers with credit that is not used up; all their rewards of it, so that no line is taken for a stranger. */
const WITH_CREDIT = `
  select c.shopify_id as "customerShopifyId", r.currency, jsonb_agg(r.id) as ids
  from reward r join customer c on c.shop_id = r.shop_id and c.id = r.customer_id
  where r.shop_id = $1 and r.kind = 'store-credit' and c.shopify_id is not null
  group by 1, 2 having bool_or(r.state = 'issued')`;
const BY_IDS = `${REWARDS.slice(0, REWARDS.indexOf(' and r.kind not in'))} and r.id = any($2::uuid[])`;

async function creditDifferences(
  { db, credits }: ReconcileDeps,
  shop: { id: bigint; domain: string },
  now: Date,
): Promise<Difference[]> {
  const found: Difference[] = [];
  const people = await db.sqlAcrossShops<{ customerShopifyId: bigint; currency: string; ids: string[] }>(
    WITH_CREDIT,
    [shop.id],
  );
  for (const { customerShopifyId, currency, ids } of people) {
    const seen = await credits.accountOf(shop.domain, customerShopifyId, currency);
    if (seen.outcome !== 'ok') continue;
    const here = await db.sqlAcrossShops<Here>(BY_IDS, [shop.id, ids]);
    found.push(...compareCredit(here, seen.account, now));
    for (const reward of here.filter(({ state }) => state === 'issued')) {
      const line = seen.account.credits.find(({ id }) => id === reward.discountId);
      const used = line ? line.amount - line.remaining - line.lapsed : 0n;
      if (used > reward.used) await recordSeen(db, { shopId: shop.id, id: reward.id }, used, now);
    }
  }
  return found;
}

async function bookDifferences(db: Db, shopId: bigint): Promise<Difference[]> {
  const wrong = await db.acrossShops((tx) => disagreements(tx, shopId));
  return wrong.map(({ rewardId, account, currency, expected, booked }) => ({
    key: `books:${rewardId}:${account}`,
    kind: 'books',
    rewardId,
    customerId: null,
    detail: { account, currency, expected: String(expected), found: String(booked) },
  }));
}

/** What a person has left alone stays so; what has come back is open again. */
const KEEP = `
  insert into reward_difference as d (shop_id, id, key, kind, reward_id, customer_id, detail, state, found_at, seen_at)
  select $1, id, key, kind, reward_id, customer_id, detail::jsonb, 'open', $8, $8
  from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::text[]) as t(id, key, kind, reward_id, customer_id, detail)
  on conflict (shop_id, key) do update set seen_at = excluded.seen_at, detail = excluded.detail,
    state = case when d.state in ('left', 'withdrawing') then d.state else 'open' end`;
const GONE = `
  update reward_difference set state = 'gone', settled_at = $2
  where shop_id = $1 and state in ('open', 'withdrawing') and seen_at < $2`;

async function keep(tx: SqlTx, shopId: bigint, found: readonly Difference[], now: Date): Promise<void> {
  const unique = [...new Map(found.map((one) => [one.key, one])).values()];
  await tx.sql(KEEP, [
    shopId,
    unique.map(() => newId(now)),
    unique.map(({ key }) => key),
    unique.map(({ kind }) => kind),
    unique.map(({ rewardId }) => rewardId),
    unique.map(({ customerId }) => customerId),
    unique.map(({ detail }) => JSON.stringify(detail)),
    now,
  ]);
  await tx.sql(GONE, [shopId, now]);
}
