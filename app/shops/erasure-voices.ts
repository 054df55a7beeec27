/** What customers say and send in, as part of the registry in erasure.ts. */
import { OF_CUSTOMER, OF_ORDER, type PersonalTable } from './personal-table.ts';

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
    mine: OF_CUSTOMER,
    // A trigger has the bytes removed as well.
    erase: 'row',
    exported: true,
    // What other apps had brought is nobody's by itself, and of the reviews of that time.
    former: `(customer_id is not null or purpose = 'import') and created_at < $2`,
  },
];
