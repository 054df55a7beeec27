/** Orders whose webhooks never came are found at Shopify when their moment has come, and followed up as far as they are fresh. */
import { expect, test } from 'vitest';
import { orderSource } from '../../../app/adapters/shopify/order-source.server.ts';
import { makeReconcileLoop, startReconciling } from '../../../app/orders/orders.server.ts';
import * as sequences from '../../../app/sequences/sequences.server.ts';
import { shopById } from '../../../app/shops/shops.server.ts';
import { testDb } from '../../database.ts';
import { reactionsOf } from '../../friends.ts';
import { ordersDeps } from '../../inbox.ts';
import { testShopify } from '../../shopify.ts';

const t = testDb();
const shopify = testShopify(t);
const HOUR = 3_600_000;

test('a day after their webhooks were lost, the orders are there and their mails planned', async () => {
  const { shop } = await shopify.open();
  const { store } = shopify.sandbox;
  const start = new Date();
  await t.db.inShop(shop.id, async (tx) => {
    await sequences.installDefaults(tx, (await shopById(tx, shop.id))!, start);
    await tx.sql(`update sequence set status = 'on'`);
    await startReconciling(tx, shop.id, start);
  });
  // Nobody takes in what the store tells of it.
  const lines = [{ handle: shopify.sandbox.shop().products[0]!.handle }];
  const order = store.placeOrder(shopify.sandbox.shop(), {
    lines,
    customer: { email: 'ana@example.com', locale: 'en' },
  });
  const loop = makeReconcileLoop({
    db: t.db,
    orders: ordersDeps,
    source: orderSource(shopify.admin),
  });
  const day = new Date(start.getTime() + 24 * HOUR);
  const [due] = await t.db.sqlAcrossShops<{ due_at: Date }>(
    `select due_at from due_moment where kind = 'reconciliation'`,
  );
  expect(due!.due_at < day).toBe(true);
  expect(await loop(due!.due_at)).toBe(1);
  const orders = await t.db.sqlAcrossShops<{ name: string }>('select name from orders');
  expect(orders).toEqual([{ name: order.name }]);

  await reactionsOf(t.db).settle(due!.due_at);
  for (let at = due!.due_at; at <= day; at = new Date(at.getTime() + HOUR)) {
    // A loop of its own for each hour: one loop looks round again only after a while, in real time.
    const advance = sequences.makeSequencesLoop({ db: t.db, facts: sequences.readFacts });
    while ((await advance(at)) > 0);
  }
  const mails = await t.db.sqlAcrossShops<{ template_key: string }>(
    `select template_key from message where template_key = 'thank-you'`,
  );
  expect(mails).toHaveLength(1);
});
