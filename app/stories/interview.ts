/** What an interview asks: the merchant's own questions, ours while there are none. */
import { z } from 'zod';
import { textFor, type Texts } from '../shops/translations.ts';
import { QUESTIONS, STORY_TEXTS } from './page-texts.ts';

export interface InterviewQuestion {
  /** Names it in the form, so that an answer stays with its question when others are moved. */
  key: string;
  text: Texts;
}

export const QUESTIONS_MAX = 8;
const QUESTION_TEXT_MAX = 200;

const OURS: readonly InterviewQuestion[] = QUESTIONS.map((key) => ({ key, text: STORY_TEXTS[key] }));

/** In their order. */
export const interviewQuestions = (own: readonly InterviewQuestion[] | null): readonly InterviewQuestion[] =>
  own && own.length > 0 ? own : OURS;

const text = z
  .record(z.string().regex(/^[a-z]{2}(-[A-Za-z0-9]{2,8})?$/), z.string().trim())
  .transform((given) => Object.fromEntries(Object.entries(given).filter(([, each]) => each !== '')))
  .refine((given) => Object.keys(given).length > 0, 'ask it in one language at least')
  .refine(
    (given) => Object.values(given).every((each) => [...each].length <= QUESTION_TEXT_MAX),
    `at most ${QUESTION_TEXT_MAX} characters`,
  );

/** Questions as the editor sends them. */
export const questionsSchema = z
  .array(z.object({ key: z.string().regex(/^[a-z0-9-]{1,40}$/), text }))
  .max(QUESTIONS_MAX, `at most ${QUESTIONS_MAX} questions`)
  .refine((given) => new Set(given.map(({ key }) => key)).size === given.length, 'each question once');

/** A question as it was kept with its answer, in a reader's language; one that is asked no more stays as it was asked. */
export function questionFor(
  kept: string,
  own: readonly InterviewQuestion[] | null,
  locale: string | null,
  shopLocale: string,
): string {
  const asked = [...interviewQuestions(own), ...OURS].find(({ text }) => Object.values(text).includes(kept));
  return asked ? textFor(asked.text, locale, shopLocale) : kept;
}
