import { expect, test } from 'vitest';
import { ENOUGH } from '../../../app/gestures/effect.ts';
import {
  fillPurse,
  finishByHand,
  gestureEffect,
  gesturesCsv,
  gestureTaskCount,
  gestureTasks,
  giveByHand,
  listGestures,
  monthOf,
  planSurprise,
  pursesOf,
  storiesOfCustomers,
  surpriseCandidates,
  tickTask,
  tryLastMonth,
} from '../../../app/gestures/gestures.server.ts';
import type { Present } from '../../../app/gestures/gesture.ts';
import { firstSettings, type Occasion } from '../../../app/gestures/settings.ts';
import type { ShopTx } from '../../../app/db.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { anOrder, at, customerOf, daysAfter, takeIn } from '../../friends.ts';

const t = testDb();
const now = at('20T12:00:00');
const staff = 7n;

async function aShopWithPurse(monthly = 50_000n): Promise<Shop> {
  const shop = await aShop(t.db);
  const month = monthOf(now, shop.timeZone);
  await inShop(shop, (tx) => fillPurse(tx, { currency: 'EUR', monthly, month }, now));
  return shop;
}
const inShop = <T>(shop: Shop, work: (tx: ShopTx) => Promise<T>) => t.db.inShop(shop.id, work);

let people = 0;
/** Somebody who ordered at these moments. */
async function aCustomer(shop: Shop, ...moments: Date[]): Promise<string> {
  const customerId = 900_000n + BigInt(++people);
  const email = `person-${people}@example.com`;
  const orders = moments.map((moment) => anOrder(shop, { customerId, email, at: moment }));
  for (const order of orders) await takeIn(t.db, [order]);
  return customerOf(t.db, orders[0]!);
}

const note: Present = { kind: 'note', amount: 300 };
const byHand = (customerId: string, with_: { present?: Present; aboutProblem?: boolean } = {}) => ({
  customerId,
  present: note,
  note: 'Thank her',
  aboutProblem: false,
  staff,
  ...with_,
});
const complain = (shop: Shop, customerId: string) =>
  t.db.sqlAcrossShops(
    `insert into conversation (shop_id, id, kind, clock, channel, state, customer_id, problem, opened_at, heard_at)
     values ($1, gen_random_uuid(), 'answer', 'complaint', 'mail', 'open', $2, true, $3, $3)`,
    [shop.id, customerId, now],
  );

test('what a person gives stands under the same rules, and they are told why it does not go', async () => {
  const shop = await aShopWithPurse(1000n);
  const [ana, bo, cem] = [await aCustomer(shop, now), await aCustomer(shop, now), await aCustomer(shop, now)];
  await complain(shop, bo);
  const give = (hand: Parameters<typeof giveByHand>[2]) =>
    inShop(shop, (tx) => giveByHand(tx, shop, hand, now));
  expect(await give(byHand(ana))).toMatchObject({ outcome: 'given', state: 'to-do' });
  expect(await give(byHand(ana))).toMatchObject({ outcome: 'refused', why: { code: 'given-lately' } });
  expect(await give(byHand(bo))).toEqual({ outcome: 'refused', why: { code: 'open-problem' } });
  expect(await give(byHand(bo, { aboutProblem: true }))).toMatchObject({ outcome: 'given' });
  const dear = byHand(cem, { present: { kind: 'credit', amount: 500 } });
  expect(await give(dear)).toEqual({ outcome: 'refused', why: { code: 'purse-empty', left: 400 } });
  await t.db.sqlAcrossShops('update customer set erased_at = $2 where id = $1', [cem, now]);
  expect(await give(byHand(cem))).toEqual({ outcome: 'refused', why: { code: 'gone' } });
  expect(await inShop(shop, gestureTaskCount)).toBe(2);
});

test('a credit by hand is in the ledger, paid by the purse', async () => {
  const shop = await aShopWithPurse();
  const ana = await aCustomer(shop, now);
  const credit = byHand(ana, { present: { kind: 'credit', amount: 700 } });
  const given = await inShop(shop, (tx) => giveByHand(tx, shop, credit, now));
  const id = given.outcome === 'given' ? given.id : '';
  const rewards = await t.db.sqlAcrossShops('select cause, kind, paid_by from reward where shop_id = $1', [
    shop.id,
  ]);
  expect(rewards).toEqual([{ cause: `gesture:${id}`, kind: 'store-credit', paid_by: 'purse:gestures' }]);
  const books = await t.db.sqlAcrossShops(
    `select account, amount from ledger_entry where shop_id = $1 order by amount`,
    [shop.id],
  );
  expect(books).toEqual([
    { account: 'purse:gestures', amount: -700n },
    { account: `promised:${ana}`, amount: 700n },
  ]);
});

test('the story of a customer: what they did, what was put right, and their own kind words', async () => {
  const shop = await aShopWithPurse();
  const ana = await aCustomer(shop, at('01T00:00:00'), at('15T00:00:00'));
  await t.db.sqlAcrossShops(
    `insert into conversation (shop_id, id, kind, clock, channel, state, customer_id, problem, opened_at, heard_at, first_replied_at, solved_at)
     values ($1, gen_random_uuid(), 'answer', 'complaint', 'mail', 'solved', $2, true, $3, $3, $3, $3)`,
    [shop.id, ana, at('05T00:00:00')],
  );
  for (const [stars, text] of [
    [5, 'The knife is a joy.'],
    // Said twice, told once.
    [4, 'The knife is a joy.'],
    [1, 'It broke.'],
  ]) {
    await t.db.sqlAcrossShops(
      `insert into review (shop_id, id, customer_id, stars, text, at) values ($1, gen_random_uuid(), $2, $3, $4, $5)`,
      [shop.id, ana, stars, text, at('16T00:00:00')],
    );
  }
  const story = (await inShop(shop, (tx) => storiesOfCustomers(tx, shop.id, [ana]))).get(ana);
  expect(story).toMatchObject({
    orders: 2,
    healed: { count: 1, ordersSince: 1 },
    lastOrder: { products: ['Pot'] },
    words: [{ text: 'The knife is a joy.' }],
  });
  const [first] = await inShop(shop, (tx) => surpriseCandidates(tx, shop, now));
  expect(first).toMatchObject({
    story: { customerId: ana },
    reasons: [{ code: 'came-back', number: 1 }, {}],
  });
});

test('one surprise at a time, out of the purse: its tasks, and what came of it', async () => {
  const shop = await aShopWithPurse();
  const [ana, bo] = [await aCustomer(shop, now), await aCustomer(shop, now)];
  const plan = (customerId: string) => ({
    customerId,
    plan: 'Cake',
    tasks: ['Bake', 'Bring'],
    amount: 4000,
    staff,
  });
  const planned = await Promise.all(
    [ana, bo].map((id) => inShop(shop, (tx) => planSurprise(tx, shop, plan(id), now))),
  );
  expect(planned.map(({ outcome }) => outcome).sort()).toEqual(['busy', 'given']);
  const [open] = await inShop(shop, (tx) => gestureTasks(tx, { kind: 'surprise', limit: 1 }));
  const id = open!.id;
  expect(await inShop(shop, (tx) => tickTask(tx, { id, place: 1 }, now))).toBe(true);
  expect(await inShop(shop, (tx) => tickTask(tx, { id, place: 1 }, now))).toBe(false);
  expect(await inShop(shop, (tx) => tickTask(tx, { id, place: 2 }, now))).toBe(false);
  expect(await inShop(shop, (tx) => finishByHand(tx, { id, staff, happened: 'Tears of joy' }, now))).toBe(
    true,
  );
  const { gestures } = await inShop(shop, (tx) => listGestures(tx, shop.id, {}));
  expect(gestures).toMatchObject([
    {
      origin: 'surprise',
      state: 'done',
      happened: 'Tears of joy',
      tasks: [{ doneAt: null }, { doneAt: now.toISOString() }],
    },
  ]);
  const [purse] = await inShop(shop, (tx) => pursesOf(tx, monthOf(now, shop.timeZone)));
  expect(purse).toMatchObject({ spent: 4000n });
});

test('what occasions would have come to is counted on what happened', async () => {
  const shop = await aShopWithPurse();
  await aCustomer(shop, at('01T00:00:00'), at('02T00:00:00'));
  await aCustomer(shop, at('01T00:00:00'), daysAfter(now, -1));
  await aCustomer(shop, new Date('2026-03-01T00:00:00Z'), new Date('2026-03-02T00:00:00Z'));
  const first = firstSettings('EUR', 100);
  const on = (kind: Occasion['kind'], number: number) => ({
    ...first,
    leftOutPercent: 0,
    occasions: first.occasions.map((one) =>
      one.kind === kind ? { ...one, number, since: now.toISOString() } : one,
    ),
  });
  const orders = await inShop(shop, (tx) =>
    tryLastMonth(tx, shop, { settings: on('orders', 2), budget: 1500 }, now),
  );
  expect(orders).toMatchObject({ given: 1, spent: 1000, tooMuch: 1, isPart: false, days: 30 });
  expect(orders.byOccasion.orders).toEqual({ moments: 2, given: 1, spent: 1000 });
  const silence = await inShop(shop, (tx) =>
    tryLastMonth(tx, shop, { settings: on('silence', 60), budget: 100_000 }, now),
  );
  expect(silence.byOccasion.silence).toMatchObject({ moments: 1, given: 1 });
});

test('what gestures bring: those given beside those left out, ninety days on', async () => {
  const shop = await aShopWithPurse();
  expect(await inShop(shop, (tx) => gestureEffect(tx, now))).toMatchObject({ enough: false });
  const then = daysAfter(now, -91);
  for (let i = 0; i < 2 * ENOUGH; i++) {
    const isGiven = i % 2 === 0;
    // Every second one of those given orders again within the time; of those left out one after it.
    const again = isGiven && i % 4 === 0 ? [daysAfter(then, 10)] : i === 1 ? [daysAfter(then, 90.5)] : [];
    const id = await aCustomer(shop, daysAfter(then, -5), ...again);
    await t.db.sqlAcrossShops(
      `insert into gesture (shop_id, id, customer_id, origin, subject, kind, present, amount, currency, month, state, why, by, at)
       values ($1, gen_random_uuid(), $2, 'orders', 'orders:1', 'note', '{}', 0, 'EUR', '2026-02-01', $3, '{}', 'rule', $4)`,
      [shop.id, id, isGiven ? 'done' : 'left-out', then],
    );
  }
  const effect = await inShop(shop, (tx) => gestureEffect(tx, now));
  expect(effect).toMatchObject({
    enough: true,
    given: { people: ENOUGH, again: 0.5, value: 2500 },
    leftOut: { people: ENOUGH, again: 0, value: 0 },
    again: { by: 0.5 },
  });
});

test('the file has every gesture, page after page', async () => {
  const shop = await aShopWithPurse();
  const ana = await aCustomer(shop, now);
  await inShop(shop, (tx) => giveByHand(tx, shop, byHand(ana), now));
  const lines: string[] = [];
  for await (const part of gesturesCsv(t.db, shop.id, null)) lines.push(...part.trim().split('\r\n'));
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('"note"');
  expect(lines[1]).toContain('"3.00"');
});
