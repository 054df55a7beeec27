/** What somebody said, checked against the survey as it was asked. */
import { printable } from '../clean-text.ts';
import type { Question, Value } from './question.ts';
import { askedAfter, scoredQuestion, scoreOf, type Answers, type Survey } from './survey.ts';
import { isProblem, readValue, type Problem } from './values.ts';

/** An answer that fits its survey. */
export interface Said {
  /** 1…5 of the first question that has one. */
  score: number | null;
  /** The first text of their own. */
  comment: string | null;
  /** All values by question. */
  values: Answers;
  /** Nothing is left to ask. */
  isWhole: boolean;
}

export interface Given {
  question: string;
  value: Value;
}

/**
 * Reads an answer as it came over the wire: wrong questions and values are named, texts are cleaned.
 * @param options `asked`: it is the beginning of one. So many questions were asked; what has to be answered after them may
 * still come
 */
export function readSaid(
  survey: Survey,
  given: readonly Given[],
  { asked: count }: { asked?: number } = {},
): Said | Problem {
  const fitting: Answers = {};
  for (const [i, { question: key, value }] of given.entries()) {
    const question = survey.questions.find((each) => each.key === key);
    if (!question) return { problem: `answers[${i}].question: "${printable(key)}" was not asked` };
    if (Object.hasOwn(fitting, key)) return { problem: `answers[${i}].question: "${key}" is answered twice` };
    const read = readValue(question, value);
    if (isProblem(read)) return { problem: `answers[${i}].value: ${read.problem}` };
    if (read !== null) fitting[key] = read;
  }
  const asked = askedAfter(survey, fitting);
  const values = inTurn(asked, fitting);
  const strange = given.findIndex(({ question: key }) => !asked.some((each) => each.key === key));
  if (strange >= 0)
    return { problem: `answers[${strange}].question: "${given[strange]!.question}" was not asked` };
  const wanted = count === undefined ? asked : asked.slice(0, count);
  const missing = wanted.find((each) => isMissing(each, values[each.key]));
  if (missing) return { problem: `answers: "${missing.key}" has to be answered` };
  if (Object.keys(values).length === 0) return { problem: 'answers: nothing was said' };
  return {
    score: scoreIn(survey, values),
    comment: commentIn(asked, values),
    values,
    isWhole: count === undefined,
  };
}

/** In the order in which they are asked. */
const inTurn = (asked: readonly Question[], values: Answers): Answers =>
  Object.fromEntries(asked.flatMap(({ key }) => (Object.hasOwn(values, key) ? [[key, values[key]!]] : [])));

/** A required grid wants every row. */
function isMissing(question: Question, value: Value | undefined): boolean {
  if (!question.required) return false;
  if (value === undefined) return true;
  return question.kind === 'matrix' && Object.keys(value as object).length < question.rows.length;
}

function scoreIn(survey: Survey, values: Answers): number | null {
  const question = scoredQuestion(survey);
  const value = question && values[question.key];
  return question && typeof value === 'number' ? scoreOf(question, value) : null;
}

function commentIn(asked: readonly Question[], values: Answers): string | null {
  const text = asked.find((each) => each.kind === 'text' && Object.hasOwn(values, each.key));
  return text ? (values[text.key] as string) : null;
}
