/** What a sequence leaves to people: on Home, on the customer's page, done by somebody. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type * as customerRoute from '../../../app/routes/app.customers.$id.tsx';
import type * as homeRoute from '../../../app/routes/app._index.tsx';
import type { Shop } from '../../../app/shops/shop.ts';
import { testDb } from '../../database.ts';
import { testShopify } from '../../shopify.ts';
import { hear, installDefaults, tagByHand } from '../../../app/conversations/conversations.server.ts';
import { aVoice } from '../../voices.ts';
import { aSequence, ASK_AT_ONCE, manyEnrolled, NOON, runDue } from '../sequences/fixtures.ts';

const t = testDb();
const shopify = testShopify(t);

let shop: Shop;
let home: typeof homeRoute;
let page: typeof customerRoute;

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  ({ shop } = await shopify.open());
  home = await import('../../../app/routes/app._index.tsx');
  page = await import('../../../app/routes/app.customers.$id.tsx');
});

beforeEach(async () => {
  await t.db.sqlAcrossShops('delete from deed where shop_id = $1', [shop.id]);
  await t.db.sqlAcrossShops(`update sequence set status = 'off' where shop_id = $1`, [shop.id]);
});

const argsOf = (id?: string, form?: Record<string, string>) => {
  const token = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
  const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
  const path = id ? `/app/customers/${id}` : '/app';
  return {
    request: shopify.request(path, token, init),
    params: id ? { id } : {},
    context: {},
  } as unknown as Parameters<typeof home.loader>[0];
};

/** So many customers for whom somebody has to write a card. @returns their ids, whoever has waited longest first */
async function cardsToWrite(count: number): Promise<string[]> {
  const steps = [
    { kind: 'task' as const, key: 'card', title: 'Write a card', note: 'By hand, please', next: null },
  ];
  await aSequence(t.db, shop.id, { ...ASK_AT_ONCE, start: 'card', steps });
  const happened = await manyEnrolled(t.db, shop.id, count);
  await runDue(t.db, NOON);
  const ids = happened.map(({ customerId }) => customerId);
  await t.db.sqlAcrossShops(
    `update deed d set at = d.at + make_interval(mins => array_position($2::uuid[], d.customer_id)) where shop_id = $1`,
    [shop.id, ids],
  );
  return ids;
}

test('Home shows who waits longest, with all of them counted; done, it is gone and stands in the story', async () => {
  const ids = await cardsToWrite(7);
  const { tasks } = await home.loader(argsOf());
  expect(tasks.count).toBe(7);
  expect(tasks.oldest.map(({ customerId }) => customerId)).toEqual(ids.slice(0, 5));
  expect(tasks.oldest[0]).toMatchObject({
    title: 'Write a card',
    note: 'By hand, please',
    customer: 'Ana',
    order: '#1001',
  });
  const [first] = tasks.oldest;
  const done = { intent: 'task-done', enrollment: first!.enrollmentId, step: first!.stepKey };
  expect(await home.action(argsOf(undefined, done))).toEqual({ toast: 'Done' });
  expect(await home.action(argsOf(undefined, done))).toEqual({ toast: 'It was done already' });
  const after = await home.loader(argsOf());
  expect(after.tasks).toMatchObject({ count: 6, oldest: [{ customerId: ids[1] }, {}, {}, {}, {}] });
  const { timeline } = await page.loader(argsOf(ids[0]));
  const lines = timeline.filter(({ sentence }) => sentence.includes('was done by'));
  expect(lines).toMatchObject([
    { sentence: expect.stringMatching(/^“Write a card” was done by staff \d+$/) },
  ]);
});

test('the page of a customer shows their own, and marks them done', async () => {
  const [ana, ben] = await cardsToWrite(2);
  const { tasks } = await page.loader(argsOf(ana));
  expect(tasks).toMatchObject({ count: 1, oldest: [{ customerId: ana }] });
  const { enrollmentId: enrollment, stepKey: step } = tasks.oldest[0]!;
  const done = { intent: 'task-done', enrollment, step };
  expect(await page.action(argsOf(ana, done))).toEqual({ toast: 'Done' });
  expect((await page.loader(argsOf(ana))).tasks.count).toBe(0);
  expect((await page.loader(argsOf(ben))).tasks.count).toBe(1);
});

test('nothing but a task can be marked done, and junk is answered', async () => {
  const steps = [{ kind: 'tag' as const, key: 'tag', tags: ['vip'], next: null }];
  await aSequence(t.db, shop.id, { ...ASK_AT_ONCE, start: 'tag', steps });
  await manyEnrolled(t.db, shop.id, 1);
  await runDue(t.db, NOON);
  const [deed] = await t.db.sqlAcrossShops<{ id: string }>(
    `select enrollment_id as id from deed where shop_id = $1 and kind = 'tag'`,
    [shop.id],
  );
  const wrong = { intent: 'task-done', enrollment: deed!.id, step: 'tag' };
  expect(await home.action(argsOf(undefined, wrong))).toEqual({ toast: 'It was done already' });
  expect((await home.loader(argsOf())).tasks.count).toBe(0);
  await expect(home.action(argsOf(undefined, { ...wrong, enrollment: 'x' }))).rejects.toMatchObject({
    status: 404,
  });
});

test('a product that is complained about again and again is a task; done, it is asked about again', async () => {
  await t.db.inShop(shop.id, (tx) => installDefaults(tx, shop.id, NOON));
  await t.db.sqlAcrossShops(
    `insert into product (shop_id, id, handle, title, updated_at) values ($1, 7, 'bowls', 'Stoneware bowls', $2)`,
    [shop.id, NOON],
  );
  for (const name of ['ana', 'bea', 'carl']) {
    const voice = aVoice(shop, NOON, {
      kind: 'review',
      source: `review:${name}`,
      from: { name, address: `${name}@example.com` },
      score: 1,
      productId: 7n,
      channel: 'review',
    });
    const ids = await t.db.acrossShops((tx) => hear(tx, [voice], NOON));
    const damaged = { shopId: shop.id, ids, tags: ['damaged'], by: 'staff:1' };
    await t.db.inShop(shop.id, (tx) => tagByHand(tx, damaged, NOON));
  }
  const { alarms } = await home.loader(argsOf());
  expect(alarms).toMatchObject([
    { productId: '7', product: 'Stoneware bowls', tagName: 'Damaged', count: 3 },
  ]);
  const done = { intent: 'alarm-done', id: alarms[0]!.id };
  expect(await home.action(argsOf(undefined, done))).toEqual({ toast: 'Done: asks about it go on' });
  expect(await home.action(argsOf(undefined, done))).toEqual({ toast: 'It was done already' });
  expect((await home.loader(argsOf())).alarms).toEqual([]);
});
