/** Every kind of reward, given once and taken back: what Shopify holds in the end is what the ledger says. */
import { expect, test } from 'vitest';
import { leaveChanged } from '../../../app/leave.server.ts';
import type { HandedWebhook } from '../../../app/orders/orders.server.ts';
import { disagreements } from '../../../app/rewards/books.server.ts';
import { cardCode } from '../../../app/rewards/cards.server.ts';
import { codeFor } from '../../../app/rewards/loop.server.ts';
import {
  balanceOf,
  hold,
  listRewards,
  lookAtCredit,
  makeRewardLoop,
  rewardMails,
  usedIn,
  voidRewards,
  type Goods,
  type RewardDeps,
} from '../../../app/rewards/rewards.server.ts';
import type { Given, RewardDraft } from '../../../app/rewards/reward.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { creditsAtShopify } from '../../credits.ts';
import { discountsAtShopify } from '../../discounts.ts';
import { testDb } from '../../database.ts';
import { aFriendlyShop, anOrder, at, customerOf, eventsOf, takeIn } from '../../friends.ts';

const t = testDb();
const now = at('10T12:00:00');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const codeKey = Buffer.alloc(32, 5);
const CREDIT: Given = { kind: 'store-credit', value: { amount: 1000, currency: 'EUR' } };

async function anAdvocate() {
  const shop = await aFriendlyShop(t.db);
  const shopifyId = BigInt(shop.id) + 1000n;
  const order = anOrder(shop, { customerId: shopifyId });
  await takeIn(t.db, [order]);
  return { shop, shopifyId, customerId: await customerOf(t.db, order) };
}

type Who = Awaited<ReturnType<typeof anAdvocate>>;
const give = ({ shop, customerId }: Who, given: Given, n = 1, validDays: number | null = 30) => {
  const draft = { shopId: shop.id, cause: `gesture:${n}`, customerId, validDays, isReady: true, ...given };
  return t.db.acrossShops((tx) => hold(tx, [draft as RewardDraft], now));
};
const takeBack = ({ shop }: Who, n = 1) =>
  t.db.acrossShops((tx) =>
    voidRewards(tx, [{ shopId: shop.id, cause: `gesture:${n}`, reason: 'refunded' }], now),
  );
const ledger = async (shop: Shop) => {
  expect(await t.db.acrossShops((tx) => disagreements(tx, shop.id))).toEqual([]);
  return t.db.inShop(shop.id, (tx) => listRewards(tx, shop.id, {})).then((page) => page.rewards);
};
const loopWith = (means: Partial<RewardDeps>) =>
  makeRewardLoop({ db: t.db, discounts: discountsAtShopify().discounts, codeKey, ...means });
/** What waits, waits no more: each look comes a minute later. */
async function work(loop: (now: Date) => Promise<number>, looks = 8) {
  for (let minute = 0; minute < looks; minute++) await loop(later(minute * 1800));
}
const age = (shop: Shop, seconds: number) =>
  t.db.sqlAcrossShops(
    `update reward set intent_at = intent_at - make_interval(secs => $2) where shop_id = $1 and intent is not null`,
    [shop.id, seconds],
  );

test('store credit whose answers are lost is given once: what came is looked for before anything is repeated', async () => {
  const who = await anAdvocate();
  await give(who, CREDIT);
  let lose = true;
  const shopify = creditsAtShopify({ lost: () => lose, lag: 4 });
  const loop = loopWith(shopify);
  await loop(now);
  await loop(later(60));
  expect(shopify.lines).toHaveLength(1);
  expect(await ledger(who.shop)).toMatchObject([{ state: 'issuing' }]);
  lose = false;
  await work(loop);
  expect(shopify.lines).toHaveLength(1);
  expect(await ledger(who.shop)).toMatchObject([{ state: 'issued', code: null }]);
});

test('a request that was never done is repeated, but only when it can be under way no more', async () => {
  const who = await anAdvocate();
  await give(who, CREDIT);
  let down = true;
  const shopify = creditsAtShopify({ down: () => down });
  const loop = loopWith(shopify);
  await loop(now);
  down = false;
  await work(loop);
  expect(shopify.lines).toHaveLength(0);
  await age(who.shop, 119);
  await age(who.shop, 2);
  await loop(later(86_400));
  expect(shopify.lines).toHaveLength(1);
  expect(await ledger(who.shop)).toMatchObject([{ state: 'issued' }]);
});

test('two credits of one amount to one customer come one after the other, each with a line of its own', async () => {
  const who = await anAdvocate();
  for (const n of [1, 2, 3]) await give(who, CREDIT, n, null);
  let lost = 0;
  const shopify = creditsAtShopify({ lost: () => ++lost % 2 === 1, lag: 2 });
  const loops = [loopWith(shopify), loopWith(shopify)];
  for (let minute = 0; minute < 12; minute++)
    await Promise.all(loops.map((loop) => loop(later(minute * 1800))));
  expect(shopify.lines).toHaveLength(3);
  const ids = await t.db.sqlAcrossShops<{ discount_id: string }>(
    `select distinct discount_id from reward where shop_id = $1 and state = 'issued'`,
    [who.shop.id],
  );
  expect(ids).toHaveLength(3);
  await ledger(who.shop);
});

test('in doubt nobody guesses: with a credit of the same amount by somebody else a person decides', async () => {
  const who = await anAdvocate();
  await give(who, CREDIT, 1, null);
  let lose = true;
  const shopify = creditsAtShopify({ lost: () => lose });
  const loop = loopWith(shopify);
  await loop(now);
  shopify.give(who.shopifyId, 'EUR', 1000n, null);
  lose = false;
  await work(loop);
  expect(await ledger(who.shop)).toMatchObject([{ state: 'held', reason: { code: 'unsure' }, dueAt: null }]);
  expect(shopify.lines).toHaveLength(2);
});

test('taken back, what is left of a credit goes and what was used stays used', async () => {
  const who = await anAdvocate();
  await give(who, CREDIT);
  let lose = false;
  const shopify = creditsAtShopify({ lost: () => lose, lag: 3 });
  const loop = loopWith(shopify);
  await work(loop, 4);
  shopify.lines[0]!.remaining = 400n;
  await takeBack(who);
  lose = true;
  await loop(now);
  lose = false;
  await work(loop);
  expect(shopify.debits).toMatchObject([{ amount: 400n }]);
  expect(shopify.lines).toMatchObject([{ remaining: 0n }]);
  expect(await ledger(who.shop)).toMatchObject([
    { state: 'clawed-back', used: '600', dueAt: null, reason: { withdrawn: 'deactivated' } },
  ]);
});

test('taken back while it is being given, a credit does not stay', async () => {
  const who = await anAdvocate();
  await give(who, CREDIT);
  const [arrived, mayGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const shopify = creditsAtShopify({ pause: () => (arrived.resolve(), mayGo.promise) });
  const giving = loopWith(shopify)(now);
  await arrived.promise;
  await takeBack(who);
  mayGo.resolve();
  await giving;
  await work(loopWith(shopify));
  expect(shopify.lines).toMatchObject([{ remaining: 0n }]);
  expect(await ledger(who.shop)).toMatchObject([{ state: 'void', dueAt: null }]);
});

test('whoever has no account, and a currency that is used no more, have an outcome that staff can read', async () => {
  const who = await anAdvocate();
  await give(who, CREDIT);
  await give(who, { kind: 'store-credit', value: { amount: 500, currency: 'USD' } }, 2);
  await give(who, { kind: 'discount', value: { amount: 500, currency: 'USD' } }, 3);
  const shopify = creditsAtShopify({ currencies: ['EUR'], known: [] });
  await loopWith(shopify)(now);
  const codes = (await ledger(who.shop)).map(({ cause, reason, state }) => [cause, state, reason.code]);
  expect(codes.sort()).toEqual([
    ['gesture:1', 'held', 'no-account'],
    ['gesture:2', 'held', 'no-account'],
    ['gesture:3', 'held', 'currency-gone'],
  ]);
  await t.db.sqlAcrossShops('update customer set shopify_id = null where shop_id = $1', [who.shop.id]);
  await give(who, CREDIT, 4);
  await loopWith(creditsAtShopify())(now);
  const rows = await ledger(who.shop);
  expect(rows.find(({ cause }) => cause === 'gesture:4')).toMatchObject({ reason: { code: 'no-account' } });
});

test('a gift card has a code of its own, is given once, and is ended when it is taken back', async () => {
  const who = await anAdvocate();
  await give(who, { kind: 'gift-card', value: { amount: 2500, currency: 'EUR' } });
  let lose = true;
  const shopify = creditsAtShopify({ lost: () => lose, lag: 3 });
  const loop = loopWith(shopify);
  await loop(now);
  lose = false;
  await work(loop);
  const [reward] = await ledger(who.shop);
  expect(reward).toMatchObject({ state: 'issued', code: cardCode(codeFor(codeKey, reward!.id)) });
  expect(reward!.code).toMatch(/^[0-9A-Z]{16}$/);
  expect([...shopify.held.values()]).toMatchObject([{ initial: 2500n, enabled: true }]);
  const card = [...shopify.held.values()][0]!;
  card.balance = 1000n;
  await takeBack(who);
  await work(loop);
  expect(card.enabled).toBe(false);
  expect(await ledger(who.shop)).toMatchObject([{ state: 'clawed-back', used: '1500' }]);
});

test('a gift that is sold out waits for a person; points, donations and commissions need no Shopify', async () => {
  const who = await anAdvocate();
  let isAvailable = false;
  const goods: Goods = {
    find: () => Promise.resolve({ outcome: 'found', variantId: '7', price: '19.90', isAvailable }),
  };
  await give(who, { kind: 'gift', value: { productId: '5' } });
  await give(who, { kind: 'points', value: { points: 100 } }, 2);
  await give(who, { kind: 'donation', value: { amount: 500, currency: 'EUR', to: 'The sea' } }, 3);
  await give(who, { kind: 'commission', value: { amount: 700, currency: 'USD' } }, 4);
  await give(who, { kind: 'free-shipping', value: {} }, 5);
  const loop = loopWith({ goods });
  await loop(now);
  const states = (await ledger(who.shop)).map(({ kind, state, reason }) => [kind, state, reason.code]);
  expect(states.sort()).toEqual([
    ['commission', 'issued', undefined],
    ['donation', 'issued', undefined],
    ['free-shipping', 'issued', undefined],
    ['gift', 'held', 'out-of-stock'],
    ['points', 'issued', undefined],
  ]);
  isAvailable = true;
});

const DISCOUNT: Given = { kind: 'discount', value: { percent: 10 } };
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);

/** An order that has the code of the shop's only reward. */
async function orderWith(who: Who, code: string) {
  const order = anOrder(who.shop, { customerId: who.shopifyId, codes: [code] });
  await takeIn(t.db, [order]);
  return () => t.db.acrossShops((tx) => usedIn(tx, [{ shopId: who.shop.id, orderId: order.id }], now));
}

test('an order with the code has used it up, once, whoever tells it how often', async () => {
  const who = await anAdvocate();
  await give(who, DISCOUNT);
  const loop = loopWith({});
  await loop(now);
  const [reward] = await ledger(who.shop);
  const use = await orderWith(who, reward!.code!.toLowerCase());
  expect((await Promise.all([use(), use(), use()])).reduce((sum, n) => sum + n, 0)).toBe(1);
  expect(await ledger(who.shop)).toMatchObject([{ state: 'used', used: '1', dueAt: null }]);
  expect(await eventsOf(t.db, who.shop, 'reward.used')).toHaveLength(1);
  expect(await takeBack(who)).toBe(0);
});

test('what nobody used runs out and is breakage; an order that is heard of late takes it back from there', async () => {
  const who = await anAdvocate();
  await give(who, DISCOUNT);
  const loop = loopWith({});
  await loop(now);
  await loop(days(29));
  expect(await ledger(who.shop)).toMatchObject([{ state: 'issued' }]);
  await loop(days(31));
  const [reward] = await ledger(who.shop);
  expect(reward).toMatchObject({ state: 'expired', dueAt: null });
  const use = await orderWith(who, reward!.code!);
  expect(await use()).toBe(1);
  expect(await ledger(who.shop)).toMatchObject([{ state: 'used' }]);
});

test('a code that was used before it could be taken back was given after all', async () => {
  const who = await anAdvocate();
  await give(who, DISCOUNT);
  const shopify = discountsAtShopify();
  const loop = loopWith({ discounts: shopify.discounts });
  await loop(now);
  const [reward] = await ledger(who.shop);
  const use = await orderWith(who, reward!.code!);
  await takeBack(who);
  for (const kept of shopify.kept.values()) kept.used = 1;
  await Promise.all([use(), loop(now)]);
  expect(await ledger(who.shop)).toMatchObject([{ state: 'used', dueAt: null }]);
  expect([...shopify.kept.values()]).toMatchObject([{ isActive: true }]);
});

test('credit and gift cards are used in parts; what is left when they run out is breakage', async () => {
  const who = await anAdvocate();
  await give(who, CREDIT);
  await give(who, { kind: 'gift-card', value: { amount: 2500, currency: 'EUR' } }, 2);
  const shopify = creditsAtShopify();
  const loop = loopWith(shopify);
  await loop(now);
  shopify.lines[0]!.remaining = 400n;
  const card = [...shopify.held.values()][0]!;
  card.balance = 0n;
  await t.db.acrossShops((tx) => lookAtCredit(tx, [{ shopId: who.shop.id, id: who.customerId }], now));
  await loop(later(59));
  expect(await eventsOf(t.db, who.shop, 'reward.used')).toHaveLength(0);
  await loop(later(61));
  expect(await ledger(who.shop)).toMatchObject([
    { kind: 'gift-card', state: 'used', used: '2500' },
    { kind: 'store-credit', state: 'issued', used: '600' },
  ]);
  // Shopify has written the rest off by the time that it is looked at.
  Object.assign(shopify.lines[0]!, { remaining: 0n, lapsed: 400n });
  await loop(days(31));
  const [, credit] = await ledger(who.shop);
  expect(credit).toMatchObject({ state: 'expired', used: '600' });
  const breakage = await t.db.acrossShops((tx) => balanceOf(tx, who.shop.id, 'breakage'));
  expect(breakage).toEqual([{ currency: 'EUR', amount: 400n }]);
});

test('what was given is told once, and reminded of as an offer a week before it runs out', async () => {
  const who = await anAdvocate();
  await give(who, CREDIT);
  await give(who, DISCOUNT, 2, 13);
  await give(who, { kind: 'points', value: { points: 5 } }, 3);
  await loopWith(creditsAtShopify())(now);
  const issued = (await eventsOf(t.db, who.shop, 'reward.issued')).map(({ data }) => ({
    shopId: who.shop.id,
    rewardId: String((data as { rewardId: string }).rewardId),
  }));
  expect(issued).toHaveLength(3);
  const mails = await t.db.acrossShops((tx) => rewardMails(tx, issued, now));
  const told = mails.map(({ templateKey, class: kind, dueAt }) => [templateKey, kind, dueAt.getTime()]);
  expect(told.sort()).toEqual([
    ['reward-credit', 'service', now.getTime()],
    ['reward-credit-reminder', 'offer', days(23).getTime()],
    ['reward-given', 'service', now.getTime()],
  ]);
});

test('what the app may not give waits, and is given once the merchant allows it, wherever they do', async () => {
  const who = await anAdvocate();
  const there = creditsAtShopify();
  let isAllowed = false;
  const credits: typeof there.credits = {
    ...there.credits,
    accountOf: (...asked) =>
      isAllowed
        ? there.credits.accountOf(...asked)
        : Promise.resolve({ outcome: 'refused' as const, reason: 'ACCESS_DENIED' }),
  };
  const loop = loopWith({ credits });
  await give(who, CREDIT);
  await work(loop, 2);
  expect(await ledger(who.shop)).toMatchObject([{ state: 'held', reason: { code: 'ACCESS_DENIED' } }]);
  isAllowed = true;
  await work(loop, 2);
  expect(await ledger(who.shop)).toMatchObject([{ state: 'held' }]);
  const told = { shopId: who.shop.id, body: {} } as HandedWebhook;
  await t.db.acrossShops((tx) =>
    leaveChanged(() => Promise.resolve({ outcome: 'done' }))(tx, told, later(7200)),
  );
  await loop(later(7200));
  expect(await ledger(who.shop)).toMatchObject([{ state: 'issued' }]);
});
