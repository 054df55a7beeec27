/** A sandbox inside a test, and a small receiver that stands where the app would. */

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandbox, type RunningSandbox, type SandboxOptions } from '../sandbox/sandbox.ts';

export interface Received {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** Webhooks of one topic, as parsed bodies. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  bodies(topic: string): any[];
  /** What to answer; `hang` never does. */
  answer: (request: Received) => number | 'hang' | 'break';
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const server = http.createServer((req, res) => {
    let body = '';
    req.setEncoding('utf8');
    req.on('data', (chunk: string) => (body += chunk));
    req.on('end', () => {
      const request = { method: req.method ?? '', path: req.url ?? '', headers: req.headers, body };
      received.push(request);
      const status = receiver.answer(request);
      if (status === 'break') res.destroy();
      else if (status !== 'hang') res.writeHead(status).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    received,
    bodies: (topic) =>
      received.filter((r) => r.headers['x-shopify-topic'] === topic).map((r) => JSON.parse(r.body) as never),
    answer: () => 200,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return receiver;
}

export interface SandboxUnderTest {
  sandbox: RunningSandbox;
  app: Receiver;
  /** A control call: the status and the parsed answer. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  control(method: 'GET' | 'POST', path: string, body?: unknown): Promise<{ status: number; body: any }>;
  /** An Admin API call of the first shop with an offline token. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  graphql(query: string, variables?: Record<string, unknown>, token?: string): Promise<any>;
  close(): Promise<void>;
}

/** Every scope that the documents need. */
export const ALL_SCOPES =
  'read_orders,write_orders,read_customers,write_customers,read_products,write_products,read_fulfillments,read_returns,write_discounts,' +
  'read_locales,write_gift_cards,write_store_credit_account_transactions,read_store_credit_accounts,write_marketing_events,write_pixels';

export async function startSandbox(
  options: SandboxOptions & { scopes?: string } = {},
): Promise<SandboxUnderTest> {
  const app = await startReceiver();
  const { scopes, ...rest } = options;
  const sandbox = createSandbox({ appUrl: app.url, apiKey: 'test-key', apiSecret: 'test-secret', ...rest });
  const origin = await sandbox.listen();
  await sandbox.install(sandbox.shop());
  if (scopes && sandbox.shop().installation) sandbox.grantScopes(sandbox.shop(), scopes.split(','));
  await sandbox.clock.settle();
  app.received.length = 0;

  async function call(method: string, url: string, body: unknown, headers: Record<string, string> = {}) {
    const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(url, {
      method,
      body: text,
      headers: { 'content-type': 'application/json', ...headers },
    });
    const type = answer.headers.get('content-type') ?? '';
    const content = await answer.text();
    return { status: answer.status, body: (type.includes('json') ? JSON.parse(content) : content) as never };
  }

  return {
    sandbox,
    app,
    control: (method, path, body) => call(method, `${origin}/control/${path}`, body),
    async graphql(query, variables = {}, token = offlineToken(sandbox)) {
      const headers = { 'x-sandbox-host': sandbox.shop().domain, 'x-shopify-access-token': token };
      return (await call('POST', `${origin}/admin/api/2026-10/graphql.json`, { query, variables }, headers))
        .body;
    },
    async close() {
      await Promise.all([sandbox.close(), app.close()]);
    },
  };
}

/** A token with all scopes of the installation. */
function offlineToken(sandbox: RunningSandbox): string {
  const { installation } = sandbox.shop();
  if (!installation) throw new Error('the app is not installed');
  installation.accessTokens['shpat_test'] = {
    kind: 'offline',
    scopes: installation.scopes,
    expires: null,
    user: null,
  };
  return 'shpat_test';
}
