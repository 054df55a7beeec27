/** Webhooks that could not be worked in, and what is kept of those that were. */
import type { SqlTx } from '../db.server.ts';

export interface DeadLetter {
  webhookId: string;
  topic: string;
  receivedAt: Date;
  reason: string;
  attempts: number;
}

const DEAD = `
  select webhook_id as "webhookId", topic, received_at as "receivedAt", coalesce(reason, '') as reason, attempts
  from webhook_inbox where shop_id = $1 and state = 2 order by received_at desc limit $2::int`;

/** Newest first; kept until a person has looked. */
export const deadLetters = (tx: SqlTx, shopId: bigint, limit = 50): Promise<DeadLetter[]> =>
  tx.sql<DeadLetter>(DEAD, [shopId, limit]);

const REDRIVE = `
  update webhook_inbox set state = 0, due_at = $3, attempts = 0, reason = null, waits_for = null
  where shop_id = $1 and webhook_id = any($2::text[]) and state = 2 and body <> '' returning 1`;

/** Tries dead letters again; safe to press twice. */
export async function redrive(
  tx: SqlTx,
  shopId: bigint,
  webhookIds: readonly string[],
  now: Date,
): Promise<number> {
  const rows = await tx.sql(REDRIVE, [shopId, webhookIds, now]);
  return rows.length;
}

const ADOPT = `
  with stray as (delete from stray_webhook where domain = $2 returning webhook_id, topic, received_at, body)
  insert into webhook_inbox (shop_id, webhook_id, topic, received_at, body, state, due_at)
  select $1::bigint, webhook_id, topic, received_at, body, 0, $3::timestamptz from stray
  on conflict (shop_id, webhook_id) do nothing returning 1`;

/** Works in what came for a shop before it was installed. On `shop.installed`; only across shops. */
export async function adoptStrays(
  tx: SqlTx,
  shop: { id: bigint; domain: string },
  now: Date,
): Promise<number> {
  const rows = await tx.sql(ADOPT, [shop.id, shop.domain, now]);
  return rows.length;
}

/** What a batch of housekeeping deletes at most. */
const BATCH = 5000;

const OLD = `
  with old as (
    select i.shop_id, i.webhook_id from webhook_inbox i join shop s on s.id = i.shop_id
    where i.due_at is null and i.state <> 2
      and i.received_at < $1::timestamptz - make_interval(days => coalesce((s.settings ->> 'retentionDays')::int, 90))
    limit ${BATCH}
  )
  delete from webhook_inbox i using old where i.shop_id = old.shop_id and i.webhook_id = old.webhook_id returning 1`;
const OLD_MARKS = `
  with old as (select sha256 from body_fingerprint where seen_at < $1::timestamptz - interval '15 days' limit ${BATCH})
  delete from body_fingerprint f using old where f.sha256 = old.sha256 returning 1`;
const OLD_STRAYS = `delete from stray_webhook where received_at < $1::timestamptz - interval '7 days' returning 1`;

/** Deletes a batch of what its time is over for; answers how much, 0 = nothing left. For housekeeping, across shops. */
export async function forgetOldWebhooks(tx: SqlTx, now: Date): Promise<number> {
  let count = 0;
  for (const statement of [OLD, OLD_MARKS, OLD_STRAYS]) count += (await tx.sql(statement, [now])).length;
  return count;
}
