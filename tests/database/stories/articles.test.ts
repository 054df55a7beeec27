/** A guest post as a draft in the shop's blog: through the real Admin API of the sandbox, made once, gone with its story. */
import { beforeAll, expect, test } from 'vitest';
import { articlesOf } from '../../../sandbox/admin-api/resolvers/articles.ts';
import { articleOf, type Articles } from '../../../app/stories/article.ts';
import {
  grantRights,
  makeArticle,
  makeArticleLoop,
  sendStory,
  withdrawStory,
} from '../../../app/stories/stories.server.ts';
import { removeArticle } from '../../../app/storyReactions.server.ts';
import type { App } from '../../../app/wiring.server.ts';
import { STOP_PERSON } from '../../../app/stops.server.ts';
import { testDb } from '../../database.ts';
import { anOrder, customerOf, newShopifyId, reactionsOf, takeIn } from '../../friends.ts';
import { testShopify } from '../../shopify.ts';
import { requests } from '../shops/people.ts';
import type { Term } from '../../../app/stories/rights.ts';
import type { Shop } from '../../../app/shops/shop.ts';

const t = testDb();
const shopify = testShopify(t);
const now = new Date('2026-05-20T12:00:00Z');
let shop: Shop;
let articles: Articles;
const origin = 'https://files.example';

beforeAll(async () => {
  ({ shop } = await shopify.open());
  const { shopifyArticles } = await import('../../../app/adapters/shopify/articles.server.ts');
  articles = shopifyArticles(shopify.admin);
});

const atShopify = () => articlesOf(shopify.sandbox.shop());
async function aPost(uses: ('shop-page' | 'social')[] = ['shop-page'], term: Term = 'open') {
  const customerId = newShopifyId();
  const email = `ana-${customerId}@example.com`;
  const order = anOrder(shop, { customerId, email });
  await takeIn(t.db, [order]);
  const link = { shopId: shop.id, customerId: await customerOf(t.db, order), orderId: null, productId: null };
  const post = {
    kind: 'guest-post' as const,
    title: 'Über <my> pan',
    text: 'First & best.\n\n<script>alert(1)</script>\nSecond line.',
    answers: [],
    files: [],
    name: 'Ana',
  };
  const sent = await t.db.inShop(shop.id, (tx) => sendStory(tx, link, post, { uses, term }, now));
  if (sent.outcome !== 'sent') throw new Error(sent.outcome);
  return { storyId: sent.storyId, link, email, customerId, order };
}

const make = (storyId: string) => makeArticle({ db: t.db, articles, origin }, shop, storyId, now);
const kept = async (storyId: string) =>
  (
    await t.db.sqlAcrossShops<{ article_id: bigint | null }>('select article_id from story where id = $1', [
      storyId,
    ])
  )[0]?.article_id;

/** Reactions, then the chores that they ask for. */
async function settle(until = new Date('2027-01-01T00:00:00Z')) {
  const { settle: react, jobs } = reactionsOf(t.db);
  await react(until);
  for (const { name, payload } of jobs)
    if (name === 'stories.remove-article')
      await removeArticle({ db: t.db, articles } as App, payload as { shopId: string; articleId: string });
}

test('without leave it is said; with it a draft is made, once, as plain text', async () => {
  const { storyId } = await aPost();
  expect(await make(storyId)).toEqual({ outcome: 'not-allowed' });
  shopify.sandbox.grantScopes(shopify.sandbox.shop(), ['write_content']);
  const made = await make(storyId);
  expect(made).toMatchObject({ outcome: 'made' });
  expect(await make(storyId)).toEqual(made);
  expect(atShopify()).toHaveLength(1);
  expect(atShopify()[0]).toMatchObject({
    title: 'Über <my> pan',
    author: { name: 'Ana' },
    isPublished: false,
    body: '<p>First &#38; best.</p>\n<p>&#60;script&#62;alert(1)&#60;/script&#62;<br>Second line.</p>',
  });
  expect(atShopify()[0]!.handle).toMatch(/^uber-my-pan-[0-9a-f]{12}$/);
  const articleId = (await kept(storyId))!;
  expect(await articles.stateOf(shop.domain, articleId)).toBe('draft');
  atShopify()[0]!.isPublished = true;
  expect(await articles.stateOf(shop.domain, articleId)).toBe('published');
  atShopify().length = 0;
  expect(await articles.stateOf(shop.domain, articleId)).toBe('gone');
});

test('not without its owner’s leave; taken back, or granted for less, it goes from the blog', async () => {
  const other = await aPost(['social']);
  expect(await make(other.storyId)).toEqual({ outcome: 'no-right' });
  expect(await make('0190a0a0-0000-7000-8000-000000000000')).toEqual({ outcome: 'gone' });
  const [back, less] = [await aPost(), await aPost()];
  await make(back.storyId);
  await make(less.storyId);
  expect(atShopify()).toHaveLength(2);
  await t.db.inShop(shop.id, (tx) => withdrawStory(tx, back.link, back.storyId, now));
  await t.db.inShop(shop.id, (tx) =>
    grantRights(tx, less.link, less.storyId, { uses: ['social'], term: 'open' }, now),
  );
  expect([await kept(back.storyId), await kept(less.storyId)]).toEqual([null, null]);
  await settle();
  expect(atShopify()).toEqual([]);
  expect(await make(back.storyId)).toEqual({ outcome: 'gone' });
});

test('taken back while Shopify makes it, it goes again; erased, it goes with its owner', async () => {
  const hasty = await aPost();
  const slow: typeof articles = {
    ...articles,
    async make(domain, draft) {
      const made = await articles.make(domain, draft);
      await t.db.inShop(shop.id, (tx) => withdrawStory(tx, hasty.link, hasty.storyId, now));
      return made;
    },
  };
  expect(await makeArticle({ db: t.db, articles: slow, origin }, shop, hasty.storyId, now)).toEqual({
    outcome: 'gone',
  });
  const gone = await aPost();
  await make(gone.storyId);
  const body = {
    shop_id: 1,
    shop_domain: shop.domain,
    customer: { id: gone.customerId, email: gone.email, phone: null },
    orders_to_redact: [gone.order.id],
  };
  await requests(() => t.db, STOP_PERSON).request(shop, 'customers/redact', body);
  expect(atShopify()).toHaveLength(2);
  await settle();
  expect(atShopify()).toEqual([]);
});

test('granted for a year, it goes from the blog when the year is over, and the merchant is told; prolonged, it stays', async () => {
  const [ends, stays, open] = [
    await aPost(['shop-page'], '1'),
    await aPost(['shop-page'], '1'),
    await aPost(),
  ];
  for (const { storyId } of [ends, stays, open]) await make(storyId);
  const due = await t.db.sqlAcrossShops(
    `select due_at from due_moment where shop_id = $1 and kind = 'article'`,
    [shop.id],
  );
  const end = new Date('2027-05-20T12:00:00Z');
  expect(due).toEqual([{ due_at: end }, { due_at: end }]);
  await t.db.inShop(shop.id, (tx) =>
    grantRights(tx, stays.link, stays.storyId, { uses: ['shop-page'], term: '2' }, now),
  );
  const loop = makeArticleLoop({ db: t.db });
  expect(await loop(new Date(end.getTime() - 1))).toBe(0);
  expect([await loop(end), await loop(end)]).toEqual([1, 0]);
  await settle(end);
  expect(atShopify()).toHaveLength(2);
  expect([await kept(ends.storyId), await kept(stays.storyId), await kept(open.storyId)]).toEqual([
    null,
    expect.any(BigInt),
    expect.any(BigInt),
  ]);
  const lines = await t.db.sqlAcrossShops<{ at: Date; data: object }>(
    `select at, data from timeline_entry where shop_id = $1 and code = 'article-ended'`,
    [shop.id],
  );
  expect(lines).toEqual([{ at: end, data: { storyId: ends.storyId } }]);
});

test('pictures stand where they are kept', () => {
  const file = { id: 'f', name: 'a'.repeat(32), kind: 'picture', ending: 'jpg', widths: [320, 800] } as never;
  const story = { id: '0190a0a0-0000-7000-8000-00000000abcd', title: '日本', text: 'x', name: null };
  expect(articleOf({ ...story, files: [{ role: 'picture', file }] }, origin)).toEqual({
    handle: '00000000abcd',
    title: '日本',
    author: 'A customer',
    tags: ['guest post'],
    body: `<p>x</p>\n<p><img src="https://files.example/files/${'a'.repeat(32)}/800.jpg" alt=""></p>`,
  });
});
