/** The store's own paths that belong to the app: forwarded with Shopify's signature. */

import type { AppConfig } from './app-config.ts';
import { proxySignature } from './oauth/sign.ts';
import { digits } from './state/ids.ts';
import type { PageAnswer, PageRequest, Route, Sandbox } from './types.ts';

const FORWARDED = ['accept', 'accept-language', 'content-type', 'user-agent', 'referer', 'cookie'];
const RETURNED = ['content-type', 'location', 'cache-control', 'set-cookie', 'vary'];

export function proxyRoutes(sandbox: Sandbox, config: () => AppConfig): Route[] {
  const { proxy } = config();
  if (!proxy) return [];
  return [
    {
      // A theme asks its own domain; here that is the store which this browser looks at.
      method: '*',
      path: `/${proxy.prefix}/${proxy.subpath}*`,
      handle: (request) => forward(sandbox, proxy, request),
    },
    {
      method: '*',
      path: `/store/:shop/${proxy.prefix}/${proxy.subpath}*`,
      handle: (request) => forward(sandbox, proxy, request),
    },
  ];
}

async function forward(
  sandbox: Sandbox,
  proxy: NonNullable<AppConfig['proxy']>,
  request: PageRequest,
): Promise<PageAnswer> {
  const visit = sandbox.visit(request);
  const shop = sandbox.shop(request.params.shop ?? visit.shop);
  const path = new URL(proxy.url, sandbox.appUrl).pathname.replace(/\/$/, '');
  const target = new URL(path + (request.params['*'] ?? ''), sandbox.appUrl);
  const query = new URLSearchParams(request.query);
  for (const name of ['signature', 'shop', 'path_prefix', 'timestamp', 'logged_in_customer_id'])
    query.delete(name);
  query.set('shop', shop.domain);
  query.set('logged_in_customer_id', visit.customer ? digits(visit.customer) : '');
  query.set('path_prefix', `/${proxy.prefix}/${proxy.subpath}`);
  query.set('timestamp', String(Math.floor(Date.now() / 1000)));
  query.set('signature', proxySignature(query, sandbox.apiSecret));
  target.search = query.toString();

  const headers = new Headers({ 'x-forwarded-host': shop.domain, 'x-forwarded-for': '203.0.113.7' });
  for (const name of FORWARDED) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const body = request.method === 'GET' || request.method === 'HEAD' ? null : new Uint8Array(request.raw);
  const answer = await fetch(target, { method: request.method, headers, body, redirect: 'manual' });
  const kept: Record<string, string> = {};
  for (const name of RETURNED) {
    const value = answer.headers.get(name);
    if (value !== null) kept[name] = value;
  }
  const store = sandbox.urls.store(shop);
  if (kept.location) kept.location = onStore(kept.location, store);
  const type = kept['content-type'] ?? 'text/html; charset=utf-8';
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (!/html|liquid/.test(type)) return { status: answer.status, headers: kept, type, body: bytes };
  const html = new TextDecoder()
    .decode(bytes)
    .replace(/\b(href|action|src)="(\/[^/"][^"]*)"/g, (_, name: string, link: string) => {
      return `${name}="${onStore(link, store)}"`;
    });
  return {
    status: answer.status,
    headers: { ...kept, 'content-type': 'text/html; charset=utf-8' },
    body: html,
  };
}

/** The page stands on the shop's own domain, which here is a path of the sandbox: links into the store follow it. */
function onStore(link: string, store: string): string {
  if (link.startsWith('/') && !link.startsWith('//')) return store + link.replace(/^\/(?=\?)/, '');
  const url = URL.canParse(link) ? new URL(link) : null;
  return url?.hostname.endsWith('.myshopify.com') ? store + url.pathname + url.search : link;
}
