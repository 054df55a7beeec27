/** What the buyer has answered so far, and what follows from it. Pure. */
import type { AnswerInput, BlockQuestion, BlockRule, BlockView } from '../../../app/feedback/block.ts';

export type AskView = Extract<BlockView, { state: 'ask' }>;
export type ThanksView = Extract<BlockView, { state: 'thanks' }>;
export type Value = AnswerInput['answers'][number]['value'];
/** By question key. */
export type Answers = Record<string, Value>;

/** The questions that these answers lead to, in turn: those whose rules hold. The app says the same in survey.ts. */
export function asked({ questions }: AskView, answers: Answers): BlockQuestion[] {
  const found: BlockQuestion[] = [];
  const given: Answers = {};
  for (const question of questions) {
    if (!question.when.every((rule) => follows(rule, found, given))) continue;
    found.push(question);
    const value = answers[question.key];
    if (value !== undefined && !isEmpty(value)) given[question.key] = value;
  }
  return found;
}

function follows({ question: key, is, values }: BlockRule, before: BlockQuestion[], given: Answers): boolean {
  const value = given[key];
  if (is === 'skipped') return value === undefined;
  if (value === undefined) return false;
  if (is === 'answered') return true;
  const named = Array.isArray(value) ? value : typeof value === 'object' ? [] : [value];
  const isRanking = before.find((question) => question.key === key)?.kind === 'ranking';
  return named.slice(0, isRanking ? 1 : named.length).some((one) => values.includes(one));
}

/** One question at a time; an optional sentence of their own stands under the question before it. */
export function screens(view: AskView, answers: Answers): BlockQuestion[][] {
  const all: BlockQuestion[][] = [];
  for (const question of asked(view, answers)) {
    const last = all.at(-1);
    const isRemark = question.kind === 'text' && !question.required;
    if (isRemark && last && all.length > 1 && last.length === 1 && last[0]!.kind !== 'text')
      last.push(question);
    else all.push([question]);
  }
  return all;
}

/** Whether a question is answered by one press, without a Send button. */
export const byOnePress = (question: BlockQuestion): boolean =>
  question.kind === 'scale' || (question.kind === 'choice' && !question.multiple);

/** Keys of required questions without an answer; of a grid all rows are wanted. */
export function missing(questions: BlockQuestion[], answers: Answers): string[] {
  return questions
    .filter((question) => question.required && isOpen(question, answers[question.key]))
    .map(({ key }) => key);
}

function isOpen(question: BlockQuestion, value: Value | undefined): boolean {
  if (isEmpty(value)) return true;
  return question.kind === 'matrix' && Object.keys(value as object).length < question.rows.length;
}

/**
 * The first question is answered, what comes after it is untouched, and nothing of it has to be answered.
 * @param sent how many answers have gone already
 */
export function isEnough(view: AskView, answers: Answers, sent = 1): boolean {
  const [first] = view.questions;
  const questions = asked(view, answers);
  const given = questions.filter(({ key }) => !isEmpty(answers[key]));
  return (
    first !== undefined &&
    byOnePress(first) &&
    given.length === sent &&
    !isEmpty(answers[first.key]) &&
    missing(questions, answers).length === 0
  );
}

/** The answers to send: those to questions that are asked, empty ones left out. */
export function toSend(questions: BlockQuestion[], answers: Answers): AnswerInput['answers'] {
  return questions.flatMap(({ key }) => {
    const value = answers[key];
    if (value === undefined || isEmpty(value)) return [];
    return [{ question: key, value: typeof value === 'string' ? value.trim() : value }];
  });
}

function isEmpty(value: Value | undefined): boolean {
  if (value === undefined) return true;
  if (typeof value === 'string') return value.trim() === '';
  return typeof value === 'object' && Object.keys(value).length === 0;
}
