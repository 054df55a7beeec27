/** What needs the merchant: each a count and the place where it is dealt with. */
import type { ShopTx } from '../db.server.ts';

export interface Attention {
  kind:
    'held-referrals' | 'failed-rewards' | 'poor-answers' | 'dead-letters' | 'failed-messages' | 'sync-failed';
  count: number;
}

const COUNTS = `
  select 'held-referrals' as kind, count(*) as count from referral where shop_id = $1 and state = 'held' and due_at is null
  union all select 'failed-rewards', count(*) from reward where shop_id = $1 and
    (state = 'held' and due_at is null and reason ? 'code' or state in ('held', 'issuing') and attempts > 3)
  union all select 'poor-answers', count(*) from answer where shop_id = $1 and at > $2 and score <= 2 and comment is not null
  union all select 'dead-letters', count(*) from webhook_inbox where shop_id = $1 and state = 2
  union all select 'failed-messages', count(*) from message where shop_id = $1 and planned_at > $2 and state in ('failed', 'unknown')
  union all select 'sync-failed', count(*) from sync_run where shop_id = $1 and state = 'failed'`;

/** @param since how far back answers and messages count */
export async function attentionOf(tx: ShopTx, since: Date): Promise<Attention[]> {
  const rows = await tx.sql<{ kind: Attention['kind']; count: bigint }>(COUNTS, [tx.shopId, since]);
  return rows.filter((row) => row.count > 0n).map((row) => ({ kind: row.kind, count: Number(row.count) }));
}
