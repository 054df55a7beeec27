/** What may happen to a shop and its customers, done to the real thing and noted in a plain list of orders. */
import fc from 'fast-check';
import { makeHandOverLoop, unsubscribe } from '../../../app/messages/messages.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { installShop, uninstallShop } from '../../../app/shops/shops.server.ts';
import { STOP_PERSON, STOP_WORK } from '../../../app/stops.server.ts';
import { aShop } from '../../builders.ts';
import type { TestDatabase } from '../../database.ts';
import { aRecipient, aTextOf, handOverDeps, plainText, RememberingMail, testKey } from '../../messages.ts';
import { redactBody, requests } from '../shops/people.ts';
import type { PlanInput } from '../../../app/sequences/plan.ts';
import {
  advanceDue,
  enroll,
  publish,
  readFacts,
  saveDraft,
  stop,
  switchSequence,
} from '../../../app/sequences/sequences.server.ts';
import { anOrder, aSequence, NOON, paid, runDue } from './fixtures.ts';

/** Two waits and two mails; versions differ in how long the waits are. */
const planOf = (days: number): PlanInput => ({
  format: 1,
  trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 1000 } },
  start: 'first',
  steps: [
    { kind: 'wait', key: 'first', until: { after: { days } }, next: 'hello' },
    { kind: 'message', key: 'hello', class: 'ask', template: 'hello', next: 'second' },
    { kind: 'wait', key: 'second', until: { after: { days }, from: 'reached' }, next: 'again' },
    {
      kind: 'message',
      key: 'again',
      class: 'offer',
      template: 'again',
      uselessAfter: { days: 2 },
      next: null,
    },
  ],
});

export interface Order {
  id: bigint;
  customerId: string;
  at: Date;
  /** Its enrollment has been ended. */
  stopped: boolean;
  /** Since then nobody writes to them about it. */
  silentSince: Date | null;
}

export interface World {
  t: TestDatabase;
  shop: Shop;
  shopId: bigint;
  sequenceId: string;
  now: Date;
  on: boolean;
  installed: boolean;
  orders: Order[];
  mail: RememberingMail;
  /** When the provider took each mail, by the message's id. */
  taken: Map<string, Date>;
  handOver: (now: Date) => Promise<number>;
}

export type Act =
  | { do: 'order' }
  | { do: 'news-again'; which: number }
  | { do: 'time'; hours: number; workers: number }
  | { do: 'dies' }
  | { do: 'refund'; which: number; meanwhile: boolean }
  | { do: 'unsubscribe'; which: number }
  | { do: 'erase'; which: number }
  | { do: 'leave-or-return' }
  | { do: 'provider'; down: boolean }
  | { do: 'switch' }
  | { do: 'publish'; days: number; move: boolean };

export const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Act>({ do: 'order' }) },
  { weight: 1, arbitrary: fc.nat(9).map((which): Act => ({ do: 'news-again', which })) },
  {
    weight: 5,
    arbitrary: fc
      .record({ hours: fc.integer({ min: 1, max: 60 }), workers: fc.integer({ min: 1, max: 3 }) })
      .map((time): Act => ({ do: 'time', ...time })),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'dies' }) },
  {
    weight: 2,
    arbitrary: fc
      .record({ which: fc.nat(9), meanwhile: fc.boolean() })
      .map((refund): Act => ({ do: 'refund', ...refund })),
  },
  { weight: 1, arbitrary: fc.nat(9).map((which): Act => ({ do: 'unsubscribe', which })) },
  { weight: 1, arbitrary: fc.nat(9).map((which): Act => ({ do: 'erase', which })) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'leave-or-return' }) },
  { weight: 1, arbitrary: fc.boolean().map((down): Act => ({ do: 'provider', down })) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'switch' }) },
  {
    weight: 1,
    arbitrary: fc
      .record({ days: fc.integer({ min: 0, max: 4 }), move: fc.boolean() })
      .map((version): Act => ({ do: 'publish', ...version })),
  },
);

export async function perform(world: World, act: Act): Promise<void> {
  const { t, shopId, now } = world;
  switch (act.do) {
    case 'order': {
      if (!world.installed) return;
      const customerId = await aRecipient(t.db, world.shop);
      const id = await anOrder(t.db, shopId, customerId, { paidAt: now });
      await t.db.sqlAcrossShops('update customer set shopify_id = $2 where id = $1', [customerId, id]);
      world.orders.push({ id, customerId, at: now, stopped: false, silentSince: null });
      await t.db.acrossShops((tx) => enroll(tx, [paid(shopId, customerId, id, now)], now));
      return;
    }
    case 'news-again': {
      const order = world.orders[act.which];
      if (order && order.silentSince === null && world.installed)
        await t.db.acrossShops((tx) => enroll(tx, [paid(shopId, order.customerId, order.id, order.at)], now));
      return;
    }
    case 'time':
      world.now = new Date(now.getTime() + act.hours * 3_600_000);
      await Promise.all(Array.from({ length: act.workers }, () => runDue(t.db, world.now)));
      while ((await world.handOver(world.now)) > 0);
      return;
    case 'dies':
      await t.db
        .acrossShops(async (tx) => {
          await advanceDue(tx, new Date(now.getTime() + 86_400_000), { facts: readFacts });
          throw new Error('killed');
        })
        .catch(() => {});
      return;
    case 'refund':
      return refund(world, act.which, act.meanwhile);
    case 'unsubscribe':
      return unsubscribed(world, world.orders[act.which]);
    case 'erase':
      return erased(world, world.orders[act.which]);
    case 'leave-or-return':
      return leaveOrReturn(world);
    case 'provider':
      world.mail.answer = act.down ? () => ({ kind: 'unavailable', retryAfterMs: 3_600_000 }) : taking(world);
      return;
    case 'switch':
      if (!world.installed) return;
      world.on = !world.on;
      await t.db.inShop(shopId, (tx) => switchSequence(tx, world.sequenceId, world.on, now));
      return;
    case 'publish':
      if (!world.installed) return;
      await t.db.inShop(shopId, async (tx) => {
        await saveDraft(tx, world.sequenceId, { plan: planOf(act.days) }, now);
        await publish(tx, world.sequenceId, { inside: act.move ? 'move' : 'stay' }, now);
      });
  }
}

function silence(order: Order, now: Date): void {
  order.silentSince ??= now;
}

const taking =
  (world: World): RememberingMail['answer'] =>
  ({ id }) => {
    if (!world.taken.has(id)) world.taken.set(id, world.now);
    return { kind: 'accepted', providerId: id };
  };

async function unsubscribed({ t, shopId, now }: World, order?: Order): Promise<void> {
  if (!order) return;
  const no = { channel: 'email', classes: ['ask', 'offer'], source: 'one-click' } as const;
  await t.db.acrossShops((tx) =>
    unsubscribe(tx, testKey, { shopId, customerId: order.customerId, ...no }, now),
  );
  silence(order, now);
}

async function erased({ t, shop, now }: World, order?: Order): Promise<void> {
  if (!order) return;
  const email = `${order.customerId}@example.com`;
  const person = { customerId: order.customerId, shopifyId: order.id, orderId: order.id, email, phone: '' };
  await requests(() => t.db, STOP_PERSON).request(shop, 'customers/redact', redactBody(shop, person));
  silence(order, now);
  order.stopped = true;
}

/** Nothing that was begun before goes on after a return. */
async function leaveOrReturn(world: World): Promise<void> {
  const { t, shop, now } = world;
  if (world.installed) {
    await t.db.acrossShops((tx) => uninstallShop(tx, shop.id, STOP_WORK, now));
    for (const order of world.orders) {
      silence(order, now);
      order.stopped = true;
    }
  } else {
    const queue = { enqueue: () => Promise.resolve() };
    await t.db.acrossShops((tx) => installShop(queue as never, tx, shop.domain, now));
  }
  world.installed = !world.installed;
}

/** A refund, alone or while workers are busy. */
async function refund(world: World, which: number, meanwhile: boolean): Promise<void> {
  const order = world.orders[which];
  if (!order) return;
  const { t, shopId, now } = world;
  const stopping = t.db.acrossShops((tx) =>
    stop(tx, [{ shopId, by: 'order', id: String(order.id), reason: 'refunded' }], now),
  );
  await Promise.all(meanwhile ? [runDue(t.db, now), stopping, runDue(t.db, now)] : [stopping]);
  order.stopped = true;
  silence(order, now);
}

export async function aWorld(t: TestDatabase): Promise<World> {
  const shop = await aShop(t.db);
  for (const key of ['hello', 'again']) await aTextOf(t.db, shop, plainText, 'en', key);
  const sequenceId = await aSequence(t.db, shop.id, planOf(2));
  const mail = new RememberingMail();
  const world: World = {
    t,
    shop,
    shopId: shop.id,
    sequenceId,
    now: NOON,
    on: true,
    installed: true,
    orders: [],
    mail,
    taken: new Map(),
    handOver: makeHandOverLoop(handOverDeps(t.db, mail)),
  };
  mail.answer = taking(world);
  return world;
}
