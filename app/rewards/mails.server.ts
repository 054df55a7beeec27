/** Telling advocates what they have earned. */
import { customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import type { MessageDraft } from '../messages/message.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { REWARD_ISSUED } from './mails.ts';
import type { Given } from './reward.ts';
import { givenText } from './words.ts';

type IssuedRow = Given & {
  shop_id: bigint;
  id: string;
  customer_id: string;
  code: string;
  expires_at: Date | null;
};

const ISSUED = `
  select r.shop_id, r.id, r.customer_id, r.kind, r.value, r.code, r.expires_at
  from reward r join unnest($1::bigint[], $2::uuid[]) as t(shop_id, id) on r.shop_id = t.shop_id and r.id = t.id
  where r.state = 'issued' and r.code is not null`;

/** What is to be mailed of rewards that have been issued and still stand. On `reward.issued`. */
export async function rewardMails(
  tx: SqlTx,
  issued: readonly { shopId: bigint; rewardId: string }[],
  now: Date,
): Promise<MessageDraft[]> {
  const values = [issued.map(({ shopId }) => shopId), issued.map(({ rewardId }) => rewardId)];
  const rows = await tx.sql<IssuedRow>(ISSUED, values);
  const refs = rows.map((row) => ({ shopId: row.shop_id, id: row.customer_id }));
  const [customers, shops] = [
    await customersByIds(tx, refs),
    await shopsByIds(
      tx,
      rows.map((row) => row.shop_id),
    ),
  ];
  return rows.flatMap((row): MessageDraft[] => {
    const [customer, shop] = [customers.get(row.customer_id), shops.get(row.shop_id)];
    if (!customer || !shop) return [];
    const offer = givenText(row, customer.locale, shop.locale);
    const expires = row.expires_at ? { expiresAt: row.expires_at.toISOString() } : {};
    return [
      {
        shopId: row.shop_id,
        customerId: customer.id,
        key: `reward:${row.id}`,
        channel: 'email',
        class: 'service',
        templateKey: REWARD_ISSUED,
        data: { reward: { code: row.code, offer, ...expires } },
        dueAt: now,
        uselessAfter: row.expires_at,
        epoch: shop.epoch,
      },
    ];
  });
}
