/** What is looked at before a mail is published, in words for staff. */
import type { Check } from '../messages/checks.ts';

const EMPTY: Record<string, string> = {
  subject: 'The subject is empty.',
  label: 'A button or a link has no label.',
};

const WORDS: Record<Check['code'], (detail: string) => string> = {
  liquid: (detail) => `Something between {{ }} or {% %} can’t be read: ${detail}.`,
  'unknown-field': (detail) => `There is no field called ${detail}.`,
  'no-fallback': (detail) =>
    `Not every customer has ${detail}: write what stands in its place, {{ ${detail} | default: "…" }}.`,
  'missing-alt': () => 'A picture does not say what it shows.',
  'missing-link': (detail) =>
    detail ? `“${detail}” is no address that a link can lead to.` : 'A link has no address.',
  empty: (detail) => EMPTY[detail] ?? 'A block has no text.',
  'long-subject': (detail) => `The subject has ${detail} characters: many inboxes cut it after 60.`,
  'no-preheader': () =>
    'Nothing stands beside the subject: inboxes show the first words of the mail instead.',
  'two-buttons': () => 'There are two buttons. One is clearer.',
  'too-large': (detail) =>
    `The mail weighs ${Math.ceil(Number(detail) / 1024)} KB; 60 is the most that inboxes show whole.`,
  'no-unsubscribe': () => 'The link to unsubscribe is missing.',
  shouting: (detail) => `The subject shouts: ${detail}. Filters and readers take that for advertising.`,
  'wary-words': (detail) => `“${detail}” makes spam filters wary.`,
  exclamations: () => 'Several exclamation marks in a row make spam filters wary.',
  'short-link': (detail) => `${detail} hides where a link leads: write the address itself.`,
  'other-address': (detail) => `The link “${detail}” leads to another address than it says.`,
  'long-mail': (detail) => `The mail has ${detail} words. What can be read in a minute has 200.`,
  'only-pictures': () => 'Hardly any words stand beside the pictures: with pictures off, nothing is left.',
  'missing-translation': (detail) =>
    `It is not written in ${new Intl.DisplayNames('en', { type: 'language' }).of(detail) ?? detail} yet.`,
};

export const checkInWords = ({ code, detail }: Pick<Check, 'code' | 'detail'>): string => WORDS[code](detail);
