/** Webhooks that cannot be read, or are none of ours. */
import { expect, test } from 'vitest';
import { testDb } from '../../database.ts';
import { aCustomerBody, anOrderBody } from '../../webhook-bodies.ts';
import { aHearingShop } from './hearing-shop.ts';

const t = testDb();
const its = aHearingShop(t);
const { take, orderOf, inboxRows } = its;

test('what cannot be read is a dead letter that names the field, never its value', async () => {
  const bodies = [
    'not json',
    '[]',
    '{}',
    anOrderBody({ updated_at: 'yesterday' }),
    anOrderBody({ id: -1, admin_graphql_api_id: undefined }),
    anOrderBody({ line_items: [{ id: 1, quantity: 'two' }] }),
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    '{"__proto__":{"id":1},"constructor":{"prototype":{}}}',
  ];
  for (const body of bodies) await take('orders/create', body);
  const rows = await inboxRows();
  expect(rows.map(({ state }) => state)).toEqual(bodies.map(() => 2));
  expect(rows.map(({ reason }) => reason).join()).not.toMatch(/yesterday|two/);
  expect(rows[0]).toMatchObject({ reason: 'not-json' });
  expect(rows[3]).toMatchObject({ reason: 'unreadable (updated_at: custom)' });
});

test('a topic that nobody knows is kept and ignored; so is what comes after the uninstall', async () => {
  const { shop } = its;
  await take('carts/update', { id: 1 });
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [shop.id]);
  await take('orders/create', anOrderBody());
  expect(await inboxRows()).toMatchObject([
    { state: 3, reason: 'unknown-topic' },
    { state: 3, reason: 'shop-uninstalled' },
  ]);
});

test('a NUL in a text is as if it had not been sent', async () => {
  const email = 'nul\0.canary@example.com';
  const body = anOrderBody({ email, customer: aCustomerBody({ email, first_name: 'A\0da' }) });
  await take('orders/create', body);
  expect(await inboxRows()).toMatchObject([{ state: 1, reason: null }]);
  expect(await orderOf(body)).toMatchObject({ email: 'nul.canary@example.com' });
});
