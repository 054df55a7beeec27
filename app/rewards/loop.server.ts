/**
 * The loop that issues rewards at Shopify and takes them back. The claim is committed before Shopify is called, under a
 * lease in the database's own time; the code is derived from the reward, so that a second attempt meets the first one.
 */
import { createHmac } from 'node:crypto';
import { customersByIds } from '../customers/customers.server.ts';
import type { Db, SqlTx } from '../db.server.ts';
import type { DiscountValue } from '../shops/discount-value.ts';
import type { Discounts, FoundDiscount, WantedDiscount } from './discounts.ts';
import { putOff, recordIssued, recordRefused, recordWithdrawn } from './outcome.server.ts';
import { codeOfMac, rewardTitle, type RewardState } from './reward.ts';

export interface RewardDeps {
  db: Db;
  discounts: Discounts;
  /** Makes the codes underivable for others. */
  codeKey: Uint8Array;
  /** Real time after which somebody else takes over; longer than any call to Shopify takes. */
  leaseSeconds?: number;
}

/** A reward that this worker is at Shopify with. */
export interface Claimed {
  shopId: bigint;
  domain: string;
  id: string;
  customerId: string;
  customerShopifyId: bigint | null;
  /** They were erased, or are not there: nobody is left to give it to. */
  isGone: boolean;
  state: RewardState;
  value: DiscountValue;
  attempts: number;
  validDays: number | null;
  earnedAt: Date;
  code: string;
}

const LEASE_SECONDS = 60;
/** At Shopify at the same time, for one worker. */
const AT_ONCE = 4;

/** A slice from each shop that has something due. Real time decides over leases, domain time over what is due. */
const CLAIM = `
  with claimed as (
    select r.shop_id, r.id, shop.domain
    from (select distinct shop_id from reward where due_at <= $1 limit 8) due
    join shop on shop.id = due.shop_id and shop.status = 'installed'
    cross join lateral (
      select shop_id, id from reward
      where shop_id = due.shop_id and due_at <= $1 and (lease_until is null or lease_until < clock_timestamp())
      order by due_at limit 8 for update skip locked) r)
  update reward r set lease_until = clock_timestamp() + make_interval(secs => $2), attempts = r.attempts + 1,
    state = case when r.state = 'held' then 'issuing' else r.state end
  from claimed where r.shop_id = claimed.shop_id and r.id = claimed.id
  returning r.shop_id, claimed.domain, r.id, r.customer_id, r.state, r.value, r.attempts, r.valid_days, r.earned_at`;

interface ClaimedRow {
  shop_id: bigint;
  domain: string;
  id: string;
  customer_id: string;
  state: RewardState;
  value: DiscountValue;
  attempts: number;
  valid_days: number | null;
  earned_at: Date;
}

/** The loop of the worker: `(now) => how many were dealt with`. */
export function makeRewardLoop(deps: RewardDeps): (now: Date) => Promise<number> {
  return async (now) => {
    const claimed = await claim({ sql: deps.db.sqlAcrossShops }, deps, now);
    const queue = claimed.values();
    const work = async () => {
      for (const reward of queue) await deal(deps, reward, now);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return claimed.length;
  };
}

async function claim(
  tx: SqlTx,
  { codeKey, leaseSeconds = LEASE_SECONDS }: RewardDeps,
  now: Date,
): Promise<Claimed[]> {
  const rows = await tx.sql<ClaimedRow>(CLAIM, [now, leaseSeconds]);
  if (rows.length === 0) return [];
  const refs = rows.map((row) => ({ shopId: row.shop_id, id: row.customer_id }));
  const customers = await customersByIds(tx, refs);
  return rows.map((row) => {
    const customer = customers.get(row.customer_id);
    return {
      shopId: row.shop_id,
      domain: row.domain,
      id: row.id,
      customerId: row.customer_id,
      customerShopifyId: customer?.shopifyId ?? null,
      isGone: !customer || customer.erasedAt !== null,
      state: row.state,
      value: row.value,
      attempts: row.attempts,
      validDays: row.valid_days,
      earnedAt: row.earned_at,
      code: codeFor(codeKey, row.id),
    };
  });
}

/** The same reward has the same code for ever. */
export function codeFor(codeKey: Uint8Array, rewardId: string): string {
  return codeOfMac(createHmac('sha256', codeKey).update(`reward:${rewardId}`).digest());
}

async function deal(deps: RewardDeps, reward: Claimed, now: Date): Promise<void> {
  if (reward.state === 'issuing') await issue(deps, reward, now);
  else await withdraw(deps, reward, now);
}

async function issue({ db, discounts }: RewardDeps, reward: Claimed, now: Date): Promise<void> {
  if (reward.isGone) return recordRefused(db, reward, 'customer-gone', now);
  const wanted = wantedOf(reward, now);
  const created = await discounts.create(reward.domain, wanted);
  switch (created.outcome) {
    case 'created':
      return recordIssued(db, reward, { discountId: created.discountId, expiresAt: wanted.endsAt }, now);
    case 'refused':
      return recordRefused(db, reward, created.reason, now);
    case 'unavailable':
      return putOff(db, reward, created.retryAfterSeconds, now);
    case 'taken':
  }
  const found = await discounts.find(reward.domain, reward.code);
  if (found.outcome === 'refused') return recordRefused(db, reward, found.reason, now);
  // Taken and yet not found: Shopify's reads may lag behind its writes.
  if (found.outcome !== 'found') return putOff(db, reward, 0, now);
  if (!isOurs(found.discount, wanted)) return recordRefused(db, reward, 'code-taken', now);
  return recordIssued(db, reward, { discountId: found.discount.discountId, expiresAt: wanted.endsAt }, now);
}

/** Taken means done only when it is what we would have made. */
const isOurs = (found: FoundDiscount, wanted: WantedDiscount): boolean =>
  found.title === wanted.title && found.usageLimit === 1;

/**
 * Not found does not mean that it is not there: Shopify's reads lag behind its writes, and the request of a worker that
 * died may still be under way. So the code is taken by a discount that ended long ago; if that is refused as taken, what
 * has to be withdrawn is there and will be found.
 */
async function withdraw({ db, discounts }: RewardDeps, reward: Claimed, now: Date): Promise<void> {
  const found = await discounts.find(reward.domain, reward.code);
  if (found.outcome === 'unavailable') return putOff(db, reward, found.retryAfterSeconds, now);
  if (found.outcome === 'none') {
    const blocked = await discounts.create(reward.domain, { ...wantedOf(reward, now), ...LONG_GONE });
    if (blocked.outcome === 'taken') return putOff(db, reward, 0, now);
    if (blocked.outcome === 'unavailable') return putOff(db, reward, blocked.retryAfterSeconds, now);
    return recordWithdrawn(db, reward, { found: 'none', used: 0 });
  }
  if (found.outcome !== 'found' || found.discount.title !== rewardTitle(reward.id)) {
    return recordWithdrawn(db, reward, { found: found.outcome, used: 0 });
  }
  const { discountId, used } = found.discount;
  if (used > 0) return recordWithdrawn(db, reward, { found: 'used', used });
  const done = await discounts.deactivate(reward.domain, discountId);
  if (done.outcome === 'unavailable') return putOff(db, reward, done.retryAfterSeconds, now);
  return recordWithdrawn(db, reward, { found: done.outcome === 'done' ? 'deactivated' : done.reason, used });
}

const DAY = 86_400_000;
/** Nobody can use a discount of that time. */
const LONG_GONE = { startsAt: new Date('2000-01-01T00:00:00Z'), endsAt: new Date('2000-01-02T00:00:00Z') };

function wantedOf(reward: Claimed, now: Date): WantedDiscount {
  const { code, id, value, customerShopifyId, validDays } = reward;
  return {
    code,
    title: rewardTitle(id),
    value,
    customerShopifyId,
    startsAt: now,
    endsAt: validDays === null ? null : new Date(now.getTime() + validDays * DAY),
  };
}
