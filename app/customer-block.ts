/** What the block on Shopify's page of a customer is told; extensions/customer-admin draws it. Sentences are in English, as the admin of the app. */

export interface CustomerBlock {
  /** Of our page of them: /app/customers/ID */
  customerId: string;
  /** "Friend" */
  stage: string;
  /** "They ordered twice. Next: …" */
  sentence: string;
  /** What they said last, in their words. */
  words: { text: string; on: string }[];
  /** The matter that is open with them; null: none is. */
  conversation: { id: string; subject: string; since: string } | null;
  /** Their code for friends; null: none yet. */
  code: string | null;
  /** Friends whose orders were settled. */
  friends: number;
  /** What is promised or given and not used yet: "€10 store credit, set aside" */
  owed: string[];
  gestures: { what: string; why: string; state: string; on: string }[];
  /** ISO 4217, of what may be given. */
  currency: string;
  /** In the currency's own decimals: "42.50" */
  leftInPurse: string;
}

/** What is given from there; `amount` as typed, "5" or "5.50". */
export interface GiveFromBlock {
  kind: 'note' | 'call' | 'credit';
  amount: string;
  note: string;
  aboutProblem: boolean;
}

export type GivenFromBlock =
  | { outcome: 'given'; said: string }
  /** With the reason, for whoever wanted to. */
  | { outcome: 'refused'; said: string };
