/** Texts that come in, by whatever gateway posts them: heard in the transaction of the request, each once. */
import type { Db, SqlTx } from '../db.server.ts';
import { phoneOf } from '../messages/address.ts';
import { unsubscribe } from '../messages/messages.server.ts';
import { isStop } from './stop-words.ts';
import type { Heard } from './voices.ts';

/** A text as a gateway brings it. */
export interface IncomingText {
  /** The gateway's name for it: brought twice, it is one. */
  id: string;
  /** E.164 */
  from: string;
  text: string;
}

export interface TextDeps {
  db: Db;
  hear: (tx: SqlTx, voices: readonly Heard[], now: Date) => Promise<unknown>;
  suppressionKey: Uint8Array;
}

/** `nobody`: no shop has ever written to this number. */
export type TextHeard = 'heard' | 'stopped' | 'nobody';

/** Numbers say nothing of a shop: it is for the one that has written to it last; else for the only one that knows it. */
const WHOSE = `
  select c.shop_id as "shopId", c.id as "customerId", m.id as "messageId", m.order_id as "orderId"
  from customer c join shop s on s.id = c.shop_id and s.status = 'installed'
  left join lateral (select id, order_id, handed_at from message
    where shop_id = c.shop_id and customer_id = c.id and channel = 'sms' and handed_at is not null
    order by handed_at desc limit 1) m on true
  where c.phone = $1 and c.erased_at is null and c.merged_into is null
  order by m.handed_at desc nulls last, c.created_at desc limit 2`;

interface Whose {
  shopId: bigint;
  customerId: string;
  messageId: string | null;
  orderId: bigint | null;
}

export async function hearText(deps: TextDeps, incoming: IncomingText, now: Date): Promise<TextHeard> {
  const from = phoneOf(incoming.from);
  if (!from) return 'nobody';
  const [first, second] = await deps.db.sqlAcrossShops<Whose>(WHOSE, [from]);
  if (!first || (second && !first.messageId)) return 'nobody';
  const { shopId, customerId, messageId, orderId } = first;
  return deps.db.acrossShops(async (tx) => {
    if (isStop(incoming.text)) {
      const no = {
        shopId,
        customerId,
        channel: 'sms',
        classes: ['ask', 'offer'],
        source: 'provider',
      } as const;
      await unsubscribe(tx, deps.suppressionKey, no, now);
      return 'stopped';
    }
    const voice: Heard = {
      shopId,
      kind: 'text',
      source: `text:${incoming.id}`,
      customerId,
      from: { name: null, address: from },
      orderId,
      text: incoming.text,
      at: now,
      channel: 'text',
      threads: messageId ? [`message:${messageId}`] : [],
    };
    await deps.hear(tx, [voice], now);
    return 'heard';
  });
}
