/** What a merchant lets the app do at Shopify has changed: what could not be given for want of it is tried again. */
import type { SqlTx } from './db.server.ts';
import type { HandledAs, HandedWebhook } from './orders/orders.server.ts';
import { retryDenied } from './rewards/rewards.server.ts';

type Handler = (tx: SqlTx, webhook: HandedWebhook, now: Date) => Promise<HandledAs>;

/** Wherever it was allowed. @param then what else follows from it */
export const leaveChanged =
  (then: Handler): Handler =>
  async (tx, webhook, now) => {
    await retryDenied(tx, webhook.shopId, now);
    return then(tx, webhook, now);
  };
