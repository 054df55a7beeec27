/** The door of rewards: the one ledger of everything of value that is given away. See README.md. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import { installTemplates } from '../messages/messages.server.ts';
import { mergeAccounts } from './post.server.ts';
import { REWARD_TEMPLATES } from './mails.ts';
import { POINTS_TEMPLATES } from './points-mails.ts';
import { KEPT_HERE } from './reward.ts';

export type { GiftCards, Goods, StoreCredits } from './credits.ts';
export type { Discounts, FoundDiscount, WantedDiscount } from './discounts.ts';
export {
  listRewards,
  retryDenied,
  retryReward,
  rewardCounts,
  rewardsCsv,
  type RewardRow,
} from './reward-list.server.ts';
export { hold, release, voidRewards } from './ledger.server.ts';
export { lessen, lessenPoints } from './lessen.server.ts';
export { balanceOf, post } from './post.server.ts';
export { reconcileRewards, type RewardsThere } from './reconcile.server.ts';
export { listDifferences, settleDifference, withdrawThere } from './differences.server.ts';
export { monthsCsv, monthsOf, owedCsv, owedNow } from './report.server.ts';
export { debtsOf, forgiveDebt } from './owe-back.server.ts';
export { gatherPayouts, markPaid, payoutCsv, payoutSums, type PayoutSum } from './payouts.server.ts';
export { rewardStory, voidByStaff, type Booking } from './story.server.ts';
export { lookAtCredit, usedIn } from './usage.server.ts';
export { endPoints, pointsOf, readyAt, usePoints, type PointsBalance } from './points.server.ts';
export { pointsEnding, pointsReminders } from './points-reminder.server.ts';
export { reminderKey, rewardMails } from './mails.server.ts';
export { makeRewardLoop, type RewardDeps } from './loop.server.ts';

/** What was given waits for its end again, and what a worker was at Shopify with for an answer. */
const RESUME = `
  update reward set due_at = case state when 'issued' then expires_at else $2::timestamptz end
  where shop_id = $1 and due_at is null and (state = 'issued' and expires_at is not null and kind <> all($3::text[])
    or state = 'issuing' or intent is not null)`;

/** Gives a new shop the mails of rewards; one that was edited stays as it is. Takes up what was left. On `shop.installed`. */
export async function installDefaults(tx: ShopTx, now: Date): Promise<void> {
  await installTemplates(tx, [...REWARD_TEMPLATES, ...POINTS_TEMPLATES], now);
  await tx.sql(RESUME, [tx.shopId, now, KEPT_HERE]);
}

const MERGE = `
  update reward r set customer_id = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where r.shop_id = t.shop_id and r.customer_id = t.from_id`;

/** Follows a merge. On `customer.merged`. */
export async function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
  now: Date,
): Promise<void> {
  await tx.sql(MERGE, [merges.map((m) => m.shopId), merges.map((m) => m.from), merges.map((m) => m.into)]);
  await mergeAccounts(tx, merges, now);
}

const STOP = `update reward set due_at = null, lease_until = null where shop_id = $1 and due_at is not null`;

/** Nothing of an uninstalled shop waits for its moment any more. For `uninstallShop`. */
export async function stopWork(tx: SqlTx, shop: { id: bigint }): Promise<void> {
  await tx.sql(STOP, [shop.id]);
}
