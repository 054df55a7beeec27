/** Making an article of a guest post, and taking it away again when its owner does not want it there any more, or not for longer. */
import { addTimeline } from '../customers/customers.server.ts';
import type { Db, SqlTx } from '../db.server.ts';
import { recordEvents } from '../events.server.ts';
import type { FilesOrigin } from '../files/file.ts';
import type { Shop } from '../shops/shop.ts';
import { articleOf, type ArticleMade, type Articles } from './article.ts';
import { mayUse } from './rights.ts';
import { storyById } from './rows.server.ts';

export type MakeResult =
  | ArticleMade
  /** It is no guest post, or was taken back. */
  | { outcome: 'gone' }
  /** Its owner has not granted the shop's pages. */
  | { outcome: 'no-right' };

const NOTE = `
  update story set article_id = $3 where shop_id = $1 and id = $2::uuid and state <> 'withdrawn' and 'shop-page' = any(uses)
  returning customer_id as "customerId", order_id as "orderId"`;

/**
 * Makes a draft in the shop's blog; made already, it is the same one. Calls Shopify, so it takes no transaction.
 * Taken back meanwhile, the article goes again at once.
 */
export async function makeArticle(
  { db, articles, origin }: { db: Db; articles: Articles; origin: FilesOrigin },
  shop: Pick<Shop, 'id' | 'domain'>,
  storyId: string,
  now: Date,
): Promise<MakeResult> {
  const story = await db.inShop(shop.id, (tx) => storyById(tx, shop.id, storyId));
  if (story?.kind !== 'guest-post' || story.state === 'withdrawn') return { outcome: 'gone' };
  if (!mayUse(story, 'shop-page', now)) return { outcome: 'no-right' };
  const made = await articles.make(shop.domain, articleOf(story, origin));
  if (made.outcome !== 'made') return made;
  const isKept = await db.inShop(shop.id, async (tx) => {
    const values = [shop.id, storyId, made.articleId];
    const [row] = await tx.sql<{ customerId: string; orderId: bigint | null }>(NOTE, values);
    if (!row) return false;
    const line = { kind: 'story', code: 'article-made', data: { storyId } } as const;
    if (story.articleId !== made.articleId)
      await addTimeline(tx, [{ shopId: shop.id, ...row, at: now, ...line }], now);
    return true;
  });
  if (isKept) return made;
  await db.inShop(shop.id, (tx) => unpublish(tx, shop.id, [{ storyId, articleId: made.articleId }], now));
  return { outcome: 'gone' };
}

/** Somebody of the worker deletes them at Shopify. In the transaction that takes the story away. */
export async function unpublish(
  tx: SqlTx,
  shopId: bigint,
  gone: readonly { storyId: string; articleId: bigint }[],
  now: Date,
): Promise<void> {
  await recordEvents(
    tx,
    gone.map(({ storyId, articleId }) => ({
      shopId,
      kind: 'story.unpublished' as const,
      data: { storyId, articleId: String(articleId) },
      at: now,
    })),
    now,
  );
}

const THEIRS = `
  select id as "storyId", article_id as "articleId" from story
  where shop_id = $1 and customer_id = any($2::uuid[]) and article_id is not null`;

/** Articles of somebody who is erased go with their stories. Before these are gone. */
export async function beforeErasure(
  tx: SqlTx,
  shopId: bigint,
  customerIds: readonly string[],
  now: Date,
): Promise<void> {
  const rows = await tx.sql<{ storyId: string; articleId: bigint }>(THEIRS, [shopId, customerIds]);
  await unpublish(tx, shopId, rows, now);
}

/** A slice from each shop that has something due. */
const ENDED = `
  with due as (
    select s.shop_id, s.id, s.article_id from story s join shop on shop.id = s.shop_id and shop.status = 'installed'
    where s.article_id is not null and s.rights_until <= $1 order by s.rights_until limit 100 for update of s skip locked
  )
  update story s set article_id = null from due where s.shop_id = due.shop_id and s.id = due.id
  returning s.shop_id as "shopId", s.id as "storyId", due.article_id as "articleId", s.customer_id as "customerId",
    s.order_id as "orderId", s.rights_until as at`;

interface Ended {
  shopId: bigint;
  storyId: string;
  articleId: bigint;
  customerId: string;
  orderId: bigint | null;
  at: Date;
}

/** The loop that takes articles out of the blog when the time that was granted for them is over. */
export const makeArticleLoop =
  ({ db }: { db: Db }) =>
  (now: Date): Promise<number> =>
    db.acrossShops(async (tx) => {
      const ended = await tx.sql<Ended>(ENDED, [now]);
      for (const { shopId, storyId, articleId } of ended)
        await unpublish(tx, shopId, [{ storyId, articleId }], now);
      const lines = ended.map(({ shopId, storyId, customerId, orderId, at }) => {
        const about = { shopId, customerId, orderId, at };
        return { ...about, kind: 'story' as const, code: 'article-ended' as const, data: { storyId } };
      });
      await addTimeline(tx, lines, now);
      return ended.length;
    });
