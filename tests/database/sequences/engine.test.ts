import pg from 'pg';
import { expect, test } from 'vitest';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { advanceDue, enroll, readFacts, switchSequence } from '../../../app/sequences/sequences.server.ts';
import type { FactsSource } from '../../../app/sequences/source.ts';
import {
  aCustomer,
  anOrder,
  aSequence,
  ASK_AFTER_TWO_DAYS,
  ASK_AT_ONCE,
  cursorsIn,
  enrollmentsIn,
  later,
  manyEnrolled,
  messagesIn,
  NOON,
  outcomesOf,
  paid,
  runDue,
} from './fixtures.ts';

const t = testDb();

async function aShopWith(plan = ASK_AT_ONCE, people = 1) {
  const shop = await aShop(t.db);
  const sequenceId = await aSequence(t.db, shop.id, plan);
  const happened = await manyEnrolled(t.db, shop.id, people);
  return { shop, sequenceId, happened };
}

/** Facts that wait at a gate after they were read, so that a test can do something while the batch is open. */
function heldFacts() {
  const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const facts: FactsSource = async (tx, wanted, now) => {
    const found = await readFacts(tx, wanted, now);
    reached.resolve();
    await goOn.promise;
    return found;
  };
  return { facts, reached: reached.promise, goOn: goOn.resolve };
}

test('an enrollment waits its time, sends one message and is done, and every step says why', async () => {
  const { shop } = await aShopWith(ASK_AFTER_TWO_DAYS);
  await runDue(t.db, later(1));
  expect(await cursorsIn(t.db, shop.id)).toMatchObject([{ step_key: 'wait', due_at: later(48) }]);
  await runDue(t.db, later(47));
  expect(await messagesIn(t.db, shop.id)).toEqual([]);
  await runDue(t.db, later(48));
  const [message] = await messagesIn(t.db, shop.id);
  const [enrollment] = await enrollmentsIn(t.db, shop.id);
  expect(message).toMatchObject({ key: `${enrollment!.id}:ask`, state: 'waiting', template_key: 'ask' });
  expect(enrollment).toMatchObject({ state: 'done', reason: null });
  expect(await cursorsIn(t.db, shop.id)).toEqual([]);
  expect(await outcomesOf(t.db, shop.id)).toEqual([
    'started order.paid',
    'waiting wait',
    'sent planned',
    'finished finished',
  ]);
  const lines = await t.db.sqlAcrossShops<{ code: string }>(
    'select code from timeline_entry where shop_id = $1 order by at, id',
    [shop.id],
  );
  expect(lines.map((line) => line.code)).toEqual(['sequence-entered', 'step-waiting', 'sequence-finished']);
});

test('two workers advancing one enrollment send one message', async () => {
  const { shop } = await aShopWith();
  const held = heldFacts();
  const one = t.db.acrossShops((tx) => advanceDue(tx, NOON, { facts: held.facts }));
  await held.reached;
  expect(await t.db.acrossShops((tx) => advanceDue(tx, NOON, { facts: readFacts }))).toBe(0);
  held.goOn();
  expect(await one).toBe(1);
  expect(await runDue(t.db, NOON)).toBe(0);
  expect(await messagesIn(t.db, shop.id)).toHaveLength(1);
});

test('many workers over many enrollments send each message once', async () => {
  const { shop } = await aShopWith(ASK_AT_ONCE, 60);
  const counts = await Promise.all([1, 2, 3, 4].map(() => runDue(t.db, NOON)));
  expect(counts.reduce((sum, count) => sum + count)).toBe(60);
  expect(await messagesIn(t.db, shop.id)).toHaveLength(60);
});

test('a claim repeated at the same instant changes nothing', async () => {
  const { shop } = await aShopWith(ASK_AFTER_TWO_DAYS);
  await runDue(t.db, NOON);
  const before = [await cursorsIn(t.db, shop.id), await outcomesOf(t.db, shop.id)];
  expect(await runDue(t.db, NOON)).toBe(0);
  expect([await cursorsIn(t.db, shop.id), await outcomesOf(t.db, shop.id)]).toEqual(before);
});

test('a rescheduled step is not sent at its old time', async () => {
  const { shop } = await aShopWith(ASK_AFTER_TWO_DAYS);
  await runDue(t.db, NOON);
  await t.db.sqlAcrossShops('update enrollment set anchor_at = $2 where shop_id = $1', [shop.id, later(24)]);
  await runDue(t.db, later(48));
  expect(await messagesIn(t.db, shop.id)).toEqual([]);
  expect(await cursorsIn(t.db, shop.id)).toMatchObject([{ due_at: later(72) }]);
  expect((await outcomesOf(t.db, shop.id)).at(-1)).toBe('moved recounted');
});

test('a worker killed in the middle of a step leaves it untaken, and the next claim takes it once', async () => {
  const { shop } = await aShopWith();
  const held = heldFacts();
  let pid = 0;
  const killed = t.db.acrossShops(async (tx) => {
    const [row] = await tx.sql<{ pid: number }>('select pg_backend_pid() as pid');
    pid = row!.pid;
    return advanceDue(tx, NOON, { facts: held.facts });
  });
  await held.reached;
  const owner = new pg.Client(t.url);
  await owner.connect();
  await owner.query('select pg_terminate_backend($1)', [pid]);
  await owner.end();
  held.goOn();
  await expect(killed).rejects.toThrow();
  expect(await runDue(t.db, NOON)).toBe(1);
  expect(await messagesIn(t.db, shop.id)).toHaveLength(1);
});

test('a sequence that is switched off parks whoever comes due, and goes on when it is switched on', async () => {
  const { shop, sequenceId } = await aShopWith();
  await t.db.inShop(shop.id, (tx) => switchSequence(tx, sequenceId, false, NOON));
  await runDue(t.db, NOON);
  expect(await cursorsIn(t.db, shop.id)).toMatchObject([{ due_at: null }]);
  expect(await messagesIn(t.db, shop.id)).toEqual([]);
  expect(await runDue(t.db, later(1))).toBe(0);
  await t.db.inShop(shop.id, (tx) => switchSequence(tx, sequenceId, true, later(2)));
  expect(await runDue(t.db, later(2))).toBe(1);
  expect(await messagesIn(t.db, shop.id)).toHaveLength(1);
});

test('switching off waits for the batch under way; after it nothing is planned', async () => {
  const { shop, sequenceId } = await aShopWith(ASK_AT_ONCE, 1);
  const held = heldFacts();
  const batch = t.db.acrossShops((tx) => advanceDue(tx, NOON, { facts: held.facts }));
  await held.reached;
  let off = false;
  const switching = t.db.inShop(shop.id, async (tx) => {
    await switchSequence(tx, sequenceId, false, NOON);
    off = true;
  });
  const late = await aCustomer(t.db, shop.id);
  const order = await anOrder(t.db, shop.id, late);
  await t.db.acrossShops((tx) => enroll(tx, [paid(shop.id, late, order)], NOON));
  expect(off).toBe(false);
  held.goOn();
  await batch;
  await switching;
  await runDue(t.db, NOON);
  expect(await messagesIn(t.db, shop.id)).toHaveLength(1);
});

test('nothing of a dead epoch runs', async () => {
  const { shop } = await aShopWith();
  await t.db.sqlAcrossShops('update shop set epoch = epoch + 2 where id = $1', [shop.id]);
  await runDue(t.db, NOON);
  expect(await messagesIn(t.db, shop.id)).toEqual([]);
  expect(await enrollmentsIn(t.db, shop.id)).toMatchObject([{ state: 'stopped', reason: 'uninstalled' }]);
});

test('a shop that is not installed is passed over', async () => {
  const { shop } = await aShopWith();
  await t.db.sqlAcrossShops(`update shop set status = 'uninstalled' where id = $1`, [shop.id]);
  expect(await runDue(t.db, NOON)).toBe(0);
  expect(await messagesIn(t.db, shop.id)).toEqual([]);
});

test('an enrollment that cannot be decided holds up nobody, is tried again, and is given up in the end', async () => {
  const { shop, happened } = await aShopWith(ASK_AT_ONCE, 8);
  const poisoned = happened[3]!.customerId;
  const failing: FactsSource = async (tx, wanted, now) => {
    const found = await readFacts(tx, wanted, now);
    return found.map((facts, index) => (wanted[index]!.customerId === poisoned ? (null as never) : facts));
  };
  await runDue(t.db, NOON, { facts: failing });
  expect(await messagesIn(t.db, shop.id)).toHaveLength(7);
  expect(await cursorsIn(t.db, shop.id)).toMatchObject([{ attempts: 1, due_at: later(1 / 60) }]);
  for (let attempt = 1; attempt < 12; attempt++) await runDue(t.db, later(24 * attempt), { facts: failing });
  expect(await cursorsIn(t.db, shop.id)).toEqual([]);
  const stopped = (await enrollmentsIn(t.db, shop.id)).filter(({ state }) => state === 'stopped');
  expect(stopped).toMatchObject([{ reason: 'error' }]);
});

test('what the database refuses for one enrollment is written for all others', async () => {
  const { shop, happened } = await aShopWith(ASK_AT_ONCE, 9);
  await t.db.sqlAcrossShops(
    `update enrollment set order_id = null, subject = 'broken' where shop_id = $1 and customer_id = $2`,
    [shop.id, happened[5]!.customerId],
  );
  const owner = new pg.Client(t.url);
  await owner.connect();
  await owner.query(
    `alter table message add constraint with_order check (order_id is not null or shop_id <> ${shop.id})`,
  );
  await runDue(t.db, NOON);
  expect(await messagesIn(t.db, shop.id)).toHaveLength(8);
  expect(await cursorsIn(t.db, shop.id)).toMatchObject([{ attempts: 1 }]);
  await owner.query('alter table message drop constraint with_order');
  await owner.end();
  await runDue(t.db, later(1));
  expect(await messagesIn(t.db, shop.id)).toHaveLength(9);
});

test('a code that is missing is asked for, and the message waits for it', async () => {
  const plan = {
    ...ASK_AT_ONCE,
    steps: [
      { ...ASK_AT_ONCE.steps[0]!, class: 'offer' as const, needs: ['referral-code' as const] } as never,
    ],
  };
  const { shop, happened } = await aShopWith(plan);
  const asked: string[] = [];
  const requestCodes = async (_tx: unknown, wanted: readonly { customerId: string }[]) => {
    asked.push(...wanted.map(({ customerId }) => customerId));
  };
  await runDue(t.db, NOON, { requestCodes });
  expect(asked).toEqual([happened[0]!.customerId]);
  expect(await cursorsIn(t.db, shop.id)).toMatchObject([{ step_key: 'ask', due_at: later(1) }]);
  await t.db.sqlAcrossShops(
    `with p as (
       insert into program (shop_id, id, key, status, terms, created_at, updated_at)
       values ($1, gen_random_uuid(), 'friends', 'on', '{}', $3, $3) returning shop_id, id)
     insert into referral_code (shop_id, code, program_id, state, customer_id, minted_at, issued_at)
     select shop_id, 'JO-42', id, 'issued', $2, $3, $3 from p`,
    [shop.id, happened[0]!.customerId, NOON],
  );
  await runDue(t.db, later(1), { requestCodes });
  expect(await messagesIn(t.db, shop.id)).toHaveLength(1);
});
