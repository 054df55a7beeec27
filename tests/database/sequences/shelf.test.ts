/** Sequences made, copied, named and thrown away; and what would happen to a customer. */
import { expect, test } from 'vitest';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { READY_SEQUENCES } from '../../../app/sequences/ready/ready.ts';
import {
  createSequence,
  deleteSequence,
  discardDraft,
  duplicateSequence,
  listSequences,
  lookAhead,
  publish,
  renameSequence,
  saveDraft,
  sequenceOf,
  stop,
  stopOne,
  switchSequence,
  takenKeys,
} from '../../../app/sequences/sequences.server.ts';
import { planSchema } from '../../../app/sequences/plan.ts';
import {
  aCustomer,
  anOrder,
  aSequence,
  ASK_AFTER_TWO_DAYS,
  cursorsIn,
  enrollmentsIn,
  later,
  manyEnrolled,
  messagesIn,
  NOON,
  runDue,
} from './fixtures.ts';

const t = testDb();

async function aHouse() {
  const shop = await aShop(t.db);
  const inShop = <Result>(work: Parameters<typeof t.db.inShop<Result>>[1]) => t.db.inShop(shop.id, work);
  return { shop, inShop };
}

test('each of the thirteen is made switched off and unpublished, and can then be published', async () => {
  const { inShop } = await aHouse();
  for (const { key, name } of READY_SEQUENCES) {
    const id = await inShop((tx) => createSequence(tx, key, NOON));
    expect(await inShop((tx) => sequenceOf(tx, id))).toMatchObject({
      key,
      name,
      on: false,
      liveVersion: null,
      problems: [],
    });
    expect(await inShop((tx) => switchSequence(tx, id, true, NOON))).toBe('unpublished');
    expect(await inShop((tx) => publish(tx, id, { inside: 'stay' }, NOON))).toMatchObject({ version: 1 });
    expect(await inShop((tx) => switchSequence(tx, id, true, NOON))).toBe('switched');
  }
});

test('two of one kind at the same moment have keys of their own', async () => {
  const { inShop } = await aHouse();
  await Promise.all([1, 2, 3].map(() => inShop((tx) => createSequence(tx, 'review', NOON))));
  const list = await inShop((tx) => listSequences(tx, NOON));
  expect(list.map(({ key }) => key).sort()).toEqual(['review', 'review-2', 'review-3']);
});

test('a copy begins with the draft, or with what is live where there is none', async () => {
  const { shop, inShop } = await aHouse();
  const id = await aSequence(t.db, shop.id);
  const ofLive = await inShop((tx) => duplicateSequence(tx, id, NOON));
  const plan = planSchema.parse(ASK_AFTER_TWO_DAYS);
  expect(await inShop((tx) => sequenceOf(tx, ofLive!))).toMatchObject({
    name: 'Copy of A sequence',
    draft: plan,
  });
  const draft = { ...plan, reentry: { kind: 'once' } };
  await inShop((tx) => saveDraft(tx, id, { plan: draft }, NOON));
  const ofDraft = await inShop((tx) => duplicateSequence(tx, id, NOON));
  expect(await inShop((tx) => sequenceOf(tx, ofDraft!))).toMatchObject({ draft, live: null, on: false });
  expect(await inShop((tx) => discardDraft(tx, id, NOON))).toBe(true);
  expect(await inShop((tx) => sequenceOf(tx, id))).toMatchObject({ draft: null });
  expect(await inShop((tx) => discardDraft(tx, ofDraft!, NOON))).toBe(false);
});

test('a name is trimmed and never empty', async () => {
  const { shop, inShop } = await aHouse();
  const id = await aSequence(t.db, shop.id);
  expect(await inShop((tx) => renameSequence(tx, id, '  Thanks  ', NOON))).toBe('renamed');
  expect(await inShop((tx) => renameSequence(tx, id, '   ', NOON))).toBe('nameless');
  expect(await inShop((tx) => sequenceOf(tx, id))).toMatchObject({ name: 'Thanks' });
});

test('it is thrown away only when nobody is inside; mails that still wait go with it', async () => {
  const { shop, inShop } = await aHouse();
  const id = await aSequence(t.db, shop.id);
  await manyEnrolled(t.db, shop.id, 3);
  await runDue(t.db, NOON);
  expect(await inShop((tx) => deleteSequence(tx, id, NOON))).toEqual({ outcome: 'inside', count: 3 });
  await runDue(t.db, later(48));
  expect(await messagesIn(t.db, shop.id)).toHaveLength(3);
  expect(await inShop((tx) => deleteSequence(tx, id, later(48)))).toEqual({ outcome: 'deleted' });
  expect(await inShop((tx) => sequenceOf(tx, id))).toBeNull();
  const waiting = await t.db.sqlAcrossShops<{ count: number }>(
    'select count(*)::int as count from message where shop_id = $1 and due_at is not null',
    [shop.id],
  );
  expect(waiting).toEqual([{ count: 0 }]);
  expect(await enrollmentsIn(t.db, shop.id)).toHaveLength(3);
});

test('everybody inside is stopped at once, and then it can go', async () => {
  const { shop, inShop } = await aHouse();
  const id = await aSequence(t.db, shop.id);
  await manyEnrolled(t.db, shop.id, 4);
  await runDue(t.db, NOON);
  const all = { shopId: shop.id, by: 'sequence', id, reason: 'stopped-by-staff' } as const;
  expect(await inShop((tx) => stop(tx, [all], NOON))).toBe(4);
  expect(await cursorsIn(t.db, shop.id)).toEqual([]);
  expect(await inShop((tx) => deleteSequence(tx, id, NOON))).toEqual({ outcome: 'deleted' });
});

test('one enrollment is stopped by hand, and only from the page of its own customer', async () => {
  const { shop, inShop } = await aHouse();
  await aSequence(t.db, shop.id);
  await manyEnrolled(t.db, shop.id, 2);
  const [first, second] = await enrollmentsIn(t.db, shop.id);
  const own = { id: first!.id, customerId: first!.customer_id };
  const stranger = { id: first!.id, customerId: second!.customer_id };
  expect(await inShop((tx) => stopOne(tx, stranger, NOON))).toBe(false);
  expect(await inShop((tx) => stopOne(tx, own, NOON))).toBe(true);
  expect(await inShop((tx) => stopOne(tx, own, NOON))).toBe(false);
  expect(await cursorsIn(t.db, shop.id)).toHaveLength(1);
});

test('keys of all versions are taken, also those of steps that are gone', async () => {
  const { shop, inShop } = await aHouse();
  const id = await aSequence(t.db, shop.id);
  const [, ask] = planSchema.parse(ASK_AFTER_TWO_DAYS).steps;
  const shorter = { ...ASK_AFTER_TWO_DAYS, start: 'ask', steps: [ask] };
  await inShop((tx) => saveDraft(tx, id, { plan: shorter }, NOON));
  await inShop((tx) => publish(tx, id, { inside: 'stay' }, NOON));
  expect(await inShop((tx) => takenKeys(tx, id))).toEqual(['ask', 'wait']);
});

test('what would happen is told of the customer’s last order, and nothing is written', async () => {
  const { shop, inShop } = await aHouse();
  const customerId = await aCustomer(t.db, shop.id);
  await anOrder(t.db, shop.id, customerId, { paidAt: later(-24) });
  const plan = planSchema.parse(ASK_AFTER_TWO_DAYS);
  const look = (from: 'now' | 'last-order') =>
    inShop((tx) => lookAhead(tx, shop, { sequenceId: customerId, plan, customerId, from }, NOON));
  expect((await look('last-order')).steps.map(({ key, at }) => [key, at])).toEqual([
    ['wait', later(-24)],
    ['ask', later(24)],
  ]);
  expect((await look('now')).end).toMatchObject({ kind: 'done', at: later(48) });
  expect(await enrollmentsIn(t.db, shop.id)).toEqual([]);
  expect(await messagesIn(t.db, shop.id)).toEqual([]);
});
