/** E31 for the app proxy: everything that can be wrong with a request that Shopify forwards and signs. */
import { beforeAll, expect, test } from 'vitest';
import { readProxyQuery } from '../../app/adapters/shopify/proxy-signature.ts';
import { proxySignature } from '../../sandbox/oauth/sign.ts';
import { aShop } from '../builders.ts';
import { testDb } from '../database.ts';
import { testShopify } from '../shopify.ts';

const t = testDb();
const shopify = testShopify(t);
const SHOP = 'linden.myshopify.com';
const GONE = 'gone.myshopify.com';
const seconds = () => Math.floor(Date.now() / 1000);

beforeAll(async () => {
  await shopify.open();
  const gone = await aShop(t.db, { domain: GONE });
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [gone.id]);
});

/** What can be wrong with a request that Shopify forwards. */
const PROXY = {
  secret: { 'test-secret': true, 'previous-secret': true, 'other-secret': false },
  shift: { '0': true, '80': true, '-80': true, '120': false, '-120': false, none: false },
  shop: { [SHOP]: true, [GONE]: false, 'evil.example': false, [`${SHOP}.evil.example`]: false, '': false },
  change: {
    nothing: true,
    customer: false,
    'second shop': false,
    'second signature': false,
    cut: false,
    none: false,
  },
};

function* proxyCells(): Generator<{ name: string; query: URLSearchParams; passes: boolean }> {
  for (const [secret, a] of Object.entries(PROXY.secret))
    for (const [shift, b] of Object.entries(PROXY.shift))
      for (const [shop, c] of Object.entries(PROXY.shop))
        for (const [change, d] of Object.entries(PROXY.change)) {
          const query = proxyQuery(secret, shift, shop, change);
          yield { name: [secret, shift, shop, change].join(' · '), query, passes: a && b && c && d };
        }
}

function proxyQuery(secret: string, shift: string, shop: string, change: string): URLSearchParams {
  const query = new URLSearchParams({
    shop,
    logged_in_customer_id: '',
    path_prefix: '/apps/friends',
    a: '1',
  });
  query.append('a', '2');
  if (shift !== 'none') query.set('timestamp', String(seconds() + Number(shift)));
  const signature = proxySignature(query, secret);
  if (change !== 'none') query.set('signature', change === 'cut' ? signature.slice(0, 32) : signature);
  if (change === 'customer') query.set('logged_in_customer_id', '7');
  if (change === 'second shop') query.append('shop', SHOP);
  if (change === 'second signature') query.append('signature', signature);
  return query;
}

async function wrongProxyCells(passes: (query: URLSearchParams) => Promise<boolean>): Promise<string[]> {
  const wrong: string[] = [];
  for (const cell of proxyCells()) {
    if ((await passes(cell.query)) !== cell.passes) wrong.push(cell.name);
  }
  return wrong;
}

test('visitors: only what Shopify signed just now for a shop with the app passes', async () => {
  const wrong = await wrongProxyCells(async (query) => {
    const result = await shopify.auth.authenticateProxy(
      new Request(`https://app.example/proxy/friends/X?${query}`),
    );
    return result.outcome === 'visitor';
  });
  expect(wrong).toEqual([]);
});

test('the matrix finds a reader that does not look at the clock', async () => {
  const wrong = await wrongProxyCells((query) => {
    const signedAt = Number(query.get('timestamp') ?? 0);
    return Promise.resolve(
      readProxyQuery(query, ['test-secret', 'previous-secret'], signedAt)?.domain === SHOP,
    );
  });
  expect(wrong).toContainEqual(`test-secret · 120 · ${SHOP} · nothing`);
});
