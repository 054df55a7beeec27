/** Something that is given without being asked: what it may be, where it stands, and why it was not given. */

/** What sets one off by itself. */
export const OCCASIONS = ['healed', 'photos', 'orders', 'anniversary', 'silence', 'luck', 'stage'] as const;
export type OccasionKind = (typeof OCCASIONS)[number];

/** Where a gesture came from: an occasion, a person, or the plan for one big surprise. */
export type Origin = OccasionKind | 'hand' | 'surprise';

export type PresentKind = 'note' | 'credit' | 'gift' | 'shipping' | 'call';

/** What is given. `amount`: what leaves the purse, in minor units of its currency; of a credit also what they get. */
export type Present =
  | { kind: 'note' | 'call' | 'credit'; amount: number }
  /** A code that makes one piece of this product free. */
  | { kind: 'gift'; amount: number; productId: string; title: string }
  /** An order's tag that tells the warehouse to send it faster. */
  | { kind: 'shipping'; amount: number; tag: string };

/**
 * waiting (Shopify is asked) → done | missed; to-do (a person has it) → done | withdrawn; missed: it was due and could not
 * be given; left-out: of those who get none, so that it shows what gestures bring.
 */
export const GESTURE_STATES = ['waiting', 'to-do', 'done', 'withdrawn', 'missed', 'left-out'] as const;
export type GestureState = (typeof GESTURE_STATES)[number];

/** Why nothing was given; app/ui/gestures/words.ts has a sentence for each. */
export type Refusal =
  | { code: 'gone' }
  | { code: 'told' }
  | { code: 'given-lately'; until: string }
  | { code: 'open-problem' }
  | { code: 'purse-empty'; left: number }
  | { code: 'no-open-order' }
  | { code: 'left-out' };

/** Why it was due: the occasion's own number and what it was about. */
export interface Why {
  code: Origin;
  /** Photos, orders, years, days of silence… of the occasion. */
  number?: number;
  stage?: string;
  /** "#1001" */
  order?: string;
}

/** What the ledger of rewards knows a gesture by. */
export const causeOf = (gestureId: string): string => `gesture:${gestureId}`;
