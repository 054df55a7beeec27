/** Webhooks whose meaning another module knows. */
import type { SqlTx } from '../db.server.ts';
import type { InboxRow } from './claim.server.ts';
import type { HandedTopic } from './topics.ts';

/** Runs in the transaction that marks it done: no network in here, enqueue a job. */
export interface HandedWebhook {
  shopId: bigint;
  topic: HandedTopic;
  webhookId: string;
  /** Parsed; integers above 2^53 are bigints. */
  body: unknown;
  triggeredAt: Date | null;
  receivedAt: Date;
}

/** `ignored` and `dead` keep the webhook with the reason; an exception is tried again, eight times. */
export type HandledAs =
  { outcome: 'done' } | { outcome: 'ignored'; reason: string } | { outcome: 'dead'; reason: string };

export type WebhookHandlers = Record<
  HandedTopic,
  (tx: SqlTx, webhook: HandedWebhook, now: Date) => Promise<HandledAs>
>;

export async function handed(
  tx: SqlTx,
  handlers: WebhookHandlers,
  topic: HandedTopic,
  row: InboxRow,
  body: unknown,
  now: Date,
): Promise<HandledAs> {
  return handlers[topic](
    tx,
    {
      shopId: row.shop_id,
      topic,
      webhookId: row.webhook_id,
      body,
      triggeredAt: row.triggered_at,
      receivedAt: row.received_at,
    },
    now,
  );
}
