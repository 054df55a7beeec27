/** What a gesture gives by the one ledger of rewards, out of the purse that stands in its books. */
import type { SqlTx } from '../db.server.ts';
import { hold } from '../rewards/rewards.server.ts';
import { causeOf } from './gesture.ts';
import type { Giving } from './give.server.ts';

/** Days that a code of a gesture is good for. */
const VALID_DAYS = 180;

interface Given {
  shopId: bigint;
  id: string;
  customerId: string;
  giving: Pick<Giving, 'present' | 'currency'>;
}

/** A credit and a gift are given by the ledger; everything else is done by a person, or is a tag of an order. */
export async function presentIn(
  tx: SqlTx,
  { shopId, id, customerId, giving: { present, currency } }: Given,
  now: Date,
): Promise<void> {
  const of = {
    shopId,
    cause: causeOf(id),
    customerId,
    validDays: VALID_DAYS,
    isReady: true,
    paidBy: 'purse:gestures' as const,
  };
  if (present.kind === 'credit') {
    const value = { amount: present.amount, currency };
    await hold(tx, [{ ...of, validDays: null, kind: 'store-credit', value }], now);
  }
  if (present.kind === 'gift') {
    await hold(tx, [{ ...of, kind: 'gift', value: { productId: present.productId } }], now);
  }
}
