/** One reward, with everything that happened to it: why it is owed, entry by entry. And what staff may do about it. */
import type { SqlTx } from '../db.server.ts';
import { voidRewards } from './ledger.server.ts';
import type { RewardRow } from './reward-list.server.ts';
import { listRewards } from './reward-list.server.ts';

/** One move of value: what a transfer took from one account and gave to another. */
export interface Booking {
  /** reward:ID:issued */
  transfer: string;
  at: Date;
  from: string;
  to: string;
  /** Minor units, as text. */
  amount: string;
  currency: string;
}

/** A transfer of a reward has one account that gives and one that takes. */
const BOOKINGS = `
  select transfer, min(at) as at, max(account) filter (where amount < 0) as "from", max(account) filter (where amount > 0) as "to",
    sum(amount) filter (where amount > 0)::text as amount, currency
  from ledger_entry where shop_id = $1 and reward_id = $2::uuid group by transfer, currency order by min(at), min(id::text)`;

/** Staff are kept by Shopify's id. */
const NAME = `select name from staff_member where shop_id = $1 and user_id::text = $2`;

/** @returns null when there is no such reward */
export async function rewardStory(
  tx: SqlTx,
  shopId: bigint,
  id: string,
): Promise<{ reward: RewardRow & { byName: string | null }; bookings: Booking[] } | null> {
  const { rewards } = await listRewards(tx, shopId, { id });
  if (!rewards[0]) return null;
  const [by] = await tx.sql<{ name: string | null }>(NAME, [shopId, rewards[0].reason.by ?? null]);
  const bookings = await tx.sql<Booking>(BOOKINGS, [shopId, id]);
  return { reward: { ...rewards[0], byName: by?.name ?? null }, bookings };
}

const CAUSE = `select cause from reward where shop_id = $1 and id = $2::uuid`;
const NOTE = `update reward set reason = reason || jsonb_build_object('note', $3::text, 'by', $4::text) where shop_id = $1 and id = $2::uuid`;

/** A person takes a reward back, and says why. @returns false when it was over already */
export async function voidByStaff(
  tx: SqlTx,
  ask: { shopId: bigint; id: string; note: string; by: string },
  now: Date,
): Promise<boolean> {
  const [row] = await tx.sql<{ cause: string }>(CAUSE, [ask.shopId, ask.id]);
  if (!row) return false;
  const taken = await voidRewards(tx, [{ shopId: ask.shopId, cause: row.cause, reason: 'staff' }], now);
  if (taken === 0) return false;
  await tx.sql(NOTE, [ask.shopId, ask.id, ask.note, ask.by]);
  return true;
}
