/** Telling people what they were given, and reminding them before it runs out. */
import { customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import type { MessageDraft } from '../messages/message.ts';
import { installTemplates } from '../messages/messages.server.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import {
  REMIND_AHEAD_MS,
  REWARD_CREDIT,
  REWARD_CREDIT_REMINDER,
  REWARD_GIVEN,
  REWARD_ISSUED,
  REWARD_REMINDER,
  REWARD_TEMPLATES,
} from './mails.ts';
import type { Given, RewardKind } from './reward.ts';
import { givenText } from './words.ts';

type IssuedRow = Given & {
  shop_id: bigint;
  id: string;
  cause: string;
  customer_id: string;
  code: string | null;
  expires_at: Date | null;
};

const ISSUED = `
  select r.shop_id, r.id, r.cause, r.customer_id, r.kind, r.value, r.code, r.expires_at
  from reward r join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) on r.shop_id = t.shop_id and r.id = t.id
  where r.state = 'issued' and r.kind <> all($3::text[])`;

/** Of these the advocate's page and the shop's own loyalty tell. */
const UNTOLD: readonly RewardKind[] = ['points', 'donation', 'commission'];

/** The key of the reminder of a reward. */
export const reminderKey = (rewardId: string): string => `reward:${rewardId}:reminder`;

/** What is to be mailed of rewards that have been issued and still stand. On `reward.issued`. */
export async function rewardMails(
  tx: SqlTx,
  issued: readonly { shopId: bigint; rewardId: string }[],
  now: Date,
): Promise<MessageDraft[]> {
  const values = [issued.map(({ shopId }) => shopId), issued.map(({ rewardId }) => rewardId), UNTOLD];
  const rows = await tx.sql<IssuedRow>(ISSUED, values);
  const refs = rows.map((row) => ({ shopId: row.shop_id, id: row.customer_id }));
  const ids = rows.map((row) => row.shop_id);
  const [customers, shops] = [await customersByIds(tx, refs), await shopsByIds(tx, ids)];
  await installTexts(tx, ids, now);
  return rows.flatMap((row): MessageDraft[] => {
    const [customer, shop] = [customers.get(row.customer_id), shops.get(row.shop_id)];
    if (!customer || !shop) return [];
    const expires = row.expires_at ? { expiresAt: row.expires_at.toISOString() } : {};
    const offer = givenText(row, customer.locale, shop.locale);
    const base = {
      shopId: row.shop_id,
      customerId: customer.id,
      channel: 'email' as const,
      data: { reward: { code: row.code ?? '', offer, ...expires } },
      uselessAfter: row.expires_at,
      epoch: shop.epoch,
    };
    return [
      { ...base, key: `reward:${row.id}`, class: 'service', templateKey: templateOf(row), dueAt: now },
      ...reminder(row, base, now),
    ];
  });
}

const WITHOUT_TEXTS = `
  select distinct t.shop_id as "shopId" from unnest($1::bigint[]) as t(shop_id)
  where not exists (select from template where shop_id = t.shop_id and key = $2)`;

/** Shops of before the youngest of these texts get it with the first mail that needs it. */
async function installTexts(tx: SqlTx, shopIds: readonly bigint[], now: Date): Promise<void> {
  const wanting = await tx.sql<{ shopId: bigint }>(WITHOUT_TEXTS, [shopIds, REWARD_CREDIT_REMINDER]);
  for (const { shopId } of wanting) await installTemplates({ ...tx, shopId }, REWARD_TEMPLATES, now);
}

function templateOf({ kind, cause }: IssuedRow): string {
  if (kind === 'store-credit') return REWARD_CREDIT;
  return kind === 'discount' && cause.startsWith('referral:') ? REWARD_ISSUED : REWARD_GIVEN;
}

/** An offer under the one budget, with its consent: perhaps they would rather not hear of it. */
function reminder(
  { id, kind, expires_at: end }: IssuedRow,
  base: Omit<MessageDraft, 'key' | 'class' | 'templateKey' | 'dueAt'>,
  now: Date,
): MessageDraft[] {
  if (!end || end.getTime() - now.getTime() < 2 * REMIND_AHEAD_MS) return [];
  const templateKey = kind === 'store-credit' ? REWARD_CREDIT_REMINDER : REWARD_REMINDER;
  const dueAt = new Date(end.getTime() - REMIND_AHEAD_MS);
  return [{ ...base, key: reminderKey(id), class: 'offer', templateKey, dueAt }];
}
