/** A review: what somebody who bought says, in public, of a product or of the shop. */

/** published: shown. held: a rule or the staff found a reason; shown when its clock runs out. hidden: taken down for a reason. */
const REVIEW_STATES = ['published', 'held', 'hidden'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/**
 * Why a review may be kept back at all. The number of its stars is no reason, and there is no other word for "we do not
 * like it": 16 CFR 465.7 forbids that, and so does the Omnibus directive.
 */
export const HOLD_REASONS = ['abuse', 'personal-data', 'wrong-product'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export const TITLE_MAX = 120;
export const TEXT_MAX = 4000;
export const NAME_MAX = 60;

/** What moderation knows of a review, a question or an answer. */
export interface Moderated {
  state: ReviewState;
  reason: HoldReason | null;
  /** rule, or staff:ID */
  by: string | null;
  /** When it is published by itself. */
  dueAt: Date | null;
}

/** What is wrong with something, from the rules alone. */
export interface Found {
  reason: HoldReason;
  /** What was found, for the person who looks: "a phone number". */
  what: FoundWhat;
}
export type FoundWhat = 'email' | 'phone' | 'address' | 'account' | 'slur' | 'threat' | 'other-product';

const HOUR = 3_600_000;

/**
 * What becomes of a text that was written or changed. One that nothing is found in is shown at once; else the clock
 * starts. What the staff had taken down and its author has mended comes back to them with a clock, so that nothing is kept
 * back for ever by a reason that is gone.
 */
export function stateOf(
  before: Moderated | null,
  found: Found | null,
  holdHours: number,
  now: Date,
): Moderated {
  const dueAt = new Date(now.getTime() + holdHours * HOUR);
  if (found) {
    // A clock that runs already is not set back by another word.
    const running = before?.state === 'held' && before.dueAt !== null ? before.dueAt : dueAt;
    return { state: 'held', reason: found.reason, by: 'rule', dueAt: running };
  }
  if (before?.state === 'hidden') return { state: 'held', reason: before.reason, by: before.by, dueAt };
  return { state: 'published', reason: null, by: null, dueAt: null };
}

/** "Ana S.", as shoppers read it; null for somebody without a name. */
export function shownName(firstName: string | null, lastName: string | null): string | null {
  const first = firstName?.trim() ?? '';
  const initial = [...(lastName?.trim() ?? '')][0];
  const name = [first, initial ? `${initial.toUpperCase()}.` : ''].filter(Boolean).join(' ');
  return name === '' ? null : [...name].slice(0, NAME_MAX).join('');
}
