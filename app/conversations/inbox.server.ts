/** The list of conversations: views, filters, search, pages by key; and how many wait. */
import { displayName } from '../customers/customer.ts';
import { cursorOf, readCursor } from '../cursor.ts';
import type { Db, ShopTx } from '../db.server.ts';
import { csvOf } from '../shops/csv.ts';
import type { Conversation } from './conversation.ts';
import { wordsAsQuery, type InboxFilter } from './filter.ts';
import { CONVERSATION_COLUMNS } from './rows.server.ts';
import { tagsOn, type PutTag } from './tags.server.ts';
import { IS_UNSENT } from './unsent.server.ts';

export interface InboxAsk extends InboxFilter {
  /** E-mail address of whoever looks; null while nobody knows it. */
  me: string | null;
  after?: string | null;
  limit?: number;
}

export interface InboxRow {
  id: string;
  /** Null for somebody without a name or an address. */
  who: string | null;
  customerId: string | null;
  kind: Conversation['kind'];
  clock: Conversation['clock'];
  channel: Conversation['channel'];
  state: Conversation['state'];
  subject: string | null;
  preview: string;
  score: number | null;
  /** BCP 47, as the voice has it; null where nobody knows it. */
  language: string | null;
  heardAt: Date;
  awaitingSince: Date | null;
  replyDueAt: Date | null;
  assignee: string | null;
  order: string | null;
  solvedAt: Date | null;
  helpScore: number | null;
  tags: PutTag[];
  /** Its newest answer did not go out. */
  isUnsent: boolean;
}

/** The function is bound to the transaction's shop; its migration says how it looks and why it is a function. */
const LIST = `
  select ${CONVERSATION_COLUMNS}, hit.place, o.name as order, cu.first_name as "firstName", cu.last_name as "lastName",
    cu.email, cu.phone, ${IS_UNSENT} as "isUnsent"
  from search_conversations($2, $3, $4, $5, $6, $7, $8::uuid, $9, $10::timestamptz, $11::timestamptz, $12::uuid, $13::int)
    with ordinality as hit(conversation_id, place, nth)
  join conversation c on c.shop_id = $1 and c.id = hit.conversation_id
  left join orders o on o.shop_id = $1 and o.id = c.order_id
  left join customer cu on cu.shop_id = $1 and cu.id = c.customer_id
  order by hit.nth`;

type Row = Conversation & {
  place: Date;
  order: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  isUnsent: boolean;
};

const PAGE = 50;

/** A page: those that wait longest first where they wait, else what was heard last. Only in a transaction bound to the shop. */
export async function listConversations(
  tx: ShopTx,
  ask: InboxAsk,
  now: Date,
): Promise<{ rows: InboxRow[]; next: string | null }> {
  const limit = ask.limit ?? PAGE;
  const rows = await tx.sql<Row>(LIST, [tx.shopId, ...wanted(ask, now), limit + 1]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const tags = page.length > 0 ? await tagsOn(tx, tx.shopId, page) : [];
  return {
    rows: page.map((row) => rowOf(row, tags)),
    next: last ? cursorOf(last.place, last.id) : null,
  };
}

function wanted(ask: InboxAsk, now: Date): unknown[] {
  const { view } = ask;
  const isWaiting = view === 'to-answer' || view === 'late';
  const states = {
    open: 'open',
    mine: 'open',
    unassigned: 'open',
    snoozed: 'snoozed',
    solved: 'solved',
  } as const;
  const state = view in states ? states[view as keyof typeof states] : null;
  // Nobody's own is nothing: whoever is not known has none.
  const assignee = view === 'mine' ? (ask.me ?? '-') : view === 'unassigned' ? '' : null;
  const after = readCursor(ask.after);
  return [
    wordsAsQuery(ask.text),
    isWaiting ? null : state,
    ask.tag,
    assignee,
    ask.channel,
    ask.clock,
    ask.customer,
    isWaiting,
    view === 'late' ? now : null,
    after?.at ?? null,
    after?.id ?? null,
  ];
}

function rowOf(row: Row, tags: readonly PutTag[]): InboxRow {
  return {
    id: row.id,
    who: displayName(row) ?? row.personName ?? row.personAddress,
    customerId: row.customerId,
    kind: row.kind,
    clock: row.clock,
    channel: row.channel,
    state: row.state,
    subject: row.subject,
    preview: row.preview,
    score: row.score,
    language: row.language,
    heardAt: row.heardAt,
    awaitingSince: row.awaitingSince,
    replyDueAt: row.replyDueAt,
    assignee: row.assignee,
    order: row.order,
    solvedAt: row.solvedAt,
    helpScore: row.helpScore,
    isUnsent: row.isUnsent,
    tags: tags.filter(({ conversationId }) => conversationId === row.id),
  };
}

/** More than this is "many". */
export const COUNTED = 1000;
const some = (where: string) =>
  `(select count(*) from (select 1 from conversation where shop_id = $1 and ${where} limit ${COUNTED}) c)::int`;
const WAITING = `state = 'open' and awaiting_since is not null`;
const COUNTS = `
  select ${some(WAITING)} as "to-answer", ${some(`${WAITING} and reply_due_at <= $2`)} as late,
    ${some(`assignee = $3 and state = 'open'`)} as mine, ${some(`assignee is null and state = 'open'`)} as unassigned,
    ${some(`state = 'open'`)} as open, ${some(`state = 'snoozed'`)} as snoozed,
    ${some(`${WAITING} and reply_due_at > $2 and reply_due_at <= $2::timestamptz + interval '2 hours'`)} as soon`;

export type InboxCounts = Record<
  'to-answer' | 'late' | 'mine' | 'unassigned' | 'open' | 'snoozed' | 'soon',
  number
>;

/** Of each view, up to `COUNTED`; `soon`: will be late within two hours. */
export async function inboxCounts(tx: ShopTx, me: string | null, now: Date): Promise<InboxCounts> {
  const [row] = await tx.sql<InboxCounts>(COUNTS, [tx.shopId, now, me]);
  return row!;
}

/** How many wait for an answer, up to 100: for the menu, on every page. */
export async function waitingCount(tx: ShopTx): Promise<number> {
  const [row] = await tx.sql<{ count: number }>(
    `select count(*)::int as count from (select 1 from conversation where shop_id = $1 and ${WAITING} limit 100) c`,
    [tx.shopId],
  );
  return row!.count;
}

const HEAD = [
  'ID',
  'Heard',
  'From',
  'Kind',
  'Promise',
  'Channel',
  'State',
  'Waits since',
  'Promised by',
  'Assigned to',
  'Order',
  'Score',
  'Tags',
  'Said',
  'Solved',
  'Did it help',
  'Language',
  'Customer ID',
];
const CSV_PAGE = 500;

/** All that the list finds. */
export function conversationsCsv(
  db: Db,
  ask: Omit<InboxAsk, 'after' | 'limit'> & { shopId: bigint },
  now: Date,
): AsyncGenerator<string> {
  return csvOf(HEAD, async (after) => {
    const page = { ...ask, after, limit: CSV_PAGE };
    const { rows, next } = await db.inShop(ask.shopId, (tx) => listConversations(tx, page, now));
    const lines = rows.map((row) => [
      row.id,
      row.heardAt,
      row.who,
      row.kind,
      row.clock,
      row.channel,
      row.state,
      row.awaitingSince,
      row.replyDueAt,
      row.assignee,
      row.order,
      row.score,
      row.tags.map(({ code }) => code).join(' '),
      row.preview,
      row.solvedAt,
      row.helpScore,
      row.language,
      row.customerId,
    ]);
    return { rows: lines, next };
  });
}
