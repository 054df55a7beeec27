/** What becomes of a message after it was accepted: told by providers, by the open pixel and by links. Each once. */
import { addTimeline } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { mailboxOf, phoneOf } from './address.ts';
import type { MessageChannel, MessageClass } from './message.ts';
import { looksLikeScanner, type Visit } from './scanner.ts';
import { suppress } from './suppression.server.ts';
import { unsubscribe } from './unsubscribe.server.ts';

export interface ProviderEvent {
  shopId: bigint;
  messageId: string;
  kind: 'delivered' | 'bounced' | 'complained' | 'opened' | 'clicked';
  /** The provider's own id of the event: told twice, it counts once. */
  ref: string;
  at: Date;
  /** Of a bounce: the address does not exist. */
  permanent?: boolean;
}

const REMEMBER = `
  insert into message_event (shop_id, message_id, kind, ref, data, at)
  select $1::bigint, $2::uuid, $3::text, $4::text, $5::jsonb, $6::timestamptz
  where exists (select 1 from message where shop_id = $1::bigint and id = $2::uuid)
  on conflict do nothing returning 1 as is_new`;

/**
 * The first of its kind is kept on the message. A provider that speaks of a message has accepted it: what nobody knew
 * until now is known.
 */
const NOTE = `
  update message m set delivered_at = case when $3 = 'delivered' then coalesce(delivered_at, $4) else delivered_at end,
    bounced_at = case when $3 = 'bounced' then coalesce(bounced_at, $4) else bounced_at end,
    complained_at = case when $3 = 'complained' then coalesce(complained_at, $4) else complained_at end,
    opened_at = case when $3 in ('opened', 'clicked') then coalesce(opened_at, $4) else opened_at end,
    clicked_at = case when $3 = 'clicked' then coalesce(clicked_at, $4) else clicked_at end,
    state = case when is_open then 'sent' else state end,
    sent_at = case when is_open then $4 else sent_at end,
    due_at = case when is_open then null else due_at end,
    claim = case when is_open then null else claim end,
    lease_until = case when is_open then null else lease_until end
  from (select shop_id, id, tried_at is not null and state in ('waiting', 'handing-over', 'unknown') as is_open,
      opened_at is null and $3 in ('opened', 'clicked') as first_opened, clicked_at is null as first_clicked
    from message where shop_id = $1 and id = $2 for update) before
  where m.shop_id = before.shop_id and m.id = before.id
  returning m.customer_id, m.order_id, m.template_key, m.channel, before.is_open, before.first_opened, before.first_clicked`;

interface Noted {
  customer_id: string;
  order_id: bigint | null;
  template_key: string;
  channel: MessageChannel;
  is_open: boolean;
  first_opened: boolean;
  first_clicked: boolean;
}

/** @returns whether it was new; unknown messages are no news */
export async function recordProviderEvent(
  tx: SqlTx,
  hashKey: Uint8Array,
  event: ProviderEvent,
  now: Date,
): Promise<boolean> {
  const { shopId, messageId, kind, ref, at, permanent } = event;
  const data = permanent === undefined ? {} : { permanent };
  const [isNew] = await tx.sql(REMEMBER, [shopId, messageId, kind, ref, data, at]);
  if (!isNew) return false;
  const [noted] = await tx.sql<Noted>(NOTE, [shopId, messageId, kind, at]);
  if (!noted) return false;
  await tell(tx, event, noted, now);
  if (kind === 'bounced' && permanent) await stopAddress(tx, hashKey, { shopId, noted }, now);
  if (kind === 'complained') {
    const classes = ['ask', 'offer'] as const;
    const { channel, customer_id: customerId } = noted;
    await unsubscribe(tx, hashKey, { shopId, customerId, channel, classes, source: 'provider' }, now);
  }
  return true;
}

const HANDED = `select handed_at as "handedAt" from message where shop_id = $1 and id = $2`;

/**
 * A link of a message was followed. Kept either way; only what looks like a person counts as a click: conditions go by it.
 * @returns whether it counted
 */
export async function recordFollow(
  tx: SqlTx,
  hashKey: Uint8Array,
  { shopId, messageId, visit }: { shopId: bigint; messageId: string; visit: Omit<Visit, 'sinceHandedMs'> },
  now: Date,
): Promise<boolean> {
  const [message] = await tx.sql<{ handedAt: Date | null }>(HANDED, [shopId, messageId]);
  if (!message) return false;
  const sinceHandedMs = message.handedAt && now.getTime() - message.handedAt.getTime();
  if (looksLikeScanner({ ...visit, sinceHandedMs })) {
    await tx.sql(REMEMBER, [shopId, messageId, 'scanned', 'link', {}, now]);
    return false;
  }
  return recordProviderEvent(tx, hashKey, { shopId, messageId, kind: 'clicked', ref: 'link', at: now }, now);
}

/** A line for each first: a mail opened ten times is opened. */
async function tell(
  tx: SqlTx,
  { kind, messageId, shopId, at, permanent }: ProviderEvent,
  noted: Noted,
  now: Date,
) {
  const data = { messageId, template: noted.template_key, channel: noted.channel };
  const who = { shopId, customerId: noted.customer_id, orderId: noted.order_id, at };
  const line = { ...who, kind: 'message' as const, data };
  if (noted.is_open) {
    await addTimeline(tx, [{ ...line, code: 'message-sent' }], now);
    await recordEvents(tx, [{ ...who, kind: 'message.sent', data: { messageId } }], now);
  }
  switch (kind) {
    case 'delivered':
      return addTimeline(tx, [{ ...line, code: 'message-delivered' }], now);
    case 'opened':
      if (!noted.first_opened) return;
      await addTimeline(tx, [{ ...line, code: 'message-opened' }], now);
      return recordEvents(tx, [{ ...who, kind: 'message.opened', data: { messageId } }], now);
    case 'clicked':
      if (!noted.first_clicked) return;
      await addTimeline(tx, [{ ...line, code: 'message-clicked' }], now);
      return recordEvents(tx, [{ ...who, kind: 'message.clicked', data: { messageId } }], now);
    case 'bounced': {
      const bounce = { permanent: permanent ?? false };
      await addTimeline(tx, [{ ...line, code: 'message-bounced', data: { ...data, ...bounce } }], now);
      return recordEvents(tx, [{ ...who, kind: 'message.bounced', data: { messageId, ...bounce } }], now);
    }
    case 'complained':
      await addTimeline(tx, [{ ...line, code: 'message-complained' }], now);
      return recordEvents(tx, [{ ...who, kind: 'message.complained', data: { messageId } }], now);
  }
}

const ADDRESS = `select email, phone from customer where shop_id = $1 and id = $2`;
const ALL_CLASSES: MessageClass[] = ['service', 'ask', 'offer'];

async function stopAddress(
  tx: SqlTx,
  hashKey: Uint8Array,
  { shopId, noted }: { shopId: bigint; noted: Noted },
  now: Date,
) {
  const [row] = await tx.sql<{ email: string | null; phone: string | null }>(ADDRESS, [
    shopId,
    noted.customer_id,
  ]);
  const address = noted.channel === 'sms' ? phoneOf(row?.phone ?? null) : mailboxOf(row?.email ?? null);
  if (!address) return;
  const stop = { shopId, channel: noted.channel, address, classes: ALL_CLASSES, reason: 'bounced' as const };
  await suppress(tx, hashKey, stop, now);
}
