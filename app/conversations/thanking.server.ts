/** Automatic thanks for praise, where the merchant wants them. */
import type { SqlTx } from '../db.server.ts';
import type { Heard } from './hear.server.ts';
import { reply } from './reply.server.ts';
import { isPraise, nextThanks } from './thanks.ts';

const LAST = `
  select e.text from conversation c join conversation_entry e on e.shop_id = c.shop_id and e.conversation_id = c.id
  where c.shop_id = $1 and (c.customer_id = $2::uuid or ($2::uuid is null and c.id = $3)) and e.kind = 'reply'
    and e.author = 'auto' and e.data ->> 'code' = 'thanks'
  order by e.at desc, e.id desc limit 1`;

/** Thanks for what is praise and nothing else, in a matter that nobody waits for otherwise. */
export async function thank(tx: SqlTx, heard: readonly Heard[], now: Date): Promise<void> {
  for (const { voice, conversation, promised } of heard) {
    const { on, texts } = promised.settings.thanks;
    if (!on || !isPraise(voice) || conversation.voices > 1 || conversation.repliedAt) continue;
    const { shopId, id, customerId } = conversation;
    const [last] = await tx.sql<{ text: string }>(LAST, [shopId, customerId, id]);
    const text = nextThanks(texts, {
      language: conversation.language,
      shopLocale: promised.shop.locale,
      last: last?.text ?? null,
      seed: Number.parseInt(id.slice(-4), 16),
    });
    if (text)
      await reply(
        tx,
        { shopId, conversationId: id, text, author: 'auto', solve: true, data: { code: 'thanks' } },
        now,
      );
  }
}
