import { beforeEach, expect, test } from 'vitest';
import { PROBE } from '../../../app/adapters/shopify/documents/shop.ts';
import { probeWith } from '../../../app/adapters/shopify/sync-source.server.ts';
import { confirmUninstall, findShop, uninstallShop } from '../../../app/shops/shops.server.ts';
import { testDb } from '../../database.ts';
import { testShopify } from '../../shopify.ts';

const t = testDb();
const shopify = testShopify(t);
const NOW = new Date('2026-11-22T10:00:00Z');

const caught = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('it was let through'),
    (thrown: unknown) => thrown as Response,
  );
const storedSession = async () =>
  (await t.db.sqlAcrossShops<Record<string, unknown>>('select * from shopify_session'))[0]!;
const domain = () => shopify.sandbox.shop().domain;

beforeEach(async () => {
  await t.db.sqlAcrossShops('delete from shopify_session');
  shopify.sessions.drop(domain());
  await t.db.sqlAcrossShops('delete from event');
  await t.db.sqlAcrossShops('delete from sync_run');
  await t.db.sqlAcrossShops('delete from shop');
  shopify.sandbox.shop().installation ??= {
    installedAt: NOW.toISOString(),
    scopes: ['read_orders', 'read_products'],
    accessTokens: {},
    refreshTokens: {},
  };
});

test('the first request of a shop installs it once: row, event, first sync', async () => {
  const [one, two] = await Promise.all([shopify.open(), shopify.open()]);
  expect(one.shop).toMatchObject({ domain: domain(), status: 'installed', epoch: 1 });
  expect(two.shop.id).toBe(one.shop.id);
  expect(one.userId).toBe(41120001n);
  const events = await t.db.sqlAcrossShops('select kind from event where shop_id = $1', [one.shop.id]);
  expect(events).toEqual([{ kind: 'shop.installed' }]);
  const runs = await t.db.sqlAcrossShops<{ kind: string; state: string }>('select kind, state from sync_run');
  expect(runs.map((run) => `${run.kind} ${run.state}`).sort()).toEqual([
    'orders waiting',
    'products waiting',
    'shop waiting',
  ]);
  const jobs = await t.db.sqlAcrossShops(
    `select 1 from pgboss.job where name = 'shops.sync' and data->>'shopId' = $1`,
    [String(one.shop.id)],
  );
  expect(jobs).toHaveLength(3);
});

test('tokens are stored sealed, and expire', async () => {
  await shopify.open();
  const session = await storedSession();
  expect(JSON.stringify(session, (_k, v: unknown) => (typeof v === 'bigint' ? String(v) : v))).not.toMatch(
    /shp(at|rt)_/,
  );
  expect((session['expires'] as Date).getTime()).toBeGreaterThan(Date.now() + 3_000_000);
  const held = Object.keys(shopify.sandbox.shop().installation!.accessTokens);
  const loaded = await shopify.sessions.loadSession(session['id'] as string);
  expect(held).toContain(loaded?.accessToken);
});

test('a token that was sealed for another row opens nothing', async () => {
  await shopify.open();
  await t.db.sqlAcrossShops(`update shopify_session set access_token = refresh_token`);
  shopify.sessions.drop(domain());
  const loaded = await shopify.sessions.loadSession(`offline_${domain()}`);
  expect(loaded?.accessToken).toBeUndefined();
});

test('many who find the token expiring refresh it once', async () => {
  await shopify.open();
  await t.db.sqlAcrossShops(`update shopify_session set expires = now() + interval '1 minute'`);
  shopify.sessions.drop(domain());
  // Names of staff are asked for with a token of their own, which is thrown away.
  const offline = () =>
    Object.values(shopify.sandbox.shop().installation!.accessTokens).filter(({ user }) => user === null)
      .length;
  const before = offline();
  const results = await Promise.all(Array.from({ length: 6 }, () => shopify.tokens.offlineToken(domain())));
  expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
  expect(results[0]!.outcome).toBe('token');
  expect(offline()).toBe(before + 1);
});

test('an answer that got lost is asked for again', async () => {
  await shopify.open();
  const [before] = await t.db.sqlAcrossShops('select * from shopify_session');
  await t.db.sqlAcrossShops(`update shopify_session set expires = now()`);
  shopify.sessions.drop(domain());
  await shopify.tokens.offlineToken(domain());
  // As if the process had died before it committed: the old pair is back.
  const { access_token, refresh_token } = before as Record<string, string>;
  await t.db.sqlAcrossShops(
    `update shopify_session set access_token = $1, refresh_token = $2, expires = now()`,
    [access_token, refresh_token],
  );
  shopify.sessions.drop(domain());
  expect((await shopify.tokens.offlineToken(domain())).outcome).toBe('token');
  expect((await shopify.admin(domain()).query(PROBE, {})).outcome).toBe('ok');
});

test('a refused access token is replaced once and the question asked again', async () => {
  await shopify.open();
  shopify.sandbox.shop().installation!.accessTokens = {};
  expect((await shopify.admin(domain()).query(PROBE, {})).outcome).toBe('ok');
});

test('a shop that removed the app and came back exchanges anew, whatever this process remembers', async () => {
  const { shop } = await shopify.open();
  await t.db.acrossShops((tx) => uninstallShop(tx, shop.id, [], NOW));
  shopify.sandbox.shop().installation!.accessTokens = {};
  shopify.sandbox.shop().installation!.refreshTokens = {};
  const again = await shopify.open();
  expect(again.shop).toMatchObject({ id: shop.id, status: 'installed', epoch: 3 });
  expect((await again.admin.query(PROBE, {})).outcome).toBe('ok');
});

test('tokens that died unheard heal when the merchant opens the app again', async () => {
  const { admin } = await shopify.open();
  shopify.sandbox.shop().installation!.accessTokens = {};
  shopify.sandbox.shop().installation!.refreshTokens = {};
  expect((await admin.query(PROBE, {})).outcome).toBe('unauthorized');
  const again = await shopify.open();
  expect((await again.admin.query(PROBE, {})).outcome).toBe('ok');
});

test('an uninstall that Shopify does not confirm changes nothing', async () => {
  const { shop } = await shopify.open();
  const deps = { db: t.db, stopWork: [], probe: probeWith(shopify.admin) };
  const result = await confirmUninstall(deps, { shopId: String(shop.id) }, NOW);
  expect(result).toEqual({ outcome: 'cancel', reason: 'still installed' });
  expect(await findShop({ sql: t.db.sqlAcrossShops }, domain())).toMatchObject({
    status: 'installed',
    epoch: 1,
  });
});

test('a confirmed uninstall stops everything in one transaction', async () => {
  const { shop } = await shopify.open();
  shopify.sandbox.shop().installation = null;
  const stopped: string[] = [];
  const deps = {
    db: t.db,
    stopWork: [async () => void stopped.push('work')],
    probe: probeWith(shopify.admin),
  };
  expect(await confirmUninstall(deps, { shopId: String(shop.id) }, NOW)).toEqual({ outcome: 'done' });
  expect(stopped).toEqual(['work']);
  expect(await findShop({ sql: t.db.sqlAcrossShops }, domain())).toMatchObject({
    status: 'uninstalled',
    epoch: 2,
  });
  expect(await t.db.sqlAcrossShops('select 1 from shopify_session')).toEqual([]);
  expect(await confirmUninstall(deps, { shopId: String(shop.id) }, NOW)).toEqual({ outcome: 'done' });
  expect(stopped).toEqual(['work']);
});

test('work that fails to stop leaves the shop installed, to be tried again', async () => {
  const { shop } = await shopify.open();
  shopify.sandbox.shop().installation = null;
  const deps = {
    db: t.db,
    stopWork: [() => Promise.reject(new Error('locked'))],
    probe: probeWith(shopify.admin),
  };
  await expect(confirmUninstall(deps, { shopId: String(shop.id) }, NOW)).rejects.toThrow('locked');
  expect(await findShop({ sql: t.db.sqlAcrossShops }, domain())).toMatchObject({
    status: 'installed',
    epoch: 1,
  });
});

test('a document without an id token goes to the bounce page; a wrong token gets 401', async () => {
  const host = Buffer.from('admin.shopify.com/store/linden').toString('base64');
  const page = new Request(`https://app.example/app?embedded=1&shop=${domain()}&host=${host}`, {
    headers: { 'user-agent': 'Mozilla/5.0 (X11) Chrome/140.0.0.0' },
  });
  const bounce = await caught(shopify.auth.authenticateAdmin(page));
  expect(bounce.status).toBe(302);
  expect(bounce.headers.get('location')).toMatch(/^\/auth\/session-token\?.*shopify-reload=/);
  const refused = await caught(shopify.auth.authenticateAdmin(shopify.request('/app', 'no.such.token')));
  expect(refused.status).toBe(401);
  expect(refused.headers.get('x-shopify-retry-invalid-session-request')).toBe('1');
});
