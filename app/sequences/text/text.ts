/**
 * A sequence as text: one YAML file, the same for the same sequence, so that a shop keeps it in git and sees what has
 * changed. docs/sequences-as-text.md shows one; write-text.ts and read-text.ts go to and fro.
 */
import type { Template } from '../../messages/blocks.ts';
import type { Check } from '../../messages/checks.ts';
import type { Plan, Problem } from '../plan.ts';

/** Of the form of the file, not of the sequence: its first line, `everafter: 1`. */
export const TEXT_FORMAT = 1;

/** Where a step leads when nothing follows; no step can be called so. */
export const END = 'END';

/** What a file says. */
export interface SequenceText {
  /** Names the sequence within its shop. */
  key: string;
  name: string;
  /** What the shop had when the file was taken from it, see `stampOf`; null: written by hand. */
  pulled: string | null;
  plan: Plan;
  /** The mails that it sends, in the languages that there are. */
  mails: Template[];
}

/** What only a text can get wrong. */
export type TextCode =
  /** No YAML. */
  | 'syntax'
  /** More than one document. */
  | 'two-files'
  /** Made by another version of Everafter, or nothing of ours. */
  | 'format'
  | 'unknown-field'
  | 'missing'
  | 'not-one-of'
  | 'period'
  | 'condition'
  | 'kind'
  | 'value'
  | 'language'
  /** A step sends a mail that is neither in the file nor in the shop. */
  | 'no-such-mail'
  /** No step sends this mail. */
  | 'unsent-mail'
  /** A step had the same key and did something else in an earlier version. */
  | 'key-of-another';

/** Something that is wrong, with the place; `textProblemInWords` makes a sentence of it. */
export interface TextProblem {
  /** Warnings keep nothing from being published. */
  level: 'error' | 'warning';
  /** Both from 1 on. */
  line: number;
  column: number;
  /** Key of the step that it is in. */
  step: string | null;
  code: TextCode | Problem['code'] | Check['code'];
  detail: string;
  /** What may have been meant. */
  meant?: string;
}
