/** Trying again what a provider has refused, once a person has mended the cause. */
import type { ShopTx } from '../db.server.ts';

/**
 * Only what certainly was not accepted, and did not come back: nobody gets anything twice by this. The words are made
 * anew, since they may have been the cause.
 */
const AGAIN = `
  update message set state = 'waiting', due_at = $3, reason = '{}', attempts = 0, tried_at = null, handed_at = null,
    subject = null, html = null, text = null
  where shop_id = $1 and state = 'failed' and bounced_at is null and sent_at is null and planned_at >= $4
    and ($2::uuid is null or id = $2)
  returning 1`;

export interface TryAgain {
  /** One message; without it, all that were planned since then. */
  id?: string;
  since: Date;
}

/**
 * Puts refused messages back into the outbox, due now; permission is asked again, so an address that is suppressed or
 * a message that is of no use any more ends with its reason.
 * @returns how many are tried again; none where they were dealt with already
 */
export async function retryMessages(tx: ShopTx, { id, since }: TryAgain, now: Date): Promise<number> {
  return (await tx.sql(AGAIN, [tx.shopId, id ?? null, now, since])).length;
}
