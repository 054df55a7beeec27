/**
 * The web process: node:http in front of the Remix build. Webhooks, health and static files need nothing of Remix
 * and are answered before it. Everything that holds state comes out of the build, so that it exists once.
 */
import { existsSync } from 'node:fs';
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { createRequestHandler, type ServerBuild } from '@remix-run/node';
import type { WebEntry } from './entry.server.tsx';
import { serveFile, staticFiles } from './staticFiles.server.ts';

const root = path.resolve(import.meta.dirname, '..');
const built = path.join(root, 'build/server/index.js');
if (!existsSync(built)) throw new Error('The app is not built yet: npm run generate && npm run build');
const build = (await import(built)) as ServerBuild;
const entry = build.entry.module as unknown as WebEntry;
const app = await entry.openWeb();
const remix = createRequestHandler(build, app.config.NODE_ENV);
/**
 * What every buyer's page asks for, twice: its route is called as it is, without Remix looking for it among a hundred. It
 * saves a fifth of what an answer costs.
 */
const DIRECT = new Map([['/api/block', 'routes/api.block']]);
const files = staticFiles(path.join(root, 'build/client'));
/** A host name that serves what shoppers sent in, and nothing else; null when that is the app's own. */
const filesHost =
  app.filesOrigin === app.config.SHOPIFY_APP_URL ? null : new URL(app.filesOrigin).host.toLowerCase();

/** Shopify gives up after five seconds and never sends more than a few megabytes. */
const MAX_WEBHOOK_BYTES = 5 * 1024 * 1024;
/** What is larger is read to its end and thrown away: who is cut off while sending never hears the 413. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024;

const server = http.createServer((request, response) => {
  const started = performance.now();
  response.once('close', () => app.count.request(response.statusCode, performance.now() - started));
  answer(request, response).catch((error: unknown) => {
    app.log.error('request failed', { route: pathOf(request), ...app.errorFields(error) });
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pathname = pathOf(request);
  if (filesHost !== null && request.headers.host?.toLowerCase() === filesHost)
    return app.serveStored(pathname, request, response);
  if (filesHost === null && pathname.startsWith('/files/'))
    return app.serveStored(pathname, request, response);
  const file = request.method === 'GET' || request.method === 'HEAD' ? files.get(pathname) : undefined;
  if (file) return serveFile(request, response, file);
  if (pathname === '/webhooks' || pathname === '/webhooks/compliance')
    return answerWebhook(request, response);
  if (pathname.startsWith('/health/')) return answerHealth(pathname, response);
  if (pathname === '/metrics') return app.serveMetrics(request, response);
  if (!addressOf(request)) return void response.writeHead(400).end();
  const direct = directly(pathname, request.method);
  return direct ? answerDirectly(direct, request, response) : answerByRemix(request, response);
}

type Handler = (args: { request: Request; params: object; context: object }) => Promise<Response>;

/** The loader or action of a route that is called without Remix. */
function directly(pathname: string, method: string | undefined): Handler | undefined {
  const route = DIRECT.get(pathname);
  const module = route === undefined ? undefined : build.routes[route]?.module;
  if (method === 'POST') return module?.action as Handler | undefined;
  return method === 'GET' || method === 'OPTIONS' ? (module?.loader as Handler | undefined) : undefined;
}

/** Null for what no browser would send: "//", "http://[". */
const addressOf = (request: IncomingMessage) => URL.parse(request.url ?? '/', app.config.SHOPIFY_APP_URL);

const pathOf = (request: IncomingMessage) => (request.url ?? '/').split('?', 1)[0] ?? '/';

async function answerWebhook(request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'POST') return void response.writeHead(405, { allow: 'POST' }).end();
  const body = await bodyOf(request);
  const header = (name: string) => request.headers[name]?.toString() ?? null;
  const { status } = body ? await app.ingest(body, header) : { status: 413 };
  app.count.webhook(status);
  response.writeHead(status, body ? {} : { connection: 'close' }).end();
}

/** The whole body, or null when it is larger than a webhook can be. By events: an iterator costs a sixth of the request. */
function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > MAX_DISCARDED_BYTES) return resolve(null);
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_WEBHOOK_BYTES) chunks.push(chunk);
      else chunks = [];
      if (size > MAX_DISCARDED_BYTES) resolve(null);
    });
    request.on('end', () => {
      if (size > MAX_WEBHOOK_BYTES) return resolve(null);
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    request.on('error', reject);
  });
}

async function answerHealth(pathname: string, response: ServerResponse) {
  const ok = pathname === '/health/live' || (await app.databaseAnswers());
  response.writeHead(ok ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ ok }));
}

async function answerDirectly(handler: Handler, incoming: IncomingMessage, response: ServerResponse) {
  const hasBody = incoming.method === 'POST';
  const body = hasBody ? await bodyOf(incoming) : null;
  if (hasBody && !body) return void response.writeHead(413, { connection: 'close' }).end();
  const request = new Request(addressOf(incoming)!, {
    method: incoming.method!,
    headers: headersOf(incoming),
    body: body as BodyInit | null,
  });
  const answered = await handler({ request, params: {}, context: {} });
  response.writeHead(answered.status, [...answered.headers].flat());
  response.end(answered.body ? Buffer.from(await answered.arrayBuffer()) : undefined);
}

async function answerByRemix(incoming: IncomingMessage, response: ServerResponse) {
  const answered = await remix(webRequest(incoming, response), {});
  if (!(await isReadToItsEnd(incoming))) response.setHeader('connection', 'close');
  for (const [name, value] of answered.headers) if (name !== 'set-cookie') response.setHeader(name, value);
  const cookies = answered.headers.getSetCookie();
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  response.writeHead(answered.status);
  if (answered.body) {
    for await (const chunk of answered.body as unknown as AsyncIterable<Uint8Array>) response.write(chunk);
  }
  response.end();
}

/** Node's request as the web's, under the app's public address whatever proxy stands in front. */
function webRequest(incoming: IncomingMessage, response: ServerResponse): Request {
  const gone = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD';
  return new Request(addressOf(incoming)!, {
    method: incoming.method ?? 'GET',
    headers: headersOf(incoming),
    signal: gone.signal,
    ...(hasBody ? { body: streamOf(incoming), duplex: 'half' } : {}),
  } as RequestInit);
}

/** What is sent, as far as somebody reads it: who stops reading does not cut the connection that is to carry the answer. */
function streamOf(incoming: IncomingMessage): ReadableStream {
  const body = new PassThrough();
  incoming.pipe(body);
  incoming.once('close', () => {
    if (!incoming.complete) body.destroy(new Error('whoever sent it went away'));
  });
  return Readable.toWeb(body) as ReadableStream;
}

/**
 * Throws away what nobody has read. A body that is refused before its end would otherwise stand in the connection: the
 * answer might not be heard, and the next request would wait behind it until the connection ends.
 * @returns false when there is more than is worth reading
 */
function isReadToItsEnd(incoming: IncomingMessage): Promise<boolean> {
  if (incoming.readableEnded || incoming.destroyed) return Promise.resolve(true);
  if (Number(incoming.headers['content-length'] ?? 0) > MAX_DISCARDED_BYTES) return Promise.resolve(false);
  return new Promise((resolve) => {
    let size = 0;
    incoming.unpipe();
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_DISCARDED_BYTES) resolve(false);
    });
    incoming.once('close', () => resolve(true));
    incoming.once('end', () => resolve(true));
    incoming.resume();
  });
}

function headersOf(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i]!, incoming.rawHeaders[i + 1]!);
  }
  // Never the caller's own word: limits.server.ts counts by it.
  headers.set('x-client-address', incoming.socket.remoteAddress ?? '');
  return headers;
}

server.keepAliveTimeout = 65_000;
server.requestTimeout = 30_000;
server.listen(app.config.PORT, app.config.HOST, () => {
  app.log.info('web ready', { count: app.config.PORT });
  process.send?.('ready');
});

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  server.close(() => void app.close().then(() => process.exit(0)));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 5000).unref();
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
// Started by another process: end with it, even if it was killed.
if (process.send) process.on('disconnect', stop);
