/** Reminding people of points before they run out: one mail a month for all that end in it, counted when it goes. */
import { customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import type { MessageDraft } from '../messages/message.ts';
import { installTemplates } from '../messages/messages.server.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { POINTS_REMINDER, POINTS_TEMPLATES } from './points-mails.ts';
import { REMIND_AHEAD_MS } from './mails.ts';

const ISSUED = `
  select r.shop_id as "shopId", r.customer_id as "customerId", min(r.expires_at) as "expiresAt"
  from reward r join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) on r.shop_id = t.shop_id and r.id = t.id
  where r.state = 'issued' and r.kind = 'points' and r.expires_at > $3::timestamptz
  group by r.shop_id, r.customer_id, date_trunc('month', r.expires_at at time zone 'UTC')
  order by 1, 2, 3`;

interface Lot {
  shopId: bigint;
  customerId: string;
  expiresAt: Date;
}

const monthOf = (at: Date) => at.toISOString().slice(0, 7);
const nextMonth = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));

/** Reminders of points that have just been given, an offer each under the one budget. On `reward.issued`. */
export async function pointsReminders(
  tx: SqlTx,
  issued: readonly { shopId: bigint; rewardId: string }[],
  now: Date,
): Promise<MessageDraft[]> {
  // What is gone in less than twice the time is not reminded of: it was given just now.
  const notBefore = new Date(now.getTime() + 2 * REMIND_AHEAD_MS);
  const values = [issued.map(({ shopId }) => shopId), issued.map(({ rewardId }) => rewardId), notBefore];
  const lots = await tx.sql<Lot>(ISSUED, values);
  if (lots.length === 0) return [];
  const shopIds = lots.map(({ shopId }) => shopId);
  const shops = await shopsByIds(tx, shopIds);
  const refs = lots.map(({ shopId, customerId }) => ({ shopId, id: customerId }));
  const people = await customersByIds(tx, refs);
  await installTexts(tx, shopIds, now);
  return lots.flatMap(({ shopId, customerId, expiresAt }): MessageDraft[] => {
    const [shop, person] = [shops.get(shopId), people.get(customerId)];
    if (!shop || !person || person.erasedAt) return [];
    return [
      {
        shopId,
        customerId: person.id,
        key: `points:${person.id}:${monthOf(expiresAt)}:reminder`,
        channel: 'email',
        class: 'offer',
        templateKey: POINTS_REMINDER,
        data: { pointsUntil: nextMonth(expiresAt).toISOString() },
        dueAt: new Date(expiresAt.getTime() - REMIND_AHEAD_MS),
        uselessAfter: expiresAt,
        epoch: shop.epoch,
      },
    ];
  });
}

const WITHOUT_TEXTS = `
  select distinct t.shop_id as "shopId" from unnest($1::bigint[]) as t(shop_id)
  where not exists (select from template where shop_id = t.shop_id and key = $2)`;

async function installTexts(tx: SqlTx, shopIds: readonly bigint[], now: Date): Promise<void> {
  const wanting = await tx.sql<{ shopId: bigint }>(WITHOUT_TEXTS, [shopIds, POINTS_REMINDER]);
  for (const { shopId } of wanting) await installTemplates({ ...tx, shopId }, POINTS_TEMPLATES, now);
}

const ENDING = `
  select t.customer_id as "customerId", coalesce(sum(r.amount - r.used), 0)::bigint as balance,
    coalesce(sum(r.amount - r.used) filter (where r.expires_at < t.until), 0)::bigint as ending,
    min(r.expires_at) filter (where r.expires_at < t.until) as "endsAt"
  from unnest($1::bigint[], $2::uuid[], $3::timestamptz[]) as t(shop_id, customer_id, until)
  join reward r on r.shop_id = t.shop_id and r.customer_id = t.customer_id
  where r.kind = 'points' and r.state = 'issued' and (r.expires_at is null or r.expires_at > $4)
  group by t.shop_id, t.customer_id, t.until having count(*) filter (where r.expires_at < t.until) > 0`;

/** What of their points runs out before a moment, by customer; those of whom nothing does are missing. For mails. */
export async function pointsEnding(
  tx: SqlTx,
  wanted: readonly { shopId: bigint; customerId: string; until: Date }[],
  now: Date,
): Promise<Map<string, { balance: bigint; ending: bigint; endsAt: Date }>> {
  if (wanted.length === 0) return new Map();
  const rows = await tx.sql<{ customerId: string; balance: bigint; ending: bigint; endsAt: Date }>(ENDING, [
    wanted.map(({ shopId }) => shopId),
    wanted.map(({ customerId }) => customerId),
    wanted.map(({ until }) => until),
    now,
  ]);
  return new Map(rows.map(({ customerId, ...points }) => [customerId, points]));
}
