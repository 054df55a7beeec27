/** "How did you hear about us?", asked at the checkout: an answer like any other, tied to the order when it comes. */
import type { SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { saveAnswer } from './answers.server.ts';
import { HEARD } from './defaults.ts';
import { readSaid } from './said.ts';
import { findSubject, lockKeys, lockSubjects } from './subject.server.ts';
import { labelOf, questionFor } from './survey-view.ts';
import { surveyByKey } from './surveys.server.ts';

/** The question with its choices; null when the merchant has none. */
export async function heardQuestion(
  tx: SqlTx,
  shop: Shop,
  locale: string,
): Promise<{ text: string; options: { value: string; label: string }[] } | null> {
  const survey = await surveyByKey(tx, shop.id, HEARD);
  if (survey?.status !== 'on') return null;
  const question = questionFor(survey.content.question, { locale, shopLocale: shop.locale });
  return question.kind === 'choice' ? { text: question.text, options: question.options } : null;
}

/** Saves what was chosen, once a checkout; without its token once an operation. */
export async function heardFrom(
  tx: SqlTx,
  shop: Shop,
  input: { checkoutToken: string | null; value: string; operationId: string },
  now: Date,
): Promise<{ outcome: 'saved' } | { outcome: 'refused'; problem: string }> {
  const survey = await surveyByKey(tx, shop.id, HEARD);
  if (!survey) return { outcome: 'refused', problem: 'there is no such question' };
  const { question } = survey.content;
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
