/** Keeps what Shopify and the bank say of payments, also before the order itself is heard of. */
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { NewEvent } from '../events.ts';
import type { Dispute, OrderCheck, Risk } from './check.ts';
import type { OrderRef } from './store.server.ts';

export interface HeardCheck {
  shopId: bigint;
  orderId: bigint;
  check: OrderCheck;
}

const saveOf = (column: 'risk' | 'dispute') => `
  insert into order_check as c (shop_id, order_id, ${column}, ${column}_at)
  select distinct on (shop_id, order_id) shop_id, order_id, said, at
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[]) as t(shop_id, order_id, said, at)
  order by shop_id, order_id, at desc
  on conflict (shop_id, order_id) do update set ${column} = excluded.${column}, ${column}_at = excluded.${column}_at
    where c.${column}_at is null or c.${column}_at < excluded.${column}_at
      or (c.${column}_at = excluded.${column}_at and c.${column} < excluded.${column})
  returning shop_id, order_id, ${column} as said, ${column}_at as at`;
const SAVE = { risk: saveOf('risk'), dispute: saveOf('dispute') };

/** Takes in what is said of payments, and tells others by `payment.checked`; what was known already is not told again. */
export async function takeChecks(tx: SqlTx, heard: readonly HeardCheck[], now: Date): Promise<void> {
  for (const kind of ['risk', 'dispute'] as const) {
    const mine = heard.filter(({ check }) => check.kind === kind);
    if (mine.length === 0) continue;
    const rows = await tx.sql<{ shop_id: bigint; order_id: bigint; said: string; at: Date }>(SAVE[kind], [
      mine.map(({ shopId }) => shopId),
      mine.map(({ orderId }) => orderId),
      mine.map(({ check }) => (check.kind === 'risk' ? check.risk : check.dispute)),
      mine.map(({ check }) => check.at),
    ]);
    await recordEvents(
      tx,
      rows.map(({ shop_id: shopId, order_id: orderId, said, at }): NewEvent => {
        const data = kind === 'risk' ? { risk: said } : { dispute: said };
        return { shopId, orderId, kind: 'payment.checked', data, at };
      }),
      now,
    );
  }
}

const READ = `
  select c.shop_id, c.order_id, c.risk, c.dispute from unnest($1::bigint[], $2::bigint[]) as t(shop_id, order_id)
  join order_check c using (shop_id, order_id)`;

/** What is known of payments, by `${shopId}:${orderId}`; of most orders nothing has been said yet. */
export async function checksOf(
  tx: SqlTx,
  refs: readonly OrderRef[],
): Promise<Map<string, { risk: Risk | null; dispute: Dispute | null }>> {
  const rows = await tx.sql<{
    shop_id: bigint;
    order_id: bigint;
    risk: Risk | null;
    dispute: Dispute | null;
  }>(READ, [refs.map(({ shopId }) => shopId), refs.map(({ id }) => id)]);
  return new Map(
    rows.map(({ risk, dispute, ...row }) => [`${row.shop_id}:${row.order_id}`, { risk, dispute }]),
  );
}
