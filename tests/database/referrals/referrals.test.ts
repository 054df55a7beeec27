/** A friend's order, until its reward is given; what staff sees of all of them. */
import { describe, expect, test } from 'vitest';
import {
  attribute,
  funnelOf,
  listReferrals,
  rankAdvocates,
} from '../../../app/referrals/referrals.server.ts';
import { testDb } from '../../database.ts';
import { anOrder, at, daysAfter, newShopifyId, takeIn } from '../../friends.ts';
import { paidAt, programmesOn } from './programme.ts';

const t = testDb();
const { aProgramme, list, ledger } = programmesOn(t);

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
    expect(reward).toMatchObject({ state: 'issued', code: expect.stringMatching(/^THANKS-/) });
    expect(reward!.dueAt).toEqual(reward!.expiresAt);
    expect(shopify.of(shop)).toMatchObject([{ code: reward!.code, usageLimit: 1, isActive: true }]);
    const mails = await t.db.sqlAcrossShops<{ template_key: string; class: string; data: object }>(
      'select template_key, class, data from message where shop_id = $1 and customer_id = $2 order by due_at',
      [shop.id, advocateId],
    );
    expect(mails).toMatchObject([
      {
        template_key: 'reward-issued',
        class: 'service',
        data: { reward: { code: reward!.code, offer: '€10 off' } },
      },
      { template_key: 'reward-reminder', class: 'offer' },
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

test('the funnel, the ranking, and held ones first', async () => {
  const { shop, code, advocateId, settle } = await aProgramme();
  await takeIn(t.db, [
    anOrder(shop, { codes: [code], at: paidAt }),
    anOrder(shop, { codes: [code], at: paidAt, email: 'jo@mailinator.com' }),
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
  const settled = rows.filter(({ state }) => state === 'qualified');
  await t.db.sqlAcrossShops(`update reward set state = 'clawed-back' where shop_id = $1 and cause = $2`, [
    shop.id,
    `referral:${settled[0]!.id}:advocate`,
  ]);
  await t.db.inShop(shop.id, async (tx) => {
    for (const [state, count] of [
      ['ordered', 3],
      ['counted', 3],
      ['rewarded', 1],
    ] as const) {
      const { referrals } = await listReferrals(tx, shop.id, { state, since: at('01T00:00:00') });
      expect([state, referrals.length]).toEqual([state, count]);
      const later = await listReferrals(tx, shop.id, { state, since: daysAfter(paidAt, 30) });
      expect(later.referrals).toEqual([]);
    }
    expect(await funnelOf(tx, shop.id, at('01T00:00:00'))).toEqual({
      shown: 0,
      shared: 0,
      visited: 0,
      ordered: 3,
      qualified: 2,
      rewarded: 1,
      revenue: 15_000n,
    });
    expect(await rankAdvocates(tx, shop.id)).toMatchObject([
      { customerId: advocateId, code, friends: 3, qualified: 2, revenue: 15_000n },
    ]);
  });
});
