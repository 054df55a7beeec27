/**
 * A survey on a page of its own, one question at a time: behind a link in a mail (whose it is stands in the link) or behind
 * a link for everybody. Looking saves nothing; each press is saved at once, and what was pressed before stays.
 */
import type { SqlTx } from '../db.server.ts';
import type { Shop } from '../shops/shop.ts';
import { answerOn, reviseAnswer, saveAnswer, supplementAnswer, type StoredAnswer } from './answers.server.ts';
import type { BlockQuestion } from './block.ts';
import type { Question } from './question.ts';
import { readSaid, type Given } from './said.ts';
import { screensOf } from './screens.ts';
import { askedAfter, toneOf, type Answers, type Survey, type Tone } from './survey.ts';
import { findRespondent, type PageLink, type Respondent } from './respondent.server.ts';
import { questionsFor, saidFor, thanksFor, type Reader } from './survey-view.ts';
import { surveyAt, type LiveSurvey } from './surveys.server.ts';

/** What the page shows. */
export type AnswerPage =
  | {
      state: 'ask';
      reader: Reader;
      survey: { version: number; variant: 'a' | 'b' | null };
      /** One, or one with a sentence of their own. */
      questions: BlockQuestion[];
      /** What is known of them already. */
      values: Answers;
      /** Which it is, of those that are known to come. */
      number: number;
      /** Where "back" leads. */
      back: string | null;
      /** The first answer, once it is saved. */
      said: string | null;
    }
  | {
      state: 'thanks';
      reader: Reader;
      title: string;
      tone: Tone;
      message: string;
      said: string;
      /** Where "that is not what I meant" leads; null once it is too late. */
      change: string | null;
    }
  | { state: 'gone' };

/** Pressed by mistake: an answer may be changed for so long. */
const CHANGE_MINUTES = 60;
/** In the place of a question: everything was asked. */
const END = 'end';

/**
 * What the link leads to.
 * @param at key of the question to show, `end`, or null: what comes next
 */
export async function answerPage(
  tx: SqlTx,
  shop: Shop,
  link: PageLink,
  at: string | null,
  now: Date,
): Promise<AnswerPage> {
  const found = await findRespondent(tx, shop, link);
  if (!found) return { state: 'gone' };
  const given = await answerOn(tx, shop.id, found.survey.id, [found.subject.name]);
  const survey = askableBy(link, await asAnswered(tx, shop, found, given));
  const screens = screensOf(askedAfter(survey.content, given?.values ?? {}));
  if (screens.length === 0) return { state: 'gone' };
  const isOpen = openIn(given, now);
  const index = given ? indexOf(screens, given.values, at, isOpen) : 0;
  if (index === null) return thanksPage(survey.content, given!, screens, found.reader, now);
  const back = screens.slice(0, index).findLast(isOpen)?.[0]?.key ?? null;
  return askPage(survey, found, given, { screens, index, back });
}

/** Behind a link for everybody nobody is known whose wishes for contact could hold: they are not asked for any. */
function askableBy({ to }: PageLink, survey: LiveSurvey): LiveSurvey {
  if (to === 'one') return survey;
  const questions = survey.content.questions.filter(({ kind }) => kind !== 'contact');
  return { ...survey, content: { ...survey.content, questions } };
}

/** The version that was answered goes on being asked. */
const asAnswered = async (tx: SqlTx, shop: Shop, { survey }: Respondent, given: StoredAnswer | null) =>
  (given && (await surveyAt(tx, shop.id, given.surveyId, given.surveyVersion))) ?? survey;

/** Whether a screen can still be pressed: what was said is fixed after a while, what was left out is not. */
const openIn =
  (given: StoredAnswer | null, now: Date) =>
  (screen: readonly Question[]): boolean =>
    !given || mayChange(given, now) || screen.some(({ key }) => !Object.hasOwn(given.values, key));

/** Null: nothing is left, or nothing more is wanted. */
function indexOf(
  screens: Question[][],
  values: Answers,
  at: string | null,
  isOpen: (screen: readonly Question[]) => boolean,
): number | null {
  if (at === END) return null;
  const wanted = screens.findIndex((screen) => screen[0]!.key === at && isOpen(screen));
  if (wanted >= 0) return wanted;
  const next = screens.findLastIndex((screen) => screen.some(({ key }) => Object.hasOwn(values, key))) + 1;
  return next < screens.length ? next : null;
}

function askPage(
  survey: LiveSurvey,
  { reader, variant }: Respondent,
  given: StoredAnswer | null,
  { screens, index, back }: { screens: Question[][]; index: number; back: string | null },
): AnswerPage {
  const shown = questionsFor(survey.content, reader, variant);
  const keys = screens[index]!.map(({ key }) => key);
  return {
    state: 'ask',
    reader,
    survey: { version: survey.version, variant },
    questions: shown.filter(({ key }) => keys.includes(key)),
    values: given?.values ?? {},
    number: index + 1,
    back,
    said: (given && saidFor(survey.content, given, reader)?.label) || null,
  };
}

function thanksPage(
  survey: Survey,
  given: StoredAnswer,
  screens: Question[][],
  reader: Reader,
  now: Date,
): AnswerPage {
  const first = screens[0]?.[0];
  return {
    state: 'thanks',
    reader,
    title: questionsFor(survey, reader).find(({ key }) => key === first?.key)?.text ?? '',
    tone: toneOf(given.score),
    message: thanksFor(survey, toneOf(given.score), reader),
    said: saidFor(survey, given, reader)?.label ?? '',
    change: first && mayChange(given, now) ? first.key : null,
  };
}

const mayChange = (given: StoredAnswer, now: Date): boolean =>
  (given.source === 'mail' || given.source === 'page') &&
  now.getTime() - given.at.getTime() < CHANGE_MINUTES * 60_000;

export type PageAnswer =
  { outcome: 'saved'; next: string } | { outcome: 'refused'; problem: string } | { outcome: 'gone' };

/** What a page sends. */
export interface PageInput {
  /** Key of the first question on it. */
  at: string;
  /** As it was shown; what is not there was left empty. */
  answers: readonly Given[];
  /** Of the survey as it was shown. */
  version: number | null;
  variant: 'a' | 'b' | null;
}

/** Saves what was pressed, beside what was said before. @returns where it goes on */
export async function answerByPage(
  tx: SqlTx,
  shop: Shop,
  link: PageLink,
  input: PageInput,
  now: Date,
): Promise<PageAnswer> {
  const found = await findRespondent(tx, shop, link);
  if (!found) return { outcome: 'gone' };
  const given = await answerOn(tx, shop.id, found.survey.id, [found.subject.name]);
  const shown =
    given || input.version === null ? null : await surveyAt(tx, shop.id, found.survey.id, input.version);
  const survey = askableBy(link, shown ?? (await asAnswered(tx, shop, found, given)));
  const { answers, asked, next } = merged(survey.content, given?.values ?? {}, input);
  const said = readSaid(survey.content, answers, next === END ? {} : { asked });
  if ('problem' in said) return { outcome: 'refused', problem: said.problem };
  const staff = { locale: shop.locale, shopLocale: shop.locale };
  const answer = {
    shopId: shop.id,
    survey,
    subject: found.subject,
    operationId: found.operationId,
    source: found.source,
    locale: found.reader.locale,
    country: null,
    said,
    label: saidFor(survey.content, said, staff)?.label ?? '',
    verified: found.isVerified,
    variant: input.variant ?? undefined,
  };
  if (!given) await saveAnswer(tx, answer, now);
  else if (mayChange(given, now)) await reviseAnswer(tx, given, answer, now);
  else await supplementAnswer(tx, answer, given, said, now);
  return { outcome: 'saved', next };
}

/** All answers, with those of the page in the place of what was known of its questions, and what comes after them. */
function merged(
  survey: Survey,
  known: Answers,
  { at, answers }: PageInput,
): { answers: Given[]; asked: number; next: string } {
  const before = screensOf(askedAfter(survey, known));
  const onPage = (before.find(([first]) => first!.key === at) ?? []).map(({ key }) => key);
  const all: Answers = { ...known };
  for (const key of onPage) delete all[key];
  for (const { question, value } of answers) all[question] = value;
  const asked = askedAfter(survey, all);
  const screens = screensOf(asked);
  const index = screens.findIndex(([first]) => first!.key === at);
  const fresh = answers.filter(({ question }) => !asked.some(({ key }) => key === question));
  const kept = asked.flatMap(({ key }) =>
    Object.hasOwn(all, key) ? [{ question: key, value: all[key]! }] : [],
  );
  return {
    answers: [...kept, ...fresh],
    asked: screens.slice(0, index + 1).flat().length,
    next: screens[index + 1]?.[0]!.key ?? END,
  };
}
