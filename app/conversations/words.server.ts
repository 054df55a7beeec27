/** By which words a conversation is found, where they are made anew from what is there: taken back, joined, parted. */
import type { SqlTx } from '../db.server.ts';
import type { Attachment } from './voice.ts';

const SEPARATORS = '._-';

/** Names of files as they are searched for: whole, and each of their words. */
export const wordsOfFiles = (attachments: readonly Attachment[] = []): string[] =>
  attachments.flatMap(({ name }) => [name, name.replaceAll(/[._-]+/g, ' ')]);

/** Of table `c`: the person, the order, and all that was said, answered, noted and brought along. */
const FOUND_BY = `
  strip(to_tsvector('simple', left(concat_ws(' ', c.person_name, c.person_address, (
    select concat_ws(' ', cu.first_name, cu.last_name, cu.email, cu.phone) from customer cu
      where cu.shop_id = c.shop_id and cu.id = c.customer_id), (
    select o.name from orders o where o.shop_id = c.shop_id and o.id = c.order_id), (
    select string_agg(concat_ws(' ', e.subject, (
        select string_agg(concat_ws(' ', f ->> 'name', translate(f ->> 'name', '${SEPARATORS}', '   ')), ' ')
          from jsonb_array_elements(e.attachments) f), left(e.text, 4000)), ' ' order by e.at desc)
      from conversation_entry e
      where e.shop_id = c.shop_id and e.conversation_id = c.id and e.kind in ('voice', 'reply', 'note'))), 100000)))`;

const REBUILD = `
  update conversation_words w set search = ${FOUND_BY} from conversation c
  where w.shop_id = $1 and w.conversation_id = any($2::uuid[]) and c.shop_id = $1 and c.id = w.conversation_id`;

/** The rows have been locked before. */
export async function rebuildWords(tx: SqlTx, shopId: bigint, ids: readonly string[]): Promise<void> {
  await tx.sql(REBUILD, [shopId, [...ids]]);
}
