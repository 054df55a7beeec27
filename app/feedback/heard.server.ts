/** "How did you hear about us?", asked at the checkout: an answer like any other, tied to the order when it comes. */
import type { SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { saveAnswer } from './answers.server.ts';
import { surveysAt } from './asking.server.ts';
import type { AskedSurvey } from './block.ts';
import { HEARD } from './defaults.ts';
import { readSaid } from './said.ts';
import { findSubject, lockKeys, lockSubjects } from './subject.server.ts';
import { labelOf, questionFor } from './survey-view.ts';
import { surveyAt, surveyByKey, type LiveSurvey } from './surveys.server.ts';

interface HeardQuestion {
  text: string;
  options: { value: string; label: string }[];
  survey: AskedSurvey;
}

/** The survey as it was shown, whatever became of it since; of before surveys were named, the one that is asked. */
async function surveyAnswered(tx: SqlTx, shop: Shop, asked: AskedSurvey | null): Promise<LiveSurvey | null> {
  if (asked) return surveyAt(tx, shop.id, asked.id, asked.version);
  const [survey] = await surveysAt(tx, shop.id, 'checkout');
  return survey ?? surveyByKey(tx, shop.id, HEARD);
}

/** The question with its choices; null when the merchant has none. */
export async function heardQuestion(tx: SqlTx, shop: Shop, locale: string): Promise<HeardQuestion | null> {
  const [survey] = await surveysAt(tx, shop.id, 'checkout');
  const first = survey?.content.questions[0];
  if (!first) return null;
  const question = questionFor(first, { locale, shopLocale: shop.locale });
  if (question.kind !== 'choice') return null;
  const { id, version } = survey;
  return { text: question.text, options: question.options, survey: { id, version } };
}

/** Saves what was chosen, once a checkout; without its token once an operation. */
export async function heardFrom(
  tx: SqlTx,
  shop: Shop,
  input: {
    checkoutToken: string | null;
    value: string;
    operationId: string;
    survey?: AskedSurvey | undefined;
  },
  now: Date,
): Promise<{ outcome: 'saved' } | { outcome: 'refused'; problem: string }> {
  const survey = await surveyAnswered(tx, shop, input.survey ?? null);
  const question = survey?.content.questions[0];
  if (!survey || !question) return { outcome: 'refused', problem: 'there is no such question' };
  const said = readSaid(survey.content, [{ question: question.key, value: input.value }]);
  if ('problem' in said) return { outcome: 'refused', problem: said.problem };
  const { checkoutToken, operationId } = input;
  await lockSubjects(tx, lockKeys(shop.id, null, checkoutToken));
  const subject = await findSubject(tx, { shopId: shop.id, order: null, checkoutToken, signedIn: null });
  const answer = {
    shopId: shop.id,
    survey,
    subject: { ...subject, name: subject.name ?? `operation:${operationId}` },
    operationId,
    source: 'checkout' as const,
    locale: null,
    country: null,
    said,
    label: labelOf(question, input.value, { locale: shop.locale, shopLocale: shop.locale }),
    verified: subject.order !== null && !subject.order.test,
  };
  await saveAnswer(tx, answer, now);
  return { outcome: 'saved' };
}
