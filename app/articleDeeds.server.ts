/** Making an article of a guest post, and how it stands at Shopify, for the page of a story. */
import { now } from './clock.server.ts';
import type { Shop } from './shops/shop.ts';
import type { ArticleState } from './stories/article.ts';
import { makeArticle, type ListedStory } from './stories/stories.server.ts';
import type { ArticleAnswer } from './ui/StoryArticle.tsx';
import { app } from './wiring.server.ts';

/** Null for what is no guest post and was made none. */
export async function articleOfStory(
  shop: Shop,
  { articleId }: Pick<ListedStory, 'articleId'>,
): Promise<{ state: ArticleState; url: string } | null> {
  if (articleId === null) return null;
  const state = await app().articles.stateOf(shop.domain, articleId);
  return { state, url: `https://${shop.domain}/admin/articles/${articleId}` };
}

/** @returns null where there is no such guest post */
export async function draftArticle(shop: Shop, storyId: string): Promise<ArticleAnswer | null> {
  const { db, articles, filesOrigin: origin } = app();
  const made = await makeArticle({ db, articles, origin }, shop, storyId, now());
  switch (made.outcome) {
    case 'made':
      return { toast: 'It is a draft in your blog' };
    case 'gone':
      return null;
    case 'no-right':
      return { trouble: 'They have not granted your shop’s pages: ask them first.' };
    case 'not-allowed':
      return { trouble: 'The app may not write articles yet.', notAllowed: true };
    case 'later':
      return { trouble: 'Shopify did not answer. Nothing was lost: try it again in a moment.' };
    case 'refused':
      return { trouble: `Shopify did not take it: ${made.reason}` };
  }
}
