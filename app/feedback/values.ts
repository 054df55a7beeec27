/** Whether a value fits the question that it answers, and what is kept of it. */
import { cleanText, printable } from '../clean-text.ts';
import {
  CONTACT,
  isScored,
  valuesOf,
  type ContactPart,
  type Of,
  type Question,
  type Value,
} from './question.ts';

/** Tells what is wrong with a value. */
export interface Problem {
  problem: string;
}

/** @returns the value as it is kept; null for an empty one, which is no answer */
export function readValue(question: Question, value: Value): Value | Problem | null {
  if (isScored(question)) return readScale(question, value);
  switch (question.kind) {
    case 'choice':
      return readChoice(question, value);
    case 'ranking':
      return readRanking(question, value);
    case 'matrix':
      return readMatrix(question, value);
    case 'text':
      return readText(question, value);
    case 'date':
      return readDate(value);
    case 'contact':
      return readContact(value);
  }
}

export const isProblem = (read: Value | Problem | null): read is Problem =>
  typeof read === 'object' && read !== null && !Array.isArray(read) && typeof read['problem'] === 'string';

function readScale(question: Of<'scale' | 'nps' | 'stars'>, value: Value): Value | Problem {
  const known = valuesOf(question);
  if (typeof value === 'number' && known.includes(value)) return value;
  return { problem: `has to be one of ${known.at(0)}…${known.at(-1)}` };
}

function readChoice(question: Of<'choice'>, value: Value): Value | Problem | null {
  const chosen = chosenFrom(question.options, value);
  if ('problem' in chosen) return chosen;
  if (chosen.length > 1 && !question.multiple) return { problem: 'takes one choice only' };
  if (chosen.length === 0) return null;
  return question.multiple ? chosen : chosen[0]!;
}

function readRanking(question: Of<'ranking'>, value: Value): Value | Problem | null {
  if (!Array.isArray(value)) return { problem: 'has to be a list, the first one first' };
  const chosen = chosenFrom(question.options, value);
  return 'problem' in chosen ? chosen : chosen.length === 0 ? null : chosen;
}

function chosenFrom(options: readonly { value: string }[], value: Value): string[] | Problem {
  const known = options.map((option) => option.value);
  const chosen: unknown[] = Array.isArray(value) ? value : [value];
  const strange = chosen.find((each) => typeof each !== 'string' || !known.includes(each));
  if (strange !== undefined) {
    const word = typeof strange === 'object' ? 'a list' : String(strange);
    return { problem: `"${printable(word)}" is none of its choices` };
  }
  if (chosen.some((each, i) => chosen.indexOf(each) !== i)) return { problem: 'names a choice twice' };
  return chosen as string[];
}

function readMatrix({ rows, columns }: Of<'matrix'>, value: Value): Value | Problem | null {
  if (typeof value !== 'object' || Array.isArray(value))
    return { problem: 'has to name a column for each row' };
  const read: Record<string, number> = {};
  for (const [row, column] of Object.entries(value)) {
    if (!rows.some((each) => each.value === row))
      return { problem: `"${printable(row)}" is none of its rows` };
    if (!columns.some((each) => each.value === column))
      return { problem: `"${row}" has to be one of 1…${columns.length}` };
    read[row] = column as number;
  }
  return Object.keys(read).length === 0 ? null : read;
}

function readText(question: Of<'text'>, value: Value): Value | Problem | null {
  if (typeof value !== 'string') return { problem: 'has to be a text' };
  const text = cleanText(value);
  if ([...text].length > question.maxLength)
    return { problem: `has more than ${question.maxLength} characters` };
  return text === '' ? null : text;
}

/** Days on which nothing happened that a shop could ask for are typing errors. */
const [EARLIEST, LATEST] = ['1900-01-01', '2100-12-31'];

function readDate(value: Value): Value | Problem | null {
  if (value === '') return null;
  const wrong = { problem: 'has to be a day, as YYYY-MM-DD' };
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return wrong;
  const day = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== value) return wrong;
  if (value < EARLIEST || value > LATEST) return { problem: `has to lie between ${EARLIEST} and ${LATEST}` };
  return value;
}

function readContact(value: Value): Value | Problem | null {
  if (typeof value !== 'object' || Array.isArray(value))
    return { problem: 'has to say channel, frequency and hour' };
  const read: Record<string, string> = {};
  for (const [part, wish] of Object.entries(value)) {
    const known = Object.hasOwn(CONTACT, part) ? (CONTACT[part as ContactPart] as readonly unknown[]) : null;
    if (!known) return { problem: `"${printable(part)}" is nothing that can be wished for` };
    if (!known.includes(wish)) return { problem: `${part}: "${printable(String(wish))}" cannot be chosen` };
    read[part] = String(wish);
  }
  return Object.keys(read).length === 0 ? null : read;
}
