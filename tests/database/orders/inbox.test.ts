/** The worker's loop: fairness, failures, poison, crashes, dead letters, strays, housekeeping. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  adoptStrays,
  deadLetters,
  forgetOldWebhooks,
  makeInboxLoop,
  redrive,
} from '../../../app/orders/orders.server.ts';
import type { HandledAs } from '../../../app/orders/orders.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { anInbox, ordersDeps, quietHandlers, type Inbox } from '../../inbox.ts';
import { anId, anOrderBody } from '../../webhook-bodies.ts';

const t = testDb();
let inbox: Inbox;
let shop: Shop;
const handler = vi.fn((): Promise<HandledAs> => Promise.resolve({ outcome: 'done' }));
beforeEach(async () => {
  handler.mockReset();
  handler.mockResolvedValue({ outcome: 'done' });
  await t.db.sqlAcrossShops('delete from webhook_inbox');
  inbox = anInbox(t, { handlers: { 'shop/update': handler } });
  shop = await aShop(t.db);
});
afterEach(() => inbox.close());

const rowsOf = (of = shop) =>
  t.db.sqlAcrossShops<{
    webhook_id: string;
    state: number;
    reason: string | null;
    attempts: number;
    due_at: Date | null;
  }>(
    'select webhook_id, state, reason, attempts, due_at from webhook_inbox where shop_id = $1 order by received_at, webhook_id',
    [of.id],
  );
const named = (webhookId: string) => ({ 'x-shopify-webhook-id': webhookId });
const attemptsLeft = async () => (await t.db.sqlAcrossShops('select * from inbox_attempt')).length;

test('a shop with very much does not keep a shop with little waiting', async () => {
  const small = await aShop(t.db);
  for (let n = 0; n < 60; n++) await inbox.send({ shop, topic: 'orders/create', body: anOrderBody() });
  await inbox.send({ shop: small, topic: 'orders/create', body: anOrderBody() });
  await inbox.loop(inbox.now);
  expect(await rowsOf(small)).toMatchObject([{ state: 1 }]);
  expect((await rowsOf()).filter(({ state }) => state === 0).length).toBeGreaterThan(0);
});

test('a webhook that fails holds up nobody in its batch, and is tried again, ever later, eight times', async () => {
  handler.mockRejectedValue(new Error('personal@example.com'));
  await inbox.send({ shop, topic: 'shop/update', body: { id: 1 }, headers: named('bad') });
  for (let n = 0; n < 9; n++)
    await inbox.send({ shop, topic: 'orders/create', body: anOrderBody(), headers: named(`good-${n}`) });
  await inbox.loop(inbox.now);
  const rows = await rowsOf();
  expect(rows.filter(({ state }) => state === 1)).toHaveLength(9);
  const bad = rows.find(({ webhook_id }) => webhook_id === 'bad')!;
  expect(bad).toMatchObject({ state: 0, attempts: 1, reason: 'error: Error' });
  for (let n = 0; n < 7; n++) {
    inbox.now = new Date(inbox.now.getTime() + 86_400_000);
    await inbox.workIn();
  }
  expect((await rowsOf()).find(({ webhook_id }) => webhook_id === 'bad')).toMatchObject({
    state: 2,
    attempts: 8,
    due_at: null,
  });
  expect(await attemptsLeft()).toBe(0);
});

test('a dead letter can be driven again, once, and is not lost meanwhile', async () => {
  handler.mockResolvedValue({ outcome: 'dead', reason: 'no such thing' });
  await inbox.take({ shop, topic: 'shop/update', body: { id: 2 }, headers: named('dead') });
  const [letter] = await t.db.inShop(shop.id, (tx) => deadLetters(tx, shop.id));
  expect(letter).toMatchObject({ webhookId: 'dead', topic: 'shop/update', reason: 'no such thing' });
  handler.mockResolvedValue({ outcome: 'done' });
  const press = () => t.db.inShop(shop.id, (tx) => redrive(tx, shop.id, ['dead'], inbox.now));
  expect([await press(), await press()]).toEqual([1, 0]);
  await inbox.workIn();
  expect(await rowsOf()).toMatchObject([{ state: 1 }]);
});

test('a webhook that kills its worker is tried alone, and given up after three deaths', async () => {
  await inbox.send({ shop, topic: 'shop/update', body: { id: 3 }, headers: named('killer') });
  await inbox.send({ shop, topic: 'orders/create', body: anOrderBody(), headers: named('bystander') });
  const dies = { ...t.db, acrossShops: dieInTheMiddle };
  const loop = makeInboxLoop({
    db: dies,
    orders: ordersDeps,
    handlers: { ...quietHandlers, 'shop/update': handler },
  });
  for (let deaths = 0; deaths < 3; deaths++) {
    death = Promise.withResolvers();
    await Promise.race([loop(inbox.now), death.promise]);
  }
  const left = await t.db.sqlAcrossShops<{ webhook_id: string; attempts: number }>(
    'select webhook_id, attempts from inbox_attempt order by 1',
  );
  // The first death took both along; from then on the one that is tried is alone.
  expect(left.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(4);
  handler.mockImplementation(() => new Promise(() => {}));
  await t.db.sqlAcrossShops(
    `update inbox_attempt set attempts = case webhook_id when 'killer' then 3 else 1 end`,
  );
  await inbox.workIn();
  expect(await rowsOf()).toMatchObject([{ state: 2, reason: 'killed-its-worker' }, { state: 1 }]);
  expect(await attemptsLeft()).toBe(0);
});

let death = Promise.withResolvers<void>();

/** As when the process is killed once the attempt is written down: the transaction is rolled back and nobody hears of it. */
const dieInTheMiddle = <T>(work: (tx: { sql: typeof t.db.sqlAcrossShops }) => Promise<T>): Promise<T> =>
  new Promise<T>((_resolve, reject) => {
    t.db
      .acrossShops(async (tx) => {
        const sql: typeof tx.sql = (text, values) => {
          if (/from unnest.*join webhook_inbox/s.test(text)) throw new Error('killed');
          return tx.sql(text, values);
        };
        return work({ sql });
      })
      .catch((error: Error) => (error.message === 'killed' ? death.resolve() : reject(error)));
  });

test('two workers at one inbox work each webhook in once', async () => {
  const bodies = Array.from({ length: 80 }, () =>
    anOrderBody({ customer: null, email: `guest${anId()}@example.com` }),
  );
  for (const body of bodies) await inbox.send({ shop, topic: 'orders/create', body });
  const loops = [1, 2, 3].map(() => makeInboxLoop({ db: t.db, orders: ordersDeps, handlers: quietHandlers }));
  const work = async (loop: (now: Date) => Promise<number>) => {
    for (let idle = 0; idle < 3;) idle = (await loop(inbox.now)) > 0 ? 0 : idle + 1;
  };
  await Promise.all(loops.map(work));
  const [counts] = await t.db.sqlAcrossShops(
    `select (select count(*) from orders where shop_id = $1) as orders, (select count(*) from event where shop_id = $1 and kind = 'order.created') as created,
      (select count(*) from customer where shop_id = $1) as customers`,
    [shop.id],
  );
  expect(counts).toEqual({ orders: 80n, created: 80n, customers: 80n });
});

test('what came before the installation is worked in with it', async () => {
  const domain = `early-${anId()}.myshopify.com`;
  await inbox.send({ shop: { domain }, topic: 'orders/create', body: anOrderBody() });
  const late = await aShop(t.db, { domain });
  expect(await t.db.acrossShops((tx) => adoptStrays(tx, late, inbox.now))).toBe(1);
  await inbox.workIn();
  expect(await rowsOf(late)).toMatchObject([{ state: 1 }]);
});

test('housekeeping forgets what is done and old, never what is dead or waits', async () => {
  await inbox.take(
    { shop, topic: 'orders/create', body: anOrderBody() },
    { shop, topic: 'orders/create', body: 'no' },
    { shop, topic: 'refunds/create', body: { id: 1, order_id: anId(), created_at: '2026-05-09T00:00:00Z' } },
  );
  const later = new Date(inbox.now.getTime() + 91 * 86_400_000);
  expect(await t.db.acrossShops((tx) => forgetOldWebhooks(tx, inbox.now))).toBe(0);
  expect(await t.db.acrossShops((tx) => forgetOldWebhooks(tx, later))).toBeGreaterThan(1);
  expect((await rowsOf()).map(({ state }) => state)).toEqual([2, 0]);
});

test('the claim and its neighbours use their indexes', async () => {
  await t.db.sqlAcrossShops(
    `insert into webhook_inbox (shop_id, webhook_id, topic, received_at, body, state, due_at)
     select $1::bigint + n % 50, 'many-' || n, 'orders/create', now(), '{}', case when n < 200 then 0 else 1 end, case when n < 200 then now() end
     from generate_series(1, 20000) n`,
    [9_000_000n],
  );
  await t.db.sqlAcrossShops('analyze webhook_inbox').catch(() => {});
  const { DUE_SHOPS, SLICE_OF_MANY } = await import('../../../app/orders/claim.server.ts');
  const plans = await t.db.acrossShops(async (tx) => {
    const plan = async (text: string, values: unknown[]) =>
      (await tx.sql<{ 'QUERY PLAN': string }>(`explain ${text}`, values))
        .map((row) => row['QUERY PLAN'])
        .join('\n');
    return [
      await plan(DUE_SHOPS, [new Date(), 0n]),
      await plan(SLICE_OF_MANY, [new Date(), [9_000_000n, 9_000_001n]]),
    ];
  });
  for (const plan of plans) {
    expect(plan).toContain('webhook_inbox_due');
    expect(plan).not.toContain('Seq Scan on webhook_inbox');
  }
});
