/** Answers that did not go out, or wait to: told in their conversation, found from Home. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import type { Entry } from './conversation.ts';
import { addEntries, lockConversations, saveConversations } from './rows.server.ts';
import { reply, type ReplyOutcome } from './reply.server.ts';
import { promisesOf } from './settings.server.ts';
import { tellStory } from './telling.server.ts';
import { unanswered } from './unsent.ts';

/** That nobody has got it, it counts for nothing: not as a first answer, not for how long it took. */
const UNCOUNT = `
  update conversation_entry set waited_minutes = null, late = null, first = null where shop_id = $1 and id = $2`;

/** An answer of a person's was refused: whoever was to get it waits again. */
export async function waitAgain(tx: SqlTx, entry: Entry, reason: string, now: Date): Promise<void> {
  const { shopId, conversationId, author } = entry;
  if (entry.kind !== 'reply' || !author?.startsWith('staff:') || reason === 'erased') return;
  const [one] = await lockConversations(tx, shopId, [conversationId]);
  const promised = (await promisesOf(tx, [shopId])).get(shopId);
  await tx.sql(UNCOUNT, [shopId, entry.id]);
  const after = one && promised && unanswered(one, entry, promised);
  if (!one || !after || after === one) return;
  await saveConversations(tx, [after]);
  const about = { shopId, conversationId, kind: 'happening' as const, at: now };
  await addEntries(tx, [{ ...about, data: { code: 'not-sent', problem: reason } }], now);
  await tellStory(tx, [{ of: after, line: { code: 'conversation-unsent', data: { problem: reason } } }], now);
}

/** Of an answer `e` of a person's in conversation `c`: it was refused, is the newest, and somebody waits. */
const UNSENT = `
  e.kind = 'reply' and e.author like 'staff:%' and e.state = 'refused'
    and c.awaiting_since is not null and e.at >= coalesce(c.replied_at, e.at)`;

/** Of a conversation `c`: its newest answer was refused, and somebody waits. */
export const IS_UNSENT = `
  exists (select from conversation_entry e where e.shop_id = c.shop_id and e.conversation_id = c.id and ${UNSENT})`;

const UNSENT_WORDS = `
  select e.text from conversation_entry e join conversation c on c.shop_id = e.shop_id and c.id = e.conversation_id
  where e.shop_id = $1 and e.conversation_id = $2 and e.id = $3 and ${UNSENT}`;

/**
 * Gives the words of an answer that did not go out once more, as an answer of its own.
 * @param which the conversation that is read, and its entry
 * @returns `done`: somebody has answered since (the same press before, a colleague), or nobody waits for it any more
 */
export async function sendAgain(
  tx: SqlTx,
  which: { shopId: bigint; conversationId: string; entryId: string; author: string },
  now: Date,
): Promise<ReplyOutcome | { outcome: 'done' }> {
  const { shopId, conversationId, entryId, author } = which;
  await lockConversations(tx, shopId, [conversationId]);
  const [unsent] = await tx.sql<{ text: string }>(UNSENT_WORDS, [shopId, conversationId, entryId]);
  if (!unsent) return { outcome: 'done' };
  return reply(tx, { shopId, conversationId, text: unsent.text, author }, now);
}

const TROUBLED = `
  select case when e.state = 'refused' then 'unsent' else 'waiting' end as kind, count(distinct c.id)::int as count,
    (array_agg(c.id order by e.at desc))[1] as newest
  from conversation_entry e join conversation c on c.shop_id = e.shop_id and c.id = e.conversation_id
  where e.shop_id = $1 and e.at > $2 and e.kind = 'reply' and e.author like 'staff:%' and c.state <> 'merged'
    and (e.state = 'to-send' and e.attempts >= $3::int or ${UNSENT})
  group by 1`;

/** Tries without an answer after which a person should know. */
const TOLD_AFTER = 3;

export interface TroubledAnswers {
  /** unsent: they did not go out. waiting: the other side does not answer, they are tried again. */
  kind: 'unsent' | 'waiting';
  /** Conversations. */
  count: number;
  newest: string;
}

/** Answers of people's since then with which something is wrong. */
export const troubledAnswers = (tx: ShopTx, since: Date): Promise<TroubledAnswers[]> =>
  tx.sql<TroubledAnswers>(TROUBLED, [tx.shopId, since, TOLD_AFTER]);
