import { adminDocument, type UserError } from '../admin-client.ts';

/** Scope: write_content, asked for when a merchant makes an article of a guest post. */
export const BLOGS = adminDocument<{ blogs: { nodes: { id: string }[] } }>(`
  query Blogs {
    blogs(first: 1) { nodes { id } }
  }`);

/** In a blog that is there. */
export const ARTICLE_CREATE = adminDocument<
  { articleCreate: { article: { id: string } | null; userErrors: UserError[] } },
  { article: ArticleInput; blog: { title: string } | null }
>(`
  mutation ArticleCreate($article: ArticleCreateInput!, $blog: ArticleBlogInput) {
    articleCreate(article: $article, blog: $blog) {
      article { id }
      userErrors { field message code }
    }
  }`);

interface ArticleInput {
  blogId?: string;
  title: string;
  handle: string;
  body: string;
  author: { name: string };
  tags: readonly string[];
  isPublished: boolean;
}

export const ARTICLE_BY_HANDLE = adminDocument<
  { articles: { nodes: { id: string; handle: string }[] } },
  { query: string }
>(`
  query ArticleByHandle($query: String!) {
    articles(first: 10, query: $query) { nodes { id handle } }
  }`);

export const ARTICLE_STATE = adminDocument<{ article: { isPublished: boolean } | null }, { id: string }>(`
  query ArticleState($id: ID!) {
    article(id: $id) { isPublished }
  }`);

export const ARTICLE_DELETE = adminDocument<
  { articleDelete: { deletedArticleId: string | null; userErrors: UserError[] } },
  { id: string }
>(`
  mutation ArticleDelete($id: ID!) {
    articleDelete(id: $id) {
      deletedArticleId
      userErrors { field message code }
    }
  }`);
