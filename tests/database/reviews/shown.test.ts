/** What the storefront and Shopify see: pages of what is shown, and stars in sum. */
import { expect, test } from 'vitest';
import { shopifyRatings } from '../../../app/adapters/shopify/ratings.server.ts';
import type { Admin } from '../../../app/adapters/shopify/admin-client.server.ts';
import { countAgain } from '../../../app/reviews/ratings.server.ts';
import { makeRatingLoop, shownReviews } from '../../../app/reviews/reviews.server.ts';
import type { Shop } from '../../../app/shops/shop.ts';
import { aShop } from '../../builders.ts';
import { watchLease } from '../../leases.ts';
import { testDb } from '../../database.ts';
import { at } from '../../friends.ts';

const t = testDb();
const now = at('20T12:00:00');

/** Reviews of product 11, one a minute, stars 1 to 5 in turn; every seventh is held, one is of a test order. */
async function aReviewed(count: number): Promise<Shop> {
  const shop = await aShop(t.db);
  await t.db.sqlAcrossShops(
    `insert into review (shop_id, id, product_id, stars, text, source, state, hold_reason, published_at, at)
     select $1, gen_random_uuid(), case when n % 2 = 0 then 11 else 21 end, 1 + n % 5, 'Story ' || n, case when n = 2 then 'test' else 'import' end,
       case when n % 7 = 6 then 'held' else 'published' end, case when n % 7 = 6 then 'abuse' end, $3::timestamptz + n * interval '1 minute', $3
     from generate_series(0, $2::int - 1) n`,
    [shop.id, count, now],
  );
  return shop;
}

test.each(['new', 'best', 'worst'] as const)('every shown review once, in order: %s', async (sort) => {
  const shop = await aReviewed(70);
  const all: { text: string | null; stars: number }[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof shownReviews>> = await t.db.inShop(shop.id, (tx) =>
      shownReviews(tx, { shopId: shop.id, productId: 11n, sort, after }, 'https://files.example'),
    );
    all.push(...page.reviews);
    after = page.next;
  } while (after);
  // 35 of the product, without the held ones and that of a test order.
  expect(all).toHaveLength(29);
  expect(new Set(all.map(({ text }) => text)).size).toBe(29);
  const stars = all.map((review) => review.stars);
  const numbers = all.map(({ text }) => Number(text!.slice(6)));
  if (sort === 'new') expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
  else expect(stars).toEqual(stars.toSorted((a, b) => (sort === 'best' ? b - a : a - b)));
  const junk = await t.db.inShop(shop.id, (tx) =>
    shownReviews(tx, { shopId: shop.id, productId: null, sort, after: "5.x' or 1=1" }, ''),
  );
  expect(junk.reviews).toHaveLength(10);
});

/** An Admin API that remembers what it was told, does not have product 21, and answers as it is told to. */
function anAdmin() {
  const asked: { metafields: { ownerId: string; key: string; value?: string }[] }[] = [];
  const state = { next: 'ok' };
  const query = (_document: unknown, ask: (typeof asked)[number]) => {
    asked.push(ask);
    if (state.next === 'throttled') return Promise.resolve({ outcome: 'throttled', retryAfterSeconds: 9 });
    if (state.next === 'denied') return Promise.resolve({ outcome: 'refused', codes: ['ACCESS_DENIED'] });
    const strange = ask.metafields.flatMap(({ ownerId, value }, i) =>
      value !== undefined && ownerId.endsWith('/21')
        ? [
            {
              field: ['metafields', String(i), 'ownerId'],
              message: 'Owner does not exist.',
              code: 'INVALID_VALUE',
            },
          ]
        : [],
    );
    return Promise.resolve(
      strange.length > 0
        ? { outcome: 'user-errors', errors: strange, data: {} }
        : { outcome: 'ok', data: {} },
    );
  };
  return { asked, state, admin: (() => ({ query })) as unknown as Admin };
}

const dueOf = (shop: Shop) =>
  t.db.sqlAcrossShops<{
    product_id: bigint;
    known: string | null;
    due_at: Date | null;
    reason: string | null;
  }>('select product_id, known, due_at, reason from product_rating where shop_id = $1 order by product_id', [
    shop.id,
  ]);

test('Shopify is told of what has changed, and of nothing else; what it does not have is noted', async () => {
  const shop = await aReviewed(20);
  const { asked, admin, state } = anAdmin();
  const loop = makeRatingLoop({ db: t.db, shopify: shopifyRatings(admin) });
  const products = [11n, 21n, null].map((productId) => ({ shopId: shop.id, productId }));
  await t.db.acrossShops((tx) => countAgain(tx, products, now));
  state.next = 'throttled';
  await loop(now);
  expect((await dueOf(shop)).map(({ due_at }) => due_at?.getTime())).toEqual([
    undefined,
    now.getTime() + 9000,
    now.getTime() + 9000,
  ]);
  state.next = 'ok';
  asked.length = 0;
  const later = new Date(now.getTime() + 10_000);
  await loop(later);
  const told = asked.at(-1)!.metafields;
  expect(told.map(({ key }) => key)).toEqual(['rating', 'rating_count']);
  expect(JSON.parse(told[0]!.value!)).toEqual({
    scale_min: '1.0',
    scale_max: '5.0',
    value: expect.stringMatching(/^\d\.\d$/) as string,
  });
  expect(await dueOf(shop)).toMatchObject([
    { product_id: 0n, due_at: null },
    { product_id: 11n, due_at: null, reason: null },
    { product_id: 21n, due_at: null, reason: 'not-at-shopify' },
  ]);
  asked.length = 0;
  await t.db.acrossShops((tx) => countAgain(tx, products, later));
  await loop(later);
  expect(asked).toEqual([]);
  // The last review goes: so do the metafields.
  await t.db.sqlAcrossShops(
    `update review set state = 'hidden', hold_reason = 'abuse' where shop_id = $1 and product_id = 11`,
    [shop.id],
  );
  await t.db.acrossShops((tx) => countAgain(tx, products, later));
  await loop(later);
  expect(asked.at(-1)!.metafields.map(({ key, value }) => [key, value])).toEqual([
    ['rating', undefined],
    ['rating_count', undefined],
  ]);
});

test('a slow Shopify is waited for, and nobody else tells it meanwhile', async () => {
  const shop = await aReviewed(5);
  await t.db.acrossShops((tx) => countAgain(tx, [{ shopId: shop.id, productId: 11n }], now));
  const isProlonged = watchLease(t.db, 'product_rating');
  const others = makeRatingLoop({ db: t.db, shopify: { set: () => Promise.reject(new Error('twice')) } });
  const set = async () => {
    await isProlonged();
    expect(await others(now)).toBe(0);
    return { outcome: 'done', missing: [] } as const;
  };
  expect(await makeRatingLoop({ db: t.db, shopify: { set } })(now)).toBe(1);
  expect(await dueOf(shop)).toMatchObject([{ product_id: 11n, due_at: null }]);
});

test('without the leave to edit products it waits until it is given', async () => {
  const shop = await aReviewed(5);
  const { admin, state } = anAdmin();
  state.next = 'denied';
  await t.db.acrossShops((tx) => countAgain(tx, [{ shopId: shop.id, productId: 11n }], now));
  await makeRatingLoop({ db: t.db, shopify: shopifyRatings(admin) })(now);
  expect(await dueOf(shop)).toMatchObject([
    { product_id: 11n, known: null, due_at: null, reason: 'ACCESS_DENIED' },
  ]);
});
