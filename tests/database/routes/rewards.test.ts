/** The pages of rewards, through their routes: one reward's story, what is owed, payouts, differences. */
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type * as csvRoute from '../../../app/routes/app.csv.$list.tsx';
import type * as customerRoute from '../../../app/routes/app.customers.$id.tsx';
import type * as oneRoute from '../../../app/routes/app.referrals.rewards.$id.tsx';
import type * as differencesRoute from '../../../app/routes/app.referrals.rewards.differences.tsx';
import type * as owedRoute from '../../../app/routes/app.referrals.rewards.owed.tsx';
import type * as payoutsRoute from '../../../app/routes/app.referrals.rewards.payouts.tsx';
import { hold } from '../../../app/rewards/rewards.server.ts';
import type { Given, RewardDraft } from '../../../app/rewards/reward.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { testDb } from '../../database.ts';
import { aRecipient } from '../../messages.ts';
import { testShopify } from '../../shopify.ts';
import { insertRow } from '../rows.ts';
import { installDefaults } from './defaults.ts';

const t = testDb();
const shopify = testShopify(t);
let shop: Shop;
let customerId = '';
let one: typeof oneRoute;
let owed: typeof owedRoute;
let payouts: typeof payoutsRoute;
let differences: typeof differencesRoute;
let customer: typeof customerRoute;
let csv: typeof csvRoute;

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  ({ shop } = await shopify.open());
  await installDefaults(t.db, shop);
  customerId = await aRecipient(t.db, shop, { firstName: 'Ana' });
  one = await import('../../../app/routes/app.referrals.rewards.$id.tsx');
  owed = await import('../../../app/routes/app.referrals.rewards.owed.tsx');
  payouts = await import('../../../app/routes/app.referrals.rewards.payouts.tsx');
  differences = await import('../../../app/routes/app.referrals.rewards.differences.tsx');
  customer = await import('../../../app/routes/app.customers.$id.tsx');
  csv = await import('../../../app/routes/app.csv.$list.tsx');
});

const token = () => shopify.sandbox.tokens.admin(shopify.sandbox.shop());
const args = (params = {}, query = '') =>
  ({ request: shopify.request(`/app?${query}`, token()), params, context: {} }) as unknown as Parameters<
    typeof one.loader
  >[0];
const posted = (fields: Record<string, string>, params = {}) => {
  const request = new Request(shopify.request('/app', token()), {
    method: 'POST',
    body: new URLSearchParams(fields),
  });
  return { request, params, context: {} } as unknown as Parameters<typeof one.action>[0];
};

async function aReward(given: Given, isReady = false): Promise<string> {
  const cause = `referral:${randomUUID()}:advocate`;
  const draft = { shopId: shop.id, cause, customerId, validDays: null, isReady, ...given } as RewardDraft;
  await t.db.acrossShops((tx) => hold(tx, [draft], new Date()));
  const [row] = await t.db.sqlAcrossShops<{ id: string }>('select id from reward where cause = $1', [cause]);
  return row!.id;
}

test('a reward says why it is owed; taken back with a reason, it says that too, and its customer’s page as well', async () => {
  const id = await aReward({ kind: 'store-credit', value: { amount: 1050, currency: 'EUR' } });
  expect(await one.loader(args({ id }))).toMatchObject({
    reward: { state: 'held', amount: '1050' },
    bookings: [{ from: 'expense:referral', to: `promised:${customerId}`, amount: '1050' }],
  });
  expect(await one.action(posted({ intent: 'void', note: '  ' }, { id }))).toMatchObject({
    error: expect.any(String),
  });
  expect(await one.action(posted({ intent: 'void', note: 'They asked us to' }, { id }))).toMatchObject({
    toast: 'Taken back',
  });
  expect(await one.action(posted({ intent: 'void', note: 'again' }, { id }))).toMatchObject({
    toast: 'It was over already',
  });
  const story = await one.loader(args({ id }));
  expect(story.reward).toMatchObject({ state: 'void', reason: { code: 'staff', note: 'They asked us to' } });
  expect(story.bookings).toHaveLength(2);
  const { rewards } = await customer.loader(args({ id: customerId }));
  expect(rewards).toMatchObject([{ id, state: 'void' }]);
  await expect(one.loader(args({ id: randomUUID() }))).rejects.toMatchObject({ status: 404 });
  await expect(one.loader(args({ id: 'nonsense' }))).rejects.toMatchObject({ status: 404 });
});

test('what is owed is shown and taken along; a batch is gathered, listed and paid', async () => {
  const id = await aReward({ kind: 'commission', value: { amount: 2500, currency: 'EUR' } }, true);
  await t.db.sqlAcrossShops(
    `update reward set state = 'issued', issued_at = earned_at, due_at = null where id = $1`,
    [id],
  );
  expect((await owed.loader(args())).owed).toContainEqual(
    expect.objectContaining({ currency: 'EUR', kind: 'commission', amount: '2500' }),
  );
  expect(await (await csv.loader(args({ list: 'owed' }) as never)).text()).toContain('"25.00"');
  expect(await (await csv.loader(args({ list: 'reward-months' }) as never)).text()).toContain('"EUR"');
  expect(await payouts.action(posted({ intent: 'gather' }))).toEqual({ toast: 'Ready to be paid' });
  const [sum] = (await payouts.loader(args())).sums;
  expect(sum).toMatchObject({ count: 1, amount: '2500', isPaid: false });
  const file = await csv.loader(args({ list: 'payout' }, `batch=${sum!.batch}`) as never);
  expect(await file.text()).toContain(id);
  expect(await payouts.action(posted({ intent: 'paid', batch: sum!.batch! }))).toEqual({
    toast: '1 marked as paid',
  });
  expect(await payouts.action(posted({ intent: 'paid', batch: sum!.batch! }))).toEqual({
    toast: 'It was marked as paid already',
  });
});

test('what Shopify did not let the app give is tried again once the merchant has allowed it, and nothing else is', async () => {
  const [denied, other] = [
    await aReward({ kind: 'store-credit', value: { amount: 700, currency: 'EUR' } }),
    await aReward({ kind: 'store-credit', value: { amount: 800, currency: 'EUR' } }),
  ];
  const refuse = (id: string, code: string) =>
    t.db.sqlAcrossShops(`update reward set reason = jsonb_build_object('code', $2::text) where id = $1`, [
      id,
      code,
    ]);
  await refuse(denied, 'ACCESS_DENIED');
  await refuse(other, 'no-account');
  const index = await import('../../../app/routes/app.referrals._index.tsx');
  const allow = () => index.action(posted({ intent: 'retry-denied' }) as Parameters<typeof index.action>[0]);
  expect(await allow()).toEqual({ toast: 'Allowed. One that waited is given now' });
  expect(await allow()).toEqual({ toast: 'Allowed' });
  const due = await t.db.sqlAcrossShops<{ id: string }>(
    'select id from reward where id = any($1::uuid[]) and due_at is not null',
    [[denied, other]],
  );
  expect(due).toEqual([{ id: denied }]);
});

test('a difference is settled by one click, and kept with who did it', async () => {
  const id = randomUUID();
  const detail = { account: 'promised', currency: 'EUR', expected: '1', found: '2' };
  await insertRow(t.db, 'reward_difference', {
    shop_id: shop.id,
    id,
    key: id,
    kind: 'books',
    reward_id: randomUUID(),
    state: 'open',
    detail,
  });
  expect(await differences.action(posted({ intent: 'withdraw', id }))).toEqual({
    toast: 'That does not help here',
  });
  expect(await differences.action(posted({ intent: 'adopt', id }))).toEqual({
    toast: 'The reward is not there any more',
  });
  expect((await differences.loader(args())).open).toMatchObject([{ id, state: 'open' }]);
  expect(await differences.action(posted({ intent: 'leave', id }))).toEqual({ toast: 'Done' });
  expect(await differences.action(posted({ intent: 'leave', id }))).toEqual({
    toast: 'It was settled already',
  });
  const { open, settled } = await differences.loader(args());
  expect(open).toEqual([]);
  expect(settled).toMatchObject([{ id, state: 'left', settledBy: expect.any(String) }]);
  await expect(differences.action(posted({ intent: 'burn', id }))).rejects.toMatchObject({ status: 400 });
});
