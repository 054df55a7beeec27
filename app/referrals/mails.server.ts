/** Mailing codes that were promised before their customer was known. */
import type { SqlTx } from '../db.server.ts';
import type { MessageDraft } from '../messages/message.ts';
import { shopsByIds } from '../shops/shops.server.ts';
import { YOUR_CODE } from './mails.ts';

/** A promise is worth keeping for so long. */
const USELESS_AFTER_DAYS = 30;

/**
 * What is to be mailed to customers whose code was not shown on the page.
 * @param promised `about` is what the promise was made for: kept once for each
 */
export async function codeMails(
  tx: SqlTx,
  promised: readonly { shopId: bigint; customerId: string; about: string; orderId?: bigint | null }[],
  now: Date,
): Promise<MessageDraft[]> {
  const shops = await shopsByIds(
    tx,
    promised.map(({ shopId }) => shopId),
  );
  return promised.flatMap(({ shopId, customerId, about, orderId }): MessageDraft[] => {
    const shop = shops.get(shopId);
    if (shop?.status !== 'installed') return [];
    return [
      {
        shopId,
        customerId,
        orderId: orderId ?? null,
        key: `code:${about}`,
        channel: 'email',
        class: 'service',
        templateKey: YOUR_CODE,
        data: {},
        dueAt: now,
        uselessAfter: new Date(now.getTime() + USELESS_AFTER_DAYS * 86_400_000),
        epoch: shop.epoch,
      },
    ];
  });
}
