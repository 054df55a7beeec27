/** Taking a file of a sequence in, as the page shows it. */
import type { TextProblem } from '../sequences/text/text.ts';
import { textProblemInWords } from './textWords.ts';

/** Something that is wrong in a file, with the line that it stands in. */
export interface ShownProblem {
  line: number;
  excerpt: string;
  said: string;
}

export interface TakenIn {
  toast?: string;
  problems?: ShownProblem[];
}

/** More than anybody mends before trying again. */
const MOST = 20;

export function shownProblems(text: string, problems: readonly TextProblem[]): ShownProblem[] {
  const lines = text.split('\n');
  const errors = problems.filter(({ level }) => level === 'error');
  return errors.slice(0, MOST).map((problem) => ({
    line: problem.line,
    excerpt: (lines[problem.line - 1] ?? '').trim().slice(0, 120),
    said: textProblemInWords(problem),
  }));
}

export const takenInWords = (left: readonly { key: string; locale: string }[]): string =>
  left.length === 0
    ? 'Taken in as a draft. Nothing has changed for customers yet'
    : `Taken in as a draft. ${left.length === 1 ? 'One mail stays' : `${left.length} mails stay`} as customers get them now`;
