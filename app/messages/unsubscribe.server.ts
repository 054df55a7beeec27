/** "No more of these" and "nothing but order news": effective when the transaction commits. */
import type { ConsentSource } from '../customers/customer.ts';
import { addTimeline, setConsent } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { mailboxOf, phoneOf } from './address.ts';
import type { MessageChannel, MessageClass } from './message.ts';
import { cancelMessages } from './cancel.server.ts';
import { suppress } from './suppression.server.ts';

export interface Unsubscribe {
  shopId: bigint;
  customerId: string;
  channel: MessageChannel;
  /** ['ask', 'offer'] for "nothing but order news". */
  classes: readonly MessageClass[];
  source: Extract<ConsentSource, 'one-click' | 'preference-page' | 'provider'>;
}

/** Hand-over locks the same row before it asks for permission: whoever commits first is obeyed. */
const LOCK = `
  select c.id, c.email, c.phone from customer c
  where c.shop_id = $1
    and c.id = (select coalesce(m.merged_into, m.id) from customer m where m.shop_id = $1 and m.id = $2)
  for no key update`;

/** Twice is once. @returns whether anything has changed */
export async function unsubscribe(
  tx: SqlTx,
  hashKey: Uint8Array,
  { shopId, customerId, channel, classes, source }: Unsubscribe,
  now: Date,
): Promise<boolean> {
  const [customer] = await tx.sql<{ id: string; email: string | null; phone: string | null }>(LOCK, [
    shopId,
    customerId,
  ]);
  if (!customer) return false;
  const address = channel === 'email' ? mailboxOf(customer.email) : phoneOf(customer.phone);
  const isNew =
    address !== null &&
    (await suppress(tx, hashKey, { shopId, channel, address, classes, reason: 'unsubscribed' }, now));
  const changed = classes.includes('offer')
    ? await setConsent(
        tx,
        [{ shopId, customerId: customer.id, channel, state: 'unsubscribed', source, at: now }],
        now,
      )
    : [];
  // Texts that wait are asked about once more before they go; mails of the same class go on.
  if (channel === 'email')
    await cancelMessages(tx, [{ shopId, customerId: customer.id, classes }], { code: 'unsubscribed' }, now);
  if (!isNew && changed.length === 0) return false;
  const who = { shopId, customerId: customer.id, at: now };
  const data = { channel, classes: [...classes] };
  await recordEvents(tx, [{ ...who, kind: 'customer.unsubscribed', data }], now);
  await addTimeline(tx, [{ ...who, kind: 'consent', code: 'unsubscribed', data: { ...data, source } }], now);
  return true;
}
