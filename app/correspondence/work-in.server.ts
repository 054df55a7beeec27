/**
 * The worker's loop over mails that have come. One at a time: each in a transaction of its own that hears it and forgets
 * its words, so that it is heard once or not at all. What cannot be read is tried again, then kept for a person.
 */
import type { Db, SqlTx } from '../db.server.ts';
import { emailKey } from '../customers/identity.ts';
import { errorFields, log } from '../log.server.ts';
import { recordProviderEvent } from '../messages/messages.server.ts';
import { readReport } from './bounce.ts';
import type { IncomingMail, MailPart } from './incoming-mail.ts';
import { MOST_AN_HOUR, writerOf, type Writer } from './machine.ts';
import type { Answered, ReplyAddresses } from './reply-address.ts';
import { voiceOf, type Kept, type MailFacts } from './to-voice.ts';
import type { Heard } from './voices.ts';

export interface WorkInDeps {
  db: Db;
  addresses: ReplyAddresses;
  read: (raw: Buffer, recipient: string | null) => Promise<IncomingMail>;
  /** Conversations take it. */
  hear: (tx: SqlTx, voices: readonly Heard[], now: Date) => Promise<unknown>;
  /** Photos and papers that came along. */
  keep: (shopId: bigint, parts: readonly MailPart[], now: Date) => Promise<Kept>;
  /** What was kept belongs to the voice that is heard in this transaction. */
  tie: (tx: SqlTx, shopId: bigint, fileIds: readonly string[], usedBy: string) => Promise<unknown>;
  /** Keys what is suppressed. */
  suppressionKey: Uint8Array;
}

/** What became of a mail. */
type Outcome =
  'heard' | 'automatic' | 'bounced' | 'complained' | 'no-news' | Extract<Writer, 'list' | 'ourselves'>;

interface Row {
  shop_id: bigint;
  id: string;
  key: Uint8Array;
  sender: Uint8Array | null;
  recipient: string | null;
  raw: Uint8Array;
  received_at: Date;
  attempts: number;
}

const MOST_ATTEMPTS = 6;

/** Committed before the work, so that a mail that kills its worker is not tried for ever. LIMIT is a literal on purpose. */
const CLAIM = `
  update incoming_mail m set attempts = attempts + 1,
    due_at = $1::timestamptz + interval '1 minute' * power(4, least(attempts, 5))
  from (select shop_id, id from incoming_mail where due_at <= $1::timestamptz order by due_at, id limit 1 for update skip locked) due
  where m.shop_id = due.shop_id and m.id = due.id
  returning m.shop_id, m.id, m.key, m.sender, m.recipient, m.raw, m.received_at, m.attempts`;

const BURY = `update incoming_mail set state = 'dead', due_at = null, outcome = $3 where shop_id = $1 and id = $2`;

const DONE = `
  update incoming_mail set state = 'done', outcome = $4, due_at = null, raw = null, recipient = null
  where shop_id = $1 and id = $2 and attempts = $3 and state = 'waiting' returning 1 as done`;

/** @returns mails that were looked at; 0: none due */
export function makeMailLoop(deps: WorkInDeps): (now: Date) => Promise<number> {
  return async (now) => {
    const [row] = await deps.db.sqlAcrossShops<Row>(CLAIM, [now]);
    if (!row) return 0;
    const fields = { shopId: row.shop_id, id: row.id };
    if (row.attempts > MOST_ATTEMPTS) {
      log.error('a mail could not be worked in', { ...fields, attempt: row.attempts });
      await deps.db.sqlAcrossShops(BURY, [row.shop_id, row.id, 'given-up']);
      return 1;
    }
    try {
      const mail = await deps.read(Buffer.from(row.raw), row.recipient);
      const writer = writerOf(mail, row.shop_id);
      const kept = writer === 'person' ? await deps.keep(row.shop_id, mail.attachments, now) : NOTHING;
      await deps.db.acrossShops(async (tx) => {
        const outcome = await workIn(tx, deps, { row, mail, writer, kept }, now);
        // Somebody else has it meanwhile: nothing of this round counts.
        const done = await tx.sql(DONE, [row.shop_id, row.id, row.attempts, outcome]);
        if (done.length === 0) throw new Error('taken over');
      });
    } catch (error) {
      log.error('a mail failed', { ...fields, attempt: row.attempts, ...errorFields(error) });
    }
    return 1;
  };
}

const NOTHING: Kept = { attached: [] };

interface Read {
  row: Row;
  mail: IncomingMail;
  writer: Writer;
  kept: Kept;
}

async function workIn(
  tx: SqlTx,
  deps: WorkInDeps,
  { row, mail, writer, kept }: Read,
  now: Date,
): Promise<Outcome> {
  switch (writer) {
    case 'list':
    case 'ourselves':
      return writer;
    case 'server':
      return told(tx, deps, row, mail, now);
    case 'person':
    case 'automatic': {
      const facts = await factsOf(tx, deps, row, mail);
      const isAutomatic = writer === 'automatic' || facts.isRestless;
      const voice = voiceOf(mail, facts, kept, isAutomatic);
      await deps.hear(tx, [voice], now);
      const files = kept.attached.flatMap(({ fileId }) => fileId ?? []);
      await deps.tie(tx, row.shop_id, files, voice.source);
      return isAutomatic ? 'automatic' : 'heard';
    }
  }
}

/** A bounce or a complaint counts as if the provider had told it; the mail's own hash makes it one. */
async function told(tx: SqlTx, deps: WorkInDeps, row: Row, mail: IncomingMail, now: Date): Promise<Outcome> {
  const report = readReport(mail);
  if (!report || report.kind === 'nothing') return 'no-news';
  const { shop_id: shopId } = row;
  const ref = `mail:${Buffer.from(row.key).toString('hex')}`;
  const event = { shopId, messageId: report.messageId, ref, at: row.received_at };
  const permanent = report.kind === 'bounced' ? { permanent: report.permanent } : {};
  const isNew = await recordProviderEvent(
    tx,
    deps.suppressionKey,
    { ...event, kind: report.kind, ...permanent },
    now,
  );
  if (isNew || report.kind !== 'bounced') return isNew ? report.kind : 'no-news';
  // Not one of the outbox: perhaps an answer of a person's, whose thread says then that it has not arrived.
  await deps.hear(tx, [undelivered(mail, report, { shopId, ref, at: row.received_at })], now);
  return 'no-news';
}

const undelivered = (
  mail: IncomingMail,
  { messageId, status }: { messageId: string; status: string | null },
  { shopId, ref, at }: { shopId: bigint; ref: string; at: Date },
): Heard => ({
  shopId,
  kind: 'mail',
  source: ref,
  customerId: null,
  from: mail.from,
  text: `[This answer could not be delivered${status ? ` (${status})` : ''}.]`,
  at,
  channel: 'none',
  threads: [`message:${messageId}`],
  isAutomatic: true,
});

const MESSAGE = `
  select m.id, m.customer_id, m.order_id, c.erased_at is not null as erased
  from message m left join customer c on c.shop_id = m.shop_id and c.id = m.customer_id
  where m.shop_id = $1 and m.id = any($2::uuid[])`;

const CUSTOMER = `
  select coalesce(merged_into, id) as id from customer
  where shop_id = $1 and email_key = $2 and erased_at is null order by created_at, id limit 1`;

const FREQUENT = `
  select count(*)::int as count from incoming_mail
  where shop_id = $1 and sender = $2::bytea and received_at > $3::timestamptz - interval '1 hour' and received_at <= $3::timestamptz`;

async function factsOf(tx: SqlTx, deps: WorkInDeps, row: Row, mail: IncomingMail): Promise<MailFacts> {
  const shopId = row.shop_id;
  const answered = answeredBy(deps.addresses, shopId, mail);
  const ids = idsOf(answered, mail);
  const messages = ids.length === 0 ? [] : await tx.sql<MessageRow>(MESSAGE, [shopId, ids]);
  const message = ids.map((id) => messages.find((one) => one.id === id)).find(Boolean);
  const key = emailKey(mail.from?.address);
  const [sender] = key ? await tx.sql<{ id: string }>(CUSTOMER, [shopId, key]) : [];
  const [counted] = row.sender
    ? await tx.sql<{ count: number }>(FREQUENT, [shopId, row.sender, row.received_at])
    : [];
  return {
    shopId,
    key: Buffer.from(row.key).toString('hex'),
    answered,
    message: message
      ? {
          id: message.id,
          customerId: message.erased ? null : message.customer_id,
          orderId: message.order_id,
          isErased: message.erased,
        }
      : null,
    sender: sender ? { customerId: sender.id } : null,
    isRestless: (counted?.count ?? 0) > MOST_AN_HOUR,
    at: row.received_at,
  };
}

interface MessageRow {
  id: string;
  customer_id: string;
  order_id: bigint | null;
  erased: boolean;
}

/** The signed address of this shop that it was sent to; what names a thread before what names the shop alone. */
function answeredBy(addresses: ReplyAddresses, shopId: bigint, mail: IncomingMail): Answered | null {
  const read = mail.to.flatMap((address) => addresses.read(address) ?? []);
  const ours = read.filter((answered) => answered.shopId === shopId);
  return ours.find(({ kind }) => kind !== 'shop') ?? ours[0] ?? null;
}

/** Ids that our own messages may have: of the signed address first, then of the mails that it answers. */
function idsOf(answered: Answered | null, mail: IncomingMail): string[] {
  const named = answered?.kind === 'message' ? [answered.id] : [];
  const quoted = mail.answers.flatMap(
    (id) => /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i.exec(id)?.[1] ?? [],
  );
  return [...new Set([...named, ...quoted.map((id) => id.toLowerCase())])].slice(0, 20);
}
