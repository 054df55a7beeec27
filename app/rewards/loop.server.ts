/**
 * The loop that issues rewards, takes them back, and looks what became of them. The claim is committed before Shopify is called, under a lease in the
 * database's own time; what is made there has a derived name or a recorded intention, so that a second attempt meets the
 * first one.
 */
import { createHmac } from 'node:crypto';
import { customersByIds } from '../customers/customers.server.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { renewalOf, workUnderLease } from '../lease.server.ts';
import { cardsWay } from './cards.server.ts';
import { codesWay } from './codes.server.ts';
import { creditWay } from './credit.server.ts';
import type { GiftCards, Goods, StoreCredits } from './credits.ts';
import type { Discounts } from './discounts.ts';
import { putOff, recordIssued, recordRefused, recordWithdrawn } from './outcome.server.ts';
import { OWED_OF_R } from './owed.ts';
import { codeOfMac, KEPT_HERE, type Given, type RewardKind } from './reward.ts';
import { recordSeen } from './usage.server.ts';
import { expiryOf, type Claimed, type Way } from './way.ts';

export interface RewardDeps {
  db: Db;
  discounts: Discounts;
  /** Kinds whose means are not there wait until they are. */
  goods?: Goods;
  credits?: StoreCredits;
  cards?: GiftCards;
  /** Makes the codes underivable for others. */
  codeKey: Uint8Array;
  /** Real time after which somebody else takes over from a worker that is gone. */
  leaseSeconds?: number;
  /** Real time after which a request that was not answered can't be done any more. */
  settleSeconds?: number;
}

/** At Shopify at the same time, for one worker. */
const AT_ONCE = 4;

/** A slice from each shop that has something due. Real time decides over leases, domain time over what is due. */
const CLAIM = `
  with claimed as (
    select r.shop_id, r.id, shop.domain, shop.currency as shop_currency
    from (select distinct shop_id from reward where due_at <= $1 limit 8) due
    join shop on shop.id = due.shop_id and shop.status = 'installed'
    cross join lateral (
      select shop_id, id from reward
      where shop_id = due.shop_id and due_at <= $1 and (lease_until is null or lease_until < clock_timestamp()) and kind = any($3::text[])
      order by due_at limit 8 for update skip locked) r)
  update reward r set lease_until = clock_timestamp() + make_interval(secs => $2), attempts = r.attempts + 1,
    state = case when r.state = 'held' then 'issuing' else r.state end
  from claimed where r.shop_id = claimed.shop_id and r.id = claimed.id
  returning ${OWED_OF_R}, claimed.domain, claimed.shop_currency as "shopCurrency",
    r.kind, r.value, r.state, r.attempts, r.valid_days as "validDays", r.expires_at as "expiresAt",
    r.discount_id as "discountId", r.reissued, r.intent, extract(epoch from clock_timestamp() - r.intent_at)::float8 as "intentAge"`;

const RENEW = renewalOf('reward');

type ClaimedRow = Omit<Claimed, 'customerShopifyId' | 'isGone' | 'code'> & Given;

/** What is kept here alone is given by saying so. */
const keptHere: Way = {
  issue: (reward, now) =>
    Promise.resolve({ outcome: 'issued', code: null, discountId: null, expiresAt: expiryOf(reward, now) }),
  withdraw: () => Promise.resolve({ outcome: 'withdrawn', found: 'none', used: 0n }),
  look: ({ used }) => Promise.resolve({ outcome: 'seen', used }),
};

/** The way of each kind that can be given. */
function waysOf(deps: RewardDeps): Map<RewardKind, Way> {
  const { discounts, goods, credits, cards } = deps;
  const ways = new Map<RewardKind, Way>(KEPT_HERE.map((kind) => [kind, keptHere]));
  const codes = codesWay(discounts, goods);
  ways.set('discount', codes).set('free-shipping', codes);
  if (goods) ways.set('gift', codes);
  if (credits) ways.set('store-credit', creditWay({ ...deps, credits }));
  if (cards) ways.set('gift-card', cardsWay(cards));
  return ways;
}

/** The loop of the worker: `(now) => how many were dealt with`. */
export function makeRewardLoop(deps: RewardDeps): (now: Date) => Promise<number> {
  const ways = waysOf(deps);
  return async (now) => {
    const tx: SqlTx = { sql: deps.db.sqlAcrossShops };
    const lease = {
      seconds: deps.leaseSeconds,
      claim: (seconds: number) => claim(tx, deps.codeKey, [now, seconds, [...ways.keys()]]),
      renew: (rows: Claimed[], seconds: number) =>
        tx.sql(RENEW, [rows.map(({ shopId }) => shopId), rows.map(({ id }) => id), seconds]),
    };
    return workUnderLease(lease, (reward) => deal(deps.db, ways.get(reward.kind)!, reward, now), AT_ONCE);
  };
}

async function claim(tx: SqlTx, codeKey: Uint8Array, values: unknown[]): Promise<Claimed[]> {
  const rows = await tx.sql<ClaimedRow>(CLAIM, values);
  if (rows.length === 0) return [];
  const refs = rows.map((row) => ({ shopId: row.shopId, id: row.customerId }));
  const customers = await customersByIds(tx, refs);
  return rows.map((row) => {
    const customer = customers.get(row.customerId);
    return {
      ...row,
      customerShopifyId: customer?.shopifyId ?? null,
      isGone: !customer || customer.erasedAt !== null,
      code: codeFor(codeKey, row.id, row.reissued),
    };
  });
}

/** The same reward has the same code for ever; each time that it is given anew, another one. */
export function codeFor(codeKey: Uint8Array, rewardId: string, reissued = 0): string {
  const name = reissued === 0 ? `reward:${rewardId}` : `reward:${rewardId}:${reissued}`;
  return codeOfMac(createHmac('sha256', codeKey).update(name).digest());
}

async function deal(db: Db, way: Way, reward: Claimed, now: Date): Promise<void> {
  if (reward.state === 'issued') {
    const seen = await way.look(reward);
    return seen.outcome === 'later'
      ? putOff(db, reward, seen.seconds, now)
      : recordSeen(db, reward, seen.used, now);
  }
  if (reward.state !== 'issuing') {
    const taken = await way.withdraw(reward, now);
    return taken.outcome === 'later'
      ? putOff(db, reward, taken.seconds, now)
      : recordWithdrawn(db, reward, taken, now);
  }
  if (reward.isGone) return recordRefused(db, reward, 'customer-gone', now);
  const given = await way.issue(reward, now);
  switch (given.outcome) {
    case 'issued':
      return recordIssued(db, reward, given, now);
    case 'refused':
      return recordRefused(db, reward, given.reason, now);
    case 'later':
      return putOff(db, reward, given.seconds, now);
  }
}
