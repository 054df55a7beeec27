/**
 * Pages with the real extension bundles, against a small stand-in of the app's public API: it remembers, counts, and can
 * be told to fail. For tests of what the extensions do by themselves; the journeys run against the real app.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AnswerInput, BlockView, ParcelInput } from '../../app/feedback/block.ts';
import type { CheckoutView, HeardInput } from '../../app/referrals/checkout.ts';
import { extensionAssets } from '../../sandbox/extension-host/assets.ts';
import { extensionTag, type ExtensionTagOptions } from '../../sandbox/extension-host/tag.ts';

/** What the stand-in knows and does; tests change it. */
interface Api {
  /** What GET answers, until an answer has come. */
  view: BlockView;
  /** What follows from an answer. */
  follow(input: AnswerInput): BlockView;
  /** What the checkout is told, by code. */
  greet(code: string): CheckoutView;
  /** Status of the next answers; empty: all goes well. */
  failures: number[];
  delayMs: number;
  /** Distinct answers that were counted, in the order they came. */
  answers: AnswerInput[];
  heard: HeardInput[];
  /** `GET /api/block`, `POST /api/block`, … as they came. */
  calls: string[];
}

export interface StandIn {
  api: Api;
  /** Where the stand-in of the app answers. */
  apiUrl: string;
  /** Opens a page with one block. */
  url(options: Partial<ExtensionTagOptions> & { target: string }): string;
  /** Forgets everything between two tests. */
  reset(): void;
  stop(): Promise<void>;
}

const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
};

type Told = Pick<Api, 'view' | 'follow' | 'greet'>;

/** @param extensions another folder of extensions than the project's */
export async function startStandIn(initial: () => Told, extensions?: string): Promise<StandIn> {
  const fresh = (): Api => ({ ...initial(), failures: [], delayMs: 0, answers: [], heard: [], calls: [] });
  const api = fresh();
  const server = await listen((request, response) => answerApi(api, request, response));
  const dataDir = await mkdtemp(path.join(tmpdir(), 'extensions-'));
  const assets = await extensionAssets({ dataDir, appUrl: originOf(server), extensions });
  const page = await listen(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://page');
    const asset = await assets.read(url.pathname);
    if (asset) return void response.writeHead(200, { 'Content-Type': asset.type }).end(asset.body);
    if (url.pathname === '/control/token') return reply(response, 200, { token: 'a.session.token' });
    if (url.pathname === '/discount') return changeDiscount(request, response);
    if (url.pathname !== '/') return void response.writeHead(404).end();
    const options = JSON.parse(url.searchParams.get('options')!) as ExtensionTagOptions;
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(pageOf(options));
  });
  return {
    api,
    apiUrl: originOf(server),
    url(options) {
      const query = new URLSearchParams({ options: JSON.stringify({ ...DEFAULTS, extensions, ...options }) });
      return `${originOf(page)}/?${query}`;
    },
    reset: () => Object.assign(api, fresh()),
    async stop() {
      for (const one of [server, page]) one.close().closeAllConnections();
      await rm(dataDir, { recursive: true });
    },
  };
}

const DEFAULTS: Omit<ExtensionTagOptions, 'target'> = {
  shop: { id: 'gid://shopify/Shop/1', name: 'Linden & Loom', domain: 'linden.myshopify.com' },
  order: { id: 'gid://shopify/Order/1001', name: '#1001', confirmationNumber: 'K2J9' },
  checkoutToken: 'checkout-1',
  customer: { id: 'gid://shopify/Customer/1', firstName: 'Jo', email: 'jo@example.com' },
  locale: 'en-US',
  country: 'US',
  discountUrl: '/discount',
};

async function answerApi(api: Api, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end();
  const url = new URL(request.url ?? '/', 'http://app');
  const body = await readBody(request);
  api.calls.push(`${request.method} ${url.pathname}`);
  if (api.delayMs) await new Promise((resolve) => setTimeout(resolve, api.delayMs));
  if (!request.headers.authorization) return reply(response, 401, { error: 'no token' });
  const failure = api.failures.shift();
  if (failure) return reply(response, failure, { error: 'asked to fail' });
  if (url.pathname === '/api/checkout') {
    if (request.method === 'GET') return reply(response, 200, api.greet(url.searchParams.get('code') ?? ''));
    api.heard.push(JSON.parse(body) as HeardInput);
    return void response.writeHead(204, CORS).end();
  }
  if (request.method === 'POST') {
    const input = JSON.parse(body) as AnswerInput | ParcelInput;
    if ('parcel' in input) {
      const { parcel: _before, ...view } = api.view;
      api.view = input.parcel === 'missing' ? { ...view, parcel: 'missing' } : view;
      return reply(response, 200, api.view);
    }
    const known = api.answers.findIndex(({ operationId }) => operationId === input.operationId);
    if (known < 0) api.answers.push(input);
    else if (input.amends) api.answers[known] = input;
    api.view = api.follow(input);
  }
  reply(response, 200, api.view);
}

/** A store that knows one code. */
async function changeDiscount(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { code } = JSON.parse(await readBody(request)) as { code: string };
  if (code.toUpperCase() === 'JO-15') reply(response, 200, { discountCodes: ['JO-15'] });
  else reply(response, 422, { error: 'Enter a valid discount code' });
}

function pageOf(options: ExtensionTagOptions): string {
  return `<!doctype html><html lang="${options.locale}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Thank you</title><link rel="icon" href="data:,">
<style>:root{font:15px/1.5 system-ui,sans-serif;color:#1f1f1f}body{margin:0;padding:20px;background:#fff}
main{max-width:600px;margin:auto}.card{border:1px solid #dedede;border-radius:10px;padding:20px;margin:0 0 16px}
.card:has(>extension-block[data-empty]){display:none}h1{font-size:22px}</style>
<main><h1>Thank you, Jo</h1><div class="card">${extensionTag(options)}</div>
<div class="card"><h2>Order details</h2>1 Main St, Springfield</div></main></html>`;
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...CORS, 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Server> {
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)));
}

const originOf = (server: Server): string => `http://localhost:${(server.address() as AddressInfo).port}`;
