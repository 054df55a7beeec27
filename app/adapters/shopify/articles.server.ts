/** Articles of the shop's blog. Implements what stories ask for. */
import type { ArticleDraft, ArticleMade, Articles } from '../../stories/article.ts';
import type { Admin } from './admin-client.server.ts';
import type { AdminClient, AdminResult } from './admin-client.ts';
import {
  ARTICLE_BY_HANDLE,
  ARTICLE_CREATE,
  ARTICLE_DELETE,
  ARTICLE_STATE,
  BLOGS,
} from './documents/articles.ts';
import { gidOf } from './node-values.ts';

/** Milliseconds that somebody in front of a page waits for the shop's budget. */
const PATIENCE = { patience: 3_000 };
/** Of the blog that is made where a shop has none. */
const BLOG = 'News';

const idOf = (gid: string) => BigInt(gid.slice(gid.lastIndexOf('/') + 1));

export function shopifyArticles(admin: Admin): Articles {
  return {
    make: (domain, draft) => make(admin(domain), draft),
    async stateOf(domain, articleId) {
      const id = gidOf('Article', articleId);
      const result = await admin(domain).query(ARTICLE_STATE, { id }, { patience: 500 });
      if (result.outcome !== 'ok') return 'unknown';
      if (!result.data.article) return 'gone';
      return result.data.article.isPublished ? 'published' : 'draft';
    },
    async remove(domain, articleId) {
      const id = gidOf('Article', articleId);
      const result = await admin(domain).query(ARTICLE_DELETE, { id }, { patience: 30_000 });
      // What is not there any more, or may no longer be touched, is nobody's to try again.
      return result.outcome === 'ok' || result.outcome === 'user-errors' || result.outcome === 'refused';
    },
  };
}

async function make(shop: AdminClient, draft: ArticleDraft): Promise<ArticleMade> {
  // Asked first: a call that was never answered may have made it, and there is one article of a story.
  const before = await find(shop, draft.handle);
  if (before) return before;
  const blogs = await shop.query(BLOGS, {}, PATIENCE);
  if (blogs.outcome !== 'ok') return failed(blogs);
  const [blog] = blogs.data.blogs.nodes;
  const { title, handle, body, author, tags } = draft;
  const article = { title, handle, body, author: { name: author }, tags, isPublished: false };
  const asked = blog
    ? { article: { ...article, blogId: blog.id }, blog: null }
    : { article, blog: { title: BLOG } };
  const result = await shop.query(ARTICLE_CREATE, asked, PATIENCE);
  if (result.outcome === 'ok' && result.data.articleCreate.article)
    return { outcome: 'made', articleId: idOf(result.data.articleCreate.article.id) };
  return failed(result);
}

async function find(shop: AdminClient, handle: string): Promise<ArticleMade | null> {
  const found = await shop.query(ARTICLE_BY_HANDLE, { query: `handle:${handle}` }, PATIENCE);
  if (found.outcome !== 'ok') return failed(found);
  const same = found.data.articles.nodes.find((article) => article.handle === handle);
  return same ? { outcome: 'made', articleId: idOf(same.id) } : null;
}

function failed(result: AdminResult<unknown>): ArticleMade {
  switch (result.outcome) {
    case 'refused':
      return result.codes.includes('ACCESS_DENIED')
        ? { outcome: 'not-allowed' }
        : { outcome: 'refused', reason: result.codes.join(' ') };
    case 'user-errors':
      return { outcome: 'refused', reason: result.errors.map(({ message }) => message).join(' ') };
    default:
      return { outcome: 'later' };
  }
}
