/** Staff begins a sequence from the customer's page, and is told plainly when that cannot be. */
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { makeReactionsLoop } from '../../../app/reactions.server.ts';
import type * as customerRoute from '../../../app/routes/app.customers.$id.tsx';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import { beginByHand } from '../../../app/sequences/sequences.server.ts';
import type { NotBegun } from '../../../app/sequences/sequence.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { whyNotBegun } from '../../../app/ui/beginWords.ts';
import { testDb } from '../../database.ts';
import { testShopify } from '../../shopify.ts';
import {
  aCustomer,
  anOrder,
  aSequence,
  aShipment,
  ASK_AFTER_TWO_DAYS,
  enrollmentsIn,
} from '../sequences/fixtures.ts';

const t = testDb();
const shopify = testShopify(t);

let shop: Shop;
let page: typeof customerRoute;
let react: () => Promise<number>;

beforeAll(async () => {
  process.env['DATABASE_URL'] = t.url;
  ({ shop } = await shopify.open());
  page = await import('../../../app/routes/app.customers.$id.tsx');
  const loop = makeReactionsLoop({ db: t.db, queue: shopify.queue, settleIn: async () => {} });
  react = () => loop(new Date());
  await react();
});

beforeEach(async () => {
  for (const table of ['enrollment_cursor', 'enrollment', 'sequence'])
    await t.db.sqlAcrossShops(`delete from ${table} where shop_id = $1`, [shop.id]);
});

const argsOf = (id: string, form?: Record<string, string>) => {
  const token = shopify.sandbox.tokens.admin(shopify.sandbox.shop());
  const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
  return {
    request: shopify.request(`/app/customers/${id}`, token, init),
    params: { id },
    context: {},
  } as unknown as Parameters<typeof page.loader>[0];
};

const begin = (id: string, sequence = 'care') => page.action(argsOf(id, { intent: 'begin', sequence }));
const BEGUN = { toast: 'It begins in a moment', saved: true };
const refused = (why: NotBegun, sequence = 'care') => ({ refused: whyNotBegun(why), sequence });

const plan = (
  each: PlanInput['trigger']['each'],
  with_: Partial<PlanInput> = {},
  trigger: Partial<PlanInput['trigger']> = {},
): PlanInput => ({
  ...ASK_AFTER_TWO_DAYS,
  ...with_,
  trigger: { ...ASK_AFTER_TWO_DAYS.trigger, each, ...trigger },
});

const care = (of: PlanInput, status = 'on') => aSequence(t.db, shop.id, of, { key: 'care', status });

test('the page offers what is switched on; it begins about the last order, once', async () => {
  await care(plan('order'));
  await aSequence(t.db, shop.id, plan('order'), { key: 'off', status: 'off' });
  const ana = await aCustomer(t.db, shop.id);
  await anOrder(t.db, shop.id, ana, { paidAt: new Date('2026-01-01T00:00:00Z') });
  const last = await anOrder(t.db, shop.id, ana, { paidAt: new Date('2026-03-01T00:00:00Z') });
  expect((await page.loader(argsOf(ana))).sequences).toEqual([{ key: 'care', name: 'A sequence' }]);
  expect(await begin(ana)).toEqual(BEGUN);
  // Pressed again before the worker came to it.
  expect(await begin(ana)).toEqual(refused('inside'));
  expect(await react()).toBeGreaterThan(0);
  expect(await enrollmentsIn(t.db, shop.id)).toMatchObject([{ state: 'open', subject: `order:${last}` }]);
  expect(await begin(ana)).toEqual(refused('inside'));
  await t.db.sqlAcrossShops(`update enrollment set state = 'done' where shop_id = $1`, [shop.id]);
  expect(await begin(ana)).toEqual(refused('been-through'));
  const { timeline } = await page.loader(argsOf(ana));
  expect(timeline.map(({ sentence }) => sentence)).toContain('“care” began');
  expect(await react()).toBe(0);
});

test('two who press at once begin one', async () => {
  await care(plan('customer'));
  const ana = await aCustomer(t.db, shop.id);
  const press = (then = async () => {}) =>
    t.db.inShop(shop.id, async (tx) => {
      const begun = await beginByHand(tx, { customerId: ana, sequence: 'care' }, new Date());
      await then();
      return begun;
    });
  let second: ReturnType<typeof press> | undefined;
  // Pressed while the first is not committed yet: it has to wait for that.
  const first = await press(async () => {
    second = press();
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  expect(first).toEqual({ outcome: 'begun' });
  expect(await second).toEqual({ outcome: 'refused', why: 'inside' });
  await react();
  expect(await enrollmentsIn(t.db, shop.id)).toHaveLength(1);
});

test('what is about an order, a parcel or its products needs one', async () => {
  const ana = await aCustomer(t.db, shop.id);
  await care(plan('order'));
  expect(await begin(ana)).toEqual(refused('no-order'));
  await aSequence(t.db, shop.id, plan('shipment'), { key: 'parcel' });
  await aSequence(t.db, shop.id, plan('product'), { key: 'products' });
  const order = await anOrder(t.db, shop.id, ana, {
    products: [
      [70n, 900n],
      [71n, 400n],
    ],
  });
  expect(await begin(ana, 'parcel')).toEqual(refused('no-parcel', 'parcel'));
  const shipment = await aShipment(t.db, shop.id, order);
  expect(await begin(ana, 'parcel')).toEqual(BEGUN);
  expect(await begin(ana, 'products')).toEqual(BEGUN);
  await react();
  expect((await enrollmentsIn(t.db, shop.id)).map(({ subject }) => subject).sort()).toEqual([
    `order:${order}:product:70`,
    `order:${order}:product:71`,
    `shipment:${shipment}`,
  ]);
});

test('an order that is over, a plan that does not take them in, and sequences that are off are named', async () => {
  const ana = await aCustomer(t.db, shop.id);
  const order = await anOrder(t.db, shop.id, ana, { test: true });
  const sequence = await care(plan('order'));
  expect(await begin(ana)).toEqual(refused('not-for-them'));
  await t.db.sqlAcrossShops(
    `update orders set test = false, cancelled_at = $2 where shop_id = $1 and id = $3`,
    [shop.id, new Date(), order],
  );
  expect(await begin(ana)).toEqual(refused('order-over'));
  await t.db.sqlAcrossShops(`update sequence set status = 'off' where id = $1`, [sequence]);
  expect(await begin(ana)).toEqual(refused('not-on'));
  expect(await begin(ana, 'nothing')).toEqual(refused('not-on', 'nothing'));
});

test('who was in it within the time that its plan keeps them out is kept out', async () => {
  await care(plan('customer', { reentry: { kind: 'once' } }));
  const ana = await aCustomer(t.db, shop.id);
  expect(await begin(ana)).toEqual(BEGUN);
  await react();
  expect(await begin(ana)).toEqual(refused('inside'));
  await t.db.sqlAcrossShops(`update enrollment set state = 'done' where shop_id = $1`, [shop.id]);
  expect(await begin(ana)).toEqual(refused('been-through'));
});

test('nobody of another shop is begun with', async () => {
  await care(plan('customer'));
  const { aShop } = await import('../../builders.ts');
  const other = await aShop(t.db);
  const stranger = await aCustomer(t.db, other.id);
  expect(await begin(stranger)).toEqual(refused('gone'));
});

const CSV = 'Name,E-mail\nAna,ANA@\nBen,BEN@\nNobody,nobody@example.com\nTwice,ANA@\nBroken,not an address\n';

async function aFile() {
  const [ana, ben] = [await aCustomer(t.db, shop.id), await aCustomer(t.db, shop.id)];
  await t.db.sqlAcrossShops(`update customer set email_key = email where shop_id = $1`, [shop.id]);
  return {
    ana,
    ben,
    csv: CSV.replaceAll('ANA@', `ana-${ana}@example.com`).replaceAll('BEN@', `ana-${ben}@example.com`),
  };
}

async function upload(
  sequence: string,
  csv: string,
  intent: 'check' | 'good' | 'all',
  column = '1',
  by = 'email',
) {
  const { action } = await import('../../../app/routes/app.sequences.$id.csv.tsx');
  return action({ ...argsOf(sequence, { intent, csv, column, by }), params: { id: sequence } });
}

test('a file is judged row by row before anybody comes in, then leads in what is good, or nobody', async () => {
  const sequence = await care(plan('customer', { reentry: { kind: 'once' } }));
  const { ana, ben, csv } = await aFile();
  const broken = [
    { row: 4, value: 'nobody@example.com', why: 'unknown' },
    { row: 5, value: `ana-${ana}@example.com`, why: 'twice' },
    { row: 6, value: 'not an address', why: 'not-an-address' },
  ];
  expect(await upload(sequence, csv, 'check')).toEqual({ good: 2, broken, begun: false });
  expect(await upload(sequence, csv, 'all')).toEqual({ good: 2, broken, begun: false });
  expect(await react()).toBe(0);
  expect(await upload(sequence, csv, 'good')).toMatchObject({ good: 2, broken, begun: true });
  await react();
  const inside = await enrollmentsIn(t.db, shop.id);
  expect(inside.map(({ customer_id }) => customer_id).sort()).toEqual([ana, ben].sort());
  // Sent again, it begins for nobody, and every row says why.
  const again = await upload(sequence, csv, 'good');
  expect(again).toMatchObject({ good: 0, begun: false });
  expect(
    'broken' in again && again.broken.filter(({ why }) => why === 'inside').map(({ row }) => row),
  ).toEqual([2, 3]);
});

test('a file that cannot be read, or has no such column, says so and begins nothing', async () => {
  const sequence = await care(plan('customer'));
  const { csv } = await aFile();
  expect(await upload(sequence, 'E-mail\n"ana@example.com\n', 'good')).toEqual({
    error: 'Row 2: a quotation mark opens and never closes. Nothing was read.',
  });
  expect(await upload(sequence, 'E-mail\n', 'good')).toMatchObject({
    error: expect.stringContaining('nobody below') as string,
  });
  expect(await upload(sequence, csv, 'good', '7')).toMatchObject({
    error: expect.stringContaining('column') as string,
  });
  expect(await react()).toBe(0);
});

const FLOW = (customerId: unknown, more: Record<string, unknown> = {}) => ({
  shop_id: 1,
  shopify_domain: shop.domain,
  action_run_id: 'run-1',
  handle: 'begin-sequence',
  properties: { customer_id: customerId, sequence: 'care' },
  ...more,
});

async function flow(body: unknown, secret = process.env['SHOPIFY_API_SECRET'] ?? '') {
  const { createHmac } = await import('node:crypto');
  const { action } = await import('../../../app/routes/webhooks.flow.tsx');
  const text = JSON.stringify(body);
  const headers = { 'x-shopify-hmac-sha256': createHmac('sha256', secret).update(text).digest('base64') };
  const request = new Request('https://app.example/webhooks/flow', { method: 'POST', body: text, headers });
  const answer = await action({ request, params: {}, context: {} });
  return { status: answer.status, said: answer.status === 401 ? null : ((await answer.json()) as unknown) };
}

test('a workflow of Flow begins a sequence, once however often it is told', async () => {
  await care(plan('customer'));
  const ana = await aCustomer(t.db, shop.id);
  await t.db.sqlAcrossShops('update customer set shopify_id = 4711 where id = $1', [ana]);
  expect(await flow(FLOW(4711))).toEqual({ status: 200, said: { begun: true } });
  expect(await flow(FLOW(4711))).toEqual({ status: 200, said: { begun: true } });
  await react();
  expect(await flow(FLOW('gid://shopify/Customer/4711'))).toEqual({ status: 200, said: { begun: true } });
  await react();
  expect(await enrollmentsIn(t.db, shop.id)).toMatchObject([{ customer_id: ana }]);
  const next = await flow(FLOW(4711, { action_run_id: 'run-2' }));
  expect(next).toEqual({ status: 422, said: { error: whyNotBegun('inside') } });
});

test('what Flow cannot have meant is refused for good, with why; what Flow did not sign is not read', async () => {
  await care(plan('customer'));
  expect(await flow(FLOW(4712), 'another secret')).toEqual({ status: 401, said: null });
  expect(await flow(FLOW(4712))).toEqual({ status: 422, said: { error: whyNotBegun('gone') } });
  expect((await flow(FLOW('Ana'))).status).toBe(400);
  expect((await flow(FLOW(1, { handle: 'another-action' }))).status).toBe(400);
  expect((await flow(FLOW(1, { shopify_domain: 'nobody.myshopify.com' }))).status).toBe(404);
  const unknown = await flow(FLOW(1, { properties: { customer_id: 1, sequence: 'nothing' } }));
  expect(unknown).toEqual({ status: 422, said: { error: 'There is no sequence “nothing”.' } });
});

test('segments, their members and dates of customers are read from Shopify, page by page', async () => {
  const { audienceSource, segmentsOf } =
    await import('../../../app/adapters/shopify/audience-source.server.ts');
  const { sandbox } = shopify;
  const at = sandbox.shop();
  const people = Array.from({ length: 260 }, (_, index) =>
    sandbox.store.createCustomer(at, { email: `many-${index}@example.com`, tags: index % 2 ? ['odd'] : [] }),
  );
  at.segments.push({
    id: 'gid://shopify/Segment/77',
    name: 'Odd ones',
    query: "customer_tags CONTAINS 'odd'",
    createdAt: sandbox.clock.iso(),
  });
  at.metafields.push({
    id: 'gid://shopify/Metafield/1',
    owner: people[3]!.id,
    namespace: 'facts',
    key: 'birth_date',
    type: 'date',
    value: '1990-05-10',
    createdAt: sandbox.clock.iso(),
    updatedAt: sandbox.clock.iso(),
  });
  const source = audienceSource(shopify.admin);
  const told = await segmentsOf(shopify.admin, shop);
  expect(told.outcome === 'ok' && told.value).toContainEqual({ id: '77', name: 'Odd ones' });
  const numberOf = ({ id }: { id: string }) => BigInt(id.split('/').at(-1)!);
  const members = await source.members(shop, 77n);
  expect(members.outcome === 'ok' && [...members.value].sort()).toEqual(
    people
      .filter(({ tags }) => tags.includes('odd'))
      .map(numberOf)
      .sort(),
  );
  const dates = await source.dates(shop, 'facts.birth_date', null);
  const known = dates.outcome === 'ok' ? dates.value.filter(({ value }) => value !== null) : [];
  expect(known).toEqual([{ shopifyId: numberOf(people[3]!), value: '1990-05-10' }]);
  expect(dates.outcome === 'ok' && dates.value.length).toBeGreaterThanOrEqual(260);
  // One that is gone is refused, never empty: nobody has left it.
  expect((await source.members(shop, 78n)).outcome).toBe('refused');
});
