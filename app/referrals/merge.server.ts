/** Referrals after two customers have turned out to be one. */
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';

const UNIQUE_CODE = `
  update referral_code r set customer_id = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where r.shop_id = t.shop_id and r.customer_id = t.from_id and not exists (
    select 1 from referral_code o where o.shop_id = r.shop_id and o.program_id = r.program_id and o.customer_id = t.into_id)`;
const ADVOCATES = `
  update referral r set advocate_id = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where r.shop_id = t.shop_id and r.advocate_id = t.from_id`;
/** What both had reached counts once. */
const TIERS = `
  update referral_tier r set advocate_id = t.into_id
  from unnest($1::bigint[], $2::uuid[], $3::uuid[]) as t(shop_id, from_id, into_id)
  where r.shop_id = t.shop_id and r.advocate_id = t.from_id and not exists (
    select 1 from referral_tier o where o.shop_id = r.shop_id and o.program_id = r.program_id and o.advocate_id = t.into_id
      and o.friends = r.friends)`;
const FRIENDS_MERGED = ADVOCATES.replaceAll('advocate_id', 'friend_id');

/** Advocate and friend turn out to be one person: for the merchant to look at, as if it had been known from the start. */
const HOLD_SELF = `
  update referral r set state = 'held', due_at = null, reasons = r.reasons || '["same-customer"]'
  from unnest($1::bigint[], $2::uuid[]) as t(shop_id, into_id)
  where r.shop_id = t.shop_id and r.advocate_id = t.into_id and r.friend_id = t.into_id and r.state = 'pending' and not r.reasons ? 'overridden'
  returning r.shop_id, r.id, r.advocate_id, r.order_id, r.reasons`;

interface SelfRow {
  shop_id: bigint;
  id: string;
  advocate_id: string;
  order_id: bigint;
  reasons: string[];
}

/**
 * Follows a merge. A second code stays with the row that was merged: it is still honoured, and its referrals count for
 * the one that is left, because customers are read by the id they have become. On `customer.merged`.
 */
export async function mergeCustomers(
  tx: SqlTx,
  merges: readonly { shopId: bigint; from: string; into: string }[],
  now: Date,
): Promise<void> {
  const values = [merges.map((m) => m.shopId), merges.map((m) => m.from), merges.map((m) => m.into)];
  for (const statement of [UNIQUE_CODE, ADVOCATES, FRIENDS_MERGED, TIERS]) await tx.sql(statement, values);
  const found = await tx.sql<SelfRow>(HOLD_SELF, [values[0], values[2]]);
  await announceHeld(tx, found, now);
}

async function announceHeld(tx: SqlTx, found: readonly SelfRow[], now: Date): Promise<void> {
  const all = found.map((row) => ({
    base: { shopId: row.shop_id, customerId: row.advocate_id, orderId: row.order_id, at: now },
    data: { referralId: row.id, reasons: row.reasons },
  }));
  await recordEvents(
    tx,
    all.map(({ base, data }) => ({ ...base, kind: 'referral.held' as const, data })),
    now,
  );
  await addTimeline(
    tx,
    all.map(({ base, data }) => ({
      ...base,
      kind: 'referral' as const,
      code: 'referral-held' as const,
      data,
    })),
    now,
  );
}
