import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SqlTx } from '../../../app/db.server.ts';
import {
  loyaltyOf,
  loyaltySettings,
  makeBenefitTags,
  makeBirthdayLoop,
  makeLoyaltyRun,
  makePointsEnd,
  pointsRunningOut,
  redeemPoints,
  saveLoyalty,
  stopPerson,
} from '../../../app/loyalty/loyalty.server.ts';
import { firstLoyalty, type LoyaltySettings } from '../../../app/loyalty/settings.ts';
import type { TagsAtShopify } from '../../../app/loyalty/tags-at-shopify.ts';
import { blockView, tellRedeem, type BlockNeeds } from '../../../app/feedback/feedback.server.ts';
import { disagreements, remainders } from '../../../app/rewards/books.server.ts';
import { balanceOf, makeRewardLoop } from '../../../app/rewards/rewards.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import type { EntryData } from '../../../app/conversations/conversation.ts';
import { happenedInWords } from '../../../app/ui/inbox/inboxWords.ts';
import { watchLease } from '../../leases.ts';
import { testDb } from '../../database.ts';
import { discountsAtShopify } from '../../discounts.ts';
import {
  anOrder,
  asked,
  at,
  customerOf,
  daysAfter,
  eventsOf,
  needs,
  reactionsOf,
  takeIn,
} from '../../friends.ts';

const t = testDb();
const start = at('01T09:00:00');
const first = firstLoyalty(100);

type Wanted = {
  benefits?: { [Kind in keyof LoyaltySettings['benefits']]?: Partial<LoyaltySettings['benefits'][Kind]> };
  points?: Partial<LoyaltySettings['points']>;
};

async function set(shop: Shop, { benefits = {}, points }: Wanted, now = start) {
  const settings: LoyaltySettings = {
    ...first,
    benefits: Object.fromEntries(
      Object.entries(first.benefits).map(([kind, own]) => [kind, { ...own, ...benefits[kind as 'tag'] }]),
    ) as LoyaltySettings['benefits'],
    points: { ...first.points, ...(points ? { since: now.toISOString(), ...points } : {}) },
  };
  await t.db.inShop(shop.id, (tx) => saveLoyalty(tx, shop, settings, now));
  const run = makeLoyaltyRun({ db: t.db });
  while ((await run(now)) > 0);
}

let people = 0;
async function aCustomer(shop: Shop, with_: { stage?: string; guest?: boolean } = {}): Promise<string> {
  const order = anOrder(shop, {
    email: `loyal-${++people}@example.com`,
    at: new Date('2026-04-01T00:00:00Z'),
  });
  await takeIn(t.db, [order]);
  const id = await customerOf(t.db, order);
  await t.db.sqlAcrossShops(
    `update customer set stage = $2, shopify_id = case when $3 then null else shopify_id end where id = $1`,
    [id, with_.stage ?? 'friend', with_.guest ?? false],
  );
  return id;
}

async function becomes(shop: Shop, id: string, stage: string, now: Date) {
  await t.db.sqlAcrossShops('update customer set stage = $2 where id = $1', [id, stage]);
  await t.db.sqlAcrossShops(
    `insert into event (shop_id, id, kind, customer_id, data, at, due_at)
     values ($1, gen_random_uuid(), 'customer.stage-changed', $2, '{"from":"x","to":"y"}', $3, $3)`,
    [shop.id, id, now],
  );
  await reactionsOf(t.db).settle(now);
}

const benefitsOf = (shop: Shop) =>
  t.db.sqlAcrossShops(
    'select kind, state, times, tag, old_tag from benefit where shop_id = $1 order by kind',
    [shop.id],
  );
const rewardsOf = (shop: Shop) =>
  t.db.sqlAcrossShops<{ kind: string; state: string; cause: string; amount: bigint; used: bigint }>(
    'select kind, state, cause, amount, used from reward where shop_id = $1 order by earned_at, cause',
    [shop.id],
  );
const linesOf = async (id: string) =>
  (
    await t.db.sqlAcrossShops<{ code: string }>(
      `select code from timeline_entry where customer_id = $1 and (code like 'benefit%' or code like 'points%') order by at, id`,
      [id],
    )
  ).map(({ code }) => code);

/** Everything that is due is given, in the ledger alone or at a willing Shopify. */
async function giveAll(now: Date) {
  const { discounts } = discountsAtShopify({});
  const loop = makeRewardLoop({ db: t.db, discounts, codeKey: Buffer.alloc(32, 5) } as Parameters<
    typeof makeRewardLoop
  >[0]);
  for (let round = 0; round < 10 && (await loop(now)) > 0; round++);
  await reactionsOf(t.db).settle(now);
}

const soundBooks = async (shop: Shop) => {
  await t.db.inShop(shop.id, async (tx) => {
    expect(await disagreements(tx, shop.id)).toEqual([]);
    expect(await remainders(tx, shop.id)).toEqual([]);
  });
};

test('benefits come with a stage and go with it, once however often it is told', async () => {
  const shop = await aShop(t.db);
  await set(shop, { benefits: { tag: { from: 'friend' }, shipping: { from: 'family' } } });
  const ana = await aCustomer(shop, { stage: 'acquaintance' });
  await becomes(shop, ana, 'family', at('02T00:00:00'));
  await becomes(shop, ana, 'family', at('03T00:00:00'));
  expect(await benefitsOf(shop)).toMatchObject([
    { kind: 'shipping', state: 'has', times: 1 },
    { kind: 'tag', state: 'has', tag: 'Early access' },
  ]);
  expect(await rewardsOf(shop)).toMatchObject([
    { kind: 'free-shipping', state: 'held', cause: `benefit:shipping:${ana}:1` },
  ]);
  await becomes(shop, ana, 'friend', at('04T00:00:00'));
  expect(await rewardsOf(shop)).toMatchObject([{ state: 'void' }]);
  await becomes(shop, ana, 'family', at('05T00:00:00'));
  expect((await rewardsOf(shop)).map(({ cause }) => cause)).toEqual([
    `benefit:shipping:${ana}:1`,
    `benefit:shipping:${ana}:2`,
  ]);
  await becomes(shop, ana, 'acquaintance', at('06T00:00:00'));
  expect(await benefitsOf(shop)).toMatchObject([
    { kind: 'shipping', state: 'had', times: 2 },
    { kind: 'tag', state: 'had', tag: null, old_tag: 'Early access' },
  ]);
  expect((await linesOf(ana)).filter((code) => code === 'benefit-given')).toHaveLength(3);
});

test('other terms bring everybody in line, and Shopify learns of the tag that is new and the one that is old', async () => {
  const shop = await aShop(t.db);
  const [ana, bo] = [await aCustomer(shop), await aCustomer(shop, { guest: true })];
  await set(shop, { benefits: { tag: { from: 'friend', tag: 'VIP' } } });
  const told: unknown[] = [];
  const isProlonged = watchLease(t.db, 'benefit');
  const shopify = (outcome: 'done' | 'later'): TagsAtShopify => ({
    tell: async (_domain, _customer, tags) => {
      told.push(tags);
      await isProlonged();
      return outcome === 'done' ? { outcome } : { outcome, seconds: 5 };
    },
  });
  await makeBenefitTags({ db: t.db, shopify: shopify('later') })(start);
  await set(shop, { benefits: { tag: { from: 'friend', tag: 'Gold' } } }, at('02T00:00:00'));
  const loop = makeBenefitTags({ db: t.db, shopify: shopify('done') });
  await loop(at('02T01:00:00'));
  expect(await loop(at('03T00:00:00'))).toBe(0);
  expect(told).toEqual([
    { add: 'VIP', remove: null },
    { add: 'Gold', remove: 'VIP' },
  ]);
  await set(shop, {}, at('04T00:00:00'));
  await loop(at('04T01:00:00'));
  expect(told.at(-1)).toEqual({ add: null, remove: 'Gold' });
  await t.db.acrossShops((tx) => stopPerson(tx, shop.id, [ana, bo]));
  expect(await benefitsOf(shop)).toEqual([]);
});

test('an order earns points once, to be used when it can no longer be sent back; what is undone earns nothing', async () => {
  const shop = await aShop(t.db);
  await set(shop, { points: {} });
  const before = anOrder(shop, { at: new Date('2026-04-20T00:00:00Z') });
  const order = anOrder(shop, { at: at('10T12:00:00'), total: 4999n });
  await takeIn(t.db, [before, order]);
  await reactionsOf(t.db).settle(at('10T13:00:00'));
  await reactionsOf(t.db).settle(at('10T14:00:00'));
  expect(await rewardsOf(shop)).toMatchObject([{ kind: 'points', amount: 49n, state: 'held' }]);
  const id = await customerOf(t.db, order);
  const balance = async (now: Date) =>
    (await t.db.inShop(shop.id, (tx) => loyaltyOf(tx, shop, { customerId: id, locale: 'en' }, now)))?.points;
  await giveAll(at('20T00:00:00'));
  expect(await balance(at('20T00:00:00'))).toMatchObject({ balance: 0, canRedeem: false });
  await giveAll(at('24T13:00:00'));
  expect(await balance(at('24T13:00:00'))).toMatchObject({ balance: 49 });
  expect(await eventsOf(t.db, shop, 'points.earned')).toHaveLength(1);
  const cancelled = { ...order, updatedAt: at('26T00:00:00'), cancelledAt: at('26T00:00:00') };
  await takeIn(t.db, [cancelled as typeof order]);
  await reactionsOf(t.db).settle(at('26T01:00:00'));
  expect(await rewardsOf(shop)).toMatchObject([{ state: 'clawed-back' }]);
  await soundBooks(shop);
});

/** Refunds of an order in the order in which they were made, as Shopify tells of them: all of them each time. */
const refunded = (
  order: ReturnType<typeof anOrder>,
  amounts: readonly bigint[],
  day: Date,
  whole = false,
) => ({
  ...order,
  updatedAt: day,
  financialStatus: whole ? 'refunded' : 'partially_refunded',
  refunds: amounts.map((amount, i) => ({ id: order.id * 10n + BigInt(i), amount, at: day })),
});

test('parts that are paid back take their share of the points, whenever and however often; all of it leaves none', async () => {
  const shop = await aShop(t.db);
  await set(shop, { points: { perUnit: 3 } });
  const pointsOf = async (order: { id: bigint }) =>
    t.db.sqlAcrossShops<{ state: string; amount: bigint; used: bigint }>(
      'select state, amount, used from reward where shop_id = $1 and cause = $2',
      [shop.id, `points:order:${order.id}`],
    );
  const say = async (order: ReturnType<typeof anOrder>, now: Date) => {
    await takeIn(t.db, [order], now);
    await reactionsOf(t.db).settle(now);
  };
  const sums = fc.array(fc.bigInt({ min: 1n, max: 2500n }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(sums, fc.boolean(), fc.boolean(), async (parts, isGiven, isWhole) => {
      const total = 4999n;
      const order = anOrder(shop, { at: at('10T12:00:00'), total });
      await say(order, at('10T13:00:00'));
      if (isGiven) await giveAll(at('25T00:00:00'));
      for (let n = 1; n <= parts.length; n++) {
        await say(
          refunded(order, parts.slice(0, n), daysAfter(at('25T00:00:00'), n)),
          daysAfter(at('25T00:00:00'), n),
        );
        const back = parts.slice(0, n).reduce((sum, part) => sum + part, 0n);
        const [lot] = await pointsOf(order);
        const left = 3n * ((back < total ? total - back : 0n) / 100n);
        if (left > 0n) expect(lot).toMatchObject({ state: isGiven ? 'issued' : 'held', amount: left });
        else expect(['void', 'clawed-back']).toContain(lot!.state);
      }
      if (isWhole) {
        await say(refunded(order, [...parts, total], at('30T00:00:00'), true), at('30T00:00:00'));
        expect(['void', 'clawed-back']).toContain((await pointsOf(order))[0]!.state);
        const id = await customerOf(t.db, order);
        for (const account of [`promised:${id}`, `issued:${id}`] as const)
          expect(await t.db.inShop(shop.id, (tx) => balanceOf(tx, shop.id, account))).toEqual([]);
      }
      await soundBooks(shop);
    }),
    // A cent that was lost on the way from money to goods and back took three points.
    { numRuns: 12, examples: [[[1n, 2498n], false, false]] },
  );
});

test('an order of the second in which points were switched on earns them: Shopify tells no parts of one', async () => {
  const shop = await aShop(t.db);
  const moment = at('10T12:00:00');
  await set(shop, { points: { perUnit: 1 } }, new Date(moment.getTime() + 400));
  const order = anOrder(shop, { at: moment });
  await takeIn(t.db, [order], moment);
  await reactionsOf(t.db).settle(new Date(moment.getTime() + 800));
  const lots = await t.db.sqlAcrossShops('select amount from reward where shop_id = $1', [shop.id]);
  expect(lots).toEqual([{ amount: 50n }]);
});

test('an agreed return of a part leaves the points until it is paid back; of all of it ends them', async () => {
  const shop = await aShop(t.db);
  await set(shop, { points: { perUnit: 1 } });
  const [line] = anOrder(shop).lines!;
  const lines = [{ ...line!, quantity: 2, currentQuantity: 2, price: 2500n }];
  const order = anOrder(shop, { at: at('10T12:00:00'), total: 5000n, change: { lines } });
  const tell = async (change: object, now: Date) => {
    await takeIn(t.db, [{ ...order, updatedAt: now, ...change }], now);
    await reactionsOf(t.db).settle(now);
    return t.db.sqlAcrossShops<{ state: string; amount: bigint }>(
      'select state, amount from reward where shop_id = $1 and cause = $2',
      [shop.id, `points:order:${order.id}`],
    );
  };
  const back = (n: number) => ({
    id: order.id * 10n + BigInt(n),
    state: 'open' as const,
    at: at('12T00:00:00'),
    pieces: 1,
  });
  await tell({}, at('10T13:00:00'));
  expect(await tell({ returns: [back(1)] }, at('12T00:00:00'))).toEqual([{ state: 'held', amount: 50n }]);
  expect(await tell({ returns: [back(1), back(2)] }, at('13T00:00:00'))).toMatchObject([{ state: 'void' }]);
});

test('what was used of points stays used when their order is paid back, and no more is taken than is left', async () => {
  const shop = await aShop(t.db);
  await set(shop, { points: { perUnit: 20 } });
  const order = anOrder(shop, { at: at('10T12:00:00'), total: 5000n });
  await takeIn(t.db, [order]);
  await reactionsOf(t.db).settle(at('10T13:00:00'));
  await giveAll(at('25T00:00:00'));
  const id = await customerOf(t.db, order);
  expect(await redeem(shop, id, undefined, at('26T00:00:00'))).toMatchObject({ outcome: 'redeemed' });
  await takeIn(t.db, [refunded(order, [4000n], at('27T00:00:00'))]);
  await reactionsOf(t.db).settle(at('27T00:00:00'));
  const [lot] = (await rewardsOf(shop)).filter(({ kind }) => kind === 'points');
  expect(lot).toMatchObject({ state: 'used', amount: 500n, used: 500n });
  expect(await linesOf(id)).toEqual(['points-redeemed', 'points-taken-back']);
  await soundBooks(shop);
});

/** Gives somebody points that count at once, in lots. */
async function withPoints(shop: Shop, id: string, ...lots: number[]) {
  const { hold } = await import('../../../app/rewards/rewards.server.ts');
  await t.db.acrossShops((tx) =>
    hold(
      tx,
      lots.map((points, i) => ({
        shopId: shop.id,
        cause: `points:review:${id}${i}`,
        customerId: id,
        kind: 'points' as const,
        value: { points },
        validDays: 100 + i,
        isReady: true,
        paidBy: 'expense:loyalty' as const,
      })),
      start,
    ),
  );
  await giveAll(start);
}

const redeem = (shop: Shop, id: string, operationId?: string, now = at('02T00:00:00')) =>
  t.db.acrossShops((tx) =>
    redeemPoints(tx, shop, { customerId: id, ...(operationId ? { operationId } : {}) }, now),
  );

test('points are used once, however many use them at once; those that end first go first', async () => {
  const shop = await aShop(t.db);
  await set(shop, { points: {} });
  const ana = await aCustomer(shop);
  await withPoints(shop, ana, 300, 400, 500);
  const tries = await Promise.all(Array.from({ length: 8 }, () => redeem(shop, ana)));
  expect(tries.filter(({ outcome }) => outcome === 'redeemed')).toHaveLength(2);
  expect(tries.filter(({ outcome }) => outcome === 'too-few')).toHaveLength(6);
  const rewards = await rewardsOf(shop);
  expect(rewards.filter(({ kind }) => kind === 'points').map(({ used, state }) => [used, state])).toEqual([
    [300n, 'used'],
    [400n, 'used'],
    [300n, 'issued'],
  ]);
  expect(rewards.filter(({ kind }) => kind === 'store-credit')).toHaveLength(2);
  expect(await eventsOf(t.db, shop, 'points.redeemed')).toHaveLength(2);
  await soundBooks(shop);
});

/** What redemption must not be: it looks at the balance, and then takes from it. */
async function redeemAsSeen(tx: SqlTx, shop: Shop, id: string, met: () => Promise<void>): Promise<boolean> {
  const [row] = await tx.sql<{ points: bigint }>(
    `select coalesce(sum(amount - used), 0)::bigint as points from reward where shop_id = $1 and customer_id = $2 and kind = 'points' and state = 'issued'`,
    [shop.id, id],
  );
  await met();
  if (row!.points < 500n) return false;
  await tx.sql(
    `update reward set used = used + 500 where shop_id = $1 and customer_id = $2 and kind = 'points'`,
    [shop.id, id],
  );
  return true;
}

test('a redemption that looks before it takes believes in more than there is, and the database refuses it', async () => {
  const shop = await aShop(t.db);
  const ana = await aCustomer(shop);
  await withPoints(shop, ana, 1000);
  let waiting = 0;
  let open!: () => void;
  const all = new Promise<void>((resolve) => (open = resolve));
  const met = () => {
    if (++waiting === 6) open();
    return all;
  };
  const tries = await Promise.allSettled(
    Array.from({ length: 6 }, () => t.db.acrossShops((tx) => redeemAsSeen(tx, shop, ana, met))),
  );
  const failed = tries.filter((one) => one.status === 'rejected');
  expect(failed).toHaveLength(4);
  expect(String(failed[0]!.reason)).toContain('reward_used_check');
});

test('a redemption that is told again, because its answer got lost, changes nothing', async () => {
  const shop = await aShop(t.db);
  await set(shop, { points: {} });
  const ana = await aCustomer(shop);
  await withPoints(shop, ana, 1000);
  const told = await Promise.all(Array.from({ length: 4 }, () => redeem(shop, ana, 'operation-1')));
  expect(told).toEqual(Array(4).fill({ outcome: 'redeemed', points: 500 }));
  expect((await rewardsOf(shop)).map(({ used }) => used)).toEqual([500n, 0n]);
});

test('guests take part: what they turn points into is a code', async () => {
  const shop = await aShop(t.db);
  await set(shop, { points: {} });
  const guest = await aCustomer(shop, { guest: true });
  await withPoints(shop, guest, 500);
  expect(await redeem(shop, guest)).toEqual({ outcome: 'redeemed', points: 500 });
  expect((await rewardsOf(shop)).map(({ kind }) => kind)).toContain('discount');
  expect(await redeem(shop, guest)).toEqual({ outcome: 'too-few', points: 500 });
});

test('points end, what was used of them stays used, and an erased customer uses none', async () => {
  const shop = await aShop(t.db);
  await set(shop, { points: {} });
  const ana = await aCustomer(shop);
  await withPoints(shop, ana, 600);
  await redeem(shop, ana);
  const end = makePointsEnd({ db: t.db });
  await end(daysAfter(start, 99));
  expect((await rewardsOf(shop))[0]).toMatchObject({ state: 'issued', used: 500n });
  while ((await end(daysAfter(start, 101))) > 0);
  expect((await rewardsOf(shop))[0]).toMatchObject({ state: 'expired', used: 500n });
  await soundBooks(shop);
  await t.db.sqlAcrossShops('update customer set erased_at = $2 where id = $1', [ana, start]);
  expect(await redeem(shop, ana)).toEqual({ outcome: 'no-points' });
});

test('the block of the order-status page tells its own buyer, and nobody else', async () => {
  const shop = await aShop(t.db);
  await set(shop, { benefits: { shipping: { from: 'friend' } }, points: {} });
  const order = anOrder(shop, { email: `block-${shop.id}@example.com` });
  await takeIn(t.db, [order]);
  const id = await customerOf(t.db, order);
  await becomes(shop, id, 'friend', at('11T00:00:00'));
  await withPoints(shop, id, 500);
  const now = at('12T00:00:00');
  const block: BlockNeeds = {
    ...needs,
    loyalty: (tx, { shop: of, ...ask }, moment) => loyaltyOf(tx, of, ask, moment),
    redeem: redeemPoints,
  };
  const ask = (signedIn: bigint | null) =>
    asked(shop, { page: 'order-status', order: `gid://shopify/Order/${order.id}`, signedIn, locale: 'de' });
  const look = (signedIn: bigint | null) =>
    t.db.inShop(shop.id, (tx) => blockView(tx, ask(signedIn), block, now));
  expect((await look(null)).loyalty).toBeUndefined();
  expect((await look(1n)).loyalty).toBeUndefined();
  const own = order.customer!.shopifyId;
  expect((await look(own)).loyalty).toMatchObject({
    benefits: ['Ihr Versand ist kostenlos.'],
    points: { balance: 500, canRedeem: true },
  });
  const tell = (signedIn: bigint | null) =>
    t.db.inShop(shop.id, (tx) => tellRedeem(tx, ask(signedIn), 'operation-7', block, now));
  expect(await tell(1n)).toMatchObject({ outcome: 'refused' });
  expect(await tell(own)).toMatchObject({ outcome: 'saved', view: { loyalty: { points: { balance: 0 } } } });
  expect(await tell(own)).toMatchObject({ outcome: 'saved', view: { loyalty: { points: { balance: 0 } } } });
});

test('sums in a currency that the shop has left are worth nothing until they are entered anew; points are kept', async () => {
  const shop = await aShop(t.db);
  await set(shop, { benefits: { birthday: { from: 'friend' } }, points: {} });
  const ana = await aCustomer(shop);
  await withPoints(shop, ana, 500);
  const moved = { ...shop, currency: 'JPY' };
  await t.db.sqlAcrossShops(`update shop set currency = 'JPY' where id = $1`, [shop.id]);
  const now = at('02T00:00:00');
  const told = () =>
    t.db.inShop(shop.id, (tx) => loyaltyOf(tx, moved, { customerId: ana, locale: 'en' }, now));
  expect((await told())?.points).toMatchObject({
    balance: 500,
    canRedeem: false,
    sentence: 'You have 500 points.',
  });
  expect(await redeem(moved, ana)).toEqual({ outcome: 'no-points' });
  expect((await t.db.inShop(shop.id, (tx) => loyaltySettings(tx, moved))).benefits.birthday.from).toBeNull();
  const until = daysAfter(start, 200);
  const ending = () =>
    t.db.inShop(shop.id, (tx) => pointsRunningOut(tx, [{ shopId: shop.id, customerId: ana, until }], now));
  expect((await ending()).size).toBe(0);
  await set(moved, { points: { redeem: { points: 500, amount: 700 } } });
  expect((await ending()).size).toBe(1);
  expect(await redeem(moved, ana)).toEqual({ outcome: 'redeemed', points: 500 });
  const credit = (await rewardsOf(shop)).find(({ kind }) => kind === 'store-credit');
  expect(credit).toMatchObject({ amount: 700n });
  await set(moved, {});
  await t.db.inShop(shop.id, (tx) =>
    saveLoyalty(tx, moved, { ...first, points: { ...first.points, since: null } }, now),
  );
  expect((await ending()).size).toBe(0);
});

test('something comes on a birthday, once a year, to those of the stage; points to everybody', async () => {
  const shop = await aShop(t.db);
  await set(shop, { benefits: { birthday: { from: 'friend' } }, points: { birthday: 100 } });
  const wishes = await t.db.sqlAcrossShops('select kind, ref from audience_watch where shop_id = $1', [
    shop.id,
  ]);
  expect(wishes).toEqual([{ kind: 'date', ref: 'facts.birth_date' }]);
  const [ana, bo] = [await aCustomer(shop), await aCustomer(shop, { stage: 'acquaintance' })];
  await t.db.sqlAcrossShops(
    `insert into customer_date (shop_id, customer_id, name, year_day, year) select $1, id, 'facts.birth_date', 503, 1990 from unnest($2::uuid[]) as t(id)`,
    [shop.id, [ana, bo]],
  );
  const loop = makeBirthdayLoop({ db: t.db });
  for (let day = 0; day < 5; day++) await loop(daysAfter(start, day));
  const rewards = await rewardsOf(shop);
  expect(rewards.map(({ kind, cause }) => [kind, cause]).sort()).toEqual(
    [
      ['store-credit', `benefit:birthday:${ana}:2026`],
      ['points', `points:birthday:${ana}:2026`],
      ['points', `points:birthday:${bo}:2026`],
    ].sort(),
  );
});

test('what somebody first in line says is tagged so in the inbox, and has less time to be answered in', async () => {
  const shop = await aShop(t.db);
  const [ana, bo] = [await aCustomer(shop, { stage: 'family' }), await aCustomer(shop)];
  await set(shop, { benefits: { inbox: { from: 'family' } } });
  for (const id of [ana, bo]) {
    await t.db.sqlAcrossShops(
      `with opened as (
         insert into conversation (shop_id, id, kind, clock, channel, state, customer_id, opened_at, heard_at, awaiting_since,
           reply_due_at, due_at)
         values ($1, gen_random_uuid(), 'mail', 'message', 'mail', 'open', $2, $3, $3, $3, $4, $4) returning id)
       insert into event (shop_id, id, kind, customer_id, data, at, due_at)
       select $1, gen_random_uuid(), 'conversation.opened', $2, jsonb_build_object('conversationId', id), $3, $3 from opened`,
      // A Monday morning in Berlin; four working hours are promised.
      [shop.id, id, at('04T08:00:00'), at('04T12:00:00')],
    );
  }
  await reactionsOf(t.db).settle(at('04T08:01:00'));
  await reactionsOf(t.db).settle(at('04T08:02:00'));
  const tagged = await t.db.sqlAcrossShops(
    `select c.customer_id, t.tag, t.suggested from conversation_tag t join conversation c on c.id = t.conversation_id where t.shop_id = $1`,
    [shop.id],
  );
  expect(tagged).toEqual([{ customer_id: ana, tag: 'first-in-line', suggested: false }]);
  const clocks = await t.db.sqlAcrossShops(
    'select customer_id, pace, reply_due_at from conversation where shop_id = $1 order by pace',
    [shop.id],
  );
  expect(clocks).toEqual([
    { customer_id: ana, pace: 50, reply_due_at: at('04T10:00:00') },
    { customer_id: bo, pace: 100, reply_due_at: at('04T12:00:00') },
  ]);
  const why = await t.db.sqlAcrossShops<{ data: EntryData }>(
    `select data from conversation_entry where shop_id = $1 and kind = 'happening'`,
    [shop.id],
  );
  expect(why.map(({ data }) => happenedInWords(data, null))).toEqual([
    'First in line, as family: to be answered in 50 % of the usual time',
  ]);
});
