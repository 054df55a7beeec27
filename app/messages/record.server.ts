/** What hand-over writes around the call of a provider: the mark before it, the outcome after it. */
import { addTimeline } from '../customers/customers.server.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { ApprovedMessage } from './judge.server.ts';
import { gather } from './gather.ts';
import type { MessageClass, Reason } from './message.ts';
import { packed } from './packed.server.ts';
import { addressHash, suppress } from './suppression.server.ts';

/** What is sent, in the words of one customer's language. */
export interface Content {
  locale: string;
  subject: string;
  html: string;
  text: string;
}

interface Mark {
  message: ApprovedMessage;
  content: Content;
  claim: string;
}

/**
 * The last instruction before the call. Only what is still ours, not cancelled, and whose address is not suppressed by
 * now, is marked as tried, with the words it was tried with: a repetition under the same id must say the same.
 */
const MARK = `
  update message m set tried_at = coalesce(m.tried_at, clock_timestamp()),
    lease_until = clock_timestamp() + $9::int * interval '1 ms',
    locale = t.locale, subject = t.subject, html = t.html, text = t.text
  from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::bytea[], $5::text[], $6::text[], $7::text[], $8::text[])
    as t(shop_id, id, claim, hash, locale, subject, html, text)
  where m.shop_id = t.shop_id and m.id = t.id and m.state = 'handing-over' and m.claim = t.claim
    and m.lease_until > clock_timestamp()
    and not exists (select 1 from suppression s where s.shop_id = t.shop_id and s.channel = m.channel
      and s.hash = t.hash and m.class = any(s.classes))
  returning m.id`;

async function markAll(db: Db, hashKey: Uint8Array, leaseMs: number, marks: Mark[]): Promise<boolean[]> {
  const all = <Value>(pick: (mark: Mark) => Value) => marks.map(pick);
  const rows = await db.sqlAcrossShops<{ id: string }>(MARK, [
    all((m) => m.message.message.shop_id),
    all((m) => m.message.message.id),
    all((m) => m.claim),
    all((m) => addressHash(hashKey, m.message.message.shop_id, m.message.channel, m.message.address)),
    all((m) => m.content.locale),
    all((m) => m.content.subject),
    all((m) => packed(m.content.html)),
    all((m) => m.content.text),
    leaseMs,
  ]);
  const marked = new Set(rows.map((row) => row.id));
  return marks.map((mark) => marked.has(mark.message.message.id));
}

/** How a message left the hands of this process. */
export type Outcome =
  | { kind: 'sent'; provider: string; providerId: string | null }
  | { kind: 'failed'; reason: Reason; provider: string; address: boolean }
  | { kind: 'skipped'; reason: Reason }
  /** Back into the outbox; only claims that ended in a crash count as attempts. `certain`: it was not accepted. */
  | { kind: 'again'; at: Date; reason: Reason; certain: boolean };

interface Settle {
  message: ApprovedMessage;
  claim: string;
  outcome: Outcome;
}

const SETTLE = `
  update message m set state = t.state, due_at = t.due_at, claim = null, lease_until = null,
    reason = case when m.reason ->> 'code' = 'sent-again' and t.state = 'sent' then m.reason else t.reason::jsonb end,
    provider = coalesce(t.provider, m.provider), provider_id = coalesce(t.provider_id, m.provider_id),
    sent_at = case when t.state = 'sent' then $11::timestamptz else m.sent_at end,
    attempts = m.attempts - case when t.state = 'waiting' then 1 else 0 end,
    tried_at = case when t.certain and t.first then null else m.tried_at end,
    handed_at = case when t.certain and t.first then null else m.handed_at end
  from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[],
    $9::boolean[], $10::boolean[]) as t(shop_id, id, claim, state, due_at, reason, provider, provider_id, certain, first)
  where m.shop_id = t.shop_id and m.id = t.id
    and (m.claim = t.claim or (t.state = 'sent' and m.state in ('handing-over', 'waiting', 'unknown')))
  returning m.id`;

const STATES = { sent: 'sent', failed: 'failed', skipped: 'skipped', again: 'waiting' } as const;

/**
 * Writes outcomes with their events and lines. That it was accepted counts even when the claim was lost meanwhile: it is
 * the truth. Everything else is for whoever holds the claim now.
 */
async function settleAll(deps: RecordDeps, now: Date, settles: Settle[]): Promise<boolean[]> {
  return deps.db.acrossShops(async (tx) => {
    const all = <Value>(pick: (settle: Settle) => Value) => settles.map(pick);
    const rows = await tx.sql<{ id: string }>(SETTLE, [
      all((s) => s.message.message.shop_id),
      all((s) => s.message.message.id),
      all((s) => s.claim),
      all((s) => STATES[s.outcome.kind]),
      all(({ outcome }) => (outcome.kind === 'again' ? outcome.at : null)),
      all(({ outcome }) => JSON.stringify('reason' in outcome ? outcome.reason : {})),
      all(({ outcome }) => ('provider' in outcome ? outcome.provider : null)),
      all(({ outcome }) => ('providerId' in outcome ? outcome.providerId : null)),
      all(({ outcome }) => outcome.kind === 'again' && outcome.certain),
      all((s) => s.message.message.tried_ms === null || s.message.again),
      now,
    ]);
    const written = new Set(rows.map((row) => row.id));
    const news = settles.filter((settle) => written.has(settle.message.message.id));
    await tell(tx, news, now);
    await suppressRefused(tx, deps.hashKey, news, now);
    return settles.map((settle) => written.has(settle.message.message.id));
  });
}

async function tell(tx: SqlTx, settles: readonly Settle[], now: Date): Promise<void> {
  const over = settles.filter((settle) => settle.outcome.kind !== 'again');
  await addTimeline(
    tx,
    over.map(({ message: { message, channel }, outcome }) => ({
      shopId: message.shop_id,
      customerId: message.customer_id,
      orderId: message.order_id,
      at: now,
      kind: 'message' as const,
      ...lineOf({ messageId: message.id, template: message.template_key, channel }, outcome),
    })),
    now,
  );
  await recordEvents(
    tx,
    over.map(({ message: { message }, outcome }) => ({
      shopId: message.shop_id,
      customerId: message.customer_id,
      orderId: message.order_id,
      at: now,
      ...eventOf(message.id, outcome),
    })),
    now,
  );
}

type OfMessage = { messageId: string; template: string; channel: 'email' | 'sms' };

function lineOf(data: OfMessage, outcome: Outcome) {
  if (outcome.kind === 'sent') return { code: 'message-sent' as const, data };
  const code = outcome.kind === 'failed' ? ('message-failed' as const) : ('message-skipped' as const);
  return { code, data: { ...data, reason: outcome.reason } };
}

function eventOf(messageId: string, outcome: Outcome) {
  if (outcome.kind === 'sent') return { kind: 'message.sent' as const, data: { messageId } };
  if (outcome.kind === 'failed' && outcome.address) {
    return { kind: 'message.bounced' as const, data: { messageId, permanent: true } };
  }
  return { kind: 'message.skipped' as const, data: { messageId, reason: outcome.reason.code } };
}

const ALL_CLASSES: MessageClass[] = ['service', 'ask', 'offer'];

/** An address that a provider says does not exist is not tried again by any message. */
async function suppressRefused(tx: SqlTx, hashKey: Uint8Array, settles: readonly Settle[], now: Date) {
  for (const { message, outcome } of settles) {
    if (outcome.kind !== 'failed' || !outcome.address) continue;
    const { shop_id: shopId } = message.message;
    const { channel, address } = message;
    await suppress(tx, hashKey, { shopId, channel, address, classes: ALL_CLASSES, reason: 'bounced' }, now);
  }
}

export interface RecordDeps {
  db: Db;
  hashKey: Uint8Array;
  leaseMs: number;
}

/** Writes of one round, gathered: many messages share a statement while the one before is under way. */
export function makeRecorder(deps: RecordDeps, claim: string, now: Date) {
  const mark = gather((marks: Mark[]) => markAll(deps.db, deps.hashKey, deps.leaseMs, marks));
  const settle = gather((settles: Settle[]) => settleAll(deps, now, settles));
  return {
    /** False: it must not go (any more). */
    mark: (message: ApprovedMessage, content: Content) => mark({ message, content, claim }),
    settle: (message: ApprovedMessage, outcome: Outcome) => settle({ message, claim, outcome }),
  };
}
export type Recorder = ReturnType<typeof makeRecorder>;
