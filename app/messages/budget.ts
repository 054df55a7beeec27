/** How much one customer gets: at most so many asks and offers in so many days, and a pause between two. */

export interface Budget {
  most: number;
  days: number;
  gapHours: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** The budget after the customer's own wish: "fewer" is one in two weeks, however generous the shop is. */
export function budgetOf(
  rhythm: { perWeek: number; minGapHours: number },
  frequency: 'all' | 'fewer' | 'order-news',
): Budget {
  if (frequency === 'fewer') return { most: 1, days: 14, gapHours: rhythm.minGapHours };
  return { most: rhythm.perWeek, days: 7, gapHours: rhythm.minGapHours };
}

/** Days back that budgets look at most. */
export const BUDGET_DAYS = 14;

/**
 * The first moment at or after `at` at which one more fits, and what held it up.
 * @param handed moments of the asks and offers that went before, in any order
 */
export function nextWithin(
  budget: Budget,
  handed: readonly Date[],
  at: Date,
): { at: Date; because: 'budget' | 'gap' | null } {
  const newestFirst = handed.map((moment) => moment.getTime()).sort((a, b) => b - a);
  // With this many inside the window the oldest of them has to leave it first.
  const blocking = newestFirst[budget.most - 1];
  const byBudget = blocking === undefined ? 0 : blocking + budget.days * DAY;
  const byGap = newestFirst[0] === undefined ? 0 : newestFirst[0] + budget.gapHours * HOUR;
  const next = Math.max(byBudget, byGap);
  if (next <= at.getTime()) return { at, because: null };
  return { at: new Date(next), because: byBudget >= byGap ? 'budget' : 'gap' };
}
