/** Links in mails to the pages that take one click. Their tokens carry ids, and only we can make them. */
import { readLink, signLink, type LinkData, type LinkKeys } from '../shops/signed-links.ts';

/** Whose answer it is, about what, and in which mail it was asked. */
export interface AnswerLink {
  shopId: bigint;
  customerId: string;
  orderId: bigint | null;
  /** Null in previews. */
  messageId: string | null;
  surveyKey: string;
}

/** A survey for whoever has the link. */
export interface SurveyLink {
  shopId: bigint;
  surveyKey: string;
}

export interface FeedbackLinks {
  /** One link a value, or one for the whole survey; opening it answers nothing yet. */
  answer(link: AnswerLink, value: number | string | null): string;
  survey(link: SurveyLink): string;
  readSurvey(token: string): SurveyLink | null;
  readAnswer(token: string): AnswerLink | null;
}

export function feedbackLinks({ appUrl, key }: { appUrl: string; key: LinkKeys }): FeedbackLinks {
  return {
    answer({ shopId, customerId, orderId, messageId, surveyKey }, value) {
      const data = { s: String(shopId), c: customerId, o: textOf(orderId), m: messageId, k: surveyKey };
      const url = `${appUrl}/a/${signLink(key, 'answer', data)}`;
      return value === null ? url : `${url}?v=${encodeURIComponent(value)}`;
    },
    survey: ({ shopId, surveyKey }) =>
      `${appUrl}/q/${signLink(key, 'survey', { s: String(shopId), k: surveyKey })}`,
    readSurvey(token) {
      const data = readLink(key, 'survey', token);
      return data && { shopId: BigInt(String(data['s'])), surveyKey: String(data['k']) };
    },
    readAnswer(token) {
      const data = readLink(key, 'answer', token);
      return (
        data && {
          ...ownerOf(data),
          orderId: idOf(data['o']),
          messageId: textOrNull(data['m']),
          surveyKey: String(data['k']),
        }
      );
    },
  };
}

const ownerOf = (data: LinkData) => ({ shopId: BigInt(String(data['s'])), customerId: String(data['c']) });
const textOf = (id: bigint | null) => (id === null ? null : String(id));
const idOf = (value: LinkData[string] | undefined) => (value ? BigInt(value) : null);
const textOrNull = (value: LinkData[string] | undefined) => (value ? String(value) : null);
