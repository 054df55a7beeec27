/** The columns of a reward that the ledger reckons with. */
import type { Owed } from './transfer.ts';

export interface OwedRow extends Owed {
  /** Of the amount. */
  used: bigint;
}

const COLUMNS = [
  'shop_id as "shopId"',
  'id',
  'customer_id as "customerId"',
  'amount',
  'currency',
  'paid_by as "paidBy"',
  'used',
];

/** To be returned by a statement over `reward`, and by one that names it `r`. */
export const OWED = COLUMNS.join(', ');
export const OWED_OF_R = COLUMNS.map((column) => `r.${column}`).join(', ');
