/** What a gesture gives by the one ledger of rewards. */
import type { SqlTx } from '../db.server.ts';
import { hold } from '../rewards/rewards.server.ts';
import { causeOf } from './gesture.ts';
import type { Giving } from './give.server.ts';

/** Days that a code of a gesture is good for. */
const VALID_DAYS = 180;

/** A credit goes out at once; everything else is done by a person, or once Shopify has been asked. */
export async function presentIn(
  tx: SqlTx,
  {
    shopId,
    id,
    customerId,
    giving: { present, currency },
  }: { shopId: bigint; id: string; customerId: string; giving: Pick<Giving, 'present' | 'currency'> },
  now: Date,
): Promise<void> {
  if (present.kind !== 'credit') return;
  const of = { shopId, cause: causeOf(id), customerId, validDays: VALID_DAYS, isReady: true };
  await hold(tx, [{ ...of, value: { amount: present.amount, currency } }], now);
}
