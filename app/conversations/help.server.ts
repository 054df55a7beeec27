/** "Did it help?": asked once after a matter was settled, answered by one press, and what it comes to. */
import type { ShopTx, SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { textFor } from '../shops/translations.ts';
import type { Conversation } from './conversation.ts';
import { HELP_SCORES, HELP_TEXTS } from './help-texts.ts';
import { outgoing, recipientOf } from './reply.server.ts';
import { addEntries, lockConversations, saveConversations } from './rows.server.ts';
import { wentOn } from './opening.ts';
import { promisesOfShop } from './settings.server.ts';
import { tellStory } from './telling.server.ts';

/** Puts the question on its way, where there is somebody to ask: in public nobody is. @returns whether it was */
export async function askHelp(
  tx: SqlTx,
  one: Conversation,
  { shop, url }: { shop: Shop; url: string },
  now: Date,
): Promise<boolean> {
  const conversation: Conversation = { ...one, channel: one.channel === 'text' ? 'text' : 'mail' };
  const to = await recipientOf(tx, conversation);
  if (!to.address || to.isErased) return false;
  const say = (text: keyof typeof HELP_TEXTS) => textFor(HELP_TEXTS[text], one.language, shop.locale);
  const choices = HELP_SCORES.map((score) => `${say(score)}: ${url}?v=${score}`);
  const text =
    conversation.channel === 'text'
      ? `${say('question')} ${url}`
      : [say('question'), '', ...choices].join('\n');
  const entry = { ...(await outgoing(tx, conversation, to)), kind: 'help' as const, author: 'auto', text };
  await addEntries(tx, [{ ...entry, subject: say('subject'), at: now, dueAt: now }], now);
  return true;
}

const OF = 'select language, help_score as "score" from conversation where shop_id = $1 and id = $2';

/** What the page behind the question shows; null when there is nothing to answer. */
export async function helpPage(
  tx: SqlTx,
  shopId: bigint,
  conversationId: string,
): Promise<{ language: string | null; score: number | null } | null> {
  const [row] = await tx.sql<{ language: string | null; score: number | null }>(OF, [shopId, conversationId]);
  return row ?? null;
}

/** Keeps the answer; pressed again it is changed. A bad one takes the matter up again: somebody has to look. */
export async function sayHelped(
  tx: ShopTx,
  conversationId: string,
  score: number,
  now: Date,
): Promise<boolean> {
  if (!HELP_SCORES.some((one) => one === score)) return false;
  const [locked] = await lockConversations(tx, tx.shopId, [conversationId]);
  if (!locked || locked.state === 'merged') return false;
  if (locked.helpScore === score) return true;
  const said = { ...locked, helpScore: score, helpAt: now };
  const promised = await promisesOfShop(tx, tx.shopId);
  const takesUp = score <= 2 && locked.state === 'solved';
  const voice = {
    shopId: tx.shopId,
    kind: locked.kind,
    source: '',
    customerId: null,
    from: null,
    text: '',
    at: now,
    channel: 'none' as const,
  };
  const after = takesUp ? { ...wentOn(said, voice, promised), helpAskedAt: locked.helpAskedAt } : said;
  await saveConversations(tx, [{ ...after, voices: locked.voices }]);
  const happened = { shopId: tx.shopId, conversationId, kind: 'happening' as const, at: now };
  await addEntries(tx, [{ ...happened, data: { code: 'helped', score } }], now);
  await tellStory(tx, [{ of: locked, line: { code: 'conversation-helped', data: { score } } }], now);
  return true;
}
