/** What the address of the Feedback page asks for; the page and its file read it the same way. */

const DAY_MS = 24 * 60 * 60 * 1000;
/** Days that one may look back. */
export const PERIODS = [30, 90, 365] as const;

export interface AnswersWanted {
  surveyKey: string;
  days: (typeof PERIODS)[number];
  from: Date;
  /** 1…5, both inclusive; null: any, and those without a score. */
  minScore: number | null;
  maxScore: number | null;
  onlyWithComment: boolean;
}

/** What is none of its words is not asked. */
export function answersWanted(query: URLSearchParams, now: Date): AnswersWanted {
  const days = PERIODS.find((period) => String(period) === query.get('days')) ?? 90;
  const [, least, most, words] = /^([1-5])-([1-5])(-words)?$/.exec(query.get('score') ?? '') ?? [];
  return {
    surveyKey: query.get('survey') || 'post-purchase',
    days,
    from: new Date(now.getTime() - days * DAY_MS),
    minScore: least ? Number(least) : null,
    maxScore: most ? Number(most) : null,
    onlyWithComment: words !== undefined,
  };
}
