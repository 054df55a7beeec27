/** Words of the staff's pages about reviews. */
import { HOLD_REASONS, type HoldReason } from '../reviews/review.ts';
import type { RowWhy } from '../reviews/import/row.ts';

export const HOLD_WORDS: Record<HoldReason, string> = {
  abuse: 'it abuses or threatens somebody',
  'personal-data': 'it holds an address, a number or an account',
  'wrong-product': 'it is about another product',
};

export const REASON_OPTIONS = HOLD_REASONS.map((value) => ({
  value,
  label: `${HOLD_WORDS[value].slice(0, 1).toUpperCase()}${HOLD_WORDS[value].slice(1)}`,
}));

export const ACTION_SENTENCES = {
  hide: 'Few stars are no reason: hiding for them is against the law in the EU and the USA. What you choose is kept with your name.',
};

export const ROW_WORDS: Record<RowWhy, string> = {
  'not-stars': 'is no number of stars',
  'not-a-day': 'is no day',
  'in-the-future': 'lies in the future',
  'too-long': 'is too long',
  unreadable: 'has letters that cannot be read',
  'not-a-product': 'names no product',
  'product-unknown': 'names a product that the shop does not have',
  spam: 'was marked as spam',
  empty: 'is empty',
  'too-few-cells': 'has too few cells',
};

export const FIELD_WORDS: Record<string, string> = {
  rating: 'Stars',
  text: 'Text',
  title: 'Title',
  author: 'Name of the author',
  email: 'E-mail address of the author',
  date: 'Day',
  productId: 'Id of the product',
  handle: 'Handle or address of the product',
  verified: 'Bought it (yes or no)',
  photos: 'Addresses of photos',
  videos: 'Addresses of videos',
  reply: 'Your answer',
  replyDate: 'Day of your answer',
  country: 'Country',
  locale: 'Language',
  state: 'State',
  id: 'Everafter’s id',
  row: 'Row',
};

/** "1 review", "1,204 reviews" */
export const countOf = (count: number, one: string): string =>
  `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`;
