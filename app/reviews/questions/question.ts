/** A question about a product, asked in public, and what is answered to it. Pure: reading what a form says. */
import { mailboxOf } from '../../messages/address.ts';
import { cleanText } from '../../clean-text.ts';
import { NAME_MAX } from '../review.ts';

export const QUESTION_MAX = 1000;
export const ANSWER_MAX = 4000;
/** Fewer letters are no question. */
const QUESTION_MIN = 5;

/** What one person may ask in a day, and what strangers together may ask of one product. */
export const A_DAY = { person: 5, product: 60 } as const;

/** As a form says it, before anything is believed. */
export interface SentQuestion {
  text: string;
  name: string;
  email: string;
  /** A field that no person sees: machines fill it in. */
  trap: string;
}

export interface ReadQuestion {
  text: string;
  /** As it is shown; null: somebody. */
  name: string | null;
  /** Where answers are told of; never shown. */
  email: string | null;
}

export type QuestionProblem = 'too-short' | 'too-long' | 'email' | 'too-many' | 'form';

/** The question, what is wrong with it, or `trap`: a machine has filled in the form. */
export function readQuestion(sent: SentQuestion): ReadQuestion | { problem: QuestionProblem | 'trap' } {
  if (sent.trap !== '') return { problem: 'trap' };
  const text = cleanText(sent.text);
  const length = [...text].length;
  if (length < QUESTION_MIN) return { problem: 'too-short' };
  if (length > QUESTION_MAX) return { problem: 'too-long' };
  const typed = sent.email.trim();
  const email = mailboxOf(typed);
  if (typed !== '' && !email) return { problem: 'email' };
  return { text, name: readName(sent.name), email };
}

/** What is answered, or what is wrong with it. */
export function readAnswer(sent: string): string | { problem: QuestionProblem } {
  const text = cleanText(sent);
  if (text === '') return { problem: 'too-short' };
  return [...text].length > ANSWER_MAX ? { problem: 'too-long' } : text;
}

/** One line, short enough; null where there is none. */
export function readName(sent: string): string | null {
  const name = [...cleanText(sent).replace(/\s+/g, ' ')].slice(0, NAME_MAX).join('').trim();
  return name === '' ? null : name;
}

/** Most mails about one question: of the shop's answers, and of others'. */
const MOST_MAILS = { merchant: 3, buyer: 1 } as const;

/** Whether whoever asked is told of another answer. */
export const isTold = (by: 'merchant' | 'buyer', before: number): boolean => before < MOST_MAILS[by];
