/** Periods that a report can look back over. */

export const REPORT_DAYS = [7, 30, 90] as const;

/** From the address of a page; 30 where it names none of them. */
export const reportDays = (asked: string | null): number =>
  REPORT_DAYS.find((days) => String(days) === asked) ?? 30;
