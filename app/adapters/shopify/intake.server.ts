/**
 * Where Shopify's webhooks come in: verification, binding to a shop, one insert shared by all requests that wait, 200.
 * What a webhook means is worked out later (app/orders). No session, no Remix, no Prisma on this path.
 */
import type pg from 'pg';

export type WebhookStatus = 200 | 400 | 401 | 413 | 503;

/** Answers 200 only when the row is committed. Never throws. */
export type Ingest = (
  rawBody: Buffer,
  header: (name: string) => string | null,
) => Promise<{ status: WebhookStatus }>;

export interface IntakeDeps {
  /** From {@link openInboxPool}. */
  pool: pg.Pool;
  /** The app's secret, and the one before the last rotation while webhooks may be signed with it. */
  secrets: readonly string[];
  now: () => Date;
  /** Told of every failure to store, with the error. */
  onFailure?: (error: unknown) => void;
}

export declare function makeIntake(deps: IntakeDeps): Ingest;

/** Two connections are enough: requests that come together share one insert. */
export declare function openInboxPool(url: string): pg.Pool;
