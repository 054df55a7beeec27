/** One row of another app's file, as a review; or which of its cells cannot be taken, and why. */
import { createHash } from 'node:crypto';
import { cleanText } from '../../clean-text.ts';
import { isUuid } from '../../cursor.ts';
import { emailKey } from '../../customers/identity.ts';
import { NAME_MAX, shownName, TEXT_MAX, TITLE_MAX } from '../review.ts';
import { dayIn, isYes, plainCell, starsIn, urlsIn } from './cells.ts';
import type { Field, Mapping } from './columns.ts';

export interface ImportedReview {
  /** Row of the file, as spreadsheets number them: the head is row 1. */
  row: number;
  stars: number;
  title: string | null;
  text: string | null;
  author: string | null;
  /** For finding their customer; it is not kept. */
  emailKey: string | null;
  at: Date;
  productId: bigint | null;
  handle: string | null;
  verified: boolean;
  photos: string[];
  videos: string[];
  reply: string | null;
  replyAt: Date | null;
  country: string | null;
  locale: string | null;
  /** The same review in another file has the same one. */
  key: string;
  /** Of a review that was exported from here. */
  id: string | null;
}

export type RowWhy =
  | 'not-stars'
  | 'not-a-day'
  | 'in-the-future'
  | 'too-long'
  | 'unreadable'
  | 'not-a-product'
  | 'product-unknown'
  | 'spam'
  | 'empty'
  | 'too-few-cells';

export interface RowProblem {
  row: number;
  field: Field | 'row';
  why: RowWhy;
}

/** Reads a row; one with nothing in it is `empty` and counts for nothing. */
export function readRow(
  cells: readonly string[],
  row: number,
  mapping: Pick<Mapping, 'columns' | 'dates'>,
  now: Date,
): ImportedReview | RowProblem {
  const cell = (field: Field) => {
    const at = mapping.columns[field];
    return at === undefined ? '' : cleanText(plainCell(cells[at] ?? ''));
  };
  const wrong = (field: RowProblem['field'], why: RowWhy): RowProblem => ({ row, field, why });
  if (cells.every((each) => each.trim() === '')) return wrong('row', 'empty');
  if (/^(spam|rejected[- ]spam)$/i.test(cell('state'))) return wrong('state', 'spam');
  const stars = starsIn(cell('rating'));
  if (stars === null) return wrong('rating', cells.length === 1 ? 'too-few-cells' : 'not-stars');
  const at = dayIn(cell('date'), mapping.dates);
  if (at === null) return wrong('date', 'not-a-day');
  if (at.getTime() > now.getTime() + 86_400_000) return wrong('date', 'in-the-future');
  const [title, text, reply] = [cell('title').replace(/\s*\n\s*/g, ' '), cell('text'), cell('reply')];
  for (const [field, value, most] of [
    ['title', title, 4 * TITLE_MAX],
    ['text', text, 5 * TEXT_MAX],
    ['reply', reply, 5 * TEXT_MAX],
  ] as const) {
    if (value.length > most) return wrong(field, 'too-long');
    if (value.includes('\ufffd')) return wrong(field, 'unreadable');
  }
  const product = productIn(cell('productId'), cell('handle'));
  if (product === null) return wrong('productId', 'not-a-product');
  const author = authorIn(cell('author'), cell('email'));
  const country = cell('country').toUpperCase();
  const locale = cell('locale');
  const review = {
    row,
    stars,
    title: title || null,
    text: text || null,
    author,
    emailKey: emailKey(cell('email')),
    at,
    ...product,
    verified: isYes(cell('verified')),
    photos: urlsIn(cell('photos')),
    videos: urlsIn(cell('videos')),
    reply: reply || null,
    replyAt: reply ? (dayIn(cell('replyDate'), mapping.dates) ?? at) : null,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    locale: /^[a-z]{2}([-_][A-Za-z]{2,4})?$/.test(locale) ? locale.replace('_', '-') : null,
  };
  return { ...review, key: keyOf(review), id: isUuid(cell('id')) ? cell('id').toLowerCase() : null };
}

/** Nothing said: of the shop. Null: something that is no product. */
function productIn(id: string, handle: string): { productId: bigint | null; handle: string | null } | null {
  const digits = /(?:^|\/|^shopify[-_:])(\d{1,18})$/i.exec(id)?.[1];
  const fromUrl = /\/products\/([^/?#\s]+)/.exec(handle)?.[1] ?? handle;
  if (digits) return { productId: BigInt(digits), handle: fromUrl || null };
  if (fromUrl !== '')
    return /^[^\s/]{1,255}$/.test(fromUrl) ? { productId: null, handle: fromUrl.toLowerCase() } : null;
  return id === '' ? { productId: null, handle: null } : null;
}

/** Whole names become a first name and a letter; an address is nobody's name. */
function authorIn(name: string, email: string): string | null {
  const given = name.includes('@') || name === email ? '' : [...name].slice(0, NAME_MAX).join('');
  const [first = '', ...rest] = given.split(/\s+/);
  return shownName(first, rest.at(-1) ?? null);
}

function keyOf({
  productId,
  handle,
  author,
  emailKey: email,
  at,
  stars,
  text,
  title,
}: Omit<ImportedReview, 'key' | 'id'>): string {
  const who = email ?? author ?? '';
  const parts = [handle ?? productId ?? '', who, at.toISOString().slice(0, 10), stars, text, title];
  return createHash('sha256')
    .update(JSON.stringify(parts.map(String)))
    .digest('base64url')
    .slice(0, 27);
}
