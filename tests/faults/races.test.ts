/**
 * E13: eight pairs of things that must not come between each other, on two real connections, in every order of their
 * steps. What is promised: whatever was committed first is obeyed, and nothing happens twice. For each pair a naive
 * twin, which looks first and acts later, has to be caught.
 */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { applyOrders } from '../../app/orders/orders.server.ts';
import { publish, saveDraft } from '../../app/sequences/sequences.server.ts';
import { sweepErased } from '../../app/shops/shops.server.ts';
import { aShop } from '../builders.ts';
import { tablesWith } from '../database/rows.ts';
import * as inside from '../database/sequences/fixtures.ts';
import { redactBody, requests } from '../database/shops/people.ts';
import { testDb } from '../database.ts';
import { anOrder, takeIn } from '../friends.ts';
import { noon } from '../messages.ts';
import type { Gated, Party } from './orders-of-steps.ts';
import { explore, firstCommits, oneTx, type Race, type Seen } from './race.ts';
import { racesOfMails } from './races-of-mails.ts';
import { racesOfRewards } from './races-of-rewards.ts';

const t = testDb();
const { sendCancel, sendUnsubscribe, sendRedact, uninstallClaim } = racesOfMails(t);
const { rewardReward, rewardRefund } = racesOfRewards(t);

const sendPublish: Race = {
  steps: { A: 2, B: 2 },
  async begin() {
    const shop = await aShop(t.db);
    const sequenceId = await inside.aSequence(t.db, shop.id);
    await inside.manyEnrolled(t.db, shop.id, 1);
    const now = inside.later(49);
    const steps = inside.ASK_AFTER_TWO_DAYS.steps;
    const other = { ...steps[1]!, key: 'other', template: 'other' } as (typeof steps)[number];
    const plan = { ...inside.ASK_AFTER_TWO_DAYS, steps: [{ ...steps[0]!, next: 'other' } as never, other] };
    const B: Party = {
      run: ({ db }) =>
        db.inShop(shop.id, async (tx) => {
          await saveDraft(tx, sequenceId, { plan }, now);
          await publish(tx, sequenceId, { inside: 'move' }, now);
        }),
      stopsAt: (label) => label === 'commit 1',
    };
    const A: Party = { run: ({ db }) => inside.runDue(db, now), stopsAt: (label) => label === 'commit 1' };
    /** Reads where they stand, then plans what comes next there. */
    const naive: Party = {
      async run({ db, gate }: Gated) {
        const [at] = await db.sqlAcrossShops<{ enrollment_id: string }>(
          'select enrollment_id from enrollment_cursor where shop_id = $1 and version = 1',
          [shop.id],
        );
        await gate('commit 1');
        if (!at) return;
        await db.sqlAcrossShops(
          `insert into message (shop_id, id, customer_id, enrollment_id, key, channel, class, template_key, state, planned_at, epoch)
           select shop_id, $3, customer_id, id, id || ':ask', 'email', 'ask', 'ask', 'waiting', $4, 1
           from enrollment where shop_id = $1 and id = $2`,
          [shop.id, at.enrollment_id, randomUUID(), now],
        );
      },
      stopsAt: (label) => label === 'commit 1',
    };
    const judge = async (): Promise<Seen> => {
      await inside.runDue(t.db, now);
      const planned = (await inside.messagesIn(t.db, shop.id)).map((row) => row.template_key);
      const broken = planned.length === 1 ? null : `planned ${planned.join()}`;
      return { broken, what: planned.join() };
    };
    return { A, naive, B, judge };
  },
};

const redactWebhook: Race = {
  steps: { A: 3, B: 2 },
  async begin() {
    const shop = await aShop(t.db);
    const order = anOrder(shop);
    await takeIn(t.db, [order]);
    const person = {
      customerId: '',
      shopifyId: order.customer!.shopifyId!,
      orderId: order.id,
      email: order.email!,
      phone: '',
    };
    const late = { ...order, updatedAt: new Date(order.updatedAt.getTime() + 1000) };
    const A: Party = {
      run: ({ db }) => requests(() => db).request(shop, 'customers/redact', redactBody(shop, person)),
      stopsAt: firstCommits,
    };
    const { tombstones } = requests(() => t.db);
    const hashKey = Buffer.alloc(32, 9);
    const B = oneTx((tx) => applyOrders(tx, [late], noon, { isErased: tombstones.isErased, hashKey }));
    /** Asks whether they were erased before it begins. */
    const naiveB: Party = {
      async run({ db, gate }: Gated) {
        const was = await t.db.acrossShops((tx) =>
          tombstones.isErased(tx, [{ shopId: shop.id, email: person.email }]),
        );
        await gate('looked');
        const isErased = (_tx: unknown, traces: readonly unknown[]) =>
          Promise.resolve(traces.map(() => was[0]!));
        await db.acrossShops((tx) => applyOrders(tx, [late], noon, { isErased, hashKey }));
      },
      stopsAt: (label) => label === 'looked',
    };
    const judge = async (): Promise<Seen> => {
      await t.db.acrossShops((tx) => sweepErased(tx, noon));
      const left = await tablesWith(t.db, person.email);
      return { broken: left.length > 0 ? `back in ${left.join()}` : null, what: 'erased' };
    };
    return { A, naive: A, B, naiveB, judge };
  },
};

const RACES: [string, Race, string[]][] = [
  ['a mail and a cancellation', sendCancel, ['sent', 'kept']],
  ['a mail and an unsubscribe', sendUnsubscribe, ['sent', 'kept']],
  ['a mail and an erasure', sendRedact, ['sent', 'kept']],
  ['a step and a new version that moves those inside', sendPublish, ['ask', 'other']],
  ['a reward and a refund', rewardRefund, ['clawed-back', 'void']],
  ['a reward and the same reward', rewardReward, ['1']],
  ['an erasure and a late webhook', redactWebhook, ['erased']],
  ['an uninstall and a claim', uninstallClaim, ['sent', 'kept']],
];

test.each(RACES)('%s, in every order of their steps', async (_name, race, both) => {
  const { broken, seen } = await explore(t, race, false);
  expect(broken).toEqual([]);
  expect([...seen].sort()).toEqual([...both].sort());
  expect((await explore(t, race, true)).broken).not.toEqual([]);
});
