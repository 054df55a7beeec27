/** What went wrong and waits for the merchant is seen on Home, and begins again with one press. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type * as homeRoute from '../../../app/routes/app._index.tsx';
import type * as referralsRoute from '../../../app/routes/app.referrals._index.tsx';
import type { Shop } from '../../../app/shops/shop.ts';
import { testDb } from '../../database.ts';
import { testShopify } from '../../shopify.ts';
import { insertRowWithParents } from '../rows.ts';

const t = testDb();
const shopify = testShopify(t);

let shop: Shop;
let home: typeof homeRoute;
let referrals: typeof referralsRoute;

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  ({ shop } = await shopify.open());
  home = await import('../../../app/routes/app._index.tsx');
  referrals = await import('../../../app/routes/app.referrals._index.tsx');
});

beforeEach(async () => {
  await t.db.sqlAcrossShops('delete from reward where shop_id = $1', [shop.id]);
  await t.db.sqlAcrossShops(`update sync_run set state = 'done' where shop_id = $1`, [shop.id]);
});

const argsOf = (form?: Record<string, string>) => {
  const token = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
  const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
  return { request: shopify.request('/app', token, init), params: {}, context: {} } as unknown as Parameters<
    typeof home.loader
  >[0];
};

const aReward = (given: object) =>
  insertRowWithParents(t.db, 'reward', {
    shop_id: shop.id,
    state: 'held',
    value: { percent: 10 },
    earned_at: new Date(),
    ...given,
  });

test('a reward that Shopify refused needs the merchant; one whose window is still open does not', async () => {
  await aReward({ cause: 'a', reason: {} });
  expect((await home.loader(argsOf())).attention).toEqual([]);
  await aReward({ cause: 'b', reason: { code: 'ACCESS_DENIED', at: '2026-01-01T00:00:00Z' } });
  expect((await home.loader(argsOf())).attention).toMatchObject([{ kind: 'failed-rewards', count: 1 }]);

  const [reward] = await t.db.sqlAcrossShops<{ id: string }>(`select id from reward where cause = 'b'`);
  const again = { intent: 'retry-reward', id: reward!.id };
  expect(await referrals.action(argsOf(again))).toEqual({ toast: 'Trying it again' });
  expect((await home.loader(argsOf())).attention).toEqual([]);
  expect(await referrals.action(argsOf(again))).toEqual({ toast: 'It is dealt with already' });
});

test('what is held until somebody decides is told of, with its clock; what is shown or hidden is not', async () => {
  const own = { shop_id: shop.id, due_at: null };
  const held = { ...own, state: 'held', due_at: new Date() };
  for (const review of [held, { ...own, state: 'published' }, { ...own, state: 'hidden' }])
    await insertRowWithParents(t.db, 'review', { ...review, stars: 3 });
  await insertRowWithParents(t.db, 'question_answer', held);
  expect((await home.loader(argsOf())).attention).toMatchObject([
    { kind: 'held-reviews', count: 1 },
    { kind: 'held-questions', count: 1 },
  ]);
  for (const table of ['review', 'question_answer', 'product_question'])
    await t.db.sqlAcrossShops(`update ${table} set state = 'hidden', due_at = null where shop_id = $1`, [
      shop.id,
    ]);
  expect((await home.loader(argsOf())).attention).toEqual([]);
});

test('a part of the first sync that failed is shown and begun again', async () => {
  await t.db.sqlAcrossShops(
    `update sync_run set state = 'failed', error = 'ACCESS_DENIED' where shop_id = $1 and kind = 'orders'`,
    [shop.id],
  );
  await t.db.sqlAcrossShops(`delete from pgboss.job where name = 'shops.sync'`);
  const { attention, sync } = await home.loader(argsOf());
  expect(attention).toMatchObject([{ kind: 'sync-failed', count: 1 }]);
  expect(sync.find(({ kind }) => kind === 'orders')).toMatchObject({
    state: 'failed',
    error: 'ACCESS_DENIED',
  });

  for (let press = 0; press < 2; press++) await home.action(argsOf({ intent: 'retry-sync' }));
  const after = await home.loader(argsOf());
  expect(after.attention).toEqual([]);
  expect(after.sync.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'shop done',
    'products done',
    'orders waiting',
  ]);
  expect(await t.db.sqlAcrossShops(`select 1 from pgboss.job where name = 'shops.sync'`)).toHaveLength(1);
});

test('whoever has the app open is known by name soon after, asked for once', async () => {
  const named = () =>
    t.db.sqlAcrossShops<{ userId: bigint; name: string }>(
      'select user_id as "userId", name from staff_member where shop_id = $1',
      [shop.id],
    );
  await home.loader(argsOf());
  await expect.poll(async () => (await named()).length).toBe(1);
  const [{ name } = { name: '' }] = await named();
  expect(name).toBe(shopify.sandbox.shop().ownerName);
});
