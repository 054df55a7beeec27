/** What Shopify and the bank think of an order's payment. */

export const RISKS = ['none', 'low', 'medium', 'high'] as const;
export type Risk = (typeof RISKS)[number];

/** inquiry: the bank asks, no money has moved. open: it was taken back, and may be won. won and lost are the end of it. */
export type Dispute = 'inquiry' | 'open' | 'won' | 'lost';

/** One thing that is heard of a payment; of two of a kind the later counts. */
export type OrderCheck =
  { kind: 'risk'; risk: Risk; at: Date } | { kind: 'dispute'; dispute: Dispute; at: Date };
