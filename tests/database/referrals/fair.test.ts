/** Rings, crowds and staff; payments that nobody vouches for; what is undone in part; who decides, and when it counts. */
import { describe, expect, test } from 'vitest';
import type { PaymentSource } from '../../../app/referrals/payments.ts';
import {
  advocateOf,
  appeal,
  codeOf,
  issueCodes,
  refuse,
  release,
} from '../../../app/referrals/referrals.server.ts';
import { stepsOf } from '../../../app/referrals/steps.server.ts';
import { takeChecks } from '../../../app/orders/orders.server.ts';
import type { OrderCheck } from '../../../app/orders/check.ts';
import type { OrderSnapshot } from '../../../app/orders/snapshot.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { advocateView } from '../../../app/ui/advocateView.ts';
import { testDb } from '../../database.ts';
import {
  anOrder,
  at,
  customerOf,
  daysAfter,
  eventsOf,
  newShopifyId,
  safePayments,
  takeIn,
} from '../../friends.ts';
import { paidAt, programmesOn } from './programme.ts';

const t = testDb();
const { aProgramme, list, ledger } = programmesOn(t);

const takeCheck = (shop: Shop, orderId: bigint, check: OrderCheck) =>
  t.db.acrossShops((tx) => takeChecks(tx, [{ shopId: shop.id, orderId, check }], check.at));

async function codeFor(shop: Shop, order: OrderSnapshot): Promise<string> {
  const customerId = await customerOf(t.db, order);
  return t.db.inShop(shop.id, async (tx) => {
    await issueCodes(tx, [{ shopId: shop.id, customerId }], order.placedAt!);
    return (await codeOf(tx, shop.id, customerId))!;
  });
}

const reasonsOf = async (shop: Shop) =>
  (await list(shop)).map(({ state, reasons }) => [state, ...reasons].join(' ')).sort();

describe('who is behind an order', () => {
  test('a ring of three is held at the invitation that closes it', async () => {
    const home = { address: '198.51.100.7', agent: 'One' };
    const { shop, code, settle } = await aProgramme({ browser: home });
    const second = anOrder(shop, { codes: [code], at: paidAt });
    await takeIn(t.db, [second]);
    const third = anOrder(shop, { codes: [await codeFor(shop, second)], at: daysAfter(paidAt, 1) });
    await takeIn(t.db, [third]);
    await settle(daysAfter(paidAt, 1));
    const closing = anOrder(shop, {
      codes: [await codeFor(shop, third)],
      at: daysAfter(paidAt, 2),
      browser: home,
    });
    await takeIn(t.db, [closing]);
    await settle(daysAfter(paidAt, 2));
    expect(await reasonsOf(shop)).toEqual(['held ring', 'pending', 'pending']);
  });

  test('one person as several friends is held, of one advocate and of several', async () => {
    const { shop, code, settle } = await aProgramme();
    const flat = 'Lange Gasse 4 Top 12';
    const other = anOrder(shop, { at: at('02T12:00:00') });
    await takeIn(t.db, [other, anOrder(shop, { codes: [code], at: paidAt, street: flat })]);
    await settle(paidAt);
    const next = daysAfter(paidAt, 1);
    await takeIn(t.db, [
      anOrder(shop, { codes: [code], at: next, street: 'Lange Gasse 4, Top 12' }),
      anOrder(shop, { codes: [code], at: next, street: 'Lange Gasse 4, Top 13' }),
    ]);
    await settle(next);
    await takeIn(t.db, [anOrder(shop, { codes: [await codeFor(shop, other)], at: next, street: flat })]);
    await settle(next);
    expect(await reasonsOf(shop)).toEqual(['held friend-again', 'held many-advocates', 'pending', 'pending']);
  });

  test('an office shares its line: nobody is held for that, a crowd within a day is', async () => {
    const office = (n: number) => ({ address: '192.0.2.9', agent: `Browser ${n}` });
    const { shop, code, settle } = await aProgramme({ browser: office(0) });
    const colleagues = [1, 2, 3].map((n) => anOrder(shop, { codes: [code], at: paidAt, browser: office(n) }));
    await takeIn(t.db, colleagues);
    await settle(paidAt);
    expect(await reasonsOf(shop)).toEqual(Array(3).fill('pending same-network'));
    const more = [4, 5, 6, 7, 8].map((n) => anOrder(shop, { codes: [code], at: paidAt, browser: office(n) }));
    for (const one of more) {
      await takeIn(t.db, [one]);
      await settle(paidAt);
    }
    expect((await reasonsOf(shop)).filter((each) => each.startsWith('held'))).toEqual([
      'held same-network network-fast',
    ]);
  });

  test('staff are told by the shop’s own domain', async () => {
    const { shop, code, settle } = await aProgramme();
    await t.db.sqlAcrossShops(`update shop set url = 'https://www.pots.example' where id = $1`, [shop.id]);
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt, email: 'jo@pots.example' })]);
    await settle(paidAt);
    expect(await reasonsOf(shop)).toEqual(['refused employee']);
  });

  test('whoever comes from nowhere is held, and never let through', async () => {
    const { shop, code, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt, browser: null });
    await takeIn(t.db, [order]);
    await settle(daysAfter(paidAt, 30));
    expect(await reasonsOf(shop)).toEqual(['held no-traces']);
    expect(await ledger(shop)).toMatchObject([{ state: 'held', dueAt: null }]);
  });
});

describe('payments', () => {
  test('while Shopify does not say how risky one is it is held; when it says, it goes on by itself', async () => {
    let isDown = true;
    const payments: PaymentSource = {
      checks: (...ask) => (isDown ? Promise.reject(new Error('down')) : safePayments.checks(...ask)),
    };
    const { shop, code, settle } = await aProgramme({ payments });
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt })]);
    await settle(daysAfter(paidAt, 14));
    expect(await reasonsOf(shop)).toEqual(['held no-risk']);
    expect(await ledger(shop)).toMatchObject([{ state: 'held', dueAt: null }]);
    isDown = false;
    await settle(daysAfter(paidAt, 15));
    expect(await reasonsOf(shop)).toEqual(['qualified']);
    expect(await ledger(shop)).toMatchObject([{ state: 'issued' }]);
  });

  test('a high risk holds; what is said later counts, of two things said the later', async () => {
    const { shop, code, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt });
    // Heard before the order itself.
    await takeCheck(shop, order.id, { kind: 'risk', risk: 'high', at: paidAt });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    expect(await reasonsOf(shop)).toEqual(['held risk-high']);
    await takeCheck(shop, order.id, { kind: 'risk', risk: 'low', at: daysAfter(paidAt, 1) });
    await takeCheck(shop, order.id, { kind: 'risk', risk: 'high', at: daysAfter(paidAt, 0.5) });
    await settle(daysAfter(paidAt, 1));
    expect(await list(shop)).toMatchObject([{ state: 'pending', reasons: [], dueAt: daysAfter(paidAt, 14) }]);
  });

  test('a bank that takes the money back ends it, after the reward too; won again, a person may let it count', async () => {
    const { shop, code, shopify, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt });
    await takeIn(t.db, [order]);
    await settle(daysAfter(paidAt, 20));
    expect(await ledger(shop)).toMatchObject([{ state: 'issued' }]);
    await takeCheck(shop, order.id, { kind: 'dispute', dispute: 'open', at: daysAfter(paidAt, 30) });
    await settle(daysAfter(paidAt, 30));
    expect(await reasonsOf(shop)).toEqual(['void charged-back']);
    expect(await ledger(shop)).toMatchObject([{ state: 'clawed-back', reason: { code: 'charged-back' } }]);
    expect(shopify.of(shop)).toMatchObject([{ isActive: false }]);
    await takeCheck(shop, order.id, { kind: 'dispute', dispute: 'won', at: daysAfter(paidAt, 60) });
    const [row] = await list(shop);
    const decide = (reason: string) =>
      t.db.inShop(shop.id, (tx) => release(tx, row!.id, daysAfter(paidAt, 60), { staff: '7', reason }));
    expect(await decide(' ')).toBe('reason-missing');
    expect(await decide('The bank has decided for us')).toBe('released');
    await settle(daysAfter(paidAt, 60));
    expect(await reasonsOf(shop)).toEqual(['qualified overridden']);
    expect((await ledger(shop)).map(({ state }) => state).sort()).toEqual(['clawed-back', 'issued']);
    expect(shopify.of(shop).filter(({ isActive }) => isActive)).toHaveLength(1);
  });

  test('a question of the bank holds what has not counted yet', async () => {
    const { shop, code, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    await takeCheck(shop, order.id, { kind: 'dispute', dispute: 'inquiry', at: daysAfter(paidAt, 1) });
    await settle(daysAfter(paidAt, 1));
    expect(await reasonsOf(shop)).toEqual(['held disputed']);
  });
});

describe('an order of which something is left', () => {
  const withMinimum = (shop: Shop) =>
    t.db.sqlAcrossShops(`update program set terms = terms || '{"minimum": 3000}' where shop_id = $1`, [
      shop.id,
    ]);
  const refund = (order: OrderSnapshot, amount: bigint, day: number): OrderSnapshot => ({
    ...order,
    updatedAt: daysAfter(paidAt, day),
    financialStatus: 'partially_refunded',
    refunds: [{ id: newShopifyId(), amount, at: daysAfter(paidAt, day) }],
  });

  test('below the minimum it ends, before it counted and long after', async () => {
    const { shop, code, settle } = await aProgramme();
    await withMinimum(shop);
    const orders = [0, 1].map(() => anOrder(shop, { codes: [code], at: paidAt }));
    await takeIn(t.db, orders);
    await settle(paidAt);
    await takeIn(t.db, [refund(orders[0]!, 2500n, 3)]);
    await settle(daysAfter(paidAt, 20));
    expect(await reasonsOf(shop)).toEqual(['qualified', 'void below-minimum']);
    await takeIn(t.db, [refund(orders[1]!, 2001n, 90)]);
    await settle(daysAfter(paidAt, 90));
    expect(await reasonsOf(shop)).toEqual(['void below-minimum', 'void below-minimum']);
    expect((await ledger(shop)).map(({ state }) => state).sort()).toEqual(['clawed-back', 'void']);
  });

  test('above it, it counts, and what is left is told once, only ever less', async () => {
    const { shop, code, settle } = await aProgramme();
    await withMinimum(shop);
    const order = anOrder(shop, { codes: [code], at: paidAt });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    const less = refund(order, 1000n, 3);
    await takeIn(t.db, [less]);
    await settle(daysAfter(paidAt, 3));
    await takeIn(t.db, [{ ...less, updatedAt: daysAfter(paidAt, 4) }]);
    await settle(daysAfter(paidAt, 20));
    expect(await reasonsOf(shop)).toEqual(['qualified']);
    expect((await eventsOf(t.db, shop, 'referral.reduced')).map(({ data }) => data)).toEqual([
      { referralId: expect.any(String), left: '4000', of: '5000' },
    ]);
  });

  test('a commission is its share of what is left, to the cent, also when it is let count after a part was paid back', async () => {
    const { shop, advocateId, code, settle } = await aProgramme();
    await t.db.sqlAcrossShops(
      `update program set terms = terms || '{"advocate": {"kind": "commission", "value": {"percent": 10}}}' where shop_id = $1`,
      [shop.id],
    );
    const [counts, doubted] = [
      anOrder(shop, { codes: [code], at: paidAt, total: 9999n }),
      anOrder(shop, { codes: [code], at: paidAt, total: 9999n, email: 'ana.lima+me@gmail.com' }),
    ];
    await takeIn(t.db, [counts, doubted]);
    await settle(paidAt);
    await takeIn(t.db, [refund(counts, 4999n, 3), refund(doubted, 4999n, 3)]);
    await settle(daysAfter(paidAt, 3));
    const refused = (await list(shop)).find(({ state }) => state === 'refused');
    await t.db.inShop(shop.id, (tx) => release(tx, refused!.id, daysAfter(paidAt, 4)));
    await settle(daysAfter(paidAt, 40));
    const rewards = await ledger(shop);
    expect(rewards).toMatchObject([
      { state: 'issued', amount: '500', expiresAt: null },
      { state: 'issued', amount: '500', expiresAt: null },
    ]);
    const advocate = await t.db.inShop(shop.id, (tx) =>
      advocateOf(tx, shop, advocateId, daysAfter(paidAt, 40)),
    );
    expect(advocate!.friends).toMatchObject([
      { promised: { value: { amount: 500 } }, isLess: true },
      { promised: { value: { amount: 500 } }, isLess: true },
    ]);
    // The mail about it says that they may ask.
    expect(advocateView(advocate!, 'en').friends.map((friend) => friend.appeal)).toEqual([
      expect.any(String),
      expect.any(String),
    ]);
    const { referralId } = advocate!.friends[0]!;
    const ask = { referralId, advocateId, text: 'Nothing came back' };
    expect(await t.db.inShop(shop.id, (tx) => appeal(tx, ask, daysAfter(paidAt, 41)))).toBe('appealed');
    const mails = await t.db.sqlAcrossShops<{ gift: string }>(
      `select data -> 'news' ->> 'gift' as gift from message where shop_id = $1 and template_key = 'friend-counts'`,
      [shop.id],
    );
    expect(mails).toEqual([{ gift: '€5 commission' }, { gift: '€5 commission' }]);
  });

  test('a return of a part leaves it to count; of all of it ends it', async () => {
    const { shop, code, settle } = await aProgramme();
    const [line] = anOrder(shop).lines!;
    const lines = [{ ...line!, quantity: 2, currentQuantity: 2, price: 2500n }];
    const order = anOrder(shop, { codes: [code], at: paidAt, change: { lines } });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    const back = { id: newShopifyId(), state: 'open' as const, at: daysAfter(paidAt, 3), pieces: 1 };
    await takeIn(t.db, [{ ...order, updatedAt: daysAfter(paidAt, 3), returns: [back] }]);
    await settle(daysAfter(paidAt, 20));
    expect(await reasonsOf(shop)).toEqual(['qualified']);
    const rest = { ...back, id: newShopifyId(), at: daysAfter(paidAt, 25) };
    await takeIn(t.db, [{ ...order, updatedAt: daysAfter(paidAt, 25), returns: [back, rest] }]);
    await settle(daysAfter(paidAt, 25));
    expect(await reasonsOf(shop)).toEqual(['void returned']);
  });

  test('pieces that an edit takes out are gone like those that were given back', async () => {
    const { shop, code, settle } = await aProgramme();
    await withMinimum(shop);
    const [line] = anOrder(shop).lines!;
    const lines = [line!, { ...line!, id: newShopifyId() }].map((each) => ({ ...each, price: 2500n }));
    const order = anOrder(shop, { codes: [code], at: paidAt, change: { lines } });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    const edited = [lines[0]!, { ...lines[1]!, currentQuantity: 0 }];
    await takeIn(t.db, [{ ...order, updatedAt: daysAfter(paidAt, 1), lines: edited }]);
    await settle(daysAfter(paidAt, 1));
    expect(await reasonsOf(shop)).toEqual(['void below-minimum']);
  });
});

describe('people decide', () => {
  test('who let it count, when and why is kept; pressed by two at once it counts and earns once', async () => {
    const { shop, code, settle } = await aProgramme();
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt, email: 'ana.lima+me@gmail.com' })]);
    await settle(paidAt);
    const [row] = await list(shop);
    const now = daysAfter(paidAt, 20);
    const reason = 'Her daughter ordered with her address';
    const answers = await Promise.all(
      ['7', '8', '9'].map((staff) =>
        t.db.inShop(shop.id, (tx) => release(tx, row!.id, now, { staff, reason })),
      ),
    );
    expect(answers.sort()).toEqual(['not-held', 'not-held', 'released']);
    await settle(now);
    await settle(daysAfter(now, 20));
    expect(await reasonsOf(shop)).toEqual([expect.stringContaining('qualified')]);
    expect(await ledger(shop)).toMatchObject([{ state: 'issued' }]);
    const steps = await t.db.inShop(shop.id, (tx) => stepsOf(tx, row!.id));
    expect(steps.map(({ step, by }) => [step, by])).toEqual([
      ['refused', 'rule'],
      ['pending', expect.stringMatching(/^staff:[789]$/)],
      ['qualified', 'rule'],
    ]);
    expect(steps[1]).toMatchObject({ note: reason, at: now, reasons: ['overridden'] });
  });

  test('a merchant who changes their mind pays once, and not again what was used', async () => {
    const { shop, code, shopify, settle } = await aProgramme({ street: 'Hohe Straße 1' });
    const order = anOrder(shop, { codes: [code], at: paidAt, street: 'Hohe Str. 1' });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    const [row] = await list(shop);
    const say = (day: number, reason: string) =>
      t.db.inShop(shop.id, (tx) => release(tx, row!.id, daysAfter(paidAt, day), { staff: '7', reason }));
    await t.db.inShop(shop.id, (tx) => refuse(tx, row!.id, paidAt, { staff: '7', reason: 'Same flat' }));
    await settle(paidAt);
    expect(await say(1, 'They are flat mates')).toBe('released');
    await settle(daysAfter(paidAt, 20));
    expect((await ledger(shop)).map(({ state }) => state).sort()).toEqual(['issued', 'void']);
    const given = shopify.of(shop).find(({ isActive }) => isActive)!;
    shopify.kept.get(given.code)!.used = 1;
    await takeCheck(shop, order.id, { kind: 'dispute', dispute: 'open', at: daysAfter(paidAt, 30) });
    await settle(daysAfter(paidAt, 30));
    expect(await say(31, 'The bank was wrong')).toBe('had');
    await settle(daysAfter(paidAt, 60));
    expect(shopify.of(shop)).toHaveLength(1);
  });

  test('an order that is undone cannot be let pass', async () => {
    const { shop, code, settle } = await aProgramme();
    const order = anOrder(shop, { codes: [code], at: paidAt, email: 'jo@mailinator.com' });
    await takeIn(t.db, [order]);
    await settle(paidAt);
    const [row] = await list(shop);
    await takeIn(t.db, [{ ...order, updatedAt: daysAfter(paidAt, 1), cancelledAt: daysAfter(paidAt, 1) }]);
    const answer = await t.db.inShop(shop.id, (tx) => release(tx, row!.id, daysAfter(paidAt, 1)));
    expect(answer).toBe('undone');
  });

  test('an appeal opens one conversation with the advocate’s own words; pressed twice it is one', async () => {
    const { shop, code, advocateId, settle } = await aProgramme();
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt, email: 'jo@mailinator.com' })]);
    await settle(paidAt);
    const [row] = await list(shop);
    const say = (text: string, ms = 0, who = advocateId) =>
      t.db.inShop(shop.id, (tx) =>
        appeal(tx, { referralId: row!.id, advocateId: who, text }, new Date(paidAt.getTime() + ms)),
      );
    expect(await say('  ')).toBe('text-missing');
    expect(await say('Not mine', 0, row!.friendId!)).toBe('nothing-to-appeal');
    expect(await say('Jo only has that <b>address</b>\0')).toBe('appealed');
    expect(await say('Jo only has that address', 100)).toBe('already');
    await settle(daysAfter(paidAt, 1));
    const rows = await t.db.sqlAcrossShops(
      `select c.kind, c.customer_id, e.text from conversation c
       join conversation_entry e on e.shop_id = c.shop_id and e.conversation_id = c.id where c.shop_id = $1 and e.kind = 'voice'`,
      [shop.id],
    );
    expect(rows).toEqual([
      { kind: 'referral-complaint', customer_id: advocateId, text: 'Jo only has that <b>address</b>' },
    ]);
  });
});
