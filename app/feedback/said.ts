/** What somebody said, checked against the survey as it was asked. */
import { cleanText } from '../clean-text.ts';
import { followUpsAfter, scoreOf, type Question, type Survey } from './survey.ts';

export type Value = number | string | string[];

/** An answer that fits its survey. */
export interface Said {
  /** 1…5 of the first question when that is a scale. */
  score: number | null;
  /** The first text of their own. */
  comment: string | null;
  /** All values by question. */
  values: Record<string, Value>;
}

/** Tells what is wrong with an answer, and where. */
export interface Problem {
  problem: string;
}

/**
 * Reads an answer as it came over the wire: wrong questions and values are named, texts are cleaned.
 * With `more` it is the beginning of one: what has to be answered after the first question may still come.
 */
export function readSaid(
  survey: Survey,
  given: readonly { question: string; value: Value }[],
  { more = false }: { more?: boolean } = {},
): Said | Problem {
  const first = given.find((each) => each.question === survey.question.key);
  const firstNumber = typeof first?.value === 'number' ? first.value : null;
  const asked = [survey.question, ...followUpsAfter(survey, firstNumber)];
  const values: Record<string, Value> = {};
  for (const [i, { question: key, value }] of given.entries()) {
    const question = asked.find((each) => each.key === key);
    if (!question) return { problem: `answers[${i}].question: "${printable(key)}" was not asked` };
    if (Object.hasOwn(values, key)) return { problem: `answers[${i}].question: "${key}" is answered twice` };
    const read = readValue(question, value);
    if (typeof read === 'object' && 'problem' in read)
      return { problem: `answers[${i}].value: ${read.problem}` };
    if (read !== '') values[key] = read;
  }
  const wanted = more ? [survey.question] : asked;
  const missing = wanted.find((each) => each.required && !Object.hasOwn(values, each.key));
  if (missing) return { problem: `answers: "${missing.key}" has to be answered` };
  if (Object.keys(values).length === 0) return { problem: 'answers: nothing was said' };
  return { score: scoreIn(survey, values), comment: commentIn(asked, values), values };
}

function scoreIn(survey: Survey, values: Record<string, Value>): number | null {
  const value = values[survey.question.key];
  return survey.question.kind === 'scale' && typeof value === 'number'
    ? scoreOf(survey.question, value)
    : null;
}

function commentIn(asked: readonly Question[], values: Record<string, Value>): string | null {
  const text = asked.find((each) => each.kind === 'text' && Object.hasOwn(values, each.key));
  return text ? (values[text.key] as string) : null;
}

function readValue(question: Question, value: Value): Value | Problem {
  switch (question.kind) {
    case 'scale':
      if (question.options.some((option) => option.value === value)) return value;
      return { problem: `has to be one of 1…${question.options.length}` };
    case 'choice':
      return readChoice(question, value);
    case 'text':
      return readText(question, value);
  }
}

function readChoice(question: Question & { kind: 'choice' }, value: Value): Value | Problem {
  const known = question.options.map((option) => option.value);
  const chosen = Array.isArray(value) ? value : [value];
  if (chosen.length > 1 && !question.multiple) return { problem: 'takes one choice only' };
  if (chosen.some((each, i) => chosen.indexOf(each) !== i)) return { problem: 'names a choice twice' };
  const strange = chosen.find((each) => typeof each !== 'string' || !known.includes(each));
  if (strange !== undefined) return { problem: `"${printable(String(strange))}" is none of its choices` };
  if (chosen.length === 0) return '';
  return question.multiple ? (chosen as string[]) : chosen[0]!;
}

function readText(question: Question & { kind: 'text' }, value: Value): string | Problem {
  if (typeof value !== 'string') return { problem: 'has to be a text' };
  const text = cleanText(value);
  if ([...text].length > question.maxLength)
    return { problem: `has more than ${question.maxLength} characters` };
  return text;
}

const printable = (text: string) => cleanText(text).slice(0, 40);
