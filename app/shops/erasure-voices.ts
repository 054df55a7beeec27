/** What customers say and send in, as part of the registry in erasure.ts. */
import { OF_CUSTOMER, OF_ORDER, type PersonalTable } from './personal-table.ts';

/** What came with a mail belongs to whoever its conversation is with: while it comes, nobody may know who that is. */
const OF_MAIL = `t.purpose = 'mail' and t.used_by in (select e.source from conversation_entry e
  join conversation c on c.shop_id = e.shop_id and c.id = e.conversation_id
  where e.shop_id = t.shop_id and e.source is not null and (c.${OF_CUSTOMER} or c.${OF_ORDER}))`;

export const VOICES: readonly PersonalTable[] = [
  {
    table: 'answer',
    columns: [
      'subject',
      'operation_id',
      'checkout_token',
      'locale',
      'country',
      'comment',
      'answers',
      'variant',
    ],
    mine: `(${OF_CUSTOMER} or ${OF_ORDER})`,
    erase: {
      subject: `'erased:' || id`,
      operation_id: `'erased:' || id`,
      checkout_token: 'null',
      locale: 'null',
      comment: 'null',
      answers: `'{}'::jsonb`,
    },
    because: 'the score and the country stay, for figures',
    exported: true,
    former: 'at < $2',
  },
  {
    table: 'asking',
    columns: ['subject', 'checkout_token', 'place', 'variant'],
    mine: `(${OF_CUSTOMER} or ${OF_ORDER})`,
    erase: 'row',
    exported: true,
    former: 'at < $2',
  },
  {
    table: 'story',
    columns: ['title', 'text', 'answers', 'files', 'name', 'locale'],
    mine: OF_CUSTOMER,
    erase: 'row',
    exported: true,
    former: 'at < $2',
  },
  {
    table: 'story_event_tag',
    columns: ['file_id'],
    mine: OF_CUSTOMER,
    erase: 'row',
    exported: true,
    former: 'at < $2',
  },
  {
    table: 'upload',
    columns: ['pieces', 'refusal'],
    mine: OF_CUSTOMER,
    erase: 'row',
    former: `customer_id is not null and created_at < $2`,
  },
  {
    table: 'stored_file',
    columns: ['sha256'],
    mine: `(${OF_CUSTOMER} or ${OF_MAIL})`,
    // A trigger has the bytes removed as well.
    erase: 'row',
    exported: true,
    // What other apps had brought is nobody's by itself, and of the reviews of that time.
    former: `(customer_id is not null or purpose in ('import', 'mail')) and created_at < $2`,
  },
];
