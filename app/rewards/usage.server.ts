/** What has become of rewards that were given: used, in parts or whole, or run out. */
import { addTimeline } from '../customers/customers.server.ts';
import type { TimelineEntry } from '../customers/timeline.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { NewEvent } from '../events.ts';
import { OWED_OF_R, type OwedRow } from './owed.ts';
import { post } from './post.server.ts';
import type { RewardKind, RewardState } from './reward.ts';
import { transferOf, type Change } from './transfer.ts';
import type { Claimed } from './way.ts';

/** Shopify lets a code be used once, so an order that has it has used it up, whatever was believed before. */
const USED_IN = `
  with entered as (
    select distinct o.shop_id, upper(code) as code
    from unnest($1::bigint[], $2::bigint[]) as t(shop_id, order_id)
    join orders o on o.shop_id = t.shop_id and o.id = t.order_id
    cross join unnest(o.discount_codes) as code
  ), old as (
    select r.shop_id, r.id, r.state, r.used
    from entered e join reward r on r.shop_id = e.shop_id and r.code = e.code
    where r.kind in ('discount', 'free-shipping', 'gift')
      and (r.state in ('issued', 'expired') or r.state in ('clawed-back', 'void') and r.used = 0)
    for update of r)
  update reward r set state = 'used', used = r.amount, ended_at = $3, due_at = null, lease_until = null
  from old where r.shop_id = old.shop_id and r.id = old.id
  returning ${OWED_OF_R}, r.kind, old.state as "oldState", old.used as "usedBefore"`;

interface UsedRow extends OwedRow {
  kind: RewardKind;
  oldState: RewardState;
  usedBefore: bigint;
}

/** Where the value comes from that was used, by what was believed of it. */
const WAY_OF: Partial<Record<RewardState, Change>> = {
  issued: 'used',
  expired: 'used-after-expiry',
  'clawed-back': 'used-before-clawback',
  void: 'used-before-clawback',
};

/** Rewards whose codes stand in these orders are used up. @returns how many */
export async function usedIn(
  tx: SqlTx,
  orders: readonly { shopId: bigint; orderId: bigint }[],
  now: Date,
): Promise<number> {
  if (orders.length === 0) return 0;
  const values = [orders.map(({ shopId }) => shopId), orders.map(({ orderId }) => orderId), now];
  const rows = await tx.sql<UsedRow>(USED_IN, values);
  await tellUsed(tx, rows, now);
  return rows.length;
}

/** Entries, events and lines of what was used since it was looked at last. */
async function tellUsed(tx: SqlTx, rows: readonly UsedRow[], now: Date): Promise<void> {
  const more = rows.filter((row) => row.used > row.usedBefore);
  const transfers = more.map((row) =>
    transferOf(WAY_OF[row.oldState] ?? 'used', row, row.used - row.usedBefore, String(row.used)),
  );
  await post(tx, transfers, now);
  const base = ({ shopId, customerId }: UsedRow) => ({ shopId, customerId, at: now });
  const events = more.map((row): NewEvent => {
    const data = { rewardId: row.id, kind: row.kind, whole: row.used === row.amount };
    return { ...base(row), kind: 'reward.used', data };
  });
  await recordEvents(tx, events, now);
  const lines = more.map((row): TimelineEntry => ({
    ...base(row),
    kind: 'reward',
    code: 'reward-used',
    data: { rewardId: row.id },
  }));
  await addTimeline(tx, lines, now);
}

const LOOK = `
  update reward r set due_at = $3, attempts = 0
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, customer_id)
  where r.shop_id = t.shop_id and r.customer_id = t.customer_id and r.state = 'issued' and r.kind in ('store-credit', 'gift-card')
    and (r.due_at is null or r.due_at > $3)`;
/** Shopify books a payment a little after the order. */
const BOOKED_AFTER = 60_000;

/** These customers have paid something, perhaps with what they were given: the loop looks. */
export async function lookAtCredit(
  tx: SqlTx,
  customers: readonly { shopId: bigint; id: string }[],
  now: Date,
): Promise<void> {
  if (customers.length === 0) return;
  const at = new Date(now.getTime() + BOOKED_AFTER);
  await tx.sql(LOOK, [customers.map(({ shopId }) => shopId), customers.map(({ id }) => id), at]);
}

/** Used up, run out, or as it was: in that order. It is looked at again when it runs out. */
const SEEN = `
  with old as (select shop_id, id, used from reward where shop_id = $1 and id = $2 and state = 'issued' for update)
  update reward r set used = greatest(r.used, least(r.amount, $3::bigint)), lease_until = null, attempts = 0,
    state = case when $3::bigint >= r.amount then 'used' when r.expires_at <= $4 then 'expired' else 'issued' end,
    ended_at = case when $3::bigint >= r.amount or r.expires_at <= $4 then $4::timestamptz end,
    due_at = case when $3::bigint < r.amount and r.expires_at > $4 then r.expires_at end
  from old where r.shop_id = old.shop_id and r.id = old.id
  returning ${OWED_OF_R}, r.kind, r.state, old.used as "usedBefore"`;

/**
 * What a look has seen of a reward that was given.
 * @param used minor units in all; less than what is known already changes nothing
 */
export async function recordSeen(
  db: Pick<Db, 'acrossShops'>,
  { shopId, id }: Pick<Claimed, 'shopId' | 'id'>,
  used: bigint,
  now: Date,
): Promise<void> {
  await db.acrossShops(async (tx) => {
    const values = [shopId, id, used, now];
    const rows = await tx.sql<Omit<UsedRow, 'oldState'> & { state: RewardState }>(SEEN, values);
    await tellUsed(
      tx,
      rows.map((row) => ({ ...row, oldState: 'issued' })),
      now,
    );
    for (const row of rows.filter(({ state }) => state === 'expired')) await expire(tx, row, now);
  });
}

async function expire(tx: SqlTx, row: OwedRow, now: Date): Promise<void> {
  await post(tx, transferOf('expired', row, row.amount - row.used), now);
  const base = { shopId: row.shopId, customerId: row.customerId, at: now };
  await recordEvents(tx, [{ ...base, kind: 'reward.expired', data: { rewardId: row.id } }], now);
  await addTimeline(
    tx,
    [{ ...base, kind: 'reward', code: 'reward-expired', data: { rewardId: row.id } }],
    now,
  );
}
