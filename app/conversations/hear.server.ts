/** Hearing: what customers say becomes conversations, each voice once, each matter one thread. */
import { customersByIds } from '../customers/customers.server.ts';
import { displayName, type Customer } from '../customers/customer.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import { newId } from '../ids.ts';
import { candidates, lockMatters, spoken, withProducts } from './find.server.ts';
import { previewOf, type Conversation } from './conversation.ts';
import { joins, matterOf } from './matters.ts';
import { opened, wentOn } from './opening.ts';
import {
  addEntries,
  addNames,
  addWords,
  insertConversation,
  lockConversations,
  saveConversations,
} from './rows.server.ts';
import { wordsOfFiles } from './words.server.ts';
import { promisesOf, type PromisingShop } from './settings.server.ts';
import { tellBegun } from './telling.server.ts';
import { VOICE_MAX, type Voice } from './voice.ts';

/** A voice that has been heard for the first time, or with other words, and where it went. */
export interface Heard {
  voice: Voice;
  conversation: Conversation;
  promised: PromisingShop;
  customer: Customer | null;
  isNew: boolean;
}

/** See the door. */
export async function hearVoices(tx: SqlTx, voices: readonly Voice[], now: Date): Promise<Heard[]> {
  if (voices.length === 0) return [];
  await lockMatters(tx, voices);
  const promises = await promisesOf(
    tx,
    voices.map(({ shopId }) => shopId),
  );
  const people = await customersByIds(
    tx,
    voices.flatMap(({ shopId, customerId }) => (customerId ? [{ shopId, id: customerId }] : [])),
  );
  const heard: Heard[] = [];
  // One after the other: the second voice of a batch may belong to what the first has opened.
  for (const voice of await withProducts(tx, voices)) {
    const promised = promises.get(voice.shopId);
    if (!promised) continue;
    const customer = (voice.customerId && people.get(voice.customerId)) || null;
    const clean = { ...voice, customerId: customer?.id ?? null, text: cut(voice.text) };
    const one = await hearOne(tx, clean, { promised, customer }, now);
    if (one) heard.push(one);
  }
  await tell(tx, heard, now);
  // Two voices of one batch may have gone into one conversation: what is done with it next begins from the newest.
  const newest = new Map(heard.map(({ conversation }) => [conversation.id, conversation]));
  for (const one of heard) one.conversation = newest.get(one.conversation.id)!;
  return heard;
}

type Around = Pick<Heard, 'promised' | 'customer'>;

async function hearOne(tx: SqlTx, voice: Voice, around: Around, now: Date): Promise<Heard | null> {
  const known = await spoken(tx, voice);
  if (known) return hearAgain(tx, voice, around, known, now);
  const matter = matterOf(voice);
  const { named, about } = await candidates(tx, voice, matter);
  const found = joins(voice, matter, named, about);
  const [locked] = found ? await lockConversations(tx, voice.shopId, [found.id]) : [];
  const conversation = locked
    ? await goOn(tx, locked, voice, around, now)
    : opened(voice, matter, around.promised, newId(now));
  if (!locked) await insertConversation(tx, conversation);
  await keep(tx, voice, conversation, around, now);
  return { voice, conversation, ...around, isNew: !locked };
}

/** The same source: with other words, or whose it is, it has changed. What was said before stays as a happening. */
async function hearAgain(
  tx: SqlTx,
  voice: Voice,
  around: Around,
  known: NonNullable<Awaited<ReturnType<typeof spoken>>>,
  now: Date,
): Promise<Heard | null> {
  const score = voice.score ?? null;
  const saysMore = known.text !== voice.text || known.score !== score;
  const [before] = await lockConversations(tx, voice.shopId, [known.conversationId]);
  if (!before) return null;
  const isTheirs = before.customerId === null && voice.customerId !== null;
  if (!saysMore && !isTheirs) return null;
  const who = {
    customerId: before.customerId ?? voice.customerId,
    orderId: before.orderId ?? voice.orderId ?? null,
  };
  if (!saysMore) {
    await saveConversations(tx, [{ ...before, ...who }]);
    return null;
  }
  await tx.sql(REWRITE, [voice.shopId, known.id, voice.text, score]);
  const was = { code: 'changed', before: previewOf(known.text, 1000), score: known.score };
  const entry = {
    shopId: voice.shopId,
    conversationId: before.id,
    kind: 'happening',
    at: voice.at,
    data: was,
  } as const;
  if (known.text || known.score !== score) await addEntries(tx, [entry], now);
  const conversation = await goOn(tx, { ...before, ...who, voices: before.voices - 1 }, voice, around, now);
  await addWords(tx, conversation, [voice.text]);
  return { voice, conversation, ...around, isNew: false };
}

const REWRITE = 'update conversation_entry set text = $3, score = $4 where shop_id = $1 and id = $2';

async function goOn(
  tx: SqlTx,
  before: Conversation,
  voice: Voice,
  { promised }: Around,
  now: Date,
): Promise<Conversation> {
  const after = wentOn(before, voice, promised);
  if (after !== before) await saveConversations(tx, [after]);
  if (before.state === 'solved' && after.state === 'open') {
    const data = { code: 'reopened' };
    const about = { shopId: voice.shopId, conversationId: before.id };
    await addEntries(tx, [{ ...about, kind: 'happening', at: voice.at, data }], now);
  }
  return after;
}

/** The words themselves, with what finds them again. */
async function keep(
  tx: SqlTx,
  voice: Voice,
  conversation: Conversation,
  { customer }: Around,
  now: Date,
): Promise<void> {
  await addEntries(
    tx,
    [
      {
        shopId: voice.shopId,
        conversationId: conversation.id,
        kind: 'voice',
        source: voice.source,
        voiceKind: voice.kind,
        channel: voice.channel,
        name: voice.from?.name ?? null,
        address: voice.from?.address ?? null,
        subject: voice.subject?.slice(0, 300) ?? null,
        text: voice.text,
        language: voice.language ?? null,
        score: voice.score ?? null,
        productId: voice.productId ?? null,
        link: voice.link ?? null,
        attachments: [...(voice.attachments ?? [])],
        at: voice.at,
        data: voice.isAutomatic ? { code: 'automatic' } : {},
      },
    ],
    now,
  );
  const threads = [...(voice.threads ?? [])].toReversed();
  await addNames(tx, conversation, [...threads, ...(voice.names ?? [])], voice.at);
  const order = voice.orderId ? await orderName(tx, voice.shopId, voice.orderId) : null;
  const person = customer ? [displayName(customer), customer.email, customer.phone] : [];
  await addWords(tx, conversation, [
    ...person,
    voice.from?.name,
    voice.from?.address,
    order,
    voice.subject,
    ...wordsOfFiles(voice.attachments),
    voice.text,
  ]);
}

const ORDER_NAME = 'select name from orders where shop_id = $1 and id = $2';

async function orderName(tx: SqlTx, shopId: bigint, orderId: bigint): Promise<string | null> {
  const [row] = await tx.sql<{ name: string }>(ORDER_NAME, [shopId, orderId]);
  return row ? `${row.name} ${row.name.replace(/\W/g, '')}` : null;
}

async function tell(tx: SqlTx, heard: readonly Heard[], now: Date): Promise<void> {
  const fresh = heard.filter((one) => one.isNew);
  await recordEvents(
    tx,
    fresh.map(({ conversation: { shopId, id, customerId, orderId } }) => ({
      shopId,
      customerId,
      orderId,
      kind: 'conversation.opened' as const,
      data: { conversationId: id },
      at: now,
    })),
    now,
  );
  await tellBegun(
    tx,
    fresh.map(({ conversation }) => conversation),
    now,
  );
}

const cut = (text: string) => {
  // A text of PostgreSQL keeps no NUL.
  const clean = text.replaceAll('\u0000', '');
  return clean.length <= VOICE_MAX ? clean : `${clean.slice(0, VOICE_MAX)}\n[…]`;
};
