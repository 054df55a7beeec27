/** The messages behind the figures of a sequence, newest first. */
import { cursorOf, readCursor } from '../cursor.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import type { MessageFate, MessageState, Reason } from './message.ts';

export interface MessageLine {
  id: string;
  customerId: string;
  customerName: string | null;
  templateKey: string;
  /** As it was sent; null while it was not. */
  subject: string | null;
  state: MessageState;
  /** Of the newest answer of permission, or of the failure. */
  reason: Partial<Reason>;
  plannedAt: Date;
  sentAt: Date | null;
}

export interface MessageAsk {
  shopId: bigint;
  /** Planned since then. */
  since: Date;
  fate?: MessageFate | null;
  /** Only for this reason, as {@link WHY} writes it. */
  why?: string | null;
  /** Only those that enrollments in this sequence have sent; null: any. */
  sequence?: string | null;
  /** `next` of the page before. */
  after?: string | null;
  limit?: number;
}

/** A reason in one word, for grouping: its code and, after a colon, what tells apart reasons of that code. */
export const WHY = (reason: string) => `concat_ws(':', ${reason} ->> 'code',
  coalesce(${reason} ->> 'because', ${reason} ->> 'problem', ${reason} ->> 'field', ${reason} ->> 'channel'))`;

/** By fate, the same conditions as the figures count. */
const FATES: Record<MessageFate, string> = {
  sent: `m.state = 'sent'`,
  opened: 'm.opened_at is not null',
  acted: 'm.clicked_at is not null',
  skipped: `m.state = 'skipped'`,
  moved: `exists (select 1 from permission_answer p where p.shop_id = m.shop_id and p.message_id = m.id
    and p.answer = 'later' and ($7::text is null or ${WHY('p.reason')} = $7))`,
  stuck: `m.due_at is not null and m.state = 'waiting' and m.reason ->> 'code' in ('provider-unavailable', 'no-answer')
    and (m.reason ->> 'times')::int >= 3`,
  failed: `m.state in ('failed', 'unknown')`,
};

/** Whoever was moved is asked for the reasons of then, everybody else for the one of now. */
const isFor = (fate: MessageFate | null | undefined) =>
  `${fate ? FATES[fate] : 'true'} and ${fate === 'moved' ? 'true' : `($7::text is null or ${WHY('m.reason')} = $7)`}`;

const list = (condition: string) => `
  select m.id, m.customer_id as "customerId", m.template_key as "templateKey", m.subject, m.state, m.reason,
    m.planned_at as "plannedAt", m.sent_at as "sentAt",
    coalesce(nullif(trim(concat_ws(' ', c.first_name, c.last_name)), ''), c.email) as "customerName"
  from message m left join customer c on c.shop_id = m.shop_id and c.id = m.customer_id
  where m.shop_id = $1 and m.planned_at >= $2 and ($3::uuid is null or exists (
      select 1 from enrollment e where e.shop_id = m.shop_id and e.id = m.enrollment_id and e.sequence_id = $3))
    and ($4::timestamptz is null or (m.planned_at, m.id) < ($4, $5::uuid)) and ${condition}
  order by m.planned_at desc, m.id desc limit $6::int`;

/** See the door. */
export async function listMessages(
  tx: SqlTx,
  ask: MessageAsk,
): Promise<{ messages: MessageLine[]; next: string | null }> {
  const limit = ask.limit ?? 50;
  const after = readCursor(ask.after);
  const rows = await tx.sql<MessageLine>(list(isFor(ask.fate)), [
    ask.shopId,
    ask.since,
    ask.sequence ?? null,
    after?.at ?? null,
    after?.id ?? null,
    limit + 1,
    ask.why ?? null,
  ]);
  const messages = rows.slice(0, limit);
  const last = rows.length > limit ? messages.at(-1) : undefined;
  return { messages, next: last ? cursorOf(last.plannedAt, last.id) : null };
}

const HEAD = ['Planned at', 'Customer', 'Text', 'Subject', 'State', 'Why', 'Sent at'];
const CSV_PAGE = 1000;

/** See the door. */
export function messagesCsv(db: Db, ask: Omit<MessageAsk, 'after' | 'limit'>): AsyncGenerator<string> {
  return csvOf(HEAD, async (after) => {
    const page = { ...ask, after, limit: CSV_PAGE };
    const { messages, next } = await db.inShop(ask.shopId, (tx) => listMessages(tx, page));
    const rows = messages.map((row) => [
      row.plannedAt,
      row.customerName,
      row.templateKey,
      row.subject,
      row.state,
      row.reason.code ?? null,
      row.sentAt,
    ]);
    return { rows, next };
  });
}
