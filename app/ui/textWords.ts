/** What is wrong in the text of a sequence, as a sentence. */
import type { Check } from '../messages/checks.ts';
import type { Problem } from '../sequences/plan.ts';
import type { Changed } from '../sequences/sequences.server.ts';
import type { TextCode, TextProblem } from '../sequences/text/text.ts';
import { problemInWords } from './builder/problemWords.ts';
import { checkInWords } from './checkWords.ts';

const WORDS: Record<TextCode, (detail: string) => string> = {
  syntax: (detail) => `This is no YAML: ${detail}`,
  'two-files': () => 'A file holds one sequence. What follows this line belongs into a file of its own.',
  format: (detail) =>
    detail
      ? `The file says “everafter: ${detail}”. This Everafter reads files of version 1: pull the sequence again, or bring Everafter up to date.`
      : 'A file of a sequence says which form it has: “everafter: 1”.',
  'unknown-field': (detail) => `There is no field “${detail}” here.`,
  missing: (detail) => `“${detail}” is missing.`,
  'not-one-of': (detail) => {
    const [word, known] = detail.split(' ∉ ');
    return `“${word}” is not known here. There are: ${known}.`;
  },
  period: (detail) => `“${detail}” is no time. Write it as “3 days”, “1 week 12 hours” or “at once”.`,
  condition: (detail) =>
    `“${detail}” cannot be compared. Write what is looked at, how, and with what: “order.ordinal at-least 2”.`,
  kind: (detail) => `What this is must be said. There are: ${detail}.`,
  value: (detail) => `This cannot be: ${detail}.`,
  language: (detail) => `Mails are written in ${detail}.`,
  'no-such-mail': (detail) => `There is no mail called “${detail}”, neither in this file nor in the shop.`,
  'unsent-mail': (detail) => `No step sends the mail “${detail}”.`,
  'key-of-another': (detail) =>
    `In an earlier version this key was that of a step that did something else (${detail}). People and messages are known by it: take another.`,
};

const OF_PLAN: Record<Problem['code'], true> = {
  shape: true,
  'never-begins': true,
  'no-such-sequence': true,
  endless: true,
  senseless: true,
  'same-key-twice': true,
  'leads-nowhere': true,
  loop: true,
  'never-reached': true,
  'no-message': true,
  'not-public': true,
  policy: true,
};

export function textProblemInWords({ code, detail, meant }: TextProblem): string {
  if (!meant) return sentenceOf(code, detail);
  // Where one word is likely, the list of all is in the way.
  const said =
    code === 'not-one-of' ? `“${detail.split(' ∉ ', 1)[0]}” is not known here.` : sentenceOf(code, detail);
  return `${said} Did you mean “${meant}”?`;
}

function sentenceOf(code: TextProblem['code'], detail: string): string {
  // A field that a mail does not know is named as Liquid names it, with its object.
  if (code === 'unknown-field' && detail.includes('.')) return checkInWords({ code, detail });
  if (code === 'leads-nowhere') return `It leads to “${detail}”, and there is no such step.`;
  if (code === 'loop') return `It leads back to “${detail}”, a step before it. Nobody would ever come out.`;
  if (code in WORDS) return WORDS[code as TextCode](detail);
  if (code in OF_PLAN) return problemInWords({ code: code as Problem['code'], detail });
  return checkInWords({ code: code as Check['code'], detail });
}

/** Why a text was not taken in: somebody else has changed what it was made from. */
export function changedInWords({ what, pulled, live }: Changed): string {
  switch (what) {
    case 'version':
      return `Version ${live ?? 0} is live by now, and this file was pulled from version ${pulled ?? 0}.`;
    case 'draft':
      return 'There is a draft in the shop that this would throw away.';
    case 'content':
      return `Version ${live ?? 0} is still live, but its draft, its mails or its name have been changed since.`;
    case 'there':
      return 'The shop has such a sequence, and this file was not pulled from it.';
    case 'gone':
      return 'This file was pulled, and the shop has no such sequence any more.';
  }
}
