/** Tags and metafields, through the real client against Shopify's real schema. */
import { beforeAll, expect, test } from 'vitest';
import type { ShopifyDeeds } from '../../../app/sequences/deed.ts';
import { testDb } from '../../database.ts';
import { testShopify } from '../../shopify.ts';

const t = testDb();
const shopify = testShopify(t);
let domain: string;
let deeds: ShopifyDeeds;
let customer: bigint;
let order: bigint;

beforeAll(async () => {
  ({ domain } = (await shopify.open()).shop);
  const { shopifyDeeds } = await import('../../../app/adapters/shopify/deeds.server.ts');
  deeds = shopifyDeeds(shopify.admin);
  const { store } = shopify.sandbox;
  const placed = store.placeOrder(shopify.sandbox.shop(), {
    customer: { email: 'ana@example.com', firstName: 'Ana' },
    lines: [{ handle: 'linen-apron' }],
  });
  customer = idIn(placed.customer!);
  order = idIn(placed.id);
});

const idIn = (gid: string) => BigInt(gid.split('/').at(-1)!);
const tagsOf = () => shopify.sandbox.shop().customers.find(({ id }) => idIn(id) === customer)!.tags;
const SIZE = { namespace: 'custom', key: 'size', value: 'M' };

test('tags are added to those that are there, and adding them twice changes nothing', async () => {
  const ana = { on: 'customer', id: customer } as const;
  expect(await deeds.addTags(domain, ana, ['vip'])).toEqual({ outcome: 'done' });
  expect(await deeds.addTags(domain, ana, ['gold'])).toEqual({ outcome: 'done' });
  expect(await deeds.addTags(domain, ana, ['gold'])).toEqual({ outcome: 'done' });
  expect([...tagsOf()].sort()).toEqual(['gold', 'vip']);
});

test('a metafield has the last value, also with more lines than one', async () => {
  const ana = { on: 'customer', id: customer } as const;
  for (const value of ['S', 'M', 'M', 'M\nlong']) {
    expect(await deeds.setMetafield(domain, ana, { ...SIZE, value })).toEqual({ outcome: 'done' });
  }
  const kept = shopify.sandbox.shop().metafields.filter(({ key }) => key === 'size');
  expect(kept).toMatchObject([{ value: 'M\nlong', type: 'multi_line_text_field' }]);
});

test('orders are left alone until the merchant allows it; then they are tagged', async () => {
  const of = { on: 'order', id: order } as const;
  const refused = { outcome: 'failed', reason: { code: 'may-not-edit-orders' } };
  expect(await deeds.addTags(domain, of, ['gift'])).toEqual(refused);
  expect(await deeds.setMetafield(domain, of, SIZE)).toEqual(refused);
  shopify.sandbox.grantScopes(shopify.sandbox.shop(), ['write_orders']);
  expect(await deeds.addTags(domain, of, ['gift'])).toEqual({ outcome: 'done' });
  expect(await deeds.setMetafield(domain, of, SIZE)).toEqual({ outcome: 'done' });
});

test('whom Shopify does not know is told apart from what it refuses', async () => {
  const nobody = { on: 'customer', id: 1n } as const;
  const unknown = { outcome: 'failed', reason: { code: 'not-at-shopify' } };
  expect(await deeds.addTags(domain, nobody, ['vip'])).toEqual(unknown);
  expect(await deeds.setMetafield(domain, nobody, SIZE)).toEqual(unknown);
  const blank = await deeds.setMetafield(domain, { on: 'customer', id: customer }, { ...SIZE, value: '' });
  expect(blank).toMatchObject({ outcome: 'failed', reason: { code: 'shopify-refused' } });
});
