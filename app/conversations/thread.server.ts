/** One conversation as it is read: what was said and done, whose it is, what else they have said. */
import type { ShopTx } from '../db.server.ts';
import { isUuid } from '../cursor.ts';
import { displayName } from '../customers/customer.ts';
import type { StoredDocument } from '../files/document.ts';
import type { StoredFile } from '../files/file.ts';
import { documentsByIds, filesByIds } from '../files/files.server.ts';
import type { Conversation, Entry } from './conversation.ts';
import { recipientOf, type Recipient } from './reply.server.ts';
import { CONVERSATION_COLUMNS, ENTRY_COLUMNS } from './rows.server.ts';
import { tagsOn, type PutTag } from './tags.server.ts';

export interface Thread {
  conversation: Conversation;
  /** Null for somebody without a name or an address. */
  who: string | null;
  to: Recipient;
  order: string | null;
  product: string | null;
  /** Oldest first; those before the newest five hundred are left out. */
  entries: Entry[];
  /** What came along with them, as far as it is kept. */
  files: { shown: Map<string, StoredFile>; papers: Map<string, StoredDocument> };
  tags: PutTag[];
  /** Other conversations of the same customer, newest first. */
  others: { id: string; preview: string; state: string; heardAt: Date }[];
  /** Somebody else is writing an answer at this moment. */
  writing: string | null;
}

const FIND = `
  select ${CONVERSATION_COLUMNS}, o.name as order, p.title as product, cu.first_name as "firstName",
    cu.last_name as "lastName", cu.email, cu.phone, case when c.writing_until > $3 then c.writing_by end as writing
  from conversation c left join orders o on o.shop_id = c.shop_id and o.id = c.order_id
  left join product p on p.shop_id = c.shop_id and p.id = c.product_id
  left join customer cu on cu.shop_id = c.shop_id and cu.id = c.customer_id
  where c.shop_id = $1 and c.id = (select coalesce(m.merged_into, m.id) from conversation m where m.shop_id = $1 and m.id = $2)`;

const ENTRIES = `
  select * from (select ${ENTRY_COLUMNS} from conversation_entry e
    where e.shop_id = $1 and e.conversation_id = $2 and e.kind <> 'notice'
    order by e.at desc, e.id desc limit 500) newest order by at, id`;

const OTHERS = `
  select id, preview, state, heard_at as "heardAt" from conversation
  where shop_id = $1 and customer_id = $2 and id <> $3 and state <> 'merged' order by heard_at desc limit 10`;

type Found = Conversation & {
  order: string | null;
  product: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
  writing: string | null;
};

/** Null where there is none; one that was merged leads to where it went. @param reader staff:ID of whoever looks */
export async function threadOf(tx: ShopTx, id: string, reader: string, now: Date): Promise<Thread | null> {
  const [found] = await tx.sql<Found>(FIND, [tx.shopId, id, now]);
  if (!found) return null;
  const { order, product, firstName, lastName, email, phone, writing, ...conversation } = found;
  const entries = await tx.sql<Entry>(ENTRIES, [tx.shopId, conversation.id]);
  const name = displayName({ firstName, lastName, email, phone });
  return {
    conversation,
    who: name ?? conversation.personName ?? conversation.personAddress,
    to: await recipientOf(tx, conversation),
    order,
    product,
    entries,
    files: await filesOf(tx, entries),
    tags: await tagsOn(tx, tx.shopId, [conversation]),
    others: conversation.customerId
      ? await tx.sql(OTHERS, [tx.shopId, conversation.customerId, conversation.id])
      : [],
    writing: writing === reader ? null : writing,
  };
}

async function filesOf(tx: ShopTx, entries: readonly Entry[]): Promise<Thread['files']> {
  const ids = entries.flatMap(({ attachments }) => attachments.flatMap(({ fileId }) => fileId ?? []));
  const own = [...new Set(ids)].filter(isUuid);
  return {
    shown: await filesByIds(tx, tx.shopId, own),
    papers: await documentsByIds(tx, tx.shopId, own),
  };
}
