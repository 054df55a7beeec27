/**
 * Where Shopify's webhooks come in: verification, binding to a shop, one insert shared by all requests that wait, 200.
 * What a webhook means is worked out later (app/orders). No session, no Remix, no Prisma on this path.
 */
import { isUtf8 } from 'node:buffer';
import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import pg from 'pg';
import { asBase64, makeInboxWriter, type InboxRow } from './inbox-writer.server.ts';

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

/** Shopify never sends more than a few megabytes. */
export const MAX_BODY_BYTES = 5 * 1024 * 1024;

/** What comes later than that is a replay; reconciliation fetches what was really missed. */
const MAX_AGE_MS = 3 * 24 * 3600_000;

const SHOP = /^[a-z0-9][a-z0-9-]{0,62}\.myshopify\.com$/;
const TOPIC = /^[a-z_]{1,60}[/.][a-z_]{1,60}$/;
const PRINTABLE = /^[\x20-\x7e]{1,200}$/;

const OK = { status: 200 } as const;
const MALFORMED = { status: 400 } as const;
const FORGED = { status: 401 } as const;
const TOO_LARGE = { status: 413 } as const;
const NOT_STORED = { status: 503 } as const;

export function makeIntake(deps: IntakeDeps): Ingest {
  const keys = deps.secrets.map((secret) => createSecretKey(secret, 'utf8'));
  const store = makeInboxWriter(deps);
  return async (rawBody, header) => {
    if (rawBody.length > MAX_BODY_BYTES) return TOO_LARGE;
    if (!isSigned(rawBody, header('x-shopify-hmac-sha256'), keys)) return FORGED;
    const row = rowOf(rawBody, header, deps.now());
    if (!row) return MALFORMED;
    return (await store(row)) ? OK : NOT_STORED;
  };
}

/** Two connections are enough: requests that come together share one insert. */
export function openInboxPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    connectionTimeoutMillis: 2000,
    query_timeout: 4000,
    statement_timeout: 3500,
    keepAlive: true,
    options: '-c timezone=UTC -c role=everafter_worker -c app.across=on',
  });
  // A connection that dies is replaced by the next insert; one that dies during an insert tells its query, and all who listen.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Whether a body carries the signature of one of the keys. */
export function isSigned(body: Buffer, given: string | null, keys: readonly KeyObject[]): boolean {
  if (!given) return false;
  const mac = Buffer.from(given, 'base64');
  return keys.some((key) => {
    const right = createHmac('sha256', key).update(body).digest();
    return mac.length === right.length && timingSafeEqual(mac, right);
  });
}

/** What is stored; null when the headers do not say which shop, topic and delivery this is. */
function rowOf(body: Buffer, header: (name: string) => string | null, now: Date): InboxRow | null {
  const domain = header('x-shopify-shop-domain')?.toLowerCase() ?? '';
  const topic = header('x-shopify-topic') ?? '';
  const webhookId = header('x-shopify-webhook-id') ?? '';
  if (!SHOP.test(domain) || !TOPIC.test(topic) || !PRINTABLE.test(webhookId)) return null;
  const triggered = momentOf(header('x-shopify-triggered-at'), now);
  const isText = isUtf8(body) && !body.includes(0);
  const isOld = triggered !== null && now.getTime() - triggered > MAX_AGE_MS;
  return {
    domain,
    topic,
    webhookId,
    eventId: printable(header('x-shopify-event-id')),
    apiVersion: printable(header('x-shopify-api-version')),
    triggeredAt: triggered === null ? null : new Date(triggered).toISOString(),
    body: isText ? body : asBase64(body),
    dead: !isText ? 'not-text' : isOld ? 'too-old' : null,
  };
}

/** Unsigned, so a moment that cannot be is as good as none. */
function momentOf(value: string | null, now: Date): number | null {
  const moment = Date.parse(value ?? '');
  return moment >= 0 && moment < now.getTime() + MAX_AGE_MS ? moment : null;
}

const printable = (value: string | null) => (value && PRINTABLE.test(value) ? value : null);
