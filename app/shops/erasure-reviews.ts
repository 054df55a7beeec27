/** Personal data in reviews, questions and what was decided about them: a part of erasure.ts. */
import type { PersonalTable } from './personal-table.ts';

const OF_CUSTOMER = 'customer_id = any($2::uuid[])';

export const PERSONAL_REVIEWS: readonly PersonalTable[] = [
  {
    table: 'review_photo',
    columns: ['kind', 'state', 'source_url', 'reason'],
    mine: `review_id in (select id from review r where r.shop_id = t.shop_id and r.${OF_CUSTOMER})`,
    erase: 'row',
    exported: true,
    former: `review_id in (select id from review r where r.shop_id = t.shop_id and r.at < $2)`,
  },
  {
    table: 'review',
    columns: [
      'text',
      'title',
      'locale',
      'attributes',
      'author_name',
      'country',
      'source',
      'state',
      'hold_reason',
      'held_by',
      'reply',
      'reply_by',
      'import_key',
    ],
    mine: OF_CUSTOMER,
    erase: {
      text: 'null',
      title: 'null',
      locale: 'null',
      attributes: `'{}'::jsonb`,
      author_name: 'null',
      country: 'null',
      reply: 'null',
    },
    because:
      'the stars stay in the sum of their product; states and reasons are codes, import_key is a hash, staff are named by id',
    exported: true,
    former: 'at < $2',
  },
  {
    table: 'review_decision',
    columns: ['subject', 'subject_id', 'action', 'reason', 'by'],
    mine: null,
    erase: null,
    because: 'codes, and which member of the staff has decided',
    former: 'at < $2',
  },
  {
    table: 'product_question',
    columns: ['author_name', 'text', 'locale', 'state', 'hold_reason', 'held_by'],
    mine: OF_CUSTOMER,
    erase: {
      author_name: 'null',
      text: 'null',
      locale: 'null',
      state: `'hidden'`,
      due_at: 'null',
    },
    because: 'states and reasons are codes; who answered for the shop is named by id',
    exported: true,
    former: 'at < $2',
  },
  {
    table: 'question_answer',
    columns: ['by', 'author_name', 'text', 'locale', 'state', 'hold_reason', 'held_by'],
    mine: OF_CUSTOMER,
    erase: { author_name: 'null', text: 'null', locale: 'null', state: `'hidden'`, due_at: 'null' },
    because: 'states and reasons are codes; who answered for the shop is named by id',
    exported: true,
    former: 'at < $2',
  },
];
