/** Reviews by the link of a mail: what is saved, shown, held and published, and what is refused. */
import { describe, expect, test } from 'vitest';
import type { ReviewLink } from '../../../app/reviews/links.ts';
import {
  decisionsAbout,
  makeClockLoop,
  mergeCustomers,
  moderate,
  reply,
  reviewForm,
  saveAttributes,
  writeReviews,
  type WrittenReview,
} from '../../../app/reviews/reviews.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { testDb } from '../../database.ts';
import { anOrder, at, customerOf, eventsOf, newShopifyId, takeIn } from '../../friends.ts';

const t = testDb();
const now = at('20T12:00:00');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

const line = (productId: bigint, title: string) => ({
  id: newShopifyId(),
  productId,
  variantId: 12n,
  title,
  quantity: 1,
  currentQuantity: 1,
  price: 5000n,
});

/** A shop, an order of a pot and an apron, and the link of its mail. */
async function bought(with_: { test?: boolean; shop?: Shop } = {}) {
  const shop = with_.shop ?? (await aShop(t.db));
  const lines = [line(11n, 'Cast Iron Pot'), line(21n, 'Linen Apron')];
  const order = anOrder(shop, { at: at('01T12:00:00'), test: with_.test ?? false, change: { lines } });
  await takeIn(t.db, [order]);
  const customerId = await customerOf(t.db, order);
  await t.db.sqlAcrossShops(
    `update customer set first_name = 'Ana', last_name = 'Sanz' where shop_id = $1 and id = $2`,
    [shop.id, customerId],
  );
  const link: ReviewLink = { shopId: shop.id, customerId, orderId: order.id, productId: 11n };
  return { shop, order, customerId, link };
}

const write = (shop: Shop, link: ReviewLink, reviews: WrittenReview[], moment = now, name = '') =>
  t.db.inShop(shop.id, (tx) => writeReviews(tx, shop, link, { reviews, name }, moment));

const pot = (stars: number, text: string): WrittenReview => ({ productId: 11n, stars, text });

const rowsOf = (shop: Shop) =>
  t.db.sqlAcrossShops<{ id: string; state: string; hold_reason: string | null; due_at: Date | null }>(
    'select id, state, hold_reason, due_at from review where shop_id = $1 order by id',
    [shop.id],
  );

const ratingOf = async (shop: Shop, productId: bigint) =>
  (
    await t.db.sqlAcrossShops<{ count: number; stars: number }>(
      'select count, stars from product_rating where shop_id = $1 and product_id = $2',
      [shop.id, productId],
    )
  )[0];

test('products and the shop on one page, each saved with its own state, told once and counted', async () => {
  const { shop, link } = await bought();
  const form = (await t.db.inShop(shop.id, (tx) => reviewForm(tx, shop, link)))!;
  expect(form.items.map(({ productId, title }) => [productId, title])).toEqual([
    [11n, 'Cast Iron Pot'],
    [21n, 'Linen Apron'],
    [null, 'A Shop'],
  ]);
  expect(form.name).toBe('Ana S.');
  const result = await write(shop, link, [
    { ...pot(1, 'Broke on day one. Utter rubbish.'), title: 'Never\nagain' },
    { productId: 21n, stars: 5, text: 'Mail me: ana@example.com' },
    { productId: null, stars: 4, text: '' },
  ]);
  expect(result).toMatchObject({
    outcome: 'saved',
    reviews: [
      { productId: 11n, state: { state: 'published' } },
      { productId: 21n, state: { state: 'held', reason: 'personal-data', by: 'rule', dueAt: later(48) } },
      { productId: null, state: { state: 'published' } },
    ],
  });
  expect(await ratingOf(shop, 11n)).toEqual({ count: 1, stars: 1 });
  expect(await ratingOf(shop, 21n)).toEqual({ count: 0, stars: 0 });
  expect(await ratingOf(shop, 0n)).toEqual({ count: 1, stars: 4 });
  expect((await eventsOf(t.db, shop, 'review.written')).map(({ data }) => data['productId'])).toEqual([
    '11',
    '21',
    '',
  ]);
  const [row] = await t.db.sqlAcrossShops(
    'select title, author_name, verified from review where shop_id = $1 and product_id = 11',
    [shop.id],
  );
  expect(row).toEqual({ title: 'Never again', author_name: 'Ana S.', verified: true });
});

test('posted twice, also at once, it is one review and one event', async () => {
  const { shop, link } = await bought();
  await Promise.all([1, 2, 3].map(() => write(shop, link, [pot(4, 'Good.')])));
  await write(shop, link, [pot(4, 'Good.')], later(1));
  expect(await rowsOf(shop)).toHaveLength(1);
  expect(await eventsOf(t.db, shop, 'review.written')).toHaveLength(1);
  const [row] = await t.db.sqlAcrossShops<{ edited_at: Date | null }>(
    'select edited_at from review where shop_id = $1',
    [shop.id],
  );
  expect(row!.edited_at?.getTime() ?? now.getTime()).toBe(now.getTime());
});

test('one wrong review and nothing is saved', async () => {
  const { shop, link } = await bought();
  const refusals: [WrittenReview, string][] = [
    [{ productId: 999n, stars: 5, text: '' }, 'product 999 is not on the order'],
    [{ ...pot(6, '') }, 'stars of product 11: 1 to 5'],
    [pot(4.5, ''), 'stars of product 11: 1 to 5'],
    [pot(5, 'x'.repeat(4001)), 'text of product 11: at most 4000 characters'],
    [{ ...pot(5, ''), title: 'x'.repeat(121) }, 'title of product 11: at most 120 characters'],
    [{ ...pot(5, ''), attributes: { fit: 3 } }, '"fit" of product 11: not asked, or not 1 to 5'],
  ];
  for (const [wrong, problem] of refusals) {
    const fine = { productId: 21n, stars: 5, text: 'fine' };
    expect(await write(shop, link, [fine, wrong])).toEqual({ outcome: 'refused', problem });
  }
  expect(await rowsOf(shop)).toEqual([]);
});

test('attributes are asked by product type, and kept', async () => {
  const { shop, link } = await bought();
  const say = (en: string) => ({ en });
  await t.db.sqlAcrossShops(
    `insert into product (shop_id, id, handle, title, product_type, updated_at) values ($1, 11, 'pot', 'Cast Iron Pot', 'Cookware', $2)`,
    [shop.id, now],
  );
  await t.db.inShop(shop.id, (tx) =>
    saveAttributes(tx, [
      { productType: '', key: 'quality', label: say('Quality'), low: say('poor'), high: say('great') },
      { productType: 'cookware', key: 'weight', label: say('Weight'), low: say('light'), high: say('heavy') },
    ]),
  );
  const form = (await t.db.inShop(shop.id, (tx) => reviewForm(tx, shop, link)))!;
  expect(form.items.map(({ attributes }) => attributes.map(({ key }) => key))).toEqual([
    ['weight', 'quality'],
    ['quality'],
    [],
  ]);
  const wrong = await write(shop, link, [{ ...pot(5, ''), attributes: { weight: 6 } }]);
  expect(wrong).toMatchObject({ outcome: 'refused' });
  await write(shop, link, [{ ...pot(5, ''), attributes: { weight: 4, quality: 5 } }]);
  const [row] = await t.db.sqlAcrossShops('select attributes from review where shop_id = $1', [shop.id]);
  expect(row).toEqual({ attributes: { weight: 4, quality: 5 } });
});

describe('the clock', () => {
  test('a held review is published when it runs out, and says so; its clock is a due moment', async () => {
    const { shop, link } = await bought();
    await write(shop, link, [pot(2, 'Call me: +44 20 7946 0958')]);
    const due = await t.db.sqlAcrossShops(
      `select kind, due_at from due_moment where shop_id = $1 and kind = 'review'`,
      [shop.id],
    );
    expect(due).toEqual([{ kind: 'review', due_at: later(48) }]);
    const loop = makeClockLoop({ db: t.db });
    await loop(later(47));
    expect((await rowsOf(shop))[0]!.state).toBe('held');
    await Promise.all([loop(later(48)), loop(later(48))]);
    const [row] = await rowsOf(shop);
    expect(row).toMatchObject({ state: 'published', hold_reason: null, due_at: null });
    expect(await ratingOf(shop, 11n)).toEqual({ count: 1, stars: 2 });
    const decided = await t.db.inShop(shop.id, (tx) => decisionsAbout(tx, shop.id, row!.id));
    expect(decided.map(({ action, by, reason }) => [action, by, reason])).toEqual([
      ['held', 'rule', 'personal-data'],
      ['published', 'clock', 'personal-data'],
    ]);
  });

  test('mended by its author, it is shown at once', async () => {
    const { shop, link } = await bought();
    await write(shop, link, [pot(2, 'Call me: +44 20 7946 0958')]);
    await write(shop, link, [pot(2, 'Cracked.')], later(1));
    expect((await rowsOf(shop))[0]).toMatchObject({ state: 'published', due_at: null });
    expect(await eventsOf(t.db, shop, 'review.written')).toHaveLength(1);
  });
});

describe('the staff', () => {
  const decide = (shop: Shop, id: string, action: Parameters<typeof moderate>[2]['action']) =>
    t.db.inShop(shop.id, (tx) => moderate(tx, shop.id, { subject: 'review', id, action, staff: '7' }, now));

  test('cannot hide without one of the reasons; with one it is kept who did', async () => {
    const { shop, link } = await bought();
    await write(shop, link, [pot(1, 'Bad.')]);
    const [row] = await rowsOf(shop);
    for (const reason of ['', 'low-stars', 'ABUSE', 'other'])
      expect(await decide(shop, row!.id, { kind: 'hide', reason })).toEqual({
        outcome: 'refused',
        problem: 'a reason is needed: abuse, personal-data, wrong-product; stars are none',
      });
    expect((await rowsOf(shop))[0]!.state).toBe('published');
    expect(await decide(shop, row!.id, { kind: 'hide', reason: 'wrong-product' })).toEqual({
      outcome: 'done',
    });
    expect(await ratingOf(shop, 11n)).toEqual({ count: 0, stars: 0 });
    expect(await decide(shop, row!.id, { kind: 'hide', reason: 'abuse' })).toEqual({ outcome: 'same' });
    const decided = await t.db.inShop(shop.id, (tx) => decisionsAbout(tx, shop.id, row!.id));
    expect(decided.map(({ action, by, reason }) => [action, by, reason])).toEqual([
      ['hidden', 'staff:7', 'wrong-product'],
    ]);
  });

  test('what they hid comes back with a clock when its author changes it', async () => {
    const { shop, link } = await bought();
    await write(shop, link, [pot(1, 'Bad.')]);
    const [row] = await rowsOf(shop);
    await decide(shop, row!.id, { kind: 'hide', reason: 'abuse' });
    await write(shop, link, [pot(1, 'Bad, politely.')], later(2));
    expect((await rowsOf(shop))[0]).toMatchObject({ state: 'held', hold_reason: 'abuse', due_at: later(50) });
    await makeClockLoop({ db: t.db })(later(50));
    expect((await rowsOf(shop))[0]!.state).toBe('published');
  });

  test('answer in public, and take it back', async () => {
    const { shop, link } = await bought();
    await write(shop, link, [pot(1, 'Bad.')]);
    const [row] = await rowsOf(shop);
    const say = (text: string, reviewId = row!.id) =>
      t.db.inShop(shop.id, (tx) => reply(tx, { shopId: shop.id, reviewId }, { text, staff: '7' }, now));
    expect(await say('Sorry. A new one is on its way.')).toEqual({ outcome: 'saved' });
    const form = (await t.db.inShop(shop.id, (tx) => reviewForm(tx, shop, link)))!;
    expect(form.items[0]!.written!.reply).toBe('Sorry. A new one is on its way.');
    expect(await say('x'.repeat(4001))).toEqual({ outcome: 'refused', problem: 'at most 4000 characters' });
    expect(await say('')).toEqual({ outcome: 'saved' });
    expect(await say('Hello', '00000000-0000-7000-8000-000000000000')).toEqual({ outcome: 'missing' });
  });
});

test('a review of a test order is kept and counted nowhere', async () => {
  const { shop, link } = await bought({ test: true });
  await write(shop, link, [pot(5, 'Trying.')]);
  const [row] = await t.db.sqlAcrossShops('select source, verified from review where shop_id = $1', [
    shop.id,
  ]);
  expect(row).toEqual({ source: 'test', verified: false });
  expect(await ratingOf(shop, 11n)).toEqual({ count: 0, stars: 0 });
});

test('follows a merge, and keeps the newer one where both had written', async () => {
  const { shop, link, customerId } = await bought();
  await write(shop, link, [pot(5, 'Good.')]);
  const other = await bought({ shop });
  await t.db.inShop(shop.id, (tx) =>
    mergeCustomers(tx, [{ shopId: shop.id, from: customerId, into: other.customerId }]),
  );
  const rows = await t.db.sqlAcrossShops('select customer_id from review where shop_id = $1', [shop.id]);
  expect(rows).toEqual([{ customer_id: other.customerId }]);
});

test('a cancelled order and an erased customer have nothing to review', async () => {
  const { shop, link, order } = await bought();
  const cancelledAt = at('21T12:00:00');
  await takeIn(t.db, [{ ...order, updatedAt: cancelledAt, cancelledAt }]);
  expect(await write(shop, link, [pot(5, '')])).toEqual({ outcome: 'gone' });
});
