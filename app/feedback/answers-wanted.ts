/** What the address of the Feedback page asks for; the page and its file read it the same way. */
import { sinceDays } from '../zones.ts';

/** Days that one may look back. */
export const PERIODS = [30, 90, 365] as const;

/** What answers are about, as the groups of scores name it; null: anything. */
export interface About {
  /** Shopify's id */
  product: bigint | null;
  country: string | null;
  carrier: string | null;
}

export interface AnswersWanted {
  surveyKey: string;
  days: (typeof PERIODS)[number];
  from: Date;
  /** 1…5, both inclusive; null: any, and those without a score. */
  minScore: number | null;
  maxScore: number | null;
  onlyWithComment: boolean;
  about: About;
}

/** What is none of its words is not asked. @param timeZone of the shop: days are its own, as on Home */
export function answersWanted(query: URLSearchParams, timeZone: string, now: Date): AnswersWanted {
  const days = PERIODS.find((period) => String(period) === query.get('days')) ?? 90;
  const [, least, most, words] = /^([1-5])-([1-5])(-words)?$/.exec(query.get('score') ?? '') ?? [];
  const product = query.get('product') ?? '';
  return {
    surveyKey: query.get('survey') || 'post-purchase',
    days,
    from: sinceDays(days, timeZone, now),
    minScore: least ? Number(least) : null,
    maxScore: most ? Number(most) : null,
    onlyWithComment: words !== undefined,
    about: {
      product: /^[1-9]\d{0,17}$/.test(product) ? BigInt(product) : null,
      country: query.get('country') || null,
      carrier: query.get('carrier') || null,
    },
  };
}
