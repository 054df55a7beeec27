/** What Shopify's own page of an order says of whoever brought it. */
import { expect, test } from 'vitest';
import { blockOfOrder } from '../../../app/orderBlock.server.ts';
import { tellLinks } from '../../../app/referrals/referrals.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { testDb } from '../../database.ts';
import { anOrder, daysAfter, takeIn } from '../../friends.ts';
import { paidAt, programmesOn } from './programme.ts';

const t = testDb();
const { aProgramme, list } = programmesOn(t);

const blockOf = (shop: Shop, id: bigint, locale: string | null = 'en') =>
  t.db.inShop(shop.id, (tx) => blockOfOrder(tx, { shop, id, staff: 5n, locale }, paidAt));

test('by code or link, with its state and the words that its advocate reads; whoever looks is written down', async () => {
  const { shop, advocateId, code, settle } = await aProgramme();
  const [typed, came, own] = [
    anOrder(shop, { at: paidAt, codes: [code] }),
    anOrder(shop, { at: paidAt }),
    anOrder(shop, { at: paidAt, codes: [code], email: 'ana.lima@gmail.com' }),
  ];
  const link = { shopId: shop.id, orderId: came.id, checkoutToken: came.checkoutToken!, code };
  await t.db.inShop(shop.id, (tx) =>
    tellLinks(tx, [{ ...link, clickedAt: daysAfter(paidAt, -7), by: 'pixel' }], paidAt),
  );
  await takeIn(t.db, [typed, came, own]);
  await settle(paidAt);
  const ids = new Map((await list(shop)).map(({ id, orderId }) => [orderId, id]));
  expect(await blockOf(shop, typed.id)).toEqual({
    referral: {
      id: ids.get(typed.id),
      advocateId,
      advocate: 'ana.lima@gmail.com',
      how: `with the code ${code}`,
      standing: 'In the return window',
      tone: 'neutral',
      why: ['It counts when the order can no longer be returned.'],
      due: 'Settles on 24 May 2026',
    },
  });
  expect((await blockOf(shop, came.id)).referral).toMatchObject({
    how: `by the link of ${code}, opened on 3 May 2026`,
    standing: 'In the return window',
  });
  expect((await blockOf(shop, came.id, 'de')).referral).toMatchObject({
    how: `über den Link zu ${code}, geöffnet am 03.05.2026`,
    standing: 'Rückgabefrist läuft',
    due: 'Entscheidet sich am 24.05.2026',
  });
  for (const wish of ['xx', null]) {
    expect((await blockOf(shop, typed.id, wish)).referral).toMatchObject({ how: `with the code ${code}` });
  }
  const refused = (await blockOf(shop, own.id)).referral!;
  expect(refused).toMatchObject({ standing: 'Does not count', tone: 'critical', due: null });
  expect(refused.why.length).toBeGreaterThan(1);
  const looked = await t.db.sqlAcrossShops(
    `select 1 from access_log where shop_id = $1 and action = 'customer.viewed' and customer_id = $2`,
    [shop.id, advocateId],
  );
  expect(looked).toHaveLength(6);
});

test('nobody, where no friend brought it, or in another shop', async () => {
  const [{ shop, code, settle }, other] = [await aProgramme(), await aProgramme()];
  const order = anOrder(shop, { at: paidAt, codes: [code] });
  await takeIn(t.db, [order, anOrder(shop, { at: paidAt })]);
  await settle(paidAt);
  expect(await blockOf(other.shop, order.id)).toEqual({ referral: null });
  expect(await blockOf(shop, 7n)).toEqual({ referral: null });
});
