import { expect, test } from 'vitest';
import {
  hold,
  installDefaults,
  listRewards,
  makeRewardLoop,
  release,
  retryReward,
  stopWork,
  voidRewards,
} from '../../../app/rewards/rewards.server.ts';
import type { RewardDraft } from '../../../app/rewards/reward.ts';
import { codeFor } from '../../../app/rewards/loop.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { discountsAtShopify, type Mishaps } from '../../discounts.ts';
import { watchLease } from '../../leases.ts';
import { testDb } from '../../database.ts';
import { aFriendlyShop, anOrder, at, customerOf, eventsOf, takeIn } from '../../friends.ts';

const t = testDb();
const now = at('10T12:00:00');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const codeKey = Buffer.alloc(32, 5);

async function anAdvocate(): Promise<{ shop: Shop; customerId: string }> {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop, { customerId: BigInt(shop.id) + 1000n });
  await takeIn(t.db, [order]);
  return { shop, customerId: await customerOf(t.db, order) };
}

const draft = (
  shop: Shop,
  customerId: string,
  with_: Partial<Pick<RewardDraft, 'cause' | 'isReady'>> = {},
): RewardDraft => ({
  shopId: shop.id,
  cause: 'referral:1:advocate',
  customerId,
  value: { amount: 1000, currency: 'EUR' },
  validDays: 365,
  isReady: true,
  ...with_,
});

const atShopify = (mishaps: Mishaps = {}) => {
  const shopify = discountsAtShopify(mishaps);
  return { ...shopify, loop: makeRewardLoop({ db: t.db, discounts: shopify.discounts, codeKey }) };
};

const enter = (drafts: RewardDraft[]) => t.db.acrossShops((tx) => hold(tx, drafts, now));
const ledger = (shop: Shop) =>
  t.db.inShop(shop.id, (tx) => listRewards(tx, shop.id, {})).then((page) => page.rewards);
const takeBack = (shop: Shop, cause = 'referral:1:advocate') =>
  t.db.acrossShops((tx) => voidRewards(tx, [{ shopId: shop.id, cause, reason: 'refunded' }], now));
const expireLeases = () =>
  t.db.sqlAcrossShops(
    `update reward set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null`,
  );

test('one cause is one reward, however often and by how many it is entered', async () => {
  const { shop, customerId } = await anAdvocate();
  const made = await Promise.all(
    Array.from({ length: 8 }, () => enter([draft(shop, customerId), draft(shop, customerId)])),
  );
  expect(made.reduce((sum, n) => sum + n, 0)).toBe(1);
  const { loop, of } = atShopify();
  await Promise.all([loop(now), loop(now), loop(now)]);
  expect(await ledger(shop)).toMatchObject([{ state: 'issued' }]);
  expect(of(shop)).toHaveLength(1);
  expect(await eventsOf(t.db, shop, 'reward.issued')).toHaveLength(1);
});

test('entered as held and ready in any order, at the same time, it is issued once', async () => {
  const { shop, customerId } = await anAdvocate();
  for (let i = 0; i < 10; i++) {
    const cause = `referral:${i}:advocate`;
    await Promise.all([
      enter([draft(shop, customerId, { cause, isReady: false })]),
      enter([draft(shop, customerId, { cause, isReady: true })]),
    ]);
  }
  const { loop, of } = atShopify();
  while ((await loop(now)) > 0);
  expect((await ledger(shop)).map(({ state }) => state)).toEqual(Array(10).fill('issued'));
  expect(of(shop)).toHaveLength(10);
});

test('an answer that was lost meets the first attempt: taken means done', async () => {
  const { shop, customerId } = await anAdvocate();
  await enter([draft(shop, customerId)]);
  let lose = true;
  const { loop, of } = atShopify({ lost: () => lose, lag: 3 });
  await loop(now);
  expect(await ledger(shop)).toMatchObject([{ state: 'issuing', attempts: 1, dueAt: later(5) }]);
  lose = false;
  // The read after TAKEN does not see it yet, so it is looked for again.
  expect(await loop(later(4))).toBe(0);
  await loop(later(5));
  expect(await ledger(shop)).toMatchObject([{ state: 'issuing', attempts: 2 }]);
  await loop(later(60));
  const [reward] = await ledger(shop);
  expect(reward).toMatchObject({ state: 'issued', code: codeFor(codeKey, reward!.id) });
  // Looked at again when it runs out.
  expect(reward!.dueAt).toEqual(reward!.expiresAt);
  expect(of(shop)).toHaveLength(1);
});

test('somebody else’s discount of the same code is not taken for ours', async () => {
  const { shop, customerId } = await anAdvocate();
  await enter([draft(shop, customerId)]);
  const [reward] = await ledger(shop);
  const { loop, add, kept } = atShopify();
  const code = codeFor(codeKey, reward!.id);
  add(shop.domain, code, 'Summer sale', null);
  await loop(now);
  expect(await ledger(shop)).toMatchObject([
    { state: 'held', dueAt: null, reason: { code: 'code-taken' }, code: null },
  ]);
  await takeBack(shop);
  await loop(now);
  expect(kept.get(code)).toMatchObject({ isActive: true, title: 'Summer sale' });
});

test('what Shopify refuses waits for a person, who may have it tried again', async () => {
  const { shop, customerId } = await anAdvocate();
  await enter([draft(shop, customerId)]);
  const { discounts } = discountsAtShopify();
  let refuses = true;
  const create: typeof discounts.create = (...ask) =>
    refuses ? Promise.resolve({ outcome: 'refused', reason: 'ACCESS_DENIED' }) : discounts.create(...ask);
  const loop = makeRewardLoop({ db: t.db, discounts: { ...discounts, create }, codeKey });
  await loop(now);
  const [reward] = await ledger(shop);
  expect(reward).toMatchObject({ state: 'held', dueAt: null, reason: { code: 'ACCESS_DENIED' } });
  expect(await loop(later(9999))).toBe(0);
  refuses = false;
  expect(await t.db.inShop(shop.id, (tx) => retryReward(tx, shop.id, reward!.id, now))).toBe(true);
  await loop(now);
  expect(await ledger(shop)).toMatchObject([{ state: 'issued', reason: {} }]);
});

test('taken back while it is being issued leaves no code behind', async () => {
  const { shop, customerId } = await anAdvocate();
  await enter([draft(shop, customerId)]);
  const [arrived, mayGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const isProlonged = watchLease(t.db, 'reward');
  const { loop, of } = atShopify({ pause: () => (arrived.resolve(), mayGo.promise) });
  const issuing = loop(now);
  await arrived.promise;
  await isProlonged();
  expect(await takeBack(shop)).toBe(1);
  // Nobody else goes to Shopify with it while the first worker is there.
  expect(await atShopify().loop(now)).toBe(0);
  mayGo.resolve();
  await issuing;
  while ((await loop(now)) > 0);
  expect(of(shop)).toMatchObject([{ isActive: false }]);
  expect(await ledger(shop)).toMatchObject([
    { state: 'void', dueAt: null, reason: { code: 'refunded', withdrawn: 'deactivated' } },
  ]);
  expect(await eventsOf(t.db, shop, 'reward.issued')).toHaveLength(0);
});

test('a request of a worker that died, still under way when the reward is taken back, leaves no code to use', async () => {
  const { shop, customerId } = await anAdvocate();
  await enter([draft(shop, customerId)]);
  const [arrived, mayGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const made = Promise.withResolvers<void>();
  const { discounts, of } = discountsAtShopify();
  const create: typeof discounts.create = async (...ask) => {
    arrived.resolve();
    await mayGo.promise;
    await discounts.create(...ask);
    made.resolve();
    return new Promise(() => {});
  };
  void makeRewardLoop({ db: t.db, discounts: { ...discounts, create }, codeKey })(now);
  await arrived.promise;
  await takeBack(shop);
  await expireLeases();
  const alive = makeRewardLoop({ db: t.db, discounts, codeKey });
  while ((await alive(now)) > 0);
  mayGo.resolve();
  await made.promise;
  for (let minute = 0; minute < 9; minute++) await alive(later(60 * minute));
  expect(of(shop).filter(({ isActive }) => isActive)).toEqual([]);
});

test('a worker that died at Shopify is followed by another one when its lease is over', async () => {
  const { shop, customerId } = await anAdvocate();
  await enter([draft(shop, customerId)]);
  const dead = atShopify({ pause: () => new Promise(() => {}) });
  void dead.loop(now);
  const alive = atShopify();
  await expect.poll(async () => (await ledger(shop))[0]!.state).toBe('issuing');
  expect(await alive.loop(now)).toBe(0);
  await expireLeases();
  expect(await alive.loop(now)).toBe(1);
  expect(await ledger(shop)).toMatchObject([{ state: 'issued' }]);
});

test('refunds and issuing in every order leave no reward standing that was taken back', async () => {
  const { shop, customerId } = await anAdvocate();
  const causes = Array.from({ length: 24 }, (_, i) => `referral:${i}:advocate`);
  await enter(causes.map((cause) => draft(shop, customerId, { cause })));
  const { loop, of } = atShopify({ pause: () => new Promise((resolve) => setImmediate(resolve)) });
  const work = async () => {
    while ((await loop(now)) > 0);
  };
  await Promise.all([
    work(),
    work(),
    ...causes.filter((_, i) => i % 2 === 0).map((cause) => takeBack(shop, cause)),
  ]);
  // What met its own request while that was under way is looked at again some seconds later.
  for (let minute = 0; minute < 3; minute++) while ((await loop(later(60 * minute))) > 0);
  const rows = await ledger(shop);
  expect(rows.filter(({ state }) => state === 'issued')).toHaveLength(12);
  expect(rows.every(({ dueAt, expiresAt }) => dueAt?.getTime() === expiresAt?.getTime())).toBe(true);
  const active = of(shop)
    .filter(({ isActive }) => isActive)
    .map(({ code }) => code);
  expect(active.sort()).toEqual(
    rows.flatMap(({ state, code }) => (state === 'issued' ? [code!] : [])).sort(),
  );
});

test('one shop’s many do not keep another’s one waiting', async () => {
  const [many, one] = [await anAdvocate(), await anAdvocate()];
  await enter(
    Array.from({ length: 60 }, (_, i) => draft(many.shop, many.customerId, { cause: `gesture:${i}` })),
  );
  await enter([draft(one.shop, one.customerId)]);
  const { loop, of } = atShopify();
  await loop(now);
  expect(of(one.shop)).toHaveLength(1);
  expect(of(many.shop).length).toBeLessThan(60);
  while ((await loop(now)) > 0);
  expect(of(many.shop)).toHaveLength(60);
});

test('what was given runs out although its shop was away meanwhile', async () => {
  const { shop, customerId } = await anAdvocate();
  await enter([draft(shop, customerId)]);
  const { loop } = atShopify();
  await loop(now);
  await t.db.acrossShops((tx) => stopWork(tx, shop));
  expect(await ledger(shop)).toMatchObject([{ state: 'issued', dueAt: null }]);
  await t.db.inShop(shop.id, (tx) => installDefaults(tx, now));
  const [reward] = await ledger(shop);
  expect(reward!.dueAt).toEqual(reward!.expiresAt);
});

test('a shop that has gone gives nothing, and nothing of it waits', async () => {
  const { shop, customerId } = await anAdvocate();
  await enter([draft(shop, customerId)]);
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled', epoch = epoch + 1 where id = $1`, [
    shop.id,
  ]);
  const { loop } = atShopify();
  expect(await loop(now)).toBe(0);
  await t.db.acrossShops((tx) => stopWork(tx, shop));
  expect(await ledger(shop)).toMatchObject([{ state: 'held', dueAt: null }]);
});

test('let go twice is let go once; somebody who was erased gets nothing', async () => {
  const { shop, customerId } = await anAdvocate();
  await enter([draft(shop, customerId, { isReady: false })]);
  const cause = [{ shopId: shop.id, cause: 'referral:1:advocate' }];
  expect(await t.db.acrossShops((tx) => release(tx, cause, now))).toBe(1);
  expect(await t.db.acrossShops((tx) => release(tx, cause, now))).toBe(0);
  await t.db.sqlAcrossShops('update customer set erased_at = $2 where shop_id = $1', [shop.id, now]);
  const { loop, of } = atShopify();
  await loop(now);
  expect(await ledger(shop)).toMatchObject([{ state: 'void', reason: { code: 'customer-gone' } }]);
  expect(of(shop)).toEqual([]);
});
