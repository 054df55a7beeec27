/** Conversations and entries as rows. */
import type { SqlTx } from '../db.server.ts';
import { newId } from '../ids.ts';
import type { Ticking } from './clock.ts';
import type { Conversation, Entry } from './conversation.ts';

/** Of table `c`. */
export const CONVERSATION_COLUMNS = `
  c.shop_id as "shopId", c.id, c.kind, c.clock, c.channel, c.state, c.matter, c.merged_into as "mergedInto",
  c.customer_id as "customerId", c.person_name as "personName", c.person_address as "personAddress",
  c.order_id as "orderId", c.product_id as "productId", c.shipment_id as "shipmentId", c.score, c.subject, c.preview,
  c.language, c.link, c.problem, c.voices, c.opened_at as "openedAt", c.heard_at as "heardAt",
  c.awaiting_since as "awaitingSince", c.reply_due_at as "replyDueAt", c.resolution_due_at as "resolutionDueAt",
  c.warned_at as "warnedAt", c.breached_at as "breachedAt", c.overdue_at as "overdueAt", c.escalated, c.pace,
  c.first_replied_at as "firstRepliedAt", c.replied_at as "repliedAt", c.assignee, c.snoozed_until as "snoozedUntil",
  c.solved_at as "solvedAt", c.solved_by as "solvedBy", c.holds_until as "holdsUntil", c.help_due_at as "helpDueAt",
  c.help_asked_at as "helpAskedAt", c.help_score as "helpScore", c.help_at as "helpAt", c.reordered_at as "reorderedAt",
  c.due_at as "dueAt"`;

/** Of table `c`: what its clock reads, for a hundred thousand at once. */
export const CLOCK_COLUMNS = `
  c.shop_id as "shopId", c.id, c.state, c.clock, c.opened_at as "openedAt", c.awaiting_since as "awaitingSince",
  c.reply_due_at as "replyDueAt", c.resolution_due_at as "resolutionDueAt", c.warned_at as "warnedAt",
  c.breached_at as "breachedAt", c.overdue_at as "overdueAt", c.escalated, c.pace, c.snoozed_until as "snoozedUntil",
  c.solved_at as "solvedAt", c.help_due_at as "helpDueAt", c.help_asked_at as "helpAskedAt", c.due_at as "dueAt"`;

/** A conversation as far as its clock knows it. */
export type ClockRow = Ticking & Pick<Conversation, 'shopId' | 'id'>;

/** Of table `e`. */
export const ENTRY_COLUMNS = `
  e.shop_id as "shopId", e.id, e.conversation_id as "conversationId", e.kind, e.source, e.voice_kind as "voiceKind",
  e.channel, e.author, e.name, e.address, e.subject, e.text, e.language, e.score, e.product_id as "productId", e.link,
  e.attachments, e.at, e.state, e.due_at as "dueAt", e.attempts, e.ref, e.waited_minutes as "waitedMinutes", e.late,
  e.first, e.data`;

const LOCKED = `
  select ${CONVERSATION_COLUMNS} from conversation c
  where c.shop_id = $1 and c.id = any($2::uuid[]) order by c.id for update`;

/** Locked until the transaction ends, in the order of their ids. */
export async function lockConversations(
  tx: SqlTx,
  shopId: bigint,
  ids: readonly string[],
): Promise<Conversation[]> {
  return ids.length === 0 ? [] : tx.sql<Conversation>(LOCKED, [shopId, [...ids]]);
}

/** Columns that change, by the name of their field. */
const CHANGING = {
  clock: 'text',
  channel: 'text',
  state: 'text',
  matter: 'text',
  mergedInto: 'uuid',
  customerId: 'uuid',
  personName: 'text',
  personAddress: 'text',
  orderId: 'bigint',
  productId: 'bigint',
  shipmentId: 'bigint',
  score: 'smallint',
  preview: 'text',
  language: 'text',
  link: 'text',
  problem: 'boolean',
  voices: 'integer',
  openedAt: 'timestamptz',
  heardAt: 'timestamptz',
  awaitingSince: 'timestamptz',
  replyDueAt: 'timestamptz',
  resolutionDueAt: 'timestamptz',
  warnedAt: 'timestamptz',
  breachedAt: 'timestamptz',
  overdueAt: 'timestamptz',
  escalated: 'smallint',
  firstRepliedAt: 'timestamptz',
  repliedAt: 'timestamptz',
  assignee: 'text',
  snoozedUntil: 'timestamptz',
  solvedAt: 'timestamptz',
  solvedBy: 'text',
  holdsUntil: 'timestamptz',
  helpDueAt: 'timestamptz',
  helpAskedAt: 'timestamptz',
  helpScore: 'smallint',
  helpAt: 'timestamptz',
  dueAt: 'timestamptz',
} as const satisfies Partial<Record<keyof Conversation, string>>;
type Changing = keyof typeof CHANGING;

const columnOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const fields = Object.keys(CHANGING) as Changing[];

const statement = (names: readonly Changing[], and = '') => `
  update conversation c set ${names.map((name) => `${columnOf(name)} = t.${columnOf(name)}`).join(', ')}
  from unnest($1::bigint[], $2::uuid[], ${names.map((name, index) => `$${index + 3}::${CHANGING[name]}[]`).join(', ')})
    as t(shop_id, id, ${names.map(columnOf).join(', ')})
  where c.shop_id = t.shop_id and c.id = t.id ${and}`;

const SAVE = statement(fields);
/** What a clock moves by itself. */
const CLOCK = [
  'state',
  'replyDueAt',
  'resolutionDueAt',
  'warnedAt',
  'breachedAt',
  'overdueAt',
  'escalated',
  'snoozedUntil',
  'helpAskedAt',
  'dueAt',
] as const satisfies Changing[];
const SAVE_CLOCKS = statement(CLOCK);
/** What other promises move: of a hundred thousand rows each column counts. */
const PROMISED = [
  'replyDueAt',
  'resolutionDueAt',
  'warnedAt',
  'breachedAt',
  'overdueAt',
  'escalated',
  'dueAt',
] as const satisfies Changing[];
const SAVE_PROMISED = statement(PROMISED);

const valuesOf = <Name extends Changing>(
  conversations: readonly Pick<Conversation, 'shopId' | 'id' | Name>[],
  names: readonly Name[],
) => [
  conversations.map(({ shopId }) => shopId),
  conversations.map(({ id }) => id),
  ...names.map((name) => conversations.map((one) => one[name])),
];

/** Tags of a conversation are listed in its order, and by whether it is open. */
const FOLLOW_TAGS = `
  update conversation_tag g set heard_at = t.heard_at, open = t.open
  from unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::boolean[]) as t(shop_id, id, heard_at, open)
  where g.shop_id = t.shop_id and g.conversation_id = t.id and (g.heard_at, g.open) is distinct from (t.heard_at, t.open)`;

/** Writes what may change; the rows have been locked before. */
export async function saveConversations(tx: SqlTx, conversations: readonly Conversation[]): Promise<void> {
  if (conversations.length === 0) return;
  await tx.sql(SAVE, valuesOf(conversations, fields));
  await tx.sql(FOLLOW_TAGS, [
    conversations.map(({ shopId }) => shopId),
    conversations.map(({ id }) => id),
    conversations.map(({ heardAt }) => heardAt),
    conversations.map(({ state }) => state === 'open' || state === 'snoozed'),
  ]);
}

/** Writes only what the clock has moved. */
export async function saveClocks(tx: SqlTx, conversations: readonly Conversation[]): Promise<void> {
  if (conversations.length > 0) await tx.sql(SAVE_CLOCKS, valuesOf(conversations, CLOCK));
}

/** Writes only what other promises have moved. */
export async function savePromised(tx: SqlTx, clocks: readonly ClockRow[]): Promise<void> {
  if (clocks.length > 0) await tx.sql(SAVE_PROMISED, valuesOf(clocks, PROMISED));
}

const INSERT = `
  insert into conversation (shop_id, id, ${fields.map(columnOf).join(', ')}, kind, subject)
  values ($1, $2, ${fields.map((name, index) => `$${index + 3}::${CHANGING[name]}`).join(', ')},
    $${fields.length + 3}, $${fields.length + 4})`;

/** A new one, with all that is known of it: written once, it stands once in every index. */
export async function insertConversation(tx: SqlTx, one: Conversation): Promise<void> {
  const { shopId, id, kind, subject } = one;
  await tx.sql(INSERT, [shopId, id, ...fields.map((name) => one[name]), kind, subject]);
}

export type NewEntry = Pick<Entry, 'shopId' | 'conversationId' | 'kind' | 'at'> & Partial<Entry>;

const INSERT_ENTRIES = `
  insert into conversation_entry (shop_id, id, conversation_id, kind, source, voice_kind, channel, author, name, address,
    subject, text, language, score, product_id, link, attachments, at, state, due_at, waited_minutes, late, first, data, ref)
  select shop_id, id, conversation_id, kind, source, voice_kind, channel, author, name, address, subject, text, language,
    score, product_id, link, attachments::jsonb, at, state, due_at, waited_minutes, late, first, data::jsonb, ref
  from unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::text[], $11::text[], $12::text[], $13::text[], $14::smallint[], $15::bigint[], $16::text[], $17::text[],
    $18::timestamptz[], $19::text[], $20::timestamptz[], $21::integer[], $22::boolean[], $23::boolean[], $24::text[],
    $25::text[])
    as t(shop_id, id, conversation_id, kind, source, voice_kind, channel, author, name, address, subject, text, language,
      score, product_id, link, attachments, at, state, due_at, waited_minutes, late, first, data, ref)
  returning id`;

/** @returns their ids, in order */
export async function addEntries(tx: SqlTx, entries: readonly NewEntry[], now: Date): Promise<string[]> {
  if (entries.length === 0) return [];
  const ids = entries.map(({ id }) => id ?? newId(now));
  const column = <Name extends keyof Entry>(name: Name) => entries.map((entry) => entry[name] ?? null);
  await tx.sql(INSERT_ENTRIES, [
    column('shopId'),
    ids,
    column('conversationId'),
    column('kind'),
    column('source'),
    column('voiceKind'),
    column('channel'),
    column('author'),
    column('name'),
    column('address'),
    column('subject'),
    entries.map(({ text }) => text ?? ''),
    column('language'),
    column('score'),
    column('productId'),
    column('link'),
    entries.map(({ attachments }) => JSON.stringify(attachments ?? [])),
    column('at'),
    column('state'),
    column('dueAt'),
    column('waitedMinutes'),
    column('late'),
    column('first'),
    entries.map(({ data }) => JSON.stringify(data ?? {})),
    column('ref'),
  ]);
  return ids;
}

const ADD_WORDS = `
  update conversation_words set search = search || strip(to_tsvector('simple', $3))
  where shop_id = $1 and conversation_id = $2 and length(search) < 2000`;
/** What is found by words, of one text. */
const SEARCHED = 4000;

/** Makes a conversation findable by these words. */
export async function addWords(
  tx: SqlTx,
  { shopId, id }: Pick<Conversation, 'shopId' | 'id'>,
  words: readonly (string | null | undefined)[],
): Promise<void> {
  const text = words.filter(Boolean).join(' ').slice(0, SEARCHED);
  if (text) await tx.sql(ADD_WORDS, [shopId, id, text]);
}

const NAME = `
  insert into conversation_name (shop_id, name, conversation_id, at)
  select $1, name, $3, $4::timestamptz + place * interval '1 ms'
  from (select name, min(place) as place from unnest($2::text[]) with ordinality as u(name, place) group by name) t
  on conflict do nothing`;

/** Names by which later voices find it; the first that bears a name keeps it. In the order of their thread. */
export async function addNames(
  tx: SqlTx,
  { shopId, id }: Pick<Conversation, 'shopId' | 'id'>,
  names: readonly string[],
  at: Date,
): Promise<void> {
  if (names.length > 0) await tx.sql(NAME, [shopId, [...names], id, at]);
}
