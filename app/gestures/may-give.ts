/** Whether somebody may be given something now. The purse is asked last, and by the database. */
import { isLeftOut } from './chance.ts';
import type { Refusal } from './gesture.ts';

/** What is known of a customer at this moment. */
export interface Standing {
  customerId: string;
  /** Subjects that were dealt with already, whatever came of them. */
  told: ReadonlySet<string>;
  /** When something was given (or, of those left out, would have been) last. */
  lastAt: Date | null;
  hasOpenProblem: boolean;
  /** Paid and not sent yet: what goes with it, or faster. */
  openOrder: { id: bigint; name: string } | null;
}

/** What is to be given. */
export interface Wish {
  subject: string;
  /** It is about the problem itself. */
  aboutProblem: boolean;
  needsOpenOrder: boolean;
  /** By a person: chance has no say in it. */
  byHand: boolean;
}

export type Rules = { restMonths: number; leftOutPercent: number };

/** Until when somebody who was given something is left in peace. */
export function restsUntil(at: Date, months: number): Date {
  const until = new Date(at);
  until.setUTCMonth(at.getUTCMonth() + months);
  return until;
}

/** Null: yes. `left-out` comes last, so that those left out are those who would have been given it. */
export function whyNot(standing: Standing, wish: Wish, rules: Rules, now: Date): Refusal | null {
  if (standing.told.has(wish.subject)) return { code: 'told' };
  const until = standing.lastAt && restsUntil(standing.lastAt, rules.restMonths);
  if (until && until > now) return { code: 'given-lately', until: until.toISOString() };
  if (standing.hasOpenProblem && !wish.aboutProblem) return { code: 'open-problem' };
  if (wish.needsOpenOrder && !standing.openOrder) return { code: 'no-open-order' };
  if (!wish.byHand && isLeftOut(standing.customerId, rules.leftOutPercent)) return { code: 'left-out' };
  return null;
}
