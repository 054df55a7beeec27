/** Blogs and their articles, as far as an app makes drafts of them. */

import type { Shop } from '../../state/shop.ts';
import { connection, type PageArgs } from '../connection.ts';
import { type Context, now, type Resolvers } from '../context.ts';

interface Blog extends Record<string, unknown> {
  id: string;
  title: string;
  handle: string;
}

interface Article extends Record<string, unknown> {
  id: string;
  blogId: string;
  title: string;
  handle: string;
  body: string;
  author: { name: string };
  isPublished: boolean;
}

interface ArticleInput {
  blogId?: string | null;
  title: string;
  handle?: string | null;
  body?: string | null;
  author: { name?: string | null };
  tags?: string[] | null;
  isPublished?: boolean | null;
}

/** Every shop begins with one blog. */
function blogsOf(context: Context): Blog[] {
  const { shop, inside } = context;
  const all = (shop.extras['blogs'] ??= []) as Blog[];
  if (all.length === 0) all.push({ id: inside.kernel.ids.next('Blog'), title: 'News', handle: 'news' });
  return all;
}

export const articlesOf = (shop: Shop) => (shop.extras['articles'] ??= []) as Article[];

const refuse = (field: string[], message: string, code: string) => ({
  article: null,
  userErrors: [{ field, message, code }],
});

function create(context: Context, input: ArticleInput, newBlog: { title: string } | null) {
  const { shop, inside } = context;
  const all = articlesOf(shop);
  if (input.title.trim() === '') return refuse(['article', 'title'], 'Title can’t be blank', 'BLANK');
  if (!input.author.name) return refuse(['article', 'author'], 'Author required', 'AUTHOR_FIELD_REQUIRED');
  if (input.blogId && newBlog)
    return refuse(['article', 'blogId'], 'Can’t give a blog and an id of one', 'AMBIGUOUS_BLOG');
  const blog = blogsOf(context).find(({ id }) => id === input.blogId);
  if (!blog) return refuse(['article', 'blogId'], 'Must reference an existing blog', 'NOT_FOUND');
  const handle = input.handle ?? input.title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  if (all.some((article) => article.handle === handle))
    return refuse(['article', 'handle'], 'Handle has already been taken', 'TAKEN');
  const at = now(context);
  const article: Article = {
    ...input,
    id: inside.kernel.ids.next('Article'),
    blogId: blog.id,
    handle,
    body: input.body ?? '',
    author: { name: input.author.name },
    isPublished: input.isPublished ?? true,
    createdAt: at,
    updatedAt: at,
  };
  all.push(article);
  inside.kernel.changed(shop);
  return { article, userErrors: [] };
}

function remove(context: Context, id: string) {
  const all = articlesOf(context.shop);
  const index = all.findIndex((article) => article.id === id);
  if (index === -1)
    return {
      deletedArticleId: null,
      userErrors: [{ field: ['id'], message: 'Article does not exist', code: 'NOT_FOUND' }],
    };
  all.splice(index, 1);
  context.inside.kernel.changed(context.shop);
  return { deletedArticleId: id, userErrors: [] };
}

export const articleResolvers: Resolvers = {
  QueryRoot: {
    blogs: (_: object, args: PageArgs, context: Context) => connection(blogsOf(context), args, context),
    article: (_: object, { id }: { id: string }, { shop }: Context) =>
      articlesOf(shop).find((article) => article.id === id) ?? null,
    articles: (_: object, { query, ...args }: PageArgs & { query?: string | null }, context: Context) => {
      const handle = /^handle:(\S+)$/.exec(query ?? '')?.[1];
      const found = articlesOf(context.shop).filter((article) => !query || article.handle === handle);
      return connection(found, args, context);
    },
  },
  Mutation: {
    articleCreate: (
      _: object,
      { article, blog }: { article: ArticleInput; blog?: { title: string } | null },
      context: Context,
    ) => create(context, article, blog ?? null),
    articleDelete: (_: object, { id }: { id: string }, context: Context) => remove(context, id),
  },
  Article: {
    blog: ({ blogId }: Article, _: object, context: Context) =>
      blogsOf(context).find(({ id }) => id === blogId),
    publishedAt: ({ isPublished, createdAt }: Article) => (isPublished ? createdAt : null),
  },
};
