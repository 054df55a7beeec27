/** Personal data in gestures and loyalty: a part of erasure.ts. */
import { OF_CUSTOMER, type PersonalTable } from './personal-table.ts';

export const PERSONAL_GESTURES: readonly PersonalTable[] = [
  {
    table: 'gesture',
    columns: [
      'origin',
      'subject',
      'kind',
      'present',
      'state',
      'why',
      'trouble',
      'note',
      'tasks',
      'happened',
      'by',
      'done_by',
    ],
    mine: OF_CUSTOMER,
    erase: { note: `''`, tasks: `'[]'::jsonb`, happened: `''`, order_id: 'null' },
    because:
      'what was spent stays for the purse and for what gestures bring; why and how are codes and numbers, staff are named by id',
    exported: true,
    former: 'at < $2',
  },
  {
    table: 'benefit',
    columns: ['kind', 'state', 'tag', 'old_tag'],
    mine: OF_CUSTOMER,
    erase: 'row',
    exported: true,
    former: 'since < $2',
  },
];
