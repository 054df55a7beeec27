/** What steps do beside writing is done once, tried again where that helps, and told in the customer's story. */
import { beforeEach, expect, test } from 'vitest';
import { beginDeed, claimDeeds } from '../../../app/sequences/deed-rows.server.ts';
import type { DeedOwner, Tried, WebhookNote } from '../../../app/sequences/deed.ts';
import {
  forgetDeeds,
  listFailedDeeds,
  makeDeedLoop,
  mergeCustomers,
  retryDeeds,
  stop,
} from '../../../app/sequences/sequences.server.ts';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { LEASE_SECONDS } from '../../../app/lease.server.ts';
import { timelineSentence } from '../../../app/ui/timelineSentence.ts';
import { timelineOf } from '../../../app/customers/customers.server.ts';
import { aShop } from '../../builders.ts';
import { watchLease } from '../../leases.ts';
import { testDb } from '../../database.ts';
import { aCustomer, aSequence, ASK_AT_ONCE, later, manyEnrolled, NOON, runDue } from './fixtures.ts';

const t = testDb();
let shop: Shop;

beforeEach(async () => {
  await t.db.sqlAcrossShops(`update deed set due_at = null`);
  shop = await aShop(t.db);
});

const TAG: PlanInput['steps'][number] = { kind: 'tag', key: 'tag', tags: ['vip', 'gold'], next: null };

/** Customers, all with an account at Shopify, who have come to these steps. */
async function reached(steps: PlanInput['steps'], customers = 1) {
  await aSequence(t.db, shop.id, { ...ASK_AT_ONCE, start: steps[0]!.key, steps }, { key: 'care' });
  const happened = await manyEnrolled(t.db, shop.id, customers);
  await t.db.sqlAcrossShops(
    `update customer set shopify_id = ('x' || substr(md5(id::text), 1, 8))::bit(32)::bigint where shop_id = $1`,
    [shop.id],
  );
  await runDue(t.db, NOON);
  return happened;
}

/** What others were asked to do, and what they answer. */
function others(answer: () => Tried | Promise<Tried> = () => ({ outcome: 'done' })) {
  const asked: { what: string; owner?: DeedOwner; note?: WebhookNote }[] = [];
  const round = makeDeedLoop({
    db: t.db,
    shopify: {
      addTags: async (_domain, owner, tags) => {
        asked.push({ what: `tags ${tags.join()}`, owner });
        return answer();
      },
      setMetafield: async (_domain, owner, { namespace, key, value }) => {
        asked.push({ what: `metafield ${namespace}.${key}=${value}`, owner });
        return answer();
      },
    },
    webhooks: {
      post: async (_shopId, url, note) => {
        asked.push({ what: `post ${url}`, note });
        return answer();
      },
    },
  });
  return { asked, round };
}

interface Row {
  step_key: string;
  state: string;
  reason: { code?: string };
  due_at: Date | null;
  attempts: number;
}

const rows = () =>
  t.db.sqlAcrossShops<Row>(
    `select step_key, state, reason, due_at, attempts from deed where shop_id = $1 order by step_key`,
    [shop.id],
  );

async function story(customerId: string): Promise<string[]> {
  const { entries } = await t.db.acrossShops((tx) => timelineOf(tx, { shopId: shop.id, id: customerId }, {}));
  return entries
    .filter(({ code }) => code.startsWith('deed'))
    .map((entry) => timelineSentence(entry, { zone: 'UTC' }));
}

test('a tag, a metafield and a webhook are done once each, with a line in the story', async () => {
  const [ana] = await reached([
    { ...TAG, next: 'size' } as typeof TAG,
    {
      kind: 'metafield',
      key: 'size',
      on: 'order',
      namespace: 'custom',
      name: 'size',
      value: 'M',
      next: 'tell',
    },
    { kind: 'webhook', key: 'tell', url: 'https://hooks.example.com/in', next: null },
  ]);
  const { asked, round } = others();
  expect(await round(NOON)).toBe(3);
  expect(await round(later(100))).toBe(0);
  expect(asked).toHaveLength(3);
  expect(asked.find(({ what }) => what === 'tags vip,gold')?.owner).toMatchObject({ on: 'customer' });
  expect(asked.find(({ what }) => what === 'metafield custom.size=M')?.owner).toEqual({
    on: 'order',
    id: ana!.orderId,
  });
  const { note } = asked.find(({ what }) => what.startsWith('post'))!;
  expect(note).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}:tell$/),
    kind: 'step.reached',
    at: NOON.toISOString(),
    shop: shop.domain,
    sequence: 'care',
    step: 'tell',
    customer: { id: ana!.customerId, shopifyId: expect.stringMatching(/^\d+$/) },
    order: { id: String(ana!.orderId), name: '#1001' },
  });
  expect(await rows()).toMatchObject(Array(3).fill({ state: 'done', due_at: null, attempts: 1 }));
  expect((await story(ana!.customerId)).sort()).toEqual([
    '“care” set the metafield custom.size',
    '“care” set the tags vip, gold',
    '“care” told hooks.example.com',
  ]);
});

test('many workers at once do each deed once', async () => {
  await reached([TAG], 40);
  const slow = () => new Promise<Tried>((resolve) => setTimeout(resolve, 20, { outcome: 'done' }));
  const workers = Array.from({ length: 6 }, () => others(slow));
  const drain = async ({ round }: ReturnType<typeof others>) => {
    while ((await round(NOON)) > 0);
  };
  await Promise.all(workers.map(drain));
  await Promise.all(workers.map(drain));
  const ids = workers.flatMap(({ asked }) => asked.map(({ owner }) => owner!.id));
  expect(ids).toHaveLength(40);
  expect(new Set(ids).size).toBe(40);
});

test('a deed of a worker that died is taken over when its lease is over, and what the dead one says is not heard', async () => {
  const [ana] = await reached([TAG]);
  let wake = () => {};
  const asleep = new Promise<Tried>((resolve) => {
    wake = () => resolve({ outcome: 'failed', reason: { code: 'shopify-refused' } });
  });
  const isProlonged = watchLease(t.db, 'deed');
  const dead = others(() => asleep);
  const underWay = dead.round(NOON);
  while (dead.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await isProlonged();
  const second = others(() => ({ outcome: 'later', seconds: 30 }));
  // Domain time says nothing about leases.
  expect(await second.round(later(1000))).toBe(0);
  await endLeases();
  expect(await second.round(NOON)).toBe(1);
  wake();
  await underWay;
  expect(await rows()).toMatchObject([{ state: 'waiting', attempts: 2 }]);
  expect(await story(ana!.customerId)).toEqual([]);
});

const endLeases = () =>
  t.db.sqlAcrossShops(
    `update deed set lease_until = clock_timestamp() - interval '1 second' where shop_id = $1 and lease_until is not null`,
    [shop.id],
  );

test('a worker that has lost a deed while it waited in its queue does not begin it', async () => {
  await reached([TAG]);
  const [lost] = await claimDeeds(t.db, NOON, LEASE_SECONDS);
  await endLeases();
  // A lease bears the moment of its claim, to the millisecond; real ones are seconds apart.
  await t.db.sqlAcrossShops('select pg_sleep(0.01)');
  const [held] = await claimDeeds(t.db, NOON, LEASE_SECONDS);
  expect(await beginDeed(t.db, lost!)).toBeNull();
  expect(await beginDeed(t.db, held!)).toMatchObject({ attempts: 1, sequence: 'care' });
});

test('what may work later is put off and tried again; what never will is told with its reason', async () => {
  const [ana] = await reached([TAG]);
  const { round } = others(() => ({ outcome: 'later', seconds: 30 }));
  expect(await round(NOON)).toBe(1);
  expect(await rows()).toMatchObject([{ state: 'waiting', due_at: new Date(NOON.getTime() + 30_000) }]);
  expect(await round(NOON)).toBe(0);
  const refusing = others(() => ({ outcome: 'failed', reason: { code: 'may-not-edit-orders' } }));
  expect(await refusing.round(later(1))).toBe(1);
  expect(await rows()).toMatchObject([
    { state: 'failed', reason: { code: 'may-not-edit-orders' }, due_at: null },
  ]);
  expect(await story(ana!.customerId)).toEqual([
    expect.stringMatching(/^“care” could not set the tags vip, gold: Everafter may not edit orders/),
  ]);
});

test('what failed is tried again when staff asks, once, and with the patience of a new one', async () => {
  await reached([TAG]);
  const refusing = others(() => ({
    outcome: 'failed',
    reason: { code: 'shopify-refused', said: 'TAG_LIMIT' },
  }));
  await refusing.round(NOON);
  const month = later(30 * 24);
  await t.db.inShop(shop.id, async (tx) => {
    const { deeds } = await listFailedDeeds(tx, {});
    expect(deeds).toMatchObject([
      {
        kind: 'tag',
        what: 'vip, gold',
        sequence: 'A sequence',
        reason: { said: 'TAG_LIMIT' },
        endedAt: NOON,
      },
    ]);
    const { enrollmentId } = deeds[0]!;
    const again = (stepKey: string) => retryDeeds(tx, { one: { enrollmentId, stepKey } }, month);
    expect([await again('other'), await again('tag'), await again('tag')]).toEqual([0, 1, 0]);
    expect((await listFailedDeeds(tx, {})).deeds).toEqual([]);
  });
  const slow = others(() => ({ outcome: 'later', seconds: 30 }));
  expect(await slow.round(month)).toBe(1);
  expect(await rows()).toMatchObject([{ state: 'waiting', due_at: new Date(month.getTime() + 30_000) }]);
  expect(await others().round(later(30 * 24 + 1))).toBe(1);
  expect(await rows()).toMatchObject([{ state: 'done' }]);
});

test('who has no account at Shopify gets no tag, and staff reads why', async () => {
  await reached([TAG]);
  await t.db.sqlAcrossShops('update customer set shopify_id = null where shop_id = $1', [shop.id]);
  const { asked, round } = others();
  await round(NOON);
  expect(asked).toEqual([]);
  expect(await rows()).toMatchObject([{ state: 'failed', reason: { code: 'not-at-shopify' } }]);
});

const WITH_TASK: PlanInput['steps'] = [
  { ...TAG, next: 'card' } as typeof TAG,
  { kind: 'task', key: 'card', title: 'Write a card', next: null },
];

test('an uninstalled shop waits for nothing; nothing of a former epoch is done after it came back', async () => {
  await reached(WITH_TASK);
  const { asked, round } = others();
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [shop.id]);
  expect(await round(NOON)).toBe(0);
  await t.db.sqlAcrossShops(`update shop set status = 'installed', epoch = epoch + 1 where id = $1`, [
    shop.id,
  ]);
  expect(await round(NOON)).toBe(1);
  expect((await rows()).find(({ step_key: key }) => key === 'tag')).toMatchObject({
    state: 'dropped',
    reason: { code: 'uninstalled' },
  });
  const uninstalled = {
    shopId: shop.id,
    by: 'shop' as const,
    id: String(shop.id),
    reason: 'uninstalled' as const,
  };
  await t.db.acrossShops((tx) => stop(tx, [uninstalled], NOON));
  expect(await rows()).toMatchObject([{ state: 'dropped' }, { state: 'dropped' }]);
  expect(asked).toEqual([]);
});

test('who is erased, before or while a worker is at it, is left alone and has no line', async () => {
  const [ana, ben] = await reached(WITH_TASK, 2);
  const erased = (customerId: string) => ({
    shopId: shop.id,
    by: 'customer' as const,
    id: customerId,
    reason: 'erased' as const,
  });
  await t.db.acrossShops((tx) => stop(tx, [erased(ana!.customerId)], NOON));
  const { asked, round } = others(async () => {
    await t.db.acrossShops((tx) => stop(tx, [erased(ben!.customerId)], NOON));
    return { outcome: 'done' };
  });
  expect(await round(NOON)).toBe(1);
  expect(asked).toHaveLength(1);
  expect(await rows()).toMatchObject(
    Array(4).fill({ state: 'dropped', reason: { code: 'erased' }, due_at: null }),
  );
  expect(await story(ben!.customerId)).toEqual([]);
});

test('deeds follow a merge', async () => {
  const [ana] = await reached(WITH_TASK);
  const into = await aCustomer(t.db, shop.id);
  await t.db.acrossShops((tx) =>
    mergeCustomers(tx, [{ shopId: shop.id, from: ana!.customerId, into }], NOON),
  );
  const found = await t.db.sqlAcrossShops('select distinct customer_id from deed where shop_id = $1', [
    shop.id,
  ]);
  expect(found).toEqual([{ customer_id: into }]);
});

test('what waits counts among the due moments; what is long over is forgotten, what is open is not', async () => {
  await reached(WITH_TASK);
  const due = () =>
    t.db.sqlAcrossShops(`select kind from due_moment where shop_id = $1 and kind = 'deed'`, [shop.id]);
  expect(await due()).toHaveLength(1);
  await others().round(NOON);
  expect(await due()).toEqual([]);
  await t.db.acrossShops((tx) => forgetDeeds(tx, later(24 * 119)));
  expect(await rows()).toHaveLength(2);
  await t.db.acrossShops((tx) => forgetDeeds(tx, later(24 * 121)));
  expect(await rows()).toMatchObject([{ step_key: 'card', state: 'waiting' }]);
});
