/** Which of the links that a friend opened counts: the last one of the days in which links count. */

/** Days between opening a link and ordering. */
export const LINK_DAYS = 30;
const DAY = 86_400_000;
/** Clocks of two machines. */
const SLACK = 10 * 60_000;

/**
 * Who says that an order came by a link. landing: the page by which its buyer came in, as its webhook has it, without a
 * moment. pixel: the buyer's own browser. journey: Shopify's summary of the visits before it.
 */
export type ToldBy = 'landing' | 'pixel' | 'journey';

export interface LinkTold {
  code: string;
  /** When it was opened; null: nobody knows. */
  at: Date | null;
  by: ToldBy;
}

/** Whether a link opened then counts for an order placed at that moment. */
export function countsFor(clickedAt: Date, placedAt: Date): boolean {
  const before = placedAt.getTime() - clickedAt.getTime();
  return before >= -SLACK && before <= LINK_DAYS * DAY;
}

/**
 * Of those that may count the one that was opened last; one without a moment only where none has any: it is of the visit
 * that ended in the order, or of an earlier one, and nobody says which.
 */
export function lastLink<Link extends LinkTold>(told: readonly Link[], placedAt: Date): Link | null {
  const timed = told.filter((link) => link.at !== null && countsFor(link.at, placedAt));
  const last = timed.reduce<Link | null>((best, link) => (best && best.at! >= link.at! ? best : link), null);
  return last ?? told.find(({ at }) => at === null) ?? null;
}
