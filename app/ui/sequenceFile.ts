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

/**
 * @param left mails that a draft does not change
 * @param changed mails that customers get otherwise from now on
 */
export function takenInWords(left: readonly unknown[], changed: readonly unknown[]): string {
  const said = 'Taken in as a draft.';
  if (changed.length > 0)
    return `${said} ${changed.length === 1 ? 'One mail is' : `${changed.length} mails are`} sent with the new text from now on`;
  if (left.length === 0) return `${said} Nothing has changed for customers yet`;
  const mails = left.length === 1 ? 'One mail stays as it is' : `${left.length} mails stay as they are`;
  return `${said} ${mails}: customers get ${left.length === 1 ? 'it' : 'them'} already`;
}
