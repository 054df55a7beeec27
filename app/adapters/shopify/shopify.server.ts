/** Puts this folder together from settings; wiring calls it once a process. */
import type { Config } from '../../config.server.ts';
import type { Db } from '../../db.server.ts';
import type { Queue } from '../../jobs/queue.server.ts';
import { adminApi, type Admin } from './admin-client.server.ts';
import { connectAuthentication } from './authenticate.server.ts';
import { sealWith } from './sealing.ts';
import { sessionsIn, type Sessions } from './sessions.server.ts';
import { tokensOf, type Tokens } from './tokens.server.ts';

export interface Shopify {
  admin: Admin;
  tokens: Tokens;
  sessions: Sessions;
}

/** Opens the way to Shopify and connects `authenticate.server.ts`. */
export function openShopify(
  config: Pick<
    Config,
    | 'SHOPIFY_API_KEY'
    | 'SHOPIFY_API_SECRET'
    | 'SHOPIFY_API_SECRET_PREVIOUS'
    | 'SHOPIFY_APP_URL'
    | 'ENCRYPTION_KEY'
    | 'ENCRYPTION_KEY_PREVIOUS'
  >,
  { db, queue }: { db: Db; queue: Pick<Queue, 'enqueue'> },
): Shopify {
  const apiKey = config.SHOPIFY_API_KEY;
  const secrets = [config.SHOPIFY_API_SECRET, config.SHOPIFY_API_SECRET_PREVIOUS].filter(
    (it) => it !== undefined,
  );
  const older = config.ENCRYPTION_KEY_PREVIOUS ? [Buffer.from(config.ENCRYPTION_KEY_PREVIOUS, 'base64')] : [];
  const sessions = sessionsIn(db, sealWith([Buffer.from(config.ENCRYPTION_KEY, 'base64'), ...older]));
  const tokens = tokensOf({ db, sessions, apiKey, secrets });
  const admin = adminApi(tokens);
  connectAuthentication({ apiKey, secrets, appUrl: config.SHOPIFY_APP_URL, db, queue, sessions, admin });
  return { admin, tokens, sessions };
}
