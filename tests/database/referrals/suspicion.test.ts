/** What speaks against a referral, and what a merchant may do then. */
import { describe, expect, test } from 'vitest';
import { mergeCustomers, refuse, release } from '../../../app/referrals/referrals.server.ts';
import { testDb } from '../../database.ts';
import { anOrder, at, daysAfter, eventsOf, newShopifyId, takeIn } from '../../friends.ts';
import { paidAt, programmesOn } from './programme.ts';

const t = testDb();
const { aProgramme, list, ledger } = programmesOn(t);

describe('what speaks against it', () => {
  test('a household is held with the reasons, until the merchant lets it pass', async () => {
    const { shop, code, settle } = await aProgramme({ phone: '+4915112345678', street: 'Hohe Straße 1' });
    const order = anOrder(shop, {
      codes: [code],
      at: paidAt,
      email: 'jo@example.com',
      phone: '0151 123 456 78',
      street: 'Hohe Strasse 1',
      customerId: newShopifyId(),
      change: { customer: { shopifyId: newShopifyId(), email: 'jo@example.com', phone: null } },
    });
    await takeIn(t.db, [order]);
    await settle(daysAfter(paidAt, 30));
    const [held] = await list(shop);
    expect(held).toMatchObject({ state: 'held', dueAt: null });
    expect(held!.reasons).toEqual(expect.arrayContaining(['same-address']));
    expect(await ledger(shop)).toMatchObject([{ state: 'held', dueAt: null }]);
    expect(await eventsOf(t.db, shop, 'referral.held')).toHaveLength(1);

    expect(await t.db.inShop(shop.id, (tx) => release(tx, held!.id, daysAfter(paidAt, 30)))).toBe('released');
    expect(await t.db.inShop(shop.id, (tx) => release(tx, held!.id, daysAfter(paidAt, 30)))).toBe('not-held');
    await settle(daysAfter(paidAt, 30));
    expect(await ledger(shop)).toMatchObject([{ state: 'issued' }]);
  });

  test('the advocate under another address is refused by rule, earns nothing, and may still be let pass', async () => {
    const { shop, code, settle } = await aProgramme();
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt, email: 'a.n.a.lima@gmail.com' })]);
    await settle(daysAfter(paidAt, 30));
    const [refused] = await list(shop);
    expect(refused).toMatchObject({ state: 'refused', reasons: expect.arrayContaining(['same-email']) });
    expect(await ledger(shop)).toEqual([]);
    await t.db.inShop(shop.id, (tx) => release(tx, refused!.id, daysAfter(paidAt, 30)));
    await settle(daysAfter(paidAt, 30));
    expect(await ledger(shop)).toMatchObject([{ state: 'issued' }]);
  });

  test('a merchant’s No stays, unless somebody writes down why it does not', async () => {
    const { shop, code, advocateId, settle } = await aProgramme({ street: 'Hohe Straße 1' });
    await takeIn(t.db, [anOrder(shop, { codes: [code], at: paidAt, street: 'Hohe Str. 1' })]);
    await settle(paidAt);
    const [held] = await list(shop);
    expect(await t.db.inShop(shop.id, (tx) => refuse(tx, held!.id, paidAt))).toBe('refused');
    expect(await t.db.inShop(shop.id, (tx) => refuse(tx, held!.id, paidAt))).toBe('settled');
    expect(await t.db.inShop(shop.id, (tx) => release(tx, held!.id, paidAt))).toBe('reason-missing');
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
