/** Answering: what is written goes out by the channel of its voice, once, and stops the clock at the moment it is given. */
import { customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { NewEvent } from '../events.ts';
import { newId } from '../ids.ts';
import { stopped } from './clock.ts';
import type { Conversation, EntryData } from './conversation.ts';
import { replyProblem, type ReplyProblem } from './replying.ts';
import { addEntries, addWords, lockConversations, saveConversations, type NewEntry } from './rows.server.ts';
import { promisesOfShop, type PromisingShop } from './settings.server.ts';
import { solved } from './solving.ts';
import { tellSolved, tellStory } from './telling.server.ts';
import type { ReplyChannel } from './voice.ts';

export interface Reply {
  shopId: bigint;
  conversationId: string;
  text: string;
  /** staff:ID | auto */
  author: string;
  /** Another way than the one the voice came by, where there is one. */
  channel?: ReplyChannel;
  /** When the newest answer was given that its writer has seen; left out: they do not mind. */
  seenReplyAt?: Date | null;
  /** And the matter is settled with it. */
  solve?: boolean;
  /** Of an automatic answer: which text. */
  data?: EntryData;
}

export type ReplyOutcome =
  { outcome: 'given'; entryId: string } | { outcome: 'refused'; problem: ReplyProblem } | { outcome: 'gone' };

/** See the door. */
export async function reply(tx: SqlTx, wanted: Reply, now: Date): Promise<ReplyOutcome> {
  const { shopId, author, solve = false } = wanted;
  const text = wanted.text.replaceAll('\u0000', '').trim();
  const [locked] = await lockConversations(tx, shopId, [wanted.conversationId]);
  if (!locked) return { outcome: 'gone' };
  const conversation = { ...locked, channel: wanted.channel ?? locked.channel };
  const to = await recipientOf(tx, conversation);
  const { seenReplyAt } = wanted;
  const problem = replyProblem({
    conversation,
    text,
    ...to,
    ...(seenReplyAt === undefined ? {} : { seenReplyAt }),
  });
  if (problem) return { outcome: 'refused', problem };
  const promised = await promisesOfShop(tx, shopId);
  const entryId = newId(now);
  const entry: NewEntry = {
    ...(await outgoing(tx, conversation, to)),
    id: entryId,
    kind: 'reply',
    author,
    text,
    at: now,
    dueAt: now,
    ...waited(conversation, promised, now),
    data: wanted.data ?? {},
  };
  await addEntries(tx, [entry], now);
  await addWords(tx, conversation, [text]);
  const answered = stopped(
    {
      ...locked,
      repliedAt: now,
      firstRepliedAt: locked.firstRepliedAt ?? now,
      ...(locked.state === 'snoozed' ? AWAKE : {}),
    },
    promised,
  );
  await saveConversations(tx, [solve ? solved(answered, author, promised, now) : answered]);
  const took = { minutes: entry.waitedMinutes ?? null, late: entry.late ?? false, by: author };
  await tellStory(tx, [{ of: conversation, line: { code: 'conversation-answered', data: took } }], now);
  const isSolved = solve && locked.state !== 'solved';
  if (isSolved) await tellSolved(tx, [conversation], author, now);
  await tell(tx, conversation, isSolved, now);
  return { outcome: 'given', entryId };
}

const AWAKE = { state: 'open', snoozedUntil: null } as const;

/** How long it took, in working minutes; nobody waited for what comes on top of an answer. */
function waited(one: Conversation, { working }: PromisingShop, now: Date): Partial<NewEntry> {
  if (!one.awaitingSince) return { first: one.firstRepliedAt === null };
  return {
    waitedMinutes: working.between(one.awaitingSince, now),
    late: one.replyDueAt !== null && now > one.replyDueAt,
    first: one.firstRepliedAt === null,
  };
}

/** Where an answer goes. */
export interface Recipient {
  name: string | null;
  address: string | null;
  isErased: boolean;
}

const LAST_ADDRESS = `
  select name, address from conversation_entry
  where shop_id = $1 and conversation_id = $2 and kind = 'voice' and channel = $3 and address is not null
  order by at desc, id desc limit 1`;

/** Back where the voice came from: to the address that was last written from, else to the customer's own. */
export async function recipientOf(tx: SqlTx, one: Conversation): Promise<Recipient> {
  const found = one.customerId
    ? await customersByIds(tx, [{ shopId: one.shopId, id: one.customerId }])
    : new Map<string, never>();
  const customer = one.customerId ? found.get(one.customerId) : undefined;
  const isErased = one.customerId !== null && (!customer || customer.erasedAt !== null);
  const [last] = await tx.sql<{ name: string | null; address: string }>(LAST_ADDRESS, [
    one.shopId,
    one.id,
    one.channel,
  ]);
  const own = one.channel === 'text' ? customer?.phone : one.channel === 'mail' ? customer?.email : null;
  const name = last?.name ?? one.personName ?? customer?.firstName ?? null;
  return { name, address: isErased ? null : (last?.address ?? own ?? null), isErased };
}

const LAST_VOICE = `
  select source from conversation_entry where shop_id = $1 and conversation_id = $2 and kind = 'voice'
    and ($3::text is null or channel = $3) order by at desc, id desc limit 1`;

/** What every entry has that leaves this conversation. */
export async function outgoing(
  tx: SqlTx,
  one: Conversation,
  { name, address }: Pick<Recipient, 'name' | 'address'>,
): Promise<Omit<NewEntry, 'kind' | 'at'>> {
  const [voice] = await tx.sql<{ source: string }>(LAST_VOICE, [one.shopId, one.id, one.channel]);
  return {
    shopId: one.shopId,
    conversationId: one.id,
    channel: one.channel,
    name,
    address,
    subject: one.subject,
    language: one.language,
    productId: one.productId,
    link: one.link,
    ref: voice?.source ?? null,
    state: 'to-send',
  };
}

async function tell(tx: SqlTx, one: Conversation, isSolved: boolean, now: Date): Promise<void> {
  const { shopId, customerId, orderId, id, problem } = one;
  const data = { conversationId: id };
  const base = { shopId, customerId, orderId, at: now };
  const healed = problem ? { healed: true } : {};
  const events: NewEvent[] = [{ ...base, kind: 'conversation.replied', data }];
  if (isSolved) events.push({ ...base, kind: 'conversation.solved', data: { ...data, ...healed } });
  await recordEvents(tx, events, now);
}
