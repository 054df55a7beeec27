/** Search as you type: what is kept of a customer for it, and what is looked for. */

import { STAGES, type Stage } from './customer.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What the address of the customers page asks for; what is none of its words is not asked.
 * `ordered` counts days back from now: "0-30" is the last thirty of them, "90-" everything before the last ninety.
 */
export function searchFrom(
  query: URLSearchParams,
  now: Date,
): {
  text: string;
  stage: Stage | null;
  consent: 'email' | null;
  country: string | null;
  lastOrderFrom: Date | null;
  lastOrderTo: Date | null;
} {
  const country = query.get('country') ?? '';
  const [, least, most] = /^(\d{1,4})-(\d{0,4})$/.exec(query.get('ordered') ?? '') ?? [];
  const ago = (days: string | undefined) =>
    Number(days) ? new Date(now.getTime() - Number(days) * DAY_MS) : null;
  return {
    text: query.get('q') ?? '',
    stage: STAGES.find((name) => name === query.get('stage')) ?? null,
    consent: query.get('consent') === 'email' ? 'email' : null,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    lastOrderFrom: ago(most),
    lastOrderTo: ago(least),
  };
}

/** Letters without their marks, lower case: "Müller" and "muller" are found by each other. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Name, e-mail and phone in one line, each word after a space: one or two letters find beginnings of words. */
export function searchTextOf(customer: {
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  phone: string | null;
}): string {
  const { firstName, lastName, email, phone } = customer;
  const text = plain([firstName, lastName, email, phone].filter(Boolean).join(' ')).slice(0, 400);
  return text && ` ${text}`;
}

/** At most this many words are looked for; nobody types more. */
const MAX_WORDS = 5;

/** The words of a search, longest first: the rarest narrows most. A phone number as typed becomes one word of digits. */
export function searchWords(text: string): string[] {
  const asPhone = /^[\d\s()+./-]{4,}$/.test(text) ? text.replace(/\D/g, '').replace(/^0+/, '') : '';
  if (asPhone.length >= 4) return [asPhone];
  const words = plain(text).split(' ').filter(Boolean);
  return [...new Set(words)].sort((a, b) => b.length - a.length).slice(0, MAX_WORDS);
}
