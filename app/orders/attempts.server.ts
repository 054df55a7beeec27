/**
 * Attempts that outlive a crash: written down beside the transaction that does the work, deleted by it. What is left over
 * has killed its worker; such a webhook is tried alone from then on, and given up after three deaths.
 */
import type { Sql, SqlTx } from '../db.server.ts';
import type { InboxRef } from './claim.server.ts';

const LEFT_OVER = `
  select shop_id as "shopId", webhook_id as "webhookId", attempts
  from inbox_attempt join unnest($1::bigint[], $2::text[]) as t(shop_id, webhook_id) using (shop_id, webhook_id)
  order by attempts limit 1`;
const BEGIN = `
  insert into inbox_attempt (shop_id, webhook_id) select * from unnest($1::bigint[], $2::text[]) order by 1, 2
  on conflict (shop_id, webhook_id) do update set attempts = inbox_attempt.attempts + 1`;
const END = `
  delete from inbox_attempt a using unnest($1::bigint[], $2::text[]) as t(shop_id, webhook_id)
  where a.shop_id = t.shop_id and a.webhook_id = t.webhook_id`;

const MAX_DEATHS = 3;

const columns = (refs: readonly { shopId: bigint; webhookId: string }[]) => [
  refs.map(({ shopId }) => shopId),
  refs.map(({ webhookId }) => webhookId),
];

/** The first of these during which a worker died; `isHopeless` after three times. */
export async function suspectOf(
  tx: SqlTx,
  refs: readonly InboxRef[],
): Promise<{ ref: InboxRef; isHopeless: boolean } | null> {
  const [left] = await tx.sql<{ shopId: bigint; webhookId: string; attempts: number }>(
    LEFT_OVER,
    columns(refs),
  );
  const ref =
    left && refs.find(({ webhookId, shopId }) => webhookId === left.webhookId && shopId === left.shopId);
  return ref ? { ref, isHopeless: left.attempts >= MAX_DEATHS } : null;
}

/** @param sql on another connection: it has to be committed whatever becomes of the work */
export const beginAttempt = (sql: Sql, refs: readonly InboxRef[]) => sql(BEGIN, columns(refs));

/** In the transaction of the work, or after it has failed without killing anybody. */
export const endAttempt = (sql: Sql, refs: readonly { shopId: bigint; webhookId: string }[]) =>
  sql(END, columns(refs));
