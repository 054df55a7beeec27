/** What somebody has taken back is gone from where it was heard: its words, its files, what it is found by. */
import type { SqlTx } from '../db.server.ts';
import { addEntries, lockConversations } from './rows.server.ts';
import { solve } from './solve.server.ts';
import { rebuildWords } from './words.server.ts';

const SPOKEN = `
  select shop_id as "shopId", conversation_id as "conversationId", source from conversation_entry
  where (shop_id, source) in (select * from unnest($1::bigint[], $2::text[])) and data ->> 'code' is distinct from 'taken-back'
  order by conversation_id`;

/** The voice, and what was kept of it when it was changed. */
const EMPTY = `
  update conversation_entry set text = '', subject = null, link = null, attachments = '[]',
    data = data || '{"code": "taken-back"}'::jsonb
  where shop_id = $1 and source = $2`;
const EMPTY_BEFORE = `
  update conversation_entry set data = data - 'before'
  where shop_id = $1 and conversation_id = $2 and kind = 'happening' and data ->> 'code' = 'changed'`;

/** From what is still there. */
const REBUILD = `
  update conversation c set subject = (
      select e.subject from conversation_entry e where e.shop_id = c.shop_id and e.conversation_id = c.id and e.kind = 'voice'
        and e.subject is not null order by e.at, e.id limit 1),
    preview = coalesce((
      select left(regexp_replace(e.text, '\\s+', ' ', 'g'), 160) from conversation_entry e where e.shop_id = c.shop_id
        and e.conversation_id = c.id and e.kind = 'voice' and e.text <> '' order by e.at desc, e.id desc limit 1), '')
  where c.shop_id = $1 and c.id = $2`;

const STILL_SAID = `
  select 1 from conversation_entry where shop_id = $1 and conversation_id = $2 and kind = 'voice'
    and data ->> 'code' is distinct from 'taken-back' limit 1`;

/** @param taken sources of voices: "story:ID". What was never heard, or taken back before, changes nothing. */
export async function takeBack(
  tx: SqlTx,
  taken: readonly { shopId: bigint; source: string }[],
  now: Date,
): Promise<void> {
  if (taken.length === 0) return;
  const found = await tx.sql<{ shopId: bigint; conversationId: string; source: string }>(SPOKEN, [
    taken.map(({ shopId }) => shopId),
    taken.map(({ source }) => source),
  ]);
  for (const { shopId, conversationId, source } of found) {
    await lockConversations(tx, shopId, [conversationId]);
    await tx.sql(EMPTY, [shopId, source]);
    await tx.sql(EMPTY_BEFORE, [shopId, conversationId]);
    await tx.sql(REBUILD, [shopId, conversationId]);
    await rebuildWords(tx, shopId, [conversationId]);
    await addEntries(
      tx,
      [{ shopId, conversationId, kind: 'happening', at: now, data: { code: 'withdrawn' } }],
      now,
    );
    // Nothing is left that anybody could be answered to.
    const left = await tx.sql(STILL_SAID, [shopId, conversationId]);
    if (left.length === 0) await solve(tx, shopId, [conversationId], 'customer', now);
  }
}
