/** Several messages that want the same slot of one customer's budget: the higher priority, then the older, gets it. */
import { describe, expect, test } from 'vitest';
import { makeHandOverLoop } from '../../../app/messages/messages.server.ts';
import { PRIORITIES, type Priority } from '../../../app/messages/rank.ts';
import { testDb } from '../../database.ts';
import { spoiled } from '../../faults/spoiled.ts';
import {
  aMessage,
  aRecipient,
  aWritingShop,
  after,
  handOverAll,
  handOverDeps,
  messageRow,
  noon,
  RememberingMail,
} from '../../messages.ts';

const t = testDb();
const WEEKLY = { rhythm: { perWeek: 1, minGapHours: 0, quietFrom: 0, quietTo: 0 } };

async function aWeeklyReader() {
  const shop = await aWritingShop(t.db, WEEKLY);
  return { shop, customer: await aRecipient(t.db, shop) };
}

/** A message a week, all planned while the budget is spent: in which order they go. @param batch messages a claim */
async function goneInOrder(priorities: readonly Priority[], batch: number): Promise<string[]> {
  const { shop, customer } = await aWeeklyReader();
  const mail = new RememberingMail();
  const deps = handOverDeps(t.db, mail, { batch });
  await aMessage(t.db, shop, customer);
  await handOverAll(deps, noon);
  const named = new Map<string, string>();
  for (const [index, name] of priorities.entries()) {
    const id = await aMessage(t.db, shop, customer, { priority: PRIORITIES[name] });
    named.set(id, `${name} ${index}`);
    await handOverAll(deps, noon);
  }
  for (let week = 1; week <= priorities.length; week++) {
    const at = after(week * 7 * 24);
    await Promise.all([handOverAll(deps, at), handOverAll(deps, at)]);
    expect(mail.accepted).toHaveLength(1 + week);
  }
  return mail.accepted.slice(1).map(({ id }) => named.get(id)!);
}

const MIXED = ['low', 'normal', 'high', 'normal', 'high'] as const;
const BY_RANK = ['high 2', 'high 4', 'normal 1', 'normal 3', 'low 0'];

describe('a slot that several want', () => {
  test.each([1, 2, 100])('goes to the higher priority, then to the older (claimed by %i)', async (batch) => {
    expect(await goneInOrder(MIXED, batch)).toEqual(BY_RANK);
  });

  test('a database that forgets priorities is caught', async () => {
    const twin = { when: 'before insert on message', how: 'new.priority := 0;' };
    expect(await spoiled(t, twin, () => goneInOrder(MIXED, 100))).not.toEqual(BY_RANK);
  });

  test('is not taken by a lower one while somebody else holds the higher one', async () => {
    const { shop, customer } = await aWeeklyReader();
    const low = await aMessage(t.db, shop, customer, { priority: PRIORITIES.low });
    const high = await aMessage(t.db, shop, customer, { priority: PRIORITIES.high });
    const mail = new RememberingMail();
    const round = makeHandOverLoop(handOverDeps(t.db, mail));
    await t.db.acrossShops(async (tx) => {
      await tx.sql('select 1 from message where id = $1 for update', [high]);
      await round(noon);
      expect(mail.calls).toBe(0);
    });
    await handOverAll(handOverDeps(t.db, mail), noon);
    expect(mail.accepted.map(({ id }) => id)).toEqual([high]);
    expect(await messageRow(t.db, low)).toMatchObject({ state: 'waiting', reason: { code: 'budget' } });
  });

  test('a problem that is over lets the most important of all that waited go first', async () => {
    const { shop, customer } = await aWeeklyReader();
    const mail = new RememberingMail();
    const problem = { open: true };
    const facts = {
      hashKey: Buffer.alloc(32, 7),
      texts: false,
      openProblems: async () => new Map(problem.open ? [[customer, 'complaint']] : []),
    };
    const deps = handOverDeps(t.db, mail, { facts });
    await aMessage(t.db, shop, customer);
    await handOverAll(deps, noon);
    const high = await aMessage(t.db, shop, customer, { priority: PRIORITIES.high, dueAt: after(3) });
    await handOverAll(deps, after(3));
    problem.open = false;
    // Only the first one is due again by now.
    await handOverAll(deps, after(24));
    expect(mail.accepted.map(({ id }) => id)).toEqual([high]);
  });

  test('what waits for them is not told again each time that they are looked at', async () => {
    const { shop, customer } = await aWeeklyReader();
    const deps = handOverDeps(t.db, new RememberingMail());
    await aMessage(t.db, shop, customer);
    const waiting = await aMessage(t.db, shop, customer);
    for (let day = 0; day < 5; day++) {
      await aMessage(t.db, shop, customer, { dueAt: after(day * 24) });
      await handOverAll(deps, after(day * 24));
    }
    const answers = await t.db.sqlAcrossShops('select 1 from permission_answer where message_id = $1', [
      waiting,
    ]);
    expect(answers).toHaveLength(1);
  });
});

test('what is moved when it is planned has its answer and its line at once', async () => {
  const { shop, customer } = await aWeeklyReader();
  const held = { code: 'night', zone: 'Europe/Berlin' };
  const id = await aMessage(t.db, shop, customer, { dueAt: after(9), held });
  expect(await messageRow(t.db, id)).toMatchObject({ state: 'waiting', due_at: after(9), reason: held });
  const told = await t.db.sqlAcrossShops(
    `select p.answer, p.reason, p.until, e.code from permission_answer p
     join timeline_entry e on e.shop_id = p.shop_id and e.customer_id = $2 where p.message_id = $1`,
    [id, customer],
  );
  expect(told).toEqual([{ answer: 'later', reason: held, until: after(9), code: 'message-moved' }]);
});
