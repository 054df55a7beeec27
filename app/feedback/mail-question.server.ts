/** The first question of a survey as a mail asks it: answered by one click, on a page that saves when a person presses. */
import type { SqlTx } from '../db.server.ts';
import type { SurveyFields } from '../messages/fields.ts';
import type { Shop } from '../shops/shop.ts';
import type { FeedbackLinks } from './links.ts';
import { isOnePress } from './question.ts';
import { variantOf } from './respondent.server.ts';
import { questionsFor } from './survey-view.ts';
import { surveyByKey, type LiveSurvey } from './surveys.server.ts';

interface Wanted {
  id: string;
  shop: Shop;
  owner: { shopId: bigint; customerId: string; messageId: string | null };
  orderId: bigint | null;
  surveyKey: string;
  locale: string;
}

/** Fills the question and its links, by `id`; a survey that is gone, or whose first question needs more than a click, is left out. */
export const mailQuestions =
  (answerUrl: FeedbackLinks['answer']) =>
  async (tx: SqlTx, wanted: readonly Wanted[]): Promise<Map<string, SurveyFields>> => {
    const surveys = new Map<string, LiveSurvey | null>();
    const found = new Map<string, SurveyFields>();
    for (const one of wanted) {
      const name = `${one.shop.id} ${one.surveyKey}`;
      if (!surveys.has(name)) surveys.set(name, await surveyByKey(tx, one.shop.id, one.surveyKey));
      const survey = surveys.get(name);
      const fields = survey && survey.version > 0 ? fieldsOf(survey, one, answerUrl) : null;
      if (fields) found.set(one.id, fields);
    }
    return found;
  };

function fieldsOf(survey: LiveSurvey, one: Wanted, answerUrl: FeedbackLinks['answer']): SurveyFields | null {
  const [first] = survey.content.questions;
  if (!first || !isOnePress(first)) return null;
  const reader = { locale: one.locale, shopLocale: one.shop.locale };
  const [question] = questionsFor(survey.content, reader, variantOf(survey, one.owner.customerId));
  if (question?.kind !== 'scale' && question?.kind !== 'choice') return null;
  const ends = question.kind === 'scale' ? question : { look: 'words' as const, low: '', high: '' };
  const { surveyKey, orderId, owner } = one;
  return {
    question: question.text,
    look: ends.look,
    low: ends.low || null,
    high: ends.high || null,
    answers: question.options.map(({ value, label }) => ({
      label,
      url: answerUrl({ ...owner, orderId, surveyKey }, value),
    })),
  };
}
