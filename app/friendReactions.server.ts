/** What follows from friends' orders: the part of reactions.server.ts about codes and what advocates earn. */
import type { SqlTx } from './db.server.ts';
import type { EventKind, HappenedEvent } from './events.ts';
import type { Queue } from './jobs/queue.server.ts';
import * as referrals from './referrals/referrals.server.ts';
import type { RewardDraft } from './rewards/reward.ts';
import * as rewards from './rewards/rewards.server.ts';

type Of<Kind extends EventKind> = Extract<HappenedEvent, { kind: Kind }>;

const refsOf = (events: readonly (HappenedEvent & { data: { referralId: string } })[]) =>
  events.map(({ shopId, data }) => ({ shopId, referralId: data.referralId }));

/** Entered in the ledger when it is made, and again when it has qualified: whichever comes first, it is there once. */
export async function earn(
  tx: SqlTx,
  events: (Of<'referral.made'> | Of<'referral.held'> | Of<'referral.qualified'>)[],
  now: Date,
): Promise<void> {
  await rewards.hold(tx, draftsOf(await referrals.rewardsOf(tx, refsOf(events))), now);
}

/** The third friend, the tenth. */
export async function earnMore(tx: SqlTx, events: Of<'referral.qualified'>[], now: Date): Promise<void> {
  await rewards.hold(tx, draftsOf(await referrals.earnTiers(tx, refsOf(events), now)), now);
}

/** There are not so many any more: what their number has earned is taken back. */
export async function loseMore(tx: SqlTx, events: Of<'referral.voided'>[], now: Date): Promise<void> {
  const lost = await referrals.loseTiers(tx, refsOf(events));
  const reason = 'fewer-friends';
  await rewards.voidRewards(
    tx,
    lost.map((each) => ({ ...each, reason })),
    now,
  );
}

/** What a programme gives is what it costs. */
const draftsOf = (earned: Awaited<ReturnType<typeof referrals.rewardsOf>>): RewardDraft[] =>
  earned.map(({ programId, ...each }) => ({ ...each, paidBy: `expense:${programId}` }));

/** Whoever has ordered may be asked soon: their own code is made meanwhile. */
export async function reserveCodes(tx: SqlTx, events: Of<'order.paid'>[], now: Date): Promise<void> {
  const buyers = events.flatMap(({ shopId, customerId }) => (customerId ? [{ shopId, customerId }] : []));
  await referrals.reserveCodes(tx, buyers, now);
}

/** A chore tells Shopify whether friends' links are to be remembered. */
export async function bringPixels(tx: SqlTx, events: Of<'pixel.wanted'>[], queue: Queue): Promise<void> {
  for (const shopId of new Set(events.map((event) => String(event.shopId))))
    await queue.enqueue(tx, 'referrals.pixel', { shopId }, shopId);
}
