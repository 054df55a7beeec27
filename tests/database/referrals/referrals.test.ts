import { describe, expect, test } from 'vitest';
import {
  attribute,
  codeOf,
  funnelOf,
  issueCodes,
  listReferrals,
  makeReferralLoop,
  mergeCustomers,
  rankAdvocates,
  refuse,
  release,
} from '../../../app/referrals/referrals.server.ts';
import { makeRewardLoop, listRewards } from '../../../app/rewards/rewards.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { discountsAtShopify } from '../../discounts.ts';
import { testDb } from '../../database.ts';
import {
  aFriendlyShop,
  anOrder,
  at,
  customerOf,
  daysAfter,
  eventsOf,
  newShopifyId,
  reactionsOf,
  takeIn,
  type Buying,
} from '../../friends.ts';

const t = testDb();
const paidAt = at('10T12:00:00');

/** A shop, an advocate with a code, and everything that settles referrals. */
async function aProgramme(advocate: Buying = {}) {
  const shop = await aFriendlyShop(t.db, { settings: { returnWindowDays: 14 } });
  const first = anOrder(shop, { at: at('01T12:00:00'), email: 'ana.lima@gmail.com', ...advocate });
  await takeIn(t.db, [first]);
  const advocateId = await customerOf(t.db, first);
  await t.db.inShop(shop.id, (tx) =>
    issueCodes(tx, [{ shopId: shop.id, customerId: advocateId }], at('01T12:00:00')),
  );
  const code = (await t.db.inShop(shop.id, (tx) => codeOf(tx, shop.id, advocateId)))!;
  const shopify = discountsAtShopify();
  const reactions = reactionsOf(t.db);
  const referralLoop = makeReferralLoop({ db: t.db });
  const rewardLoop = makeRewardLoop({ db: t.db, discounts: shopify.discounts, codeKey: Buffer.alloc(32, 5) });
  const settle = async (now: Date) => {
    for (let done = 1; done > 0;) {
      await reactions.settle(now);
      done = (await referralLoop(now)) + (await rewardLoop(now));
    }
    await reactions.settle(now);
  };
  return { shop, advocateId, code, shopify, settle };
}

const list = (shop: Shop) =>
  t.db.inShop(shop.id, (tx) => listReferrals(tx, shop.id, {})).then((page) => page.referrals);
const ledger = (shop: Shop) =>
  t.db.inShop(shop.id, (tx) => listRewards(tx, shop.id, {})).then((page) => page.rewards);

describe('a friend’s order', () => {
  test('is a referral, its reward held until the return window has passed, then issued and mailed once', async () => {
    const { shop, advocateId, code, shopify, settle } = await aProgramme();
    const order = anOrder(shop, { codes: ['summer', code.toLowerCase()], at: paidAt });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    expect(await list(shop)).toMatchObject([
      { state: 'pending', code, reasons: [], advocateId, orderId: order.id, dueAt: daysAfter(paidAt, 14) },
    ]);
    expect(await ledger(shop)).toMatchObject([
      { state: 'held', customerId: advocateId, dueAt: null, value: { amount: 1000, currency: 'EUR' } },
    ]);

    await settle(daysAfter(paidAt, 13));
    expect(shopify.of(shop)).toEqual([]);
    await settle(daysAfter(paidAt, 14));
    expect(await list(shop)).toMatchObject([{ state: 'qualified', dueAt: null }]);
    const [reward] = await ledger(shop);
    expect(reward).toMatchObject({ state: 'issued', code: expect.stringMatching(/^THANKS-/), dueAt: null });
    expect(shopify.of(shop)).toMatchObject([{ code: reward!.code, usageLimit: 1, isActive: true }]);
    const mails = await t.db.sqlAcrossShops<{ template_key: string; class: string; data: object }>(
      'select template_key, class, data from message where shop_id = $1 and customer_id = $2',
      [shop.id, advocateId],
    );
    expect(mails).toMatchObject([
      {
        template_key: 'reward-issued',
        class: 'service',
        data: { reward: { code: reward!.code, offer: '€10 off' } },
      },
    ]);
    const lines = await t.db.sqlAcrossShops<{ code: string }>(
      `select code from timeline_entry where shop_id = $1 and customer_id = $2 and kind in ('referral', 'reward', 'code') order by at, id`,
      [shop.id, advocateId],
    );
    expect(lines.map((line) => line.code)).toEqual([
      'code-issued',
      'friend-ordered',
      'reward-held',
      'referral-qualified',
      'reward-issued',
    ]);
  });

  test('is one referral, however many hear of it at once', async () => {
    const { shop, code, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt });
    await takeIn(t.db, [order]);
    const refs = [{ shopId: shop.id, orderId: order.id }];
    const made = await Promise.all(
      Array.from({ length: 8 }, () => t.db.acrossShops((tx) => attribute(tx, refs, paidAt))),
    );
    expect(made.reduce((sum, n) => sum + n, 0)).toBe(1);
    await settle(daysAfter(paidAt, 20));
    expect(await ledger(shop)).toHaveLength(1);
  });

  test('waits for the last parcel and its return window', async () => {
    const { shop, code, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    const parcel = {
      id: newShopifyId(),
      shippedAt: daysAfter(paidAt, 2),
      carrier: 'DHL',
      country: 'DE',
      arrivesAtOnce: false,
      lines: [{ lineId: order.lines![0]!.id, quantity: 1 }],
    };
    const at2 = daysAfter(paidAt, 2);
    await takeIn(t.db, [
      { ...order, updatedAt: at2, shipments: [{ ...parcel, status: 'shipped', at: at2, updatedAt: at2 }] },
    ]);
    const at6 = daysAfter(paidAt, 6);
    const delivered = { ...parcel, status: 'delivered' as const, at: at6, updatedAt: at6, deliveredAt: at6 };
    await takeIn(t.db, [{ ...order, updatedAt: at6, shipments: [delivered] }]);
    await settle(at6);
    expect(await list(shop)).toMatchObject([{ state: 'pending', dueAt: daysAfter(paidAt, 20) }]);
    await settle(daysAfter(paidAt, 19));
    expect(await list(shop)).toMatchObject([{ state: 'pending' }]);
    await settle(daysAfter(paidAt, 20));
    expect(await list(shop)).toMatchObject([{ state: 'qualified' }]);
  });

  test('counts for nobody when it is a test, unpaid, or with a code that is none', async () => {
    const { shop, code, settle } = await aProgramme();
    await takeIn(t.db, [
      anOrder(shop, { codes: [code], test: true }),
      anOrder(shop, { codes: [code], paid: false }),
      anOrder(shop, { codes: ['FRIEND-NONE-NONE', '<b>'] }),
      anOrder(shop),
    ]);
    await settle(daysAfter(paidAt, 30));
    expect(await list(shop)).toEqual([]);
  });
});

describe('what speaks against it', () => {
  test('the advocate under another address is held with the reasons, until the merchant lets it pass', async () => {
    const { shop, code, settle } = await aProgramme({ phone: '+4915112345678', street: 'Hohe Straße 1' });
    const order = anOrder(shop, {
      codes: [code],
      at: paidAt,
      email: 'analima+x@googlemail.com',
      phone: '0151 123 456 78',
      street: 'Hohe Strasse 1',
    });
    await takeIn(t.db, [order]);
    await settle(daysAfter(paidAt, 30));
    const [held] = await list(shop);
    expect(held).toMatchObject({ state: 'held', dueAt: null });
    expect(held!.reasons).toEqual(expect.arrayContaining(['same-email']));
    expect(await ledger(shop)).toMatchObject([{ state: 'held', dueAt: null }]);
    expect(await eventsOf(t.db, shop, 'referral.held')).toHaveLength(1);

    expect(await t.db.inShop(shop.id, (tx) => release(tx, held!.id, daysAfter(paidAt, 30)))).toBe('released');
    expect(await t.db.inShop(shop.id, (tx) => release(tx, held!.id, daysAfter(paidAt, 30)))).toBe('not-held');
    await settle(daysAfter(paidAt, 30));
    expect(await ledger(shop)).toMatchObject([{ state: 'issued' }]);
  });

  test('a merchant’s No is for good', async () => {
    const { shop, code, advocateId, settle } = await aProgramme();
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt, email: 'ana.lima+2@gmail.com' })]);
    await settle(paidAt);
    const [held] = await list(shop);
    expect(await t.db.inShop(shop.id, (tx) => refuse(tx, held!.id, paidAt))).toBe('refused');
    expect(await t.db.inShop(shop.id, (tx) => refuse(tx, held!.id, paidAt))).toBe('settled');
    expect(await t.db.inShop(shop.id, (tx) => release(tx, held!.id, paidAt))).toBe('not-held');
    await settle(daysAfter(paidAt, 30));
    expect(await ledger(shop)).toMatchObject([
      { state: 'void', customerId: advocateId, reason: { code: 'refused' } },
    ]);
  });

  test('a customer from before is refused by rule, and may still be let pass', async () => {
    const { shop, code, settle } = await aProgramme();
    const customerId = newShopifyId();
    const friend = { customerId, email: 'jo@example.com' };
    await takeIn(t.db, [anOrder(shop, { ...friend, at: at('02T12:00:00') })]);
    await takeIn(t.db, [anOrder(shop, { ...friend, codes: [code], at: paidAt })]);
    await settle(daysAfter(paidAt, 30));
    const [refused] = await list(shop);
    expect(refused).toMatchObject({ state: 'refused', reasons: ['not-new'] });
    expect(await ledger(shop)).toEqual([]);
    expect(await t.db.inShop(shop.id, (tx) => release(tx, refused!.id, daysAfter(paidAt, 30)))).toBe(
      'released',
    );
    await settle(daysAfter(paidAt, 30));
    expect(await ledger(shop)).toMatchObject([{ state: 'issued' }]);
  });

  test('more friends than the programme allows are held', async () => {
    const { shop, code, settle } = await aProgramme();
    await t.db.sqlAcrossShops(`update program set terms = terms || '{"perAdvocate": 2}' where shop_id = $1`, [
      shop.id,
    ]);
    await takeIn(
      t.db,
      [0, 1, 2, 3].map(() => anOrder(shop, { codes: [code], at: paidAt })),
    );
    await settle(paidAt);
    const states = (await list(shop)).map(({ state, reasons }) => [state, ...reasons].join(' ')).sort();
    expect(states).toEqual(['held too-many', 'held too-many', 'pending', 'pending']);
  });
});

test('a code that brings many in a day is looked at; so is a friend who turns out to be the advocate', async () => {
  const { shop, code, advocateId, settle } = await aProgramme();
  const friends = Array.from({ length: 12 }, () => anOrder(shop, { codes: [code], at: paidAt }));
  await takeIn(t.db, friends);
  await settle(paidAt);
  const held = (await list(shop)).filter(({ state }) => state === 'held');
  expect(held.map(({ reasons }) => reasons)).toEqual([['too-fast'], ['too-fast']]);

  const pending = (await list(shop)).find(({ state }) => state === 'pending')!;
  const merge = { shopId: shop.id, from: pending.friendId!, into: advocateId };
  await t.db.acrossShops((tx) => mergeCustomers(tx, [merge], paidAt));
  const found = (await list(shop)).find(({ id }) => id === pending.id);
  expect(found).toMatchObject({ state: 'held', reasons: ['same-customer'], dueAt: null });
  expect(await eventsOf(t.db, shop, 'referral.held')).toHaveLength(3);
  await t.db.acrossShops((tx) => mergeCustomers(tx, [merge], paidAt));
  expect(await eventsOf(t.db, shop, 'referral.held')).toHaveLength(3);
});

describe('an order that is undone', () => {
  const undo = [
    ['cancelled', { cancelledAt: daysAfter(paidAt, 3) }],
    [
      'refunded',
      {
        financialStatus: 'refunded',
        refunded: 5000n,
        refunds: [{ id: newShopifyId(), amount: 5000n, at: daysAfter(paidAt, 3) }],
      },
    ],
    [
      'refunded',
      {
        total: 5500n,
        goods: 5000n,
        financialStatus: 'partially_refunded',
        refunds: [{ id: newShopifyId(), amount: 5000n, at: daysAfter(paidAt, 3) }],
      },
    ],
    [
      'refunded',
      {
        financialStatus: 'partially_refunded',
        refunds: [{ id: newShopifyId(), amount: 4999n, at: daysAfter(paidAt, 3) }],
      },
    ],
  ] as const;

  test.each(undo)('%s before the window has passed gives nothing', async (reason, change) => {
    const { shop, code, shopify, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    await takeIn(t.db, [{ ...order, updatedAt: daysAfter(paidAt, 3), ...change } as typeof order]);
    await settle(daysAfter(paidAt, 3));
    expect(await list(shop)).toMatchObject([{ state: 'void', reasons: [reason], dueAt: null }]);
    await settle(daysAfter(paidAt, 40));
    expect(await ledger(shop)).toMatchObject([{ state: 'void', reason: { code: reason } }]);
    expect(shopify.of(shop)).toEqual([]);
  });

  test('in part leaves the reward; when the last piece goes, it is taken back at any time', async () => {
    const { shop, code, shopify, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt });
    const refunds = [{ id: newShopifyId(), amount: 2000n, at: daysAfter(paidAt, 3) }];
    await takeIn(t.db, [order]);
    await settle(paidAt);
    await takeIn(t.db, [{ ...order, updatedAt: daysAfter(paidAt, 3), refunds }]);
    await settle(daysAfter(paidAt, 20));
    expect(await list(shop)).toMatchObject([{ state: 'qualified' }]);
    expect(shopify.of(shop)).toMatchObject([{ isActive: true }]);
    const lines = order.lines!.map((line) => ({ ...line, currentQuantity: 0 }));
    await takeIn(t.db, [{ ...order, updatedAt: daysAfter(paidAt, 30), refunds, lines }]);
    await settle(daysAfter(paidAt, 30));
    expect(await list(shop)).toMatchObject([{ state: 'void', reasons: ['refunded'] }]);
    expect(shopify.of(shop)).toMatchObject([{ isActive: false }]);
  });

  test('long after the reward was issued takes it back at Shopify, unless it was used', async () => {
    const { shop, code, shopify, settle } = await aProgramme();
    const orders = [
      anOrder(shop, { codes: [code], at: paidAt }),
      anOrder(shop, { codes: [code], at: paidAt }),
    ];
    await takeIn(t.db, orders);
    await settle(paidAt);
    await settle(daysAfter(paidAt, 20));
    const issued = await ledger(shop);
    expect(issued.map(({ state }) => state)).toEqual(['issued', 'issued']);
    shopify.kept.get(issued[0]!.code!)!.used = 1;

    const late = daysAfter(paidAt, 90);
    await takeIn(
      t.db,
      orders.map((order) => ({ ...order, updatedAt: late, cancelledAt: late })),
    );
    await settle(late);
    const taken = await ledger(shop);
    expect(taken.map(({ state, dueAt }) => [state, dueAt])).toEqual([
      ['clawed-back', null],
      ['clawed-back', null],
    ]);
    expect(taken.map(({ reason }) => reason.withdrawn).sort()).toEqual(['deactivated', 'used']);
    expect(
      shopify
        .of(shop)
        .map(({ used, isActive }) => [used, isActive])
        .sort(),
    ).toEqual([
      [0, false],
      [1, true],
    ]);
  });

  test('before anybody looked is void from the start', async () => {
    const { shop, code, settle } = await aProgramme();
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt, change: { cancelledAt: paidAt } })]);
    await settle(daysAfter(paidAt, 40));
    expect(await list(shop)).toMatchObject([{ state: 'void', reasons: ['cancelled'] }]);
    expect(await ledger(shop)).toEqual([]);
  });
});

test('the funnel, the ranking, and held ones first', async () => {
  const { shop, code, advocateId, settle } = await aProgramme();
  await takeIn(t.db, [
    anOrder(shop, { codes: [code], at: paidAt }),
    anOrder(shop, { codes: [code], at: paidAt, email: 'ana.lima+1@gmail.com' }),
    anOrder(shop, { codes: [code], at: paidAt }),
  ]);
  await settle(paidAt);
  await settle(daysAfter(paidAt, 15));
  const rows = await list(shop);
  expect(rows.map(({ state }) => state)).toEqual(['held', 'qualified', 'qualified']);
  const pages = await t.db.inShop(shop.id, async (tx) => {
    const first = await listReferrals(tx, shop.id, { limit: 1 });
    const second = await listReferrals(tx, shop.id, { limit: 1, after: first.next });
    const third = await listReferrals(tx, shop.id, { limit: 1, after: second.next });
    expect(third.next).toBeNull();
    return [...first.referrals, ...second.referrals, ...third.referrals];
  });
  expect(pages.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  await t.db.inShop(shop.id, async (tx) => {
    expect(await funnelOf(tx, shop.id, at('01T00:00:00'), daysAfter(paidAt, 30))).toEqual({
      given: 1,
      visited: 0,
      ordered: 3,
      qualified: 2,
      revenue: 15_000n,
    });
    expect(await rankAdvocates(tx, shop.id)).toMatchObject([
      { customerId: advocateId, code, friends: 3, qualified: 2, revenue: 15_000n },
    ]);
  });
});
