/**
 * Builds everything from the settings; the only place with singletons. `app()` is for routes; the web and the worker
 * process open the same thing with what they need beside it.
 */
import { createHmac } from 'node:crypto';
import { adminApi, type Admin } from './adapters/shopify/admin-client.server.ts';
import { connectAuthentication } from './adapters/shopify/authenticate.server.ts';
import { sealWith } from './adapters/shopify/sealing.ts';
import { sessionsIn, type Sessions } from './adapters/shopify/sessions.server.ts';
import { tokensOf, type Tokens } from './adapters/shopify/tokens.server.ts';
import { config, type Config } from './config.server.ts';
import { openDb, type Db } from './db.server.ts';
import { openQueue, type Queue } from './jobs/queue.server.ts';

/** What every process has. */
export interface App {
  config: Config;
  db: Db;
  queue: Queue;
  sessions: Sessions;
  tokens: Tokens;
  admin: Admin;
  /** Keys derived from the one secret, a purpose each. */
  key: (purpose: KeyPurpose) => Buffer;
  close(): Promise<void>;
}

/** What a derived key is for; one purpose never opens what another has signed. */
type KeyPurpose = 'address-hash' | 'tombstone' | 'links' | 'suppression' | 'reward-code';

function build(worker: boolean): App {
  const settings = config();
  const master = Buffer.from(settings.ENCRYPTION_KEY, 'base64');
  const secrets = [settings.SHOPIFY_API_SECRET, settings.SHOPIFY_API_SECRET_PREVIOUS].filter(
    (s) => s !== undefined,
  );
  const db = openDb({ url: settings.DATABASE_URL, max: settings.DATABASE_POOL });
  const queue = openQueue({ url: settings.DATABASE_URL, worker });
  const older = settings.ENCRYPTION_KEY_PREVIOUS
    ? [Buffer.from(settings.ENCRYPTION_KEY_PREVIOUS, 'base64')]
    : [];
  const sessions = sessionsIn(db, sealWith([master, ...older]));
  const tokens = tokensOf({ db, sessions, apiKey: settings.SHOPIFY_API_KEY, secrets });
  const admin = adminApi(tokens);
  const appUrl = settings.SHOPIFY_APP_URL;
  connectAuthentication({ apiKey: settings.SHOPIFY_API_KEY, secrets, appUrl, db, queue, sessions, admin });
  return {
    config: settings,
    db,
    queue,
    sessions,
    tokens,
    admin,
    key: (purpose) => createHmac('sha256', master).update(purpose).digest(),
    async close() {
      await queue.stop();
      await db.close();
    },
  };
}

const HELD = Symbol.for('everafter.app');
type Held = { [HELD]?: App };

/** The one of this process, built at first use; survives reloads of modules during development. */
export function app(): App {
  return ((globalThis as Held)[HELD] ??= build(false));
}

/** The same for the worker, which also keeps the schedule of chores. */
export function workerApp(): App {
  return ((globalThis as Held)[HELD] ??= build(true));
}
