/** What came of an attempt. A row that changed in the meantime keeps the change and is looked at again. */
import { addTimeline } from '../customers/customers.server.ts';
import type { Db } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { OWED, type OwedRow } from './owed.ts';
import { post } from './post.server.ts';
import { KEPT_HERE, retryDelay } from './reward.ts';
import { transferOf } from './transfer.ts';
import type { Claimed, Issued, Withdrawn } from './way.ts';

const ISSUED = `
  update reward set state = 'issued', code = $3, discount_id = $4, issued_at = $5, expires_at = $6,
    due_at = case when kind = any($7::text[]) then null else $6::timestamptz end,
    lease_until = null, intent = null, intent_at = null, attempts = 0, reason = '{}'
  where shop_id = $1 and id = $2 and state = 'issuing' returning ${OWED}`;

/** Taken back while this worker was at Shopify: what it made there has to go, so the row is due again. */
const LEFT_BEHIND = `
  update reward set code = $3, discount_id = $4, due_at = $5, lease_until = null, intent = null, intent_at = null
  where shop_id = $1 and id = $2 and state in ('void', 'clawed-back')`;

export async function recordIssued(
  db: Db,
  reward: Claimed,
  made: Extract<Issued, { outcome: 'issued' }>,
  now: Date,
): Promise<void> {
  const { shopId, id, kind } = reward;
  await db.acrossShops(async (tx) => {
    const values = [shopId, id, made.code, made.discountId, now, made.expiresAt, KEPT_HERE];
    const [row] = await tx.sql<OwedRow>(ISSUED, values);
    if (!row) {
      await tx.sql(LEFT_BEHIND, values.slice(0, 5));
      return;
    }
    const again = reward.reissued === 0 ? undefined : String(reward.reissued);
    await post(tx, transferOf('issued', row, row.amount - row.used, again), now);
    const base = { shopId, customerId: row.customerId, at: now };
    const data = { rewardId: id, code: made.code ?? '', kind };
    await recordEvents(tx, [{ ...base, kind: 'reward.issued', data }], now);
    await addTimeline(tx, [{ ...base, kind: 'reward', code: 'reward-issued', data }], now);
  });
}

/** Back to the ledger with the reason, for a person to decide; or over, when nobody is left to give it to. */
const REFUSED = `
  update reward set state = $3, due_at = null, intent = null, intent_at = null, reason = jsonb_build_object('code', $4::text, 'at', $5::text)
  where shop_id = $1 and id = $2 and state = 'issuing' returning ${OWED}`;
const LEAVE = `update reward set lease_until = null where shop_id = $1 and id = $2`;

export async function recordRefused(
  db: Db,
  { shopId, id, isGone }: Claimed,
  reason: string,
  now: Date,
): Promise<void> {
  await db.acrossShops(async (tx) => {
    const state = isGone ? 'void' : 'held';
    const values = [shopId, id, state, reason.slice(0, 200), now.toISOString()];
    const [row] = await tx.sql<OwedRow>(REFUSED, values);
    if (row && isGone) await post(tx, transferOf('void', row), now);
    await tx.sql(LEAVE, [shopId, id]);
  });
}

const PUT_OFF = `
  update reward set due_at = greatest(due_at, $3::timestamptz), lease_until = null where shop_id = $1 and id = $2 and due_at is not null`;

export async function putOff(db: Db, reward: Claimed, atLeastSeconds: number, now: Date): Promise<void> {
  const seconds = Math.max(atLeastSeconds, retryDelay(reward.attempts));
  await db.sqlAcrossShops(PUT_OFF, [reward.shopId, reward.id, new Date(now.getTime() + seconds * 1000)]);
}

const WITHDRAWN = `
  update reward set due_at = null, lease_until = null, intent = null, intent_at = null, reason = reason || $3::jsonb, used = greatest(used, least(amount, $4::bigint)),
    state = case when $4::bigint >= amount then 'used' else state end,
    ended_at = case when $4::bigint >= amount then $5::timestamptz else ended_at end
  where shop_id = $1 and id = $2 and state in ('void', 'clawed-back') returning ${OWED}`;

/** What they had used of it before it could be taken back was given after all. */
export async function recordWithdrawn(
  db: Db,
  reward: Claimed,
  result: Extract<Withdrawn, { outcome: 'withdrawn' }>,
  now: Date,
): Promise<void> {
  const { shopId, id } = reward;
  await db.acrossShops(async (tx) => {
    const reason = { withdrawn: result.found, used: Number(result.used) };
    const [row] = await tx.sql<OwedRow>(WITHDRAWN, [shopId, id, reason, result.used, now]);
    const more = row ? row.used - reward.used : 0n;
    if (row && more > 0n) await post(tx, transferOf('used-before-clawback', row, more), now);
  });
}
