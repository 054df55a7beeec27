/**
 * Chores: what can be enqueued, its payload and its retries. No handlers here, so that enqueuing never imports a worker.
 * Whatever a merchant or customer waits for is a due moment in a domain table instead.
 * Old jobs outlive a deploy: payload fields are only added, and optional.
 */
import { z } from 'zod';

const shop = z.object({ shopId: z.string() });

export const catalog = {
  /** First sync of a shop; resumes where it stood. */
  'shops.sync': { payload: shop.extend({ kind: z.enum(['shop', 'products', 'orders']) }), retries: 8 },
  /** Asks Shopify whether a shop has really removed the app; stops everything if so. */
  'shops.confirm-uninstall': { payload: shop, retries: 12 },
  /** Compares with the Admin API since the last good run, `hours` back at least, and mends. */
  'orders.reconcile': { payload: shop.extend({ hours: z.number() }), retries: 3 },
  /** Export, erasure of a customer, erasure of a shop. */
  'shops.data-request': { payload: shop.extend({ requestId: z.string() }), retries: 12 },
  /** Keeps the pool of referral codes filled. */
  'referrals.mint': { payload: shop, retries: 8 },
  /** Asks Shopify how risky the payments of friends' orders are. */
  'referrals.payments': { payload: shop, retries: 12 },
  /** Switches the web pixel that remembers friends' links on or off. */
  'referrals.pixel': { payload: shop, retries: 8 },
  /** Tells Shopify which codes customers have, as a metafield of theirs. */
  'referrals.tell': { payload: shop, retries: 8 },
  /** Mirrors an unsubscribe to Shopify. */
  'customers.mirror-consent': {
    payload: shop.extend({ customerId: z.string(), channel: z.string() }),
    retries: 8,
  },
  /** Tries a draft of rules of stages on everybody, or brings everybody in line with new ones. */
  'customers.stages': { payload: shop.extend({ version: z.number() }), retries: 8 },
  /** Writes an answer to its customer at Shopify, and tells Flow. */
  'feedback.tell': { payload: shop.extend({ answerId: z.string() }), retries: 8 },
  /** Counts the figures of the last days. */
  'insights.count': { payload: shop, retries: 2 },
  /** Learns how long parcels take, from those that were scanned since. */
  'orders.learn-transit': { payload: shop, retries: 3 },
  /** Takes a file of reviews in; goes on where it stood. */
  'reviews.import': { payload: shop.extend({ importId: z.string() }), retries: 8 },
  /** Deletes an article whose story was taken back. */
  'stories.remove-article': { payload: shop.extend({ articleId: z.string() }), retries: 12 },
  /** Holds the ledger of rewards against Shopify. */
  'rewards.reconcile': { payload: shop, retries: 3 },
  /** Ends at Shopify what a person wants ended. */
  'rewards.withdraw': { payload: shop.extend({ differenceId: z.string() }), retries: 8 },
  /** Tries a draft on the shop's past; given up when a newer one was asked for. */
  'sequences.simulate': { payload: shop.extend({ simulationId: z.string() }), retries: 2 },
} as const satisfies Record<string, { payload: z.ZodType; retries: number }>;

export type JobName = keyof typeof catalog;
export type JobPayload<Name extends JobName> = z.infer<(typeof catalog)[Name]['payload']>;

/** Housekeeping by the clock (cron, UTC); their queues are named cron.NAME. */
export const crons = {
  /** Every shop's reconciliation of the last hours. */
  reconcile: '*/15 * * * *',
  /** Every shop's reconciliation of the last two days. */
  'reconcile-nightly': '20 3 * * *',
  /** Every shop's ledger of rewards, held against Shopify. */
  'rewards-nightly': '10 4 * * *',
  /** What all shops together have learned of the ways of parcels; parcels that nobody has found. */
  'parcels-nightly': '50 2 * * *',
  /** Refreshes tokens of shops that were quiet, fills code pools, deletes what its retention is over for. */
  housekeeping: '40 * * * *',
} as const;
export type CronName = keyof typeof crons;

/** What a handler answers; nothing else compiles. */
export type JobResult =
  | { outcome: 'done' }
  | { outcome: 'cancel'; reason: string }
  | { outcome: 'retry'; error: string }
  | { outcome: 'snooze'; seconds: number };

/** One handler for each job: a missing or spare one does not compile. */
export type JobHandlers = { [Name in JobName]: (payload: JobPayload<Name>) => Promise<JobResult> };
export type CronHandlers = { [Name in CronName]: () => Promise<void> };
