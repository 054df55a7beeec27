import { beforeAll, expect, test } from 'vitest';
import { orderSource } from '../../../app/adapters/shopify/order-source.server.ts';
import { consentMirror } from '../../../app/adapters/shopify/consent-mirror.server.ts';
import { syncSource, type SyncedOrder } from '../../../app/adapters/shopify/sync-source.server.ts';
import type { ProductSnapshot } from '../../../app/products/product.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import {
  resumeSyncs,
  shopWebhooks,
  startSync,
  sync,
  syncProgress,
  uninstallShop,
  type SyncDeps,
} from '../../../app/shops/shops.server.ts';
import { percentDone, SYNC_KINDS } from '../../../app/shops/sync.ts';
import { testDb } from '../../database.ts';
import { testShopify } from '../../shopify.ts';

const t = testDb();
const shopify = testShopify(t);

let shop: Shop;
let products: ProductSnapshot[] = [];
let orders: SyncedOrder[] = [];
let batches: number[] = [];

beforeAll(async () => {
  const { store } = shopify.sandbox;
  const sold = shopify.sandbox.shop();
  for (let n = 0; n < 3; n++) {
    store.placeOrder(sold, {
      lines: [{ handle: sold.products[n]!.handle, quantity: n + 1 }],
      customer: { email: `buyer${n}@example.com`, firstName: 'Ana', acceptsMarketing: n === 0 },
    });
  }
  ({ shop } = await shopify.open());
});

/** The sync with parts that only remember what they were given. */
function deps(): SyncDeps {
  const source = syncSource(shopify.admin);
  products = [];
  orders = [];
  batches = [];
  return {
    db: t.db,
    facts: (of) => source.facts(of),
    parts: {
      products: {
        ...source.products,
        apply: async (_tx, _shop, items) => {
          batches.push(items.length);
          products.push(...(items as ProductSnapshot[]));
        },
      },
      orders: {
        ...source.orders,
        apply: async (_tx, _shop, items) => void orders.push(...(items as SyncedOrder[])),
      },
    },
  };
}

const now = () => new Date();
const start = () => t.db.acrossShops((tx) => startSync(shopify.queue, tx, shop.id, SYNC_KINDS, now()));
const progress = () => t.db.inShop(shop.id, (tx) => syncProgress(tx, shop.id));

/** Slices of one kind until it does not come back. */
async function finish(with_: SyncDeps, kind: 'shop' | 'products' | 'orders') {
  for (let slice = 0; slice < 50; slice++) {
    const result = await sync(with_, { shopId: String(shop.id), kind }, now());
    if (result.outcome !== 'snooze') return result;
    await shopify.sandbox.clock.settle();
  }
  return expect.unreachable('it never ends');
}

test('the shop is what Shopify says it is', async () => {
  await start();
  expect(await finish(deps(), 'shop')).toEqual({ outcome: 'done' });
  const [row] = await t.db.sqlAcrossShops<Record<string, unknown>>('select * from shop where id = $1', [
    shop.id,
  ]);
  const sold = shopify.sandbox.shop();
  expect(row).toMatchObject({
    name: sold.name,
    currency: sold.currency,
    time_zone: sold.timezone,
    locale: 'en',
  });
});

test('its language is what the API says, else what it said itself, else what its country speaks', async () => {
  const localeOf = async () =>
    (await t.db.sqlAcrossShops<{ locale: string }>('select locale from shop where id = $1', [shop.id]))[0]!
      .locale;
  const sold = shopify.sandbox.shop();
  const { locale, address } = sold;
  sold.locale = 'fr';
  sold.address = { ...address, country: 'DE' };
  await finish(deps(), 'shop');
  expect(await localeOf()).toBe('fr');

  const silent: SyncDeps = {
    ...deps(),
    facts: async (of) => {
      const asked = await deps().facts(of);
      return asked.outcome === 'ok' ? { ...asked, value: { ...asked.value, locales: [] } } : asked;
    },
  };
  await finish(silent, 'shop');
  expect(await localeOf()).toBe('de');
  const onUpdate = shopWebhooks(shopify.queue)['shop/update'];
  for (const primary_locale of ['es', 'no such language', null, 7]) {
    await t.db.acrossShops((tx) => onUpdate(tx, { shopId: shop.id, body: { primary_locale } }, now()));
  }
  await finish(silent, 'shop');
  expect(await localeOf()).toBe('es');
  Object.assign(sold, { locale, address });
  await finish(deps(), 'shop');
});

test('products and orders come as snapshots, and the bar fills', async () => {
  await start();
  expect(percentDone(await progress())).toBe(0);
  const parts = deps();
  await finish(parts, 'shop');
  await finish(parts, 'products');
  expect(percentDone(await progress())).toBe(40);
  await finish(parts, 'orders');
  expect(percentDone(await progress())).toBe(100);
  const sold = shopify.sandbox.shop();
  expect(products.map(({ handle }) => handle).sort()).toEqual(
    sold.products.map(({ handle }) => handle).sort(),
  );
  expect(orders).toHaveLength(3);
  const [first] = orders.map(({ order }) => order).sort((a, b) => Number(a.id - b.id));
  expect(first).toMatchObject({
    shopId: shop.id,
    name: sold.orders[0]!.name,
    currency: sold.currency,
    financialStatus: 'paid',
    fulfillmentStatus: null,
    source: 'web',
    test: false,
    refunded: 0n,
  });
  expect(first!.lines).toHaveLength(1);
  expect(first!.customer).toMatchObject({ email: 'buyer0@example.com', firstName: 'Ana' });
  expect(orders.flatMap(({ consents }) => consents.map(({ state }) => state)).sort()).toContain('subscribed');
});

test('a slice that dies goes on where it stood, and brings nothing twice', async () => {
  await start();
  const parts = deps();
  const whole = parts.parts.products;
  let died = false;
  const seen: unknown[] = [];
  const dying: SyncDeps = {
    ...parts,
    parts: {
      ...parts.parts,
      products: {
        ...whole,
        async apply(_tx, _shop, items) {
          if (!died) {
            died = true;
            throw new Error('killed');
          }
          seen.push(...items);
        },
      },
    },
  };
  await expect(finish(dying, 'products')).rejects.toThrow('killed');
  const [half] = await t.db.sqlAcrossShops<{ state: string; done: number }>(
    `select state, done from sync_run where kind = 'products'`,
  );
  expect(half).toEqual({ state: 'running', done: 0 });
  expect(await finish(dying, 'products')).toEqual({ outcome: 'done' });
  expect(seen).toHaveLength(shopify.sandbox.shop().products.length);
});

test('the cursor passes over what is in already', async () => {
  await start();
  const parts = deps();
  await sync(parts, { shopId: String(shop.id), kind: 'products' }, now());
  await shopify.sandbox.clock.settle();
  await t.db.sqlAcrossShops(`update sync_run set cursor = '2', done = 2 where kind = 'products'`);
  await finish(parts, 'products');
  expect(products).toHaveLength(shopify.sandbox.shop().products.length - 2);
});

test('whole orders are asked for by id, page by page of what has changed', async () => {
  const source = orderSource(shopify.admin);
  const window = { from: new Date(Date.now() - 3600_000), to: new Date(Date.now() + 3600_000) };
  const changed = [];
  for await (const page of source.ordersChanged(shop, window)) changed.push(...page);
  expect(changed).toHaveLength(3);
  const whole = [];
  const ids = changed.map(({ id }) => id);
  for await (const page of source.ordersByIds(shop, ids)) whole.push(...page);
  const byBulk = new Map(orders.map(({ order }) => [order.id, order]));
  await start();
  const parts = deps();
  await finish(parts, 'orders');
  for (const { order } of orders) byBulk.set(order.id, order);
  expect(whole).toEqual(ids.map((id) => byBulk.get(id)));
});

test('an unsubscribe reaches Shopify', async () => {
  const sold = shopify.sandbox.shop();
  const customer = sold.customers.find(({ email }) => email === 'buyer0@example.com')!;
  shopify.sandbox.grantScopes(sold, ['write_customers']);
  const id = BigInt(customer.id.split('/').at(-1)!);
  const asked = await consentMirror(shopify.admin).unsubscribed(sold.domain, id, 'email', now());
  expect(asked.outcome).toBe('ok');
});

test('a sync whose jobs gave up goes on by itself', async () => {
  await start();
  await t.db.sqlAcrossShops(`delete from pgboss.job where name = 'shops.sync'`);
  const waiting = () => t.db.sqlAcrossShops(`select 1 from pgboss.job where name = 'shops.sync'`);
  await t.db.acrossShops((tx) => resumeSyncs(shopify.queue, tx, now()));
  expect(await waiting()).toHaveLength(0);
  await t.db.acrossShops((tx) => resumeSyncs(shopify.queue, tx, new Date(Date.now() + 3600_000)));
  expect(await waiting()).toHaveLength(3);
});

test('a shop that uninstalls in the middle gets nothing more', async () => {
  await start();
  const parts = deps();
  await sync(parts, { shopId: String(shop.id), kind: 'products' }, now());
  await shopify.sandbox.clock.settle();
  await t.db.acrossShops((tx) => uninstallShop(tx, shop.id, [], now()));
  expect(await finish(parts, 'products')).toEqual({ outcome: 'cancel', reason: 'not installed' });
  expect(products).toEqual([]);
});
