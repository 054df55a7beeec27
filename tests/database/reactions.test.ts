/** What follows from what, told through the real reactions: links between modules that no module can test alone. */
import { expect, test } from 'vitest';
import { unsubscribe } from '../../app/messages/messages.server.ts';
import { codeOf, issueCodes, makeReferralLoop } from '../../app/referrals/referrals.server.ts';
import { answer } from '../../app/feedback/feedback.server.ts';
import { enroll, installDefaults } from '../../app/sequences/sequences.server.ts';
import { testDb } from '../database.ts';
import {
  aFriendlyShop,
  anOrder,
  asked,
  at,
  customerOf,
  daysAfter,
  needs,
  newShopifyId,
  reactionsOf,
  saying,
  takeIn,
  safePayments,
} from '../friends.ts';
import { testKey } from '../messages.ts';
import { runDue } from './sequences/fixtures.ts';

const t = testDb();
const paidAt = at('10T12:00:00');

const customerRow = async (id: string) =>
  (
    await t.db.sqlAcrossShops<{ stage: string; friends: number }>(
      'select stage, friends from customer where id = $1',
      [id],
    )
  )[0];

test('an advocate is family as long as the friend’s order stands', async () => {
  const shop = await aFriendlyShop(t.db, { settings: { returnWindowDays: 14 } });
  const first = anOrder(shop, { at: at('01T12:00:00') });
  await takeIn(t.db, [first]);
  const advocateId = await customerOf(t.db, first);
  await t.db.inShop(shop.id, (tx) => issueCodes(tx, [{ shopId: shop.id, customerId: advocateId }], paidAt));
  const code = (await t.db.inShop(shop.id, (tx) => codeOf(tx, shop.id, advocateId)))!;
  const reactions = reactionsOf(t.db);
  const friends = [
    anOrder(shop, { codes: [code], at: paidAt }),
    anOrder(shop, { codes: [code], at: paidAt }),
  ];
  await takeIn(t.db, friends);
  await reactions.settle(paidAt);
  const settled = daysAfter(paidAt, 15);
  await makeReferralLoop({ db: t.db, payments: safePayments })(settled);
  await reactions.settle(settled);
  expect(await customerRow(advocateId)).toEqual({ stage: 'family', friends: 2 });

  const later = daysAfter(paidAt, 20);
  for (const [i, order] of friends.entries()) {
    const refund = { id: newShopifyId(), amount: 5000n, at: later };
    await takeIn(t.db, [{ ...order, updatedAt: later, financialStatus: 'refunded', refunds: [refund] }]);
    await reactions.settle(later);
    expect((await customerRow(advocateId))!.friends).toBe(1 - i);
  }
  expect((await customerRow(advocateId))!.stage).not.toBe('family');
});

test('a friend whose order is undone before it counted takes nothing away', async () => {
  const shop = await aFriendlyShop(t.db, { settings: { returnWindowDays: 14 } });
  const first = anOrder(shop, { at: at('01T12:00:00') });
  await takeIn(t.db, [first]);
  const advocateId = await customerOf(t.db, first);
  await t.db.sqlAcrossShops('update customer set friends = 1 where id = $1', [advocateId]);
  await t.db.inShop(shop.id, (tx) => issueCodes(tx, [{ shopId: shop.id, customerId: advocateId }], paidAt));
  const code = (await t.db.inShop(shop.id, (tx) => codeOf(tx, shop.id, advocateId)))!;
  const friend = anOrder(shop, { codes: [code], at: paidAt });
  await takeIn(t.db, [friend]);
  const reactions = reactionsOf(t.db);
  await reactions.settle(paidAt);
  const later = daysAfter(paidAt, 1);
  await takeIn(t.db, [{ ...friend, updatedAt: later, cancelledAt: later }]);
  await reactions.settle(later);
  expect((await customerRow(advocateId))!.friends).toBe(1);
});

test.each([
  [['ask'], 0],
  [['ask', 'offer'], 1],
  [['offer'], 1],
] as const)('Shopify hears of an unsubscribe from %j %i times', async (classes, times) => {
  const shop = await aFriendlyShop(t.db);
  const order = anOrder(shop);
  await takeIn(t.db, [order]);
  const customerId = await customerOf(t.db, order);
  const no = { shopId: shop.id, customerId, channel: 'email', classes, source: 'one-click' } as const;
  await t.db.inShop(shop.id, (tx) => unsubscribe(tx, testKey, no, paidAt));
  const reactions = reactionsOf(t.db);
  await reactions.settle(paidAt);
  expect(reactions.jobs.filter(({ name }) => name === 'customers.mirror-consent')).toHaveLength(times);
});

test('a promised code comes in its own mail, and nobody is invited beside it', async () => {
  const shop = await aFriendlyShop(t.db);
  await t.db.inShop(shop.id, (tx) => installDefaults(tx, shop, at('01T00:00:00')));
  const order = anOrder(shop, { at: paidAt });
  const ask = asked(shop, { order: `gid://shopify/Order/${order.id}`, checkoutToken: order.checkoutToken! });
  const said = await saying(t.db, shop, { question: 'buying', value: 5 });
  const input = {
    ...said,
    page: ask.page,
    order: ask.order,
    checkoutToken: ask.checkoutToken,
    locale: 'en',
    country: 'DE',
  };
  await t.db.inShop(shop.id, (tx) => answer(tx, ask, input, needs, paidAt));
  // Now the order becomes known.
  await takeIn(t.db, [order]);
  const reactions = reactionsOf(t.db);
  await reactions.settle(paidAt);
  for (let day = 0; day < 6; day++) {
    await runDue(t.db, daysAfter(paidAt, day));
    await reactions.settle(daysAfter(paidAt, day));
  }
  const mails = await t.db.sqlAcrossShops<{ template_key: string }>(
    `select template_key from message where shop_id = $1 and template_key in ('your-code', 'invite')`,
    [shop.id],
  );
  expect(mails.map((row) => row.template_key)).toEqual(['your-code']);
  const [inside] = await t.db.sqlAcrossShops<{ reason: string }>(
    `select e.reason from enrollment e join sequence s on s.shop_id = e.shop_id and s.id = e.sequence_id
     where e.shop_id = $1 and s.key = 'invite'`,
    [shop.id],
  );
  expect(inside).toEqual({ reason: 'exit:code-mailed' });
});

/** A shop whose customer bought a pot and a pan that have arrived. */
async function twoProducts() {
  const shop = await aFriendlyShop(t.db);
  await t.db.inShop(shop.id, (tx) => installDefaults(tx, shop, at('01T00:00:00')));
  const [pot] = anOrder(shop).lines!;
  const lines = [pot!, { ...pot!, id: newShopifyId(), productId: 21n, title: 'Pan', price: 3000n }];
  const order = anOrder(shop, { at: paidAt, total: 8000n, change: { lines } });
  await takeIn(t.db, [order]);
  const customerId = await customerOf(t.db, order);
  const reactions = reactionsOf(t.db);
  await reactions.settle(paidAt);
  const arrived = {
    shopId: shop.id,
    trigger: 'shipment.delivered',
    customerId,
    orderId: order.id,
    at: paidAt,
    data: { by: 'carrier' },
  } as const;
  await t.db.acrossShops((tx) => enroll(tx, [arrived], paidAt));
  const open = async () =>
    (
      await t.db.sqlAcrossShops<{ product: string | null; key: string; reason: string | null }>(
        `select e.product_id::text as product, s.key, e.reason from enrollment e
         join sequence s on s.shop_id = e.shop_id and s.id = e.sequence_id
         where e.shop_id = $1 and e.state = $2 order by s.key, e.product_id`,
        [shop.id, 'open'],
      )
    ).map(({ key, product }) => (product ? `${key} ${product}` : key));
  return { shop, order, reactions, open };
}

test('a partial refund stops asking about what was given back, and nothing else', async () => {
  const { order, reactions, open } = await twoProducts();
  const before = await open();
  expect(before).toEqual(expect.arrayContaining(['review 11', 'review 21', 'thank-you', 'win-back']));
  const later = daysAfter(paidAt, 1);
  const refund = { id: newShopifyId(), amount: 5000n, at: later };
  const lines = order.lines!.map((line) => (line.productId === 11n ? { ...line, currentQuantity: 0 } : line));
  await takeIn(t.db, [
    { ...order, updatedAt: later, lines, financialStatus: 'partially_refunded', refunds: [refund] },
  ]);
  await reactions.settle(later);
  expect(await open()).toEqual(before.filter((each) => each !== 'review 11'));
});

test('what was given back is not asked about even when the ask waits in the outbox', async () => {
  const { shop, order, reactions } = await twoProducts();
  const due = daysAfter(paidAt, 15);
  await runDue(t.db, due);
  const lines = order.lines!.map((line) => (line.productId === 11n ? { ...line, currentQuantity: 0 } : line));
  await takeIn(t.db, [{ ...order, updatedAt: due, lines }]);
  await reactions.settle(due);
  const rows = await t.db.sqlAcrossShops<{ state: string; product: string }>(
    `select state, data ->> 'productId' as product from message where shop_id = $1 and template_key = 'review' order by 2`,
    [shop.id],
  );
  expect(rows).toEqual([
    { state: 'skipped', product: '11' },
    { state: 'waiting', product: '21' },
  ]);
});

test('a full refund stops everything of the order', async () => {
  const { order, reactions, open } = await twoProducts();
  const later = daysAfter(paidAt, 1);
  const refund = { id: newShopifyId(), amount: 8000n, at: later };
  await takeIn(t.db, [{ ...order, updatedAt: later, financialStatus: 'refunded', refunds: [refund] }]);
  await reactions.settle(later);
  expect(await open()).toEqual([]);
});
