/**
 * How much one customer gets: at most so many asks and offers in so many days, over all channels and sequences, with a
 * pause between two; and of these at most so many by one channel, where the merchant says so.
 */
import type { MessageChannel } from './message.ts';

/** How often the shop writes; null: as often by that channel as at all. */
export interface Pulse {
  perWeek: number;
  mailsPerWeek: number | null;
  textsPerWeek: number | null;
  minGapHours: number;
}

/** An ask or offer that was handed over. */
export interface Handed {
  at: Date;
  channel: MessageChannel;
}

export interface Budget {
  most: number;
  days: number;
  gapHours: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The budget after the customer's own wish: "fewer" is one in two weeks, however generous the shop is. */
export function budgetOf(
  rhythm: Pick<Pulse, 'perWeek' | 'minGapHours'>,
  frequency: 'all' | 'fewer' | 'order-news',
): Budget {
  if (frequency === 'fewer') return { most: 1, days: 14, gapHours: rhythm.minGapHours };
  return { most: rhythm.perWeek, days: 7, gapHours: rhythm.minGapHours };
}

/** What the merchant allows of it by one channel; null where that is as much as at all. */
export function channelBudgetOf(rhythm: Pulse, channel: MessageChannel): Budget | null {
  const most = channel === 'email' ? rhythm.mailsPerWeek : rhythm.textsPerWeek;
  return most === null ? null : { most, days: 7, gapHours: 0 };
}

/** Days back that budgets look at most. */
export const BUDGET_DAYS = 14;

/**
 * The first moment at or after `at` at which one more fits, and what held it up.
 * @param handed moments of the asks and offers that went before, in any order
 */
export function nextWithin(
  budget: Budget,
  handed: readonly Pick<Handed, 'at'>[],
  at: Date,
): { at: Date; because: 'budget' | 'gap' | null } {
  if (handed.length === 0) return { at, because: null };
  const newestFirst = handed.map((one) => one.at.getTime()).sort((a, b) => b - a);
  // With this many inside the window the oldest of them has to leave it first.
  const blocking = newestFirst[budget.most - 1];
  const byBudget = blocking === undefined ? 0 : blocking + budget.days * DAY;
  const byGap = newestFirst[0] === undefined ? 0 : newestFirst[0] + budget.gapHours * HOUR;
  const next = Math.max(byBudget, byGap);
  if (next <= at.getTime()) return { at, because: null };
  return { at: new Date(next), because: byBudget >= byGap ? 'budget' : 'gap' };
}
