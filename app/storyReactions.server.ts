/** What follows from stories: the part of reactions.server.ts that reaches the shop's blog. */
import type { JobPayload, JobResult } from './jobs/catalog.ts';
import type { SqlTx } from './db.server.ts';
import type { HappenedEvent } from './events.ts';
import type { Queue } from './jobs/queue.server.ts';
import { shopById } from './shops/shops.server.ts';
import type { App } from './wiring.server.ts';

/** An article goes from the blog; Shopify may be slow. */
export async function removeArticles(
  tx: SqlTx,
  events: readonly Extract<HappenedEvent, { kind: 'story.unpublished' }>[],
  queue: Queue,
): Promise<void> {
  for (const { shopId, data } of events) {
    const payload = { shopId: String(shopId), articleId: data.articleId };
    await queue.enqueue(tx, 'stories.remove-article', payload, data.articleId);
  }
}

/** The chore itself; asked again until Shopify has answered. */
export async function removeArticle(
  { db, articles }: Pick<App, 'db' | 'articles'>,
  { shopId, articleId }: JobPayload<'stories.remove-article'>,
): Promise<JobResult> {
  const shop = await shopById({ sql: db.sqlAcrossShops }, BigInt(shopId));
  if (shop?.status !== 'installed') return { outcome: 'cancel', reason: 'shop-gone' };
  const isGone = await articles.remove(shop.domain, BigInt(articleId));
  return isGone ? { outcome: 'done' } : { outcome: 'retry', error: 'no answer' };
}
