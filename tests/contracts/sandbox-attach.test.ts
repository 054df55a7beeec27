/** The app attached to the sandbox: Shopify's own library gets its tokens there, and nothing leaves the machine. */

import http from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SandboxUnderTest, startSandbox } from '../sandbox.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'everafter-attach-'));
const clockFile = path.join(folder, 'clock');
const shop = 'linden.myshopify.com';
let at: SandboxUnderTest;
let api: Awaited<ReturnType<typeof library>>;

async function library() {
  await import('@shopify/shopify-api/adapters/node');
  const { ApiVersion, LogSeverity, RequestedTokenType, shopifyApi } = await import('@shopify/shopify-api');
  const options = {
    apiKey: 'test-key',
    apiSecretKey: 'test-secret',
    apiVersion: ApiVersion.October26,
    isEmbeddedApp: true,
    hostName: 'localhost',
    logger: { level: LogSeverity.Error },
  };
  return { ...shopifyApi(options), RequestedTokenType };
}

beforeAll(async () => {
  at = await startSandbox();
  process.env.SHOPIFY_SANDBOX_URL = at.sandbox.origin;
  process.env.CLOCK_FILE = clockFile;
  await import('../../sandbox/attach.mjs');
  api = await library();
});
afterAll(async () => {
  await at.close();
  rmSync(folder, { recursive: true });
});

const exchange = (
  requestedTokenType: string,
  sessionToken = at.sandbox.tokens.admin(at.sandbox.shop()),
  expiring = true,
) =>
  api.auth.tokenExchange({
    shop,
    sessionToken,
    requestedTokenType: requestedTokenType as never,
    expiring,
  } as never);

describe('tokens', () => {
  test('an id token is exchanged for an offline token that expires, and the Admin API knows it', async () => {
    const { session } = await exchange(api.RequestedTokenType.OfflineAccessToken);
    expect(session).toMatchObject({
      shop,
      isOnline: false,
      accessToken: expect.stringMatching(/^shpat_/),
      refreshToken: expect.stringMatching(/^shprt_/),
    });
    expect(session.expires!.getTime() - Date.now()).toBeGreaterThan(3_500_000);
    const client = new api.clients.Graphql({ session });
    expect((await client.request('{ shop { myshopifyDomain } }')).data).toEqual({
      shop: { myshopifyDomain: shop },
    });
  });

  test('and for an online token with its user', async () => {
    const { session } = await exchange(api.RequestedTokenType.OnlineAccessToken);
    expect(session).toMatchObject({
      isOnline: true,
      onlineAccessInfo: { associated_user: { account_owner: true, email: expect.any(String) } },
    });
  });

  test('a refresh token is good until the one that replaces it is used', async () => {
    const { session: first } = await exchange(api.RequestedTokenType.OfflineAccessToken);
    const refresh = (refreshToken: string) => api.auth.refreshToken({ shop, refreshToken });
    const second = await refresh(first.refreshToken!);
    const again = await refresh(first.refreshToken!);
    expect(again.session.accessToken).not.toBe(second.session.accessToken);
    await refresh(again.session.refreshToken!);
    await expect(refresh(first.refreshToken!)).rejects.toMatchObject({ response: { code: 400 } });
  });

  test.each([
    ['a buyer', () => at.sandbox.tokens.buyer(at.sandbox.shop())],
    ['one that is too old', () => at.sandbox.tokens.admin(at.sandbox.shop(), { ttl: -60 })],
    ['nobody', () => 'a.b.c'],
    ['another shop', () => at.sandbox.tokens.admin({ ...at.sandbox.shop(), domain: 'other.myshopify.com' })],
  ])('the token of %s is no subject', async (_name, token) => {
    const answer = await fetch(`https://${shop}/admin/oauth/access_token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_id: 'test-key',
        client_secret: 'test-secret',
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: token(),
        subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
        requested_token_type: 'urn:shopify:params:oauth:token-type:offline-access-token',
      }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: 'invalid_subject_token' });
  });

  test('all are dead when the app is removed', async () => {
    const { session } = await exchange(api.RequestedTokenType.OfflineAccessToken);
    await at.sandbox.uninstall(at.sandbox.shop());
    const client = new api.clients.Graphql({ session });
    await expect(client.request('{ shop { id } }')).rejects.toMatchObject({ response: { code: 401 } });
    await at.sandbox.install(at.sandbox.shop());
  });
});

test('no request leaves the machine', async () => {
  await expect(fetch('https://example.com')).rejects.toThrow(
    'sandbox: refused a request to https://example.com',
  );
  await expect(fetch('http://169.254.169.254/')).rejects.toThrow('refused');
  globalThis.fetch = () => Promise.reject(new Error('replaced'));
  await expect(fetch(`${at.sandbox.origin}/control/health`)).resolves.toMatchObject({ ok: true });
});

test('the clock follows the file', () => {
  const clock = (globalThis as unknown as Record<symbol, () => number>)[Symbol.for('everafter.clock')]!;
  expect(Math.abs(clock() - Date.now())).toBeLessThan(50);
  writeFileSync(clockFile, '86400000');
  expect(Math.abs(clock() - Date.now() - 86_400_000)).toBeLessThan(50);
});

test('documents may be framed by the sandbox, and App Bridge comes from it', async () => {
  expect(process.env.APP_BRIDGE_URL).toBe(`${at.sandbox.origin}/app-bridge.js`);
  const server = http.createServer((_req, res) => {
    res.setHeader('content-security-policy', `frame-ancestors https://${shop} https://admin.shopify.com;`);
    res.setHeader('link', '<https://cdn.shopify.com/shopifycloud/app-bridge.js>; rel="preload"');
    res.writeHead(200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const { headers } = await fetch(`http://127.0.0.1:${port}/`);
  server.close();
  expect(headers.get('content-security-policy')).toBe(
    `frame-ancestors ${at.sandbox.origin} https://${shop} https://admin.shopify.com;`,
  );
  expect(headers.get('link')).toBeNull();
});

describe('the storefront', () => {
  const visit = (path: string, cookie = '') =>
    fetch(`${at.sandbox.origin}${path}`, { redirect: 'manual', headers: { cookie } });

  test('paths of the app proxy are signed as Shopify signs them', async () => {
    at.app.received.length = 0;
    const answer = await visit('/store/linden/apps/friends/JO-10?utm_source=a&utm_source=b&signature=forged');
    expect(answer.status).toBe(200);
    const url = new URL(at.app.received[0]!.path, at.app.url);
    expect(url.pathname).toBe('/proxy/friends/JO-10');
    expect(url.searchParams.get('shop')).toBe(shop);
    expect(url.searchParams.get('path_prefix')).toBe('/apps/friends');
    const query = Object.fromEntries(
      [...new Set(url.searchParams.keys())].map((key) => [
        key,
        url.searchParams.getAll(key).length > 1 ? url.searchParams.getAll(key) : url.searchParams.get(key)!,
      ]),
    );
    expect(await api.utils.validateHmac(query as never, { signator: 'appProxy' })).toBe(true);
  });

  test('a shared link puts the code into the visitor’s cart', async () => {
    const first = await visit('/store/linden/discount/JO-10?redirect=/products/olive-oil&utm_source=friend');
    expect(first.status).toBe(302);
    expect(first.headers.get('location')).toBe(`${at.sandbox.origin}/store/linden/products/olive-oil`);
    const cookie = first.headers.get('set-cookie')!.split(';')[0]!;
    expect(cookie).toMatch(/^sandbox_visit=/);
    const away = await visit('/store/linden/discount/JO-10?redirect=//evil.example', cookie);
    expect(away.headers.get('location')).toBe(`${at.sandbox.origin}/store/linden`);
    expect(away.headers.get('set-cookie')).toBeNull();
  });
});

test('a browser without a window is no robot to the app', async () => {
  const agent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0.0.0 Safari/537.36';
  const seen: unknown[] = [];
  const server = http.createServer(({ headers, rawHeaders }, res) => {
    seen.push(headers['user-agent'], rawHeaders[rawHeaders.indexOf('user-agent') + 1]);
    res.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}`, { headers: { 'user-agent': agent } });
  server.close();
  const chrome = agent.replace('HeadlessChrome', 'Chrome');
  expect(seen).toEqual([chrome, chrome]);
});
