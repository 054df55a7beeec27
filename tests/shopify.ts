/** The app's side of Shopify inside a test: a database of its own, a sandbox, and the real clients between them. */
import { afterAll, beforeAll } from 'vitest';
import type * as authenticate from '../app/adapters/shopify/authenticate.server.ts';
import type { Admin } from '../app/adapters/shopify/admin-client.server.ts';
import type { Sessions } from '../app/adapters/shopify/sessions.server.ts';
import type { Tokens } from '../app/adapters/shopify/tokens.server.ts';
import { openQueue, type Queue } from '../app/jobs/queue.server.ts';
import type { TestDatabase } from './database.ts';
import { startSandbox, type SandboxUnderTest } from './sandbox.ts';

type Authentication = typeof authenticate;

export interface TestShopify extends SandboxUnderTest {
  auth: Authentication;
  admin: Admin;
  tokens: Tokens;
  sessions: Sessions;
  queue: Queue;
  /** What a browser would send from inside the admin: a request with an id token. */
  request(path: string, token: string, init?: RequestInit): Request;
  /** Opens the app as the merchant of the sandbox's first shop does. */
  open(): ReturnType<Authentication['authenticateAdmin']>;
}

export const APP_URL = 'https://app.example';
export const BROWSER =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const KEY = Buffer.alloc(32, 7);

/** Call once at the top of a test file, after `testDb()`. The app's modules are loaded after Shopify's hosts are attached. */
export function testShopify(t: TestDatabase): TestShopify {
  const test = {} as TestShopify;
  beforeAll(async () => {
    const sandbox = await startSandbox();
    process.env['SHOPIFY_SANDBOX_URL'] = sandbox.sandbox.origin;
    await import('../sandbox/attach.mjs');
    Object.assign(test, sandbox, await openSide(t));
    test.request = (path, token, init = {}) =>
      new Request(new URL(path, APP_URL), {
        ...init,
        headers: { 'user-agent': BROWSER, authorization: `Bearer ${token}` },
      });
    test.open = () => {
      const shop = test.sandbox.shop();
      return test.auth.authenticateAdmin(test.request('/app', test.sandbox.tokens.admin(shop)));
    };
  });
  afterAll(async () => {
    await test.queue.stop();
    await test.close();
  });
  return test;
}

async function openSide(t: TestDatabase) {
  const auth = await import('../app/adapters/shopify/authenticate.server.ts');
  const { adminApi } = await import('../app/adapters/shopify/admin-client.server.ts');
  const { sealWith } = await import('../app/adapters/shopify/sealing.ts');
  const { sessionsIn } = await import('../app/adapters/shopify/sessions.server.ts');
  const { tokensOf } = await import('../app/adapters/shopify/tokens.server.ts');
  const apiKey = 'test-key';
  const secrets = ['test-secret', 'previous-secret'];
  const { db } = t;
  const queue = openQueue({ url: t.url, worker: false });
  const sessions = sessionsIn(db, sealWith([KEY]));
  const tokens = tokensOf({ db, sessions, apiKey, secrets });
  const admin = adminApi(tokens);
  auth.connectAuthentication({ apiKey, secrets, appUrl: APP_URL, db, queue, sessions, admin });
  return { auth, admin, tokens, sessions, queue };
}
