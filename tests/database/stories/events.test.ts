/** A day that customers were at: who is told, who finds themselves, and who would rather not be seen. */
import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { ShopTx } from '../../../app/db.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import {
  addPictures,
  eventById,
  eventPage,
  findMyself,
  hidePicture,
  invite,
  makeEvent,
  mergeCustomers,
  removePicture,
} from '../../../app/stories/stories.server.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { insertRow } from '../rows.ts';

const t = testDb();
const now = new Date('2026-03-01T10:00:00Z');
const TICKET = 4711n;

let shop: Shop;
let eventId: string;
let ana: string;

const inShop = <Result>(work: (tx: ShopTx) => Promise<Result>) => t.db.inShop(shop.id, work);

let orders = 0;
/** A customer, who has bought the product unless it is null. */
async function aCustomer(productId: bigint | null, order: object = {}): Promise<string> {
  const id = randomUUID();
  await insertRow(t.db, 'customer', { shop_id: shop.id, id, email: `${id}@example.com`, locale: 'fr' });
  if (productId === null) return id;
  const orderId = BigInt(++orders);
  await insertRow(t.db, 'orders', { shop_id: shop.id, id: orderId, customer_id: id, test: false, ...order });
  const line = {
    shop_id: shop.id,
    id: orderId,
    order_id: orderId,
    product_id: productId,
    current_quantity: 1,
  };
  await insertRow(t.db, 'order_line', line);
  return id;
}

async function pictures(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  for (const id of ids)
    await insertRow(t.db, 'stored_file', {
      shop_id: shop.id,
      id,
      name: id,
      purpose: 'event',
      kind: 'picture',
      ending: 'jpg',
      widths: [320],
      created_at: now,
    });
  await inShop((tx) => addPictures(tx, shop.id, eventId, ids, now));
  return ids.sort();
}

beforeEach(async () => {
  shop = await aShop(t.db);
  await insertRow(t.db, 'product', { shop_id: shop.id, id: TICKET, title: 'Workshop' });
  const made = await inShop((tx) =>
    makeEvent(tx, shop.id, { name: 'Spring workshop', day: '2026-02-28', productId: TICKET }, now),
  );
  eventId = made!;
  ana = await aCustomer(TICKET);
});

const linkOf = (customerId: string, shared = false) => ({ shopId: shop.id, eventId, customerId, shared });
const seen = async (customerId: string, shared = false) =>
  (await inShop((tx) => eventPage(tx, linkOf(customerId, shared))))?.pictures.map(({ file }) => file.id);

test('whoever bought the ticket is told, once', async () => {
  await aCustomer(null);
  await aCustomer(4712n);
  await aCustomer(TICKET, { cancelled_at: now });
  await aCustomer(TICKET, { test: true });
  const bea = await aCustomer(TICKET);
  expect(await inShop((tx) => invite(tx, shop, eventId, now))).toBe(2);
  expect(await inShop((tx) => invite(tx, shop, eventId, now))).toBe(0);
  const mails = await t.db.sqlAcrossShops<{ customer_id: string }>(
    `select customer_id, template_key, class, data from message where shop_id = $1`,
    [shop.id],
  );
  expect(new Set(mails.map((mail) => mail.customer_id))).toEqual(new Set([ana, bea]));
  const data = { event: { id: eventId, name: 'Spring workshop' } };
  expect(mails[0]).toMatchObject({ template_key: 'event-pictures', class: 'ask', data });
  expect(await inShop((tx) => eventById(tx, shop.id, eventId))).toMatchObject({
    attendees: 2,
    invitedAt: now,
  });
});

test('somebody finds themselves, and shares that and no more', async () => {
  const [one, two, three] = await pictures(3);
  expect(await seen(ana)).toHaveLength(3);
  expect(await seen(ana, true)).toEqual([]);
  await inShop((tx) => findMyself(tx, linkOf(ana), [one!, three!, randomUUID()], now));
  expect((await seen(ana, true))?.sort()).toEqual([one, three].sort());
  await inShop((tx) => findMyself(tx, linkOf(ana), [two!], now));
  expect(await seen(ana, true)).toEqual([two]);
  expect(await inShop((tx) => findMyself(tx, linkOf(ana, true), [one!], now))).toBe(false);
  expect(await inShop((tx) => eventById(tx, shop.id, eventId))).toMatchObject({ found: 1, pictures: 3 });
});

test('a picture that somebody does not want shown is seen by nobody any more', async () => {
  const [one] = await pictures(2);
  const bea = await aCustomer(TICKET);
  await inShop((tx) => findMyself(tx, linkOf(bea), [one!], now));
  expect(await inShop((tx) => hidePicture(tx, linkOf(ana, true), one!, now))).toBe(false);
  expect(await inShop((tx) => hidePicture(tx, linkOf(ana), one!, now))).toBe(true);
  for (const [who, shared] of [
    [ana, false],
    [bea, false],
    [bea, true],
  ] as const)
    expect(await seen(who, shared)).not.toContain(one);
  await inShop((tx) => removePicture(tx, shop.id, eventId, one!));
  expect(await t.db.sqlAcrossShops('select 1 from stored_file where id = $1::uuid', [one])).toEqual([]);
});

test('a link of somebody who was erased, and of another shop, leads nowhere', async () => {
  await pictures(1);
  await t.db.sqlAcrossShops('update customer set erased_at = $2 where id = $1::uuid', [ana, now]);
  expect(await seen(ana)).toBeUndefined();
  expect(await inShop((tx) => hidePicture(tx, linkOf(ana), randomUUID(), now))).toBe(false);
  const other = await aShop(t.db);
  expect(await t.db.inShop(other.id, (tx) => eventById(tx, other.id, eventId))).toBeNull();
  expect(await t.db.inShop(other.id, (tx) => invite(tx, other, eventId, now))).toBeNull();
});

test('who was merged is found in their pictures still', async () => {
  const [one] = await pictures(1);
  await inShop((tx) => findMyself(tx, linkOf(ana), [one!], now));
  const into = await aCustomer(TICKET);
  await t.db.acrossShops((tx) => mergeCustomers(tx, [{ shopId: shop.id, from: ana, into }]));
  expect(await seen(into, true)).toEqual([one]);
});

test('an event is of a product that the shop sells', async () => {
  const event = { name: 'x', day: '2026-02-28', productId: 1n };
  expect(await inShop((tx) => makeEvent(tx, shop.id, event, now))).toBeNull();
});
