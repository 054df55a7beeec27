/**
 * What Shopify's own template does: a Remix route, `authenticate.webhook` of the library, the session by Prisma, and the
 * row by a Prisma upsert. Without remix-serve's express in front, which would make it slower still.
 */
import http from 'node:http';
import { Readable } from 'node:stream';
import { PrismaPg } from '@prisma/adapter-pg';
import { createRequestHandler, type ActionFunctionArgs, type ServerBuild } from '@remix-run/node';
import { Session } from '@shopify/shopify-api';
import '@shopify/shopify-app-remix/adapters/node';
import { ApiVersion, AppDistribution, LogSeverity, shopifyApp } from '@shopify/shopify-app-remix/server';
import { PrismaClient } from '../../../app/generated/prisma/client.ts';

const prisma = new PrismaClient({
  adapter: new PrismaPg(
    { connectionString: process.env['DATABASE_URL']!, max: 10, options: '-c timezone=UTC' },
    { schema: 'template' },
  ),
});
const shop = await prisma.shop.findFirstOrThrow();

/** As the template's storage reads it: by Prisma, at every request. */
const sessionStorage = {
  async loadSession(id: string) {
    const row = await prisma.shopifySession.findUnique({ where: { id } });
    return row
      ? new Session({
          id,
          shop: row.shop,
          state: row.state,
          isOnline: false,
          accessToken: row.accessToken,
          scope: row.scope ?? '',
        })
      : undefined;
  },
  storeSession: () => Promise.resolve(true),
  deleteSession: () => Promise.resolve(true),
  deleteSessions: () => Promise.resolve(true),
  findSessionsByShop: () => Promise.resolve([]),
};

const { authenticate } = shopifyApp({
  apiKey: 'key',
  apiSecretKey: process.env['SHOPIFY_API_SECRET']!,
  apiVersion: ApiVersion.October26,
  scopes: ['read_orders'],
  appUrl: 'https://app.example.com',
  authPathPrefix: '/auth',
  distribution: AppDistribution.AppStore,
  sessionStorage,
  logger: { level: LogSeverity.Error },
  future: { unstable_newEmbeddedAuthStrategy: true },
});

async function action({ request }: ActionFunctionArgs) {
  const { topic, webhookId, payload } = await authenticate.webhook(request);
  const key = { shopId: shop.id, webhookId };
  const now = new Date();
  await prisma.webhookInbox.upsert({
    where: { shopId_webhookId: key },
    create: { ...key, topic, receivedAt: now, dueAt: now, body: JSON.stringify(payload) },
    update: {},
  });
  return new Response();
}

const route = (id: string, path: string, module: object) => ({
  id,
  path,
  module,
  ...(id === 'root' ? {} : { parentId: 'root' }),
});
const build = {
  mode: 'production',
  entry: { module: { default: () => new Response('no page', { status: 500 }) } },
  routes: {
    root: route('root', '', { default: () => null }),
    webhooks: route('webhooks', 'webhooks', { action }),
  },
  assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '' },
  publicPath: '/',
  assetsBuildDirectory: '',
  future: { v3_singleFetch: true, v3_throwAbortReason: true },
  isSpaMode: false,
} as unknown as ServerBuild;
const handle = createRequestHandler(build, 'production');

const server = http.createServer((incoming, response) => {
  const request = new Request(new URL(incoming.url ?? '/', 'https://app.example.com'), {
    method: incoming.method!,
    headers: incoming.headers as Record<string, string>,
    body: Readable.toWeb(incoming) as ReadableStream,
    duplex: 'half',
  } as RequestInit);
  handle(request, {}).then(
    (answer) => response.writeHead(answer.status).end(),
    () => response.writeHead(500).end(),
  );
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env['PORT']), '127.0.0.1', () => process.send?.('ready'));
