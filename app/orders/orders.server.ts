/** The door of orders: what a webhook means, orders, shipments, reconciliation. See README.md. */
import type { Db, SqlTx } from '../db.server.ts';
import type { PeopleDeps } from '../customers/customers.server.ts';
import type { JobResult } from '../jobs/catalog.ts';
import type { Order } from './order.ts';
import type { OrderSnapshot } from './snapshot.ts';

export type OrdersDeps = PeopleDeps;

/**
 * Brings orders, shipments, customers, counters, stages, timeline and events to what the snapshots say; never backwards,
 * and everything once, whatever their order. With `history` nothing is announced: for the first sync of a shop.
 */
export declare function applyOrders(
  tx: SqlTx,
  snapshots: readonly OrderSnapshot[],
  now: Date,
  deps: OrdersDeps,
  options?: { history?: boolean },
): Promise<void>;

/** Orders with their lines, shipments, refunds and returns, by `${shopId}:${orderId}`. */
export declare function ordersByIds(
  tx: SqlTx,
  refs: readonly { shopId: bigint; id: bigint }[],
): Promise<Map<string, Order>>;

/** Newest first. */
export declare function ordersOfCustomer(
  tx: SqlTx,
  customer: { shopId: bigint; id: string },
  limit?: number,
): Promise<Order[]>;

/** The order of a checkout; for extensions that know its token before its id. */
export declare function orderByCheckoutToken(tx: SqlTx, shopId: bigint, token: string): Promise<Order | null>;

/** The buyer says that a parcel has come. */
export declare function arrivedByBuyer(
  tx: SqlTx,
  shipment: { shopId: bigint; id: bigint },
  now: Date,
): Promise<'delivered' | 'known' | 'unknown'>;

/** A webhook whose meaning another module knows. Runs in the transaction that marks it done: no network in here, enqueue a job. */
export interface HandedWebhook {
  shopId: bigint;
  topic: HandedTopic;
  webhookId: string;
  /** Parsed; integers above 2^53 are bigints. */
  body: unknown;
  triggeredAt: Date | null;
  receivedAt: Date;
}

export type HandedTopic =
  | 'app/uninstalled'
  | 'app/scopes_update'
  | 'shop/update'
  | 'bulk_operations/finish'
  | 'discounts/delete'
  | 'customers/data_request'
  | 'customers/redact'
  | 'shop/redact';

/** `ignored` and `dead` keep the webhook with the reason; an exception is tried again, eight times. */
export type HandledAs =
  { outcome: 'done' } | { outcome: 'ignored'; reason: string } | { outcome: 'dead'; reason: string };

export type WebhookHandlers = Record<
  HandedTopic,
  (tx: SqlTx, webhook: HandedWebhook, now: Date) => Promise<HandledAs>
>;

/** The loop that works in webhooks: `(now) => how many`. */
export declare function makeInboxLoop(deps: {
  db: Db;
  orders: OrdersDeps;
  handlers: WebhookHandlers;
}): (now: Date) => Promise<number>;

/** The loop that takes parcels without a carrier's scan as delivered when their time has come. */
export declare function makeShipmentLoop(deps: { db: Db }): (now: Date) => Promise<number>;

/** Works in what came for a shop before it was installed. On `shop.installed`. */
export declare function adoptStrays(
  tx: SqlTx,
  shop: { id: bigint; domain: string },
  now: Date,
): Promise<number>;

export interface DeadLetter {
  webhookId: string;
  topic: string;
  receivedAt: Date;
  reason: string;
  attempts: number;
}
/** Webhooks that could not be worked in, newest first; kept until a person has looked. */
export declare function deadLetters(tx: SqlTx, shopId: bigint, limit?: number): Promise<DeadLetter[]>;
/** Tries dead letters again; safe to press twice. */
export declare function redrive(
  tx: SqlTx,
  shopId: bigint,
  webhookIds: readonly string[],
  now: Date,
): Promise<number>;

/** What reconciliation needs of the Admin API: pages of orders changed in a window, oldest change first. */
export interface OrderSource {
  ordersUpdated(
    shop: { id: bigint; domain: string },
    window: { from: Date; to: Date },
  ): AsyncIterable<OrderSnapshot[]>;
}

/** The job `orders.reconcile`. */
export declare function reconcile(
  deps: { db: Db; orders: OrdersDeps; source: OrderSource },
  payload: { shopId: string; hours: number },
  now: Date,
): Promise<JobResult>;

export interface ReconciliationStatus {
  /** null: never run. */
  lastRunAt: Date | null;
  compared: number;
  /** In the last 24 hours, before they were mended. */
  missing: number;
  stale: number;
}
/** For "0 missing in the last 24 h". */
export declare function reconciliationStatus(
  tx: SqlTx,
  shopId: bigint,
  now: Date,
): Promise<ReconciliationStatus>;

/** Deletes worked-in webhooks past the shops' retention, and fingerprints and strays past theirs. For housekeeping. */
export declare function forgetOldWebhooks(tx: SqlTx, now: Date): Promise<number>;
