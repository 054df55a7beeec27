/** Webhooks from the signed request to the worked-in row, on a test's own database. */
import { createHmac, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { makeIntake, openInboxPool, type Ingest } from '../app/adapters/shopify/intake.server.ts';
import { makeInboxLoop, type WebhookHandlers } from '../app/orders/orders.server.ts';
import { HANDED_TOPICS } from '../app/orders/topics.ts';
import type { OrdersDeps } from '../app/orders/apply.server.ts';
import type { TestDatabase } from './database.ts';

const SECRET = 'test-secret';

export interface Sent {
  shop: { domain: string };
  topic: string;
  body: unknown;
  headers?: Record<string, string | null>;
  secret?: string;
}

export const sign = (body: Buffer | string, secret = SECRET): string =>
  createHmac('sha256', secret).update(body).digest('base64');

/** Nobody was ever erased. */
export const ordersDeps: OrdersDeps = {
  isErased: (_tx, traces) => Promise.resolve(traces.map(() => false)),
  hashKey: Buffer.alloc(32, 9),
};

const done = () => Promise.resolve({ outcome: 'done' } as const);
export const quietHandlers = Object.fromEntries(
  HANDED_TOPICS.map((topic) => [topic, done]),
) as unknown as WebhookHandlers;

export interface Inbox {
  /** May be moved. */
  now: Date;
  pool: pg.Pool;
  failures: unknown[];
  ingest: Ingest;
  loop: (now: Date) => Promise<number>;
  /** Posts one webhook; answers the status. */
  send(sent: Sent): Promise<number>;
  /** Works in everything that is due; answers how many that was. */
  workIn(): Promise<number>;
  /** Posts and works in. */
  take(...sent: Sent[]): Promise<void>;
  close(): Promise<void>;
}

/** Call inside tests only. */
export function anInbox(
  t: TestDatabase,
  options: { now?: Date; deps?: OrdersDeps; handlers?: Partial<WebhookHandlers>; secrets?: string[] } = {},
): Inbox {
  const pool: pg.Pool = openInboxPool(t.url);
  const failures: unknown[] = [];
  const inbox: Inbox = {
    now: options.now ?? new Date('2026-05-10T12:00:00Z'),
    pool,
    failures,
    ingest: makeIntake({
      pool,
      secrets: options.secrets ?? [SECRET],
      now: () => inbox.now,
      onFailure: (error) => failures.push(error),
    }),
    async send({ shop, topic, body, headers = {}, secret = SECRET }: Sent): Promise<number> {
      // One after the other, as they come.
      inbox.now = new Date(inbox.now.getTime() + 1);
      const raw = Buffer.isBuffer(body)
        ? body
        : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
      const all: Record<string, string | null> = {
        'x-shopify-hmac-sha256': sign(raw, secret),
        'x-shopify-shop-domain': shop.domain,
        'x-shopify-topic': topic,
        'x-shopify-webhook-id': randomUUID(),
        'x-shopify-api-version': '2026-10',
        'x-shopify-triggered-at': inbox.now.toISOString(),
        ...headers,
      };
      return (await inbox.ingest(raw, (name) => all[name] ?? null)).status;
    },
    loop: makeInboxLoop({
      db: t.db,
      orders: options.deps ?? ordersDeps,
      handlers: { ...quietHandlers, ...options.handlers },
    }),
    async workIn(): Promise<number> {
      let all = 0;
      for (let worked = 1; worked > 0;) all += worked = await inbox.loop(inbox.now);
      return all;
    },
    async take(...sent: Sent[]): Promise<void> {
      for (const one of sent) {
        const status = await inbox.send(one);
        if (status !== 200) throw new Error(`${one.topic} was answered ${status}`);
      }
      await inbox.workIn();
    },
    close: () => pool.end(),
  };
  return inbox;
}
