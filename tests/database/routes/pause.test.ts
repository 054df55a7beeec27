import { beforeAll, expect, test } from 'vitest';
import { pauseCustomer } from '../../../app/customers/customers.server.ts';
import { now } from '../../../app/clock.server.ts';
import { testDb } from '../../database.ts';
import {
  aMessage,
  aRecipient,
  aTextOf,
  handOverAll,
  handOverDeps,
  messageRow,
  RememberingMail,
} from '../../messages.ts';
import { testShopify } from '../../shopify.ts';

const t = testDb();
const shopify = testShopify(t);

beforeAll(() => {
  process.env['DATABASE_URL'] = t.url;
});

test('staff who let a customer go on have what waits for them looked at again at once', async () => {
  const { shop } = await shopify.open();
  await aTextOf(t.db, shop);
  const customerId = await aRecipient(t.db, shop);
  const id = await aMessage(t.db, shop, customerId);
  await t.db.inShop(shop.id, (tx) => pauseCustomer(tx, { shopId: shop.id, id: customerId }, true, now()));
  await handOverAll(handOverDeps(t.db, new RememberingMail()), now());
  expect(await messageRow(t.db, id)).toMatchObject({ state: 'waiting', reason: { code: 'paused' } });

  const { action } = await import('../../../app/routes/app.customers.$id.tsx');
  const token = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
  const body = new URLSearchParams({ intent: 'resume' });
  const request = shopify.request('/x', token, { method: 'POST', body });
  await action({ request, params: { id: customerId }, context: {} } as unknown as Parameters<
    typeof action
  >[0]);
  const { due_at: dueAt } = (await messageRow(t.db, id)) as { due_at: Date };
  expect(dueAt.getTime()).toBeLessThanOrEqual(now().getTime());
});
