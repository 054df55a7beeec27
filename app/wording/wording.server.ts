/**
 * The door of wording: how the shop speaks. See README.md.
 *
 * - `brandVoiceOf`, `saveBrandVoice`: what the merchant has written down.
 * - `hintsAround` looks at an answer while it is written: what to think of, and answers that may fit.
 * - `draftFor` asks the merchant's own service for a draft; nothing of it is ever sent by itself.
 */
import type { SqlTx } from '../db.server.ts';
import { brandVoiceSchema, readBrandVoice, type BrandVoice } from './brand-voice.ts';
import { searchOf, writtenAnswers, type Offered } from './answers.ts';
import { askFor, type DraftAsked } from './draft.ts';
import { hintsFor, type Draft, type Hint } from './hints.ts';
import { languageDetector } from './language.server.ts';

const READ = 'select content from brand_voice where shop_id = $1';
const SAVE = `
  insert into brand_voice (shop_id, content, updated_at) values ($1, $2::jsonb, $3)
  on conflict (shop_id) do update set content = excluded.content, updated_at = excluded.updated_at`;

export async function brandVoiceOf(tx: SqlTx, shopId: bigint): Promise<BrandVoice> {
  const [row] = await tx.sql<{ content: unknown }>(READ, [shopId]);
  return readBrandVoice(row?.content);
}

export async function saveBrandVoice(tx: SqlTx, shopId: bigint, voice: BrandVoice, now: Date): Promise<void> {
  await tx.sql(SAVE, [shopId, brandVoiceSchema.parse(voice), now]);
}

const CONVERSATION = `
  select c.channel, c.language, c.score, c.order_id as "orderId", cu.first_name as "firstName", cu.last_name as "lastName", cu.email, cu.phone,
    last.text as said, last.voice_kind as "voiceKind"
  from conversation c left join customer cu on cu.shop_id = c.shop_id and cu.id = c.customer_id
  left join lateral (select text, voice_kind from conversation_entry e
    where e.shop_id = c.shop_id and e.conversation_id = c.id and e.kind = 'voice' order by e.at desc, e.id desc limit 1) last on true
  where c.shop_id = $1 and c.id = $2::uuid`;

interface Around {
  channel: string;
  language: string | null;
  score: number | null;
  orderId: bigint | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  said: string | null;
  voiceKind: string | null;
}

/** Of the conversations that were answered last: ten answers of people. */
const LAST = `
  select e.text from (select shop_id, id from conversation where shop_id = $1 and replied_at is not null
    order by heard_at desc, id desc limit 60) c
  join conversation_entry e on e.shop_id = c.shop_id and e.conversation_id = c.id
  where e.kind = 'reply' and e.author like 'staff:%' order by e.at desc limit 10`;

export interface Hints {
  hints: Hint[];
  offered: Offered[];
  /** A service may be asked for a draft. */
  drafts: boolean;
}

/** @param conversationId null: a text is tried, to nobody */
export async function hintsAround(
  tx: SqlTx,
  { shopId, conversationId, text }: { shopId: bigint; conversationId: string | null; text: string },
): Promise<Hints> {
  const voice = await brandVoiceOf(tx, shopId);
  const around = conversationId ? await aroundOf(tx, shopId, conversationId) : null;
  const last = await tx.sql<{ text: string }>(LAST, [shopId]);
  const detect = await languageDetector();
  const draft = draftOf(
    text,
    around,
    last.map((row) => row.text),
  );
  return {
    hints: hintsFor(draft, voice, detect),
    offered: await offeredFor(tx, { shopId, conversationId, said: around?.said ?? '' }, voice),
    drafts: voice.model.url !== '',
  };
}

const aroundOf = async (tx: SqlTx, shopId: bigint, conversationId: string): Promise<Around | null> =>
  (await tx.sql<Around>(CONVERSATION, [shopId, conversationId]))[0] ?? null;

const PUBLIC = ['review', 'question', 'social'];

function draftOf(text: string, around: Around | null, last: string[]): Draft {
  const score = around?.score ?? null;
  return {
    text,
    isPublic: around !== null && PUBLIC.includes(around.channel),
    isKind: score !== null && score >= 4,
    isReview: around?.voiceKind === 'review',
    language: around?.language ?? null,
    customer: around && {
      firstName: around.firstName,
      lastName: around.lastName,
      email: around.email,
      phone: around.phone,
    },
    last,
  };
}

/** Among the newest that were settled: what was answered when somebody said the like, and what helped before the rest. */
const PAST = `
  select r.text from (select shop_id, id, help_score from conversation
    where shop_id = $1 and state = 'solved' order by heard_at desc, id desc limit 2000) c
  join conversation_words w on w.shop_id = c.shop_id and w.conversation_id = c.id
  cross join to_tsquery('simple', $2) q
  cross join lateral (select text from conversation_entry e where e.shop_id = c.shop_id and e.conversation_id = c.id
    and e.kind = 'reply' and e.author like 'staff:%' and e.state in ('sent', 'by-hand') order by e.at desc limit 1) r
  where w.search @@ q and c.id is distinct from $3::uuid and (c.help_score is null or c.help_score >= 4)
  order by ts_rank(w.search, q) * (case when c.help_score >= 4 then 2 else 1 end) desc, c.id desc limit 10`;

const MOST_OFFERED = 3;

async function offeredFor(
  tx: SqlTx,
  { shopId, conversationId, said }: { shopId: bigint; conversationId: string | null; said: string },
  { answers }: BrandVoice,
): Promise<Offered[]> {
  const query = searchOf(said);
  if (!query) return [];
  const past = await tx.sql<{ text: string }>(PAST, [shopId, query, conversationId]);
  const texts = [...new Set(past.map(({ text }) => text))];
  const found = texts.map((text): Offered => ({ from: 'past', question: null, text }));
  return [...writtenAnswers(said, answers, 2), ...found].slice(0, MOST_OFFERED);
}

/** The words that were said in turn, oldest first. */
const TURNS = `
  select kind, text, at from conversation_entry where shop_id = $1 and conversation_id = $2::uuid
    and kind in ('voice', 'reply') order by at desc, id desc limit 10`;
const ORDER_NAME = `select name from orders where shop_id = $1 and id = $2`;

/** `off`: no service is set up. `gone`: there is no such conversation. `no-answer`: it did not answer as it should. */
export type DraftOutcome = { outcome: 'draft'; text: string } | { outcome: 'off' | 'gone' | 'no-answer' };

/** Asks the merchant's service, with what it may know. @param ask posts to an address that the merchant has chosen */
export async function draftFor(
  db: { inShop: <T>(shopId: bigint, work: (tx: SqlTx) => Promise<T>) => Promise<T> },
  ask: (shopId: bigint, url: string, asked: DraftAsked) => Promise<string | null>,
  { shopId, conversationId }: { shopId: bigint; conversationId: string },
): Promise<DraftOutcome> {
  const known = await db.inShop(shopId, async (tx) => {
    const voice = await brandVoiceOf(tx, shopId);
    const around = voice.model.url ? await aroundOf(tx, shopId, conversationId) : null;
    if (!around) return { voice, asked: null };
    const turns = await tx.sql<{ kind: string; text: string }>(TURNS, [shopId, conversationId]);
    const [order] = around.orderId
      ? await tx.sql<{ name: string }>(ORDER_NAME, [shopId, around.orderId])
      : [];
    return { voice, asked: askFor(voice, { ...around, order: order?.name ?? null }, turns.toReversed()) };
  });
  if (!known.voice.model.url) return { outcome: 'off' };
  if (!known.asked) return { outcome: 'gone' };
  const text = await ask(shopId, known.voice.model.url, known.asked);
  return text === null ? { outcome: 'no-answer' } : { outcome: 'draft', text };
}
