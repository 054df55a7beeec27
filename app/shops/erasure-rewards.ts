/** What is said of the tables of rewards: erasure.ts has all tables. */
import { OF_CUSTOMER, type PersonalTable } from './personal-table.ts';

export const PERSONAL_IN_REWARDS: readonly PersonalTable[] = [
  {
    table: 'reward',
    columns: ['value', 'reason', 'code', 'intent'],
    mine: OF_CUSTOMER,
    erase: null,
    because: 'the ledger of what was given away stays; its codes say nothing of anybody',
    exported: true,
    former: 'earned_at < $2',
  },
  {
    table: 'ledger_entry',
    columns: ['transfer', 'account'],
    mine: null,
    erase: null,
    because:
      'the books of what was given away stay; they name people by our own id alone, and whoever asks gets the rewards themselves',
    former: `at < $2 or reward_id is not null and not exists (select 1 from reward r where r.shop_id = t.shop_id and r.id = t.reward_id)`,
  },
  {
    table: 'reward_difference',
    columns: ['detail'],
    mine: OF_CUSTOMER,
    erase: null,
    because: 'it says what differed at Shopify, by ids; the ledger and what was done about it stay',
    former: 'found_at < $2',
  },
];
