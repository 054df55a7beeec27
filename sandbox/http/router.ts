/** A small router over node:http: first match wins, errors become answers. */

import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import { BadInput } from '../bad-input.ts';
import type { PageAnswer, PageRequest, Route } from '../types.ts';

const LARGEST_BODY = 20 * 1024 * 1024;

/** Answers of the sandbox that are not HTML to a person: JSON with `error`. */
export interface RouterOptions {
  log: (line: string) => void;
  /** Called before each answer: what the request has changed is kept by then. */
  beforeAnswer?: () => void;
}

export function createServer(routes: () => Route[], { log, beforeAnswer }: RouterOptions): http.Server {
  const compiled = new WeakMap<Route, RegExp>();
  const patternOf = (route: Route) => {
    let pattern = compiled.get(route);
    if (!pattern) compiled.set(route, (pattern = toPattern(route.path)));
    return pattern;
  };

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const url = new URL(`http://${req.headers.host ?? 'localhost'}${encodeGids(req.url ?? '/')}`);
    const method = req.method ?? 'GET';
    let pathExists = false;
    for (const route of routes()) {
      const match = patternOf(route).exec(url.pathname);
      if (!match) continue;
      pathExists = true;
      if (route.method !== '*' && route.method !== (method === 'HEAD' ? 'GET' : method)) continue;
      const request = await readRequest(req, res, url, match.groups ?? {});
      const result = await route.handle(request);
      beforeAnswer?.();
      if (!res.headersSent && !res.writableEnded && !res.destroyed)
        send(res, result ?? { status: 204 }, method === 'HEAD');
      return;
    }
    send(res, notFound(url.pathname, method, pathExists));
  }

  return http.createServer((req, res) => {
    answer(req, res).catch((error: unknown) => {
      if (res.headersSent || res.destroyed) return res.destroy();
      if (error instanceof BadInput) return send(res, { status: 400, body: { error: error.message } });
      log(`${req.method} ${req.url}: ${error instanceof Error ? error.stack : String(error)}`);
      send(res, { status: 500, body: { error: error instanceof Error ? error.message : String(error) } });
    });
  });
}

/** Ids may stand in a path as they are: `/control/orders/gid://shopify/Order/1/fulfil`. */
function encodeGids(path: string): string {
  return path.replace(/gid:\/\/shopify\/(\w+)\/(\d+)/g, (id) => encodeURIComponent(id));
}

function toPattern(path: string): RegExp {
  const source = path
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:(\w+)/g, '(?<$1>[^/]+)')
    .replace(/\*$/, '(?<rest>.*)');
  // A store's address may end in a slash, as at Shopify.
  return new RegExp(`^${source}${source.endsWith('/') ? '' : '/?'}$`);
}

function notFound(path: string, method: string, pathExists: boolean): PageAnswer {
  if (pathExists) return { status: 405, body: { error: `${path} does not take ${method}` } };
  return { status: 404, body: { error: `there is nothing at ${path}` } };
}

async function readRequest(
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  groups: Record<string, string>,
): Promise<PageRequest> {
  const raw = await readBody(req);
  const { rest, ...named } = groups;
  const params = Object.fromEntries(Object.entries(named).map(([key, value]) => [key, decode(value)]));
  if (rest !== undefined) params['*'] = rest;
  const text = () => raw.toString('utf8');
  return {
    method: req.method ?? 'GET',
    url,
    params,
    query: url.searchParams,
    headers: req.headers,
    cookies: cookiesOf(req.headers.cookie ?? ''),
    raw,
    text,
    json: () => parseJson(text()),
    form: () => new URLSearchParams(text()),
    req,
    res,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new BadInput(`${text} is not a well-formed part of a path`);
  }
}

async function readBody(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new BadInput('the body is larger than 20 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** JSON whose large numbers keep their digits: they are kept as they were written. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text, keepDigits);
  } catch (error) {
    throw new BadInput(`the body is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

// The third argument is not in TypeScript's types yet.
const keepDigits = function (_key: string, value: unknown, context?: { source: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || !context) return value;
  return /^-?\d+$/.test(context.source) ? JSON.rawJSON(context.source) : value;
} as (key: string, value: unknown) => unknown;

function cookiesOf(header: string): Record<string, string> {
  const pairs = header.split(';').map((part) => part.trim().split(/=(.*)/s));
  return Object.fromEntries(
    pairs.filter(([name]) => name).map(([name, value]) => [name ?? '', decodeURIComponent(value ?? '')]),
  );
}

function send(res: ServerResponse, answer: PageAnswer, headOnly = false): void {
  const { status = 200, headers = {}, body = null } = answer;
  const isBytes = body instanceof Uint8Array;
  const isText = typeof body === 'string';
  const content = body === null ? '' : isBytes || isText ? body : JSON.stringify(body);
  const type =
    answer.type ??
    (isText ? 'text/html; charset=utf-8' : isBytes ? 'application/octet-stream' : 'application/json');
  if (body !== null) res.setHeader('content-type', type);
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.writeHead(status);
  res.end(headOnly ? undefined : content);
}
