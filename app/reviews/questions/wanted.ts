/** What the list of questions is narrowed to, as an address says it. */
import { isUuid } from '../../cursor.ts';

const QUESTION_FILTERS = ['unanswered', 'held', 'hidden'] as const;
export type QuestionFilter = (typeof QUESTION_FILTERS)[number];

export interface QuestionsWanted {
  show: QuestionFilter | null;
  productId: bigint | null;
  customerId: string | null;
  text: string;
}

/** Junk filters nothing. */
export function questionsWanted(query: URLSearchParams): QuestionsWanted {
  const product = query.get('product') ?? '';
  const customer = query.get('customer') ?? '';
  return {
    show: QUESTION_FILTERS.find((filter) => filter === query.get('show')) ?? null,
    productId: /^[1-9]\d{0,17}$/.test(product) ? BigInt(product) : null,
    customerId: isUuid(customer) ? customer : null,
    text: (query.get('q') ?? '').slice(0, 100),
  };
}
