/** What the list of reviews is narrowed to, as an address says it. */
import { isUuid } from '../cursor.ts';
import type { ReviewState } from './review.ts';

/** In which order shoppers look at them. */
export const SORTS = ['new', 'best', 'worst'] as const;
export type Sort = (typeof SORTS)[number];

export interface ReviewsWanted {
  state: ReviewState | null;
  stars: number | null;
  productId: bigint | null;
  customerId: string | null;
  text: string;
  onlyUnanswered: boolean;
}

/** Junk filters nothing. */
export function reviewsWanted(query: URLSearchParams): ReviewsWanted {
  const state = query.get('state');
  const stars = query.get('stars') ?? '';
  const product = query.get('product') ?? '';
  const customer = query.get('customer') ?? '';
  return {
    state: state === 'published' || state === 'held' || state === 'hidden' ? state : null,
    stars: /^[1-5]$/.test(stars) ? Number(stars) : null,
    productId: /^[1-9]\d{0,17}$/.test(product) ? BigInt(product) : null,
    customerId: isUuid(customer) ? customer : null,
    text: (query.get('q') ?? '').slice(0, 100),
    onlyUnanswered: query.has('unanswered'),
  };
}
