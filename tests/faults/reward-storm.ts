/**
 * E27: every qualifying referral is rewarded exactly once, whatever happens. Eight hear of each at the same time, workers
 * are killed, Shopify loses answers and shows what is new late, some friends' orders are undone meanwhile. Judged by what
 * Shopify holds in the end, and by the books.
 */
import path from 'node:path';
import type { Db, SqlTx } from '../../app/db.server.ts';
import { disagreements, remainders } from '../../app/rewards/books.server.ts';
import { cardCode } from '../../app/rewards/cards.server.ts';
import { codeFor } from '../../app/rewards/loop.server.ts';
import type { Given, RewardDraft } from '../../app/rewards/reward.ts';
import { voidRewards } from '../../app/rewards/rewards.server.ts';
import { seeded } from '../../sandbox/faults/faults.ts';
import { addCustomers } from '../many-customers.ts';
import { rewardStandIn, type RewardStandIn } from './reward-stand-in.ts';
import type { RewardOrders } from './reward-worker.ts';
import { storm } from './storm.ts';

const HEARERS = 8;
/** Referrals that are heard of together; times eight, this is all that a pool of eight connections takes in time. */
const AT_ONCE = 5;
/** Every tenth friend sends it all back. */
const UNDONE = 10;
const CODE_KEY = Buffer.alloc(32, 5);

export type Hold = (tx: SqlTx, drafts: readonly RewardDraft[], now: Date) => Promise<unknown>;

export interface Verdict {
  /** Referrals that were not undone. */
  qualifying: number;
  /** Of each kind, what a customer could use twice, or not at all. */
  double: number;
  missing: number;
  /** Usable although their referral was undone. */
  standing: number;
  /** Rewards whose entries are not what their state says, and currencies that do not sum to zero. */
  unbooked: number;
  kills: number;
  lost: number;
  taken: number;
  /** From the last referral that was heard of until nothing was left to do. */
  seconds: number;
}

interface StormOf {
  db: Db;
  url: string;
  shopId: bigint;
  referrals: number;
  /** Given in turn. */
  kinds: readonly Given[];
  seed: number;
}

export async function rewardStorm(of: StormOf, holdOne: Hold): Promise<Verdict> {
  const shopify = await rewardStandIn(seeded(of.seed));
  await addCustomers(of.url, of.shopId, of.referrals);
  const people = await of.db.sqlAcrossShops<{ id: string; shopifyId: bigint }>(
    `select id, shopify_id as "shopifyId" from customer where shop_id = $1 and email like '%@%' order by shopify_id limit $2::int`,
    [of.shopId, of.referrals],
  );
  const plan = Array.from({ length: of.referrals }, (_, i) => ({
    cause: `referral:${i}:advocate`,
    given: of.kinds[i % of.kinds.length]!,
    customerId: people[i]!.id,
    shopifyId: people[i]!.shopifyId,
    isUndone: i % UNDONE === 0,
  }));
  const orders: RewardOrders = {
    databaseUrl: of.url,
    shopifyUrl: shopify.url,
    codeKey: CODE_KEY.toString('hex'),
    epoch: Date.now(),
  };
  let heard = performance.now();
  try {
    let isHeard = false;
    const isQuiet = async () =>
      isHeard &&
      (await of.db.sqlAcrossShops('select 1 from reward where due_at is not null limit 1')).length === 0;
    const hearing = hear(of, holdOne, plan).finally(() => {
      isHeard = true;
      heard = performance.now();
    });
    const script = path.join(import.meta.dirname, 'reward-worker.ts');
    const [kills] = await Promise.all([storm({ orders, script, calm: isQuiet, finished: isQuiet }), hearing]);
    const seconds = (performance.now() - heard) / 1000;
    return { ...(await judge(of, plan, shopify)), kills, ...countsOf(shopify), seconds };
  } finally {
    await shopify.close();
  }
}

interface Planned {
  cause: string;
  given: Given;
  customerId: string;
  shopifyId: bigint;
  isUndone: boolean;
}

const countsOf = ({ counts: { lost, taken } }: RewardStandIn) => ({ lost, taken });

async function judge({ db, shopId }: StormOf, plan: readonly Planned[], shopify: RewardStandIn) {
  const rows = await db.sqlAcrossShops<{ id: string; cause: string }>(
    'select id, cause from reward where shop_id = $1',
    [shopId],
  );
  const byCause = Map.groupBy(rows, ({ cause }) => cause);
  const usable = plan.map(({ cause, given, shopifyId }) => {
    // One customer has one reward here: every line of theirs that is not taken back is of this cause.
    if (given.kind === 'store-credit') return shopify.linesOf(shopifyId);
    const codes = (byCause.get(cause) ?? []).map(({ id }) => codeFor(CODE_KEY, id));
    const kept =
      given.kind === 'gift-card'
        ? codes.map((code) => shopify.cards.get(cardCode(code)))
        : codes.map((code) => shopify.kept.get(code));
    return kept.filter((one) => one?.isActive).length;
  });
  const [wrong, left] = await db.acrossShops(async (tx) => [
    await disagreements(tx, shopId),
    await remainders(tx, shopId),
  ]);
  return {
    qualifying: plan.filter(({ isUndone }) => !isUndone).length,
    double: usable.filter((count) => count > 1).length,
    missing: usable.filter((count, i) => !plan[i]!.isUndone && count === 0).length,
    standing: usable.filter((count, i) => plan[i]!.isUndone && count > 0).length,
    unbooked: wrong.length + left.length,
  };
}

/** All referrals, five at a time, each heard of by eight transactions at the same moment; some are undone after that. */
async function hear({ db, shopId }: StormOf, holdOne: Hold, plan: readonly Planned[]): Promise<void> {
  const now = new Date();
  for (let from = 0; from < plan.length; from += AT_ONCE) {
    const batch = plan.slice(from, from + AT_ONCE);
    const heard = batch.flatMap(({ cause, customerId, given }) => {
      const draft = { shopId, cause, customerId, validDays: null, isReady: true, ...given } as RewardDraft;
      return Array.from({ length: HEARERS }, () => db.acrossShops((tx) => holdOne(tx, [draft], now)));
    });
    await Promise.all(heard);
    const undone = batch
      .filter(({ isUndone }) => isUndone)
      .map(({ cause }) => ({ shopId, cause, reason: 'refunded' }));
    await db.acrossShops((tx) => voidRewards(tx, undone, now));
  }
}
