/** What happens between a merchant and the app: opened for the first time, given more scopes, removed. */

import { randomBytes } from 'node:crypto';
import type { AppConfig } from '../app-config.ts';
import { gid, digits } from '../state/ids.ts';
import type { Keeper } from '../state/keep.ts';
import type { Shop } from '../state/shop.ts';
import type { Deliveries } from '../webhooks/deliveries.ts';
import { scopesBody, shopBody } from '../webhooks/bodies/shop.ts';
import { adminToken, queryHmac } from './sign.ts';

/** The library takes anything else for a robot and answers 410. */
const BROWSER =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const HOPS = 5;

export interface InstallParts {
  apiKey: string;
  apiSecret: string;
  appUrl: string;
  config: () => AppConfig;
  deliveries: Deliveries;
  nowIso: () => string;
  changed: Keeper['changed'];
}

/** `src` of the frame that shows the app, with what Shopify adds to it. */
export function frameUrl(parts: InstallParts, shop: Shop, path: string): string {
  const url = new URL(path, parts.appUrl);
  const added = {
    embedded: '1',
    host: Buffer.from(`admin.shopify.com/store/${shop.handle}`).toString('base64').replace(/=+$/, ''),
    id_token: adminToken({ shop: shop.domain, apiKey: parts.apiKey, secret: parts.apiSecret }),
    locale: 'en',
    session: randomBytes(16).toString('hex'),
    shop: shop.domain,
    timestamp: String(Math.floor(Date.now() / 1000)),
  };
  const hmac = queryHmac({ ...Object.fromEntries(url.searchParams), ...added }, parts.apiSecret);
  for (const [key, value] of Object.entries({ ...added, hmac })) url.searchParams.set(key, value);
  return url.href;
}

/** Grants the scopes and loads the embedded app once, as a merchant's browser does. */
export async function install(parts: InstallParts, shop: Shop): Promise<void> {
  shop.installation ??= {
    installedAt: parts.nowIso(),
    scopes: parts.config().scopes,
    accessTokens: {},
    refreshTokens: {},
  };
  parts.changed(shop);
  let url = frameUrl(parts, shop, '/app');
  for (let hop = 0; hop < HOPS; hop++) {
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { 'user-agent': BROWSER, accept: 'text/html' },
    });
    const location = answer.headers.get('location');
    await answer.text();
    if (answer.status < 300) return;
    if (answer.status >= 400 || !location)
      throw new Error(`the app answered ${answer.status} at ${new URL(url).pathname}`);
    const next = new URL(location, url);
    if (next.origin !== new URL(parts.appUrl).origin)
      throw new Error(`the app led to ${next.origin} when it was opened`);
    // The bounce page only fetches a new id token; a fresh frame URL has one.
    const reload = next.searchParams.get('shopify-reload');
    url = reload ? frameUrl(parts, shop, new URL(reload).pathname) : next.href;
  }
  throw new Error(`the app redirects in circles when it is opened (last to ${new URL(url).pathname})`);
}

/** Every token is dead at once; the last webhook that the shop sends, but for the compliance ones, says so. */
export function uninstall(parts: InstallParts, shop: Shop): void {
  shop.installation = null;
  parts.changed(shop, ...shop.webhookSubscriptions);
  shop.webhookSubscriptions = [];
  parts.deliveries.emit(shop, [['app/uninstalled', shopBody(shop)]], { uninstalled: true });
}

export function grantScopes(parts: InstallParts, shop: Shop, scopes: string[]): void {
  if (!shop.installation) return;
  const previous = shop.installation.scopes;
  const current = [...new Set([...previous, ...scopes])];
  if (current.length === previous.length) return;
  setScopes(parts, shop, current);
}

export function revokeScopes(parts: InstallParts, shop: Shop, scopes: string[]): void {
  const current = shop.installation?.scopes ?? [];
  const kept = current.filter((scope) => !scopes.includes(scope));
  if (kept.length < current.length) setScopes(parts, shop, kept);
}

export function setScopes(parts: InstallParts, shop: Shop, current: string[]): void {
  if (!shop.installation) return;
  const previous = shop.installation.scopes;
  shop.installation.scopes = current;
  for (const token of Object.values(shop.installation.accessTokens)) token.scopes = current;
  parts.changed(shop);
  const installation = gid('AppInstallation', digits(shop.id));
  parts.deliveries.emit(shop, [
    ['app/scopes_update', scopesBody(installation, previous, current, parts.nowIso())],
  ]);
}
