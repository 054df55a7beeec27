/** What the buyer has answered so far, and what follows from it. Pure. */
import type { AnswerInput, BlockQuestion, BlockView } from '../../../app/feedback/block.ts';

export type AskView = Extract<BlockView, { state: 'ask' }>;
export type ThanksView = Extract<BlockView, { state: 'thanks' }>;
export type Value = AnswerInput['answers'][number]['value'];
/** By question key. */
export type Answers = Record<string, Value>;

/** The questions that follow the answer to the first one. */
export function followUps({ question, followUps: all }: AskView, answers: Answers): BlockQuestion[] {
  const first = answers[question.key];
  if (typeof first !== 'number') return [];
  return all.filter(({ from, to }) => first >= from && first <= to).flatMap(({ questions }) => questions);
}

/** Whether the first question is answered by one press, without a Send button. */
export const byOnePress = (question: BlockQuestion): boolean =>
  question.kind === 'scale' || (question.kind === 'choice' && !question.multiple);

/** Keys of required questions without an answer. */
export function missing(questions: BlockQuestion[], answers: Answers): string[] {
  return questions.filter(({ required, key }) => required && isEmpty(answers[key])).map(({ key }) => key);
}

/** The first question is answered, the follow-up is untouched, and nothing of it has to be answered. */
export function isEnough(view: AskView, answers: Answers): boolean {
  const untouched = Object.keys(answers).every((key) => key === view.question.key);
  const questions = [view.question, ...followUps(view, answers)];
  return (
    byOnePress(view.question) &&
    untouched &&
    !isEmpty(answers[view.question.key]) &&
    missing(questions, answers).length === 0
  );
}

/** The answers to send: those to questions that are on screen, empty ones left out. */
export function toSend(questions: BlockQuestion[], answers: Answers): AnswerInput['answers'] {
  return questions.flatMap(({ key }) => {
    const value = answers[key];
    if (value === undefined || isEmpty(value)) return [];
    return [{ question: key, value: typeof value === 'string' ? value.trim() : value }];
  });
}

function isEmpty(value: Value | undefined): boolean {
  if (value === undefined) return true;
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
}
