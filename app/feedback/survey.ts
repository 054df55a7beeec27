/** The shape of a survey: questions in turn, some only after certain answers, a sentence of thanks by tone. */
import { z } from 'zod';
import { audienceSchema } from './audience.ts';
import {
  isScored,
  keySchema,
  LENGTHS,
  namedBy,
  questionSchema,
  texts,
  type Of,
  type Question,
  type Rule,
  type Value,
} from './question.ts';

/** Where a survey is asked. A mail asks by its step in a sequence, a page by its link: those two are always open. */
export const PLACES = ['thank-you', 'order-status', 'checkout', 'mail', 'page'] as const;
export type Place = (typeof PLACES)[number];

/** What a finished survey and an unfinished draft have in common; `problemsOf` tells them apart. */
export const surveySchema = z.object({
  /** What the merchant calls it. */
  name: z.string().max(80),
  questions: z.array(questionSchema).max(20),
  thanks: z.object({
    glad: texts(LENGTHS.thanks),
    neutral: texts(LENGTHS.thanks),
    sorry: texts(LENGTHS.thanks),
  }),
  places: z.array(z.enum(PLACES)).max(PLACES.length).default([]),
  audience: audienceSchema,
  /**
   * How soon the same customer is asked again after an answer: with every order, or not within so many days; null: never.
   * Nobody is asked twice about one order.
   */
  again: z
    .union([z.literal('order'), z.number().int().min(1).max(730)])
    .nullable()
    .default(null),
  /** Another wording of one question, shown to half of the customers. */
  trial: z
    .object({ question: keySchema, text: texts(LENGTHS.question) })
    .nullable()
    .default(null),
});

export type Survey = z.infer<typeof surveySchema>;

/** How an answer is met: a sorry one never celebrates and is asked no favour. */
export type Tone = 'glad' | 'neutral' | 'sorry';

/** What was answered, by question. */
export type Answers = Record<string, Value>;

/** The questions that these answers lead to, in turn. Those of rules that do not hold are left out. */
export function askedAfter(survey: Pick<Survey, 'questions'>, answers: Answers): Question[] {
  const asked: Question[] = [];
  const given: Answers = {};
  for (const question of survey.questions) {
    if (!question.when.every((rule) => follows(rule, asked, given))) continue;
    asked.push(question);
    if (Object.hasOwn(answers, question.key)) given[question.key] = answers[question.key]!;
  }
  return asked;
}

/** Whether a rule holds after the questions that were asked and what was given to them. */
function follows({ question: key, is, values }: Rule, asked: readonly Question[], given: Answers): boolean {
  const value = given[key];
  if (is === 'skipped') return value === undefined;
  if (value === undefined) return false;
  if (is === 'answered') return true;
  const question = asked.find((each) => each.key === key);
  return question !== undefined && namedBy(question, value).some((one) => values.includes(one));
}

/** A value as 1…5, whatever the scale. Of 0…10 the detractors are 1 and 2, the promoters 4 and 5. */
export function scoreOf(question: Of<'scale' | 'nps' | 'stars'>, value: number): number {
  switch (question.kind) {
    case 'stars':
      return value;
    case 'nps':
      return value <= 3 ? 1 : value <= 6 ? 2 : value <= 8 ? 3 : value === 9 ? 4 : 5;
    case 'scale':
      return Math.round(1 + ((value - 1) * 4) / (question.options.length - 1));
  }
}

/** The question that gives the survey its score: the first that can. */
export const scoredQuestion = (
  survey: Pick<Survey, 'questions'>,
): Of<'scale' | 'nps' | 'stars'> | undefined => survey.questions.find(isScored);

export function toneOf(score: number | null): Tone {
  if (score === null || score === 3) return 'neutral';
  return score > 3 ? 'glad' : 'sorry';
}
