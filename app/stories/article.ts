/** A guest post as an article of the shop's blog: what it says, and what Shopify can say to it. Pure. */
import { fileUrl, type FilesOrigin } from '../files/file.ts';
import type { Story } from './rows.server.ts';

/** What becomes an article; it is a draft until somebody of the shop publishes it at Shopify. */
export interface ArticleDraft {
  /** Names it at Shopify: made twice, it is one. */
  handle: string;
  title: string;
  /** HTML, made from plain text here. */
  body: string;
  /** As its owner wants to be named. */
  author: string;
  tags: string[];
}

export type ArticleState = 'draft' | 'published' | 'gone' | 'unknown';

/** `not-allowed`: the merchant has not given the leave to write articles. `later`: no answer now. */
export type ArticleMade =
  | { outcome: 'made'; articleId: bigint }
  | { outcome: 'not-allowed' }
  | { outcome: 'later' }
  | { outcome: 'refused'; reason: string };

/** The shop's blog at Shopify. */
export interface Articles {
  make(domain: string, draft: ArticleDraft): Promise<ArticleMade>;
  stateOf(domain: string, articleId: bigint): Promise<ArticleState>;
  /** @returns false: no answer now, it may work another time */
  remove(domain: string, articleId: bigint): Promise<boolean>;
}

/** The article's author where somebody wants to stay unnamed. */
const UNNAMED = 'A customer';
const HANDLE_WORDS = 60;

type Told = Pick<Story, 'id' | 'title' | 'text' | 'name' | 'files'>;

/** The draft that is made of a guest post. */
export function articleOf(story: Told, origin: FilesOrigin): ArticleDraft {
  const title = story.title ?? 'A guest post';
  return {
    handle: handleOf(title, story.id),
    title,
    body: bodyOf(story, origin),
    author: story.name ?? UNNAMED,
    tags: ['guest post'],
  };
}

/** Letters and digits of the title, and the end of the story's id, so that two of one title are two. */
function handleOf(title: string, id: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, HANDLE_WORDS)
    .replace(/^-+|-+$/g, '');
  return [words, id.slice(-12)].filter(Boolean).join('-');
}

/** Paragraphs as they were typed; pictures stand where they are kept, so that they go when they are taken back. */
function bodyOf({ text, files }: Told, origin: FilesOrigin): string {
  const paragraphs = (text ?? '')
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p>${part.split('\n').map(escaped).join('<br>')}</p>`);
  const pictures = files
    .filter(({ file }) => file.kind === 'picture')
    .map(({ file }) => `<p><img src="${escaped(fileUrl(origin, file, 1600))}" alt=""></p>`);
  return [...paragraphs, ...pictures].join('\n');
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
