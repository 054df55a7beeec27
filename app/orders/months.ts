/** Figures of lanes look at this month and the five before: ways change, and a season tells little of the next. */
const MONTHS = 6;

/** The first day of the oldest month that counts, YYYY-MM-DD. */
export function monthsSince(now: Date): string {
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS + 1, 1));
  return first.toISOString().slice(0, 10);
}
