/** One-click answers from mails: the link opens a page, a person's press on it answers. */
import { customersByIds } from '../customers/customers.server.ts';
import type { SqlTx } from '../db.server.ts';
import { ordersByIds } from '../orders/orders.server.ts';
import type { Shop } from '../shops/shop.ts';
import { answerOn, reviseAnswer, saveAnswer, supplementAnswer, type StoredAnswer } from './answers.server.ts';
import type { BlockQuestion } from './block.ts';
import type { AnswerLink } from './links.ts';
import { readSaid, type Value } from './said.ts';
import { subjectName, type Subject } from './subject.server.ts';
import { followUpsAfter, toneOf, type Tone } from './survey.ts';
import { labelOf, questionFor, saidFor, thanksFor, type Reader } from './survey-view.ts';
import { surveyAt, surveyByKey, type LiveSurvey } from './surveys.server.ts';

/** What the page shows. */
export type AnswerPage =
  | { state: 'ask'; reader: Reader; question: BlockQuestion }
  | {
      state: 'thanks';
      reader: Reader;
      question: BlockQuestion;
      tone: Tone;
      message: string;
      said: string;
      /** Still to be asked; empty once they were answered. */
      followUps: BlockQuestion[];
      mayChange: boolean;
    }
  | { state: 'gone' };

/** Pressed by mistake: an answer from a mail may be changed for so long. */
const CHANGE_MINUTES = 60;

/** What the link leads to. Looking changes nothing. */
export async function answerPage(tx: SqlTx, shop: Shop, link: AnswerLink, now: Date): Promise<AnswerPage> {
  const found = await findAsked(tx, shop, link);
  if (!found) return { state: 'gone' };
  const { survey, subject, reader } = found;
  const given = await answerOn(tx, shop.id, survey.id, [subject.name]);
  if (!given) return { state: 'ask', reader, question: questionFor(survey.content.question, reader) };
  return thanksPage(tx, shop, given, reader, now);
}

/** Saves what was pressed; later presses of the same link add the follow-ups, or change a mistake. */
export async function answerByMail(
  tx: SqlTx,
  shop: Shop,
  link: AnswerLink,
  answers: readonly { question: string; value: Value }[],
  now: Date,
): Promise<{ outcome: 'saved' } | { outcome: 'refused'; problem: string } | { outcome: 'gone' }> {
  const found = await findAsked(tx, shop, link);
  if (!found) return { outcome: 'gone' };
  const { subject, reader } = found;
  const given = await answerOn(tx, shop.id, found.survey.id, [subject.name]);
  const survey =
    (given && (await surveyAt(tx, shop.id, given.surveyId, given.surveyVersion))) ?? found.survey;
  const first = survey.content.question.key;
  const known = given ? [{ question: first, value: given.values[first]! }] : [];
  const isFirst = answers.some(({ question }) => question === first);
  const said = readSaid(survey.content, isFirst ? answers : [...known, ...answers]);
  if ('problem' in said) return { outcome: 'refused', problem: said.problem };
  const staff = { locale: shop.locale, shopLocale: shop.locale };
  const label = labelOf(survey.content.question, said.values[first]!, staff);
  const answer = {
    shopId: shop.id,
    survey,
    subject,
    operationId: link.messageId ? `message:${link.messageId}` : `mail:${survey.key}:${subject.name}`,
    source: 'mail' as const,
    locale: reader.locale,
    country: null,
    said,
    label,
    verified: !subject.order?.test,
  };
  if (!given) await saveAnswer(tx, answer, now);
  else if (isFirst && mayChange(given, now)) await reviseAnswer(tx, given, answer, now);
  else if (!isFirst) await supplementAnswer(tx, shop.id, given, said, now);
  return { outcome: 'saved' };
}

async function findAsked(
  tx: SqlTx,
  shop: Shop,
  link: AnswerLink,
): Promise<{ survey: LiveSurvey; subject: Subject & { name: string }; reader: Reader } | null> {
  const survey = await surveyByKey(tx, shop.id, link.surveyKey);
  const customer = (await customersByIds(tx, [{ shopId: shop.id, id: link.customerId }])).get(
    link.customerId,
  );
  if (!survey || !customer || customer.erasedAt) return null;
  const orders =
    link.orderId === null ? null : await ordersByIds(tx, [{ shopId: shop.id, id: link.orderId }]);
  const order = orders?.get(`${shop.id}:${link.orderId}`) ?? null;
  if (!order && !link.messageId) return null;
  const subject = {
    name: order ? subjectName(order.checkoutToken, order.id) : `message:${link.messageId}`,
    proof: 'mail' as const,
    order,
    orderId: order?.id ?? null,
    checkoutToken: order?.checkoutToken ?? null,
    customerId: customer.id,
  };
  return { survey, subject, reader: { locale: customer.locale, shopLocale: shop.locale } };
}

async function thanksPage(
  tx: SqlTx,
  shop: Shop,
  given: StoredAnswer,
  reader: Reader,
  now: Date,
): Promise<AnswerPage> {
  const survey = (await surveyAt(tx, shop.id, given.surveyId, given.surveyVersion))!.content;
  const first = given.values[survey.question.key];
  const rest = followUpsAfter(survey, typeof first === 'number' ? first : null);
  const isComplete = rest.some(({ key }) => key in given.values);
  return {
    state: 'thanks',
    reader,
    question: questionFor(survey.question, reader),
    tone: toneOf(given.score),
    message: thanksFor(survey, toneOf(given.score), reader),
    said: saidFor(survey, given, reader)?.label ?? '',
    followUps: isComplete ? [] : rest.map((question) => questionFor(question, reader)),
    mayChange: mayChange(given, now),
  };
}

const mayChange = (given: StoredAnswer, now: Date): boolean =>
  given.source === 'mail' && now.getTime() - given.at.getTime() < CHANGE_MINUTES * 60_000;
