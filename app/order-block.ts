/** What the block on Shopify's page of an order is told; extensions/customer-admin draws it. Sentences are in the language of whoever looks. */

export interface OrderBlock {
  /** Null: no friend brought it. */
  referral: {
    /** Of our page of it: /app/referrals/orders/ID */
    id: string;
    /** Of our page of whoever invited: /app/customers/ID */
    advocateId: string;
    /** "Ana Lima" */
    advocate: string;
    /** "with the code ANA-7K4XR2", "by the link of ANA-7K4XR2, opened on 3 May 2026" */
    how: string;
    /** "In the return window" */
    standing: string;
    tone: 'success' | 'warning' | 'critical' | 'neutral';
    /** Why it stands so and what comes next, as the advocate reads it. */
    why: string[];
    /** "Settles on 17 May 2026"; null: nothing is waited for. */
    due: string | null;
  } | null;
}
