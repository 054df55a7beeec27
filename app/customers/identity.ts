/** What makes two records one person: normalised e-mail and phone. */
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/** RFC 5321 */
const MAX_EMAIL = 254;

/** Addresses at these end in one mailbox, with or without dots. */
const GMAIL = new Set(['gmail.com', 'googlemail.com']);

/**
 * One key for all spellings of a mailbox: lower case, no +tag, ASCII domain, Gmail's dots and second name removed.
 * Identity only: mail is written to the address as it was given. Null when it is no address.
 */
export function emailKey(email: string | null | undefined): string | null {
  if (email && email.length > MAX_EMAIL) return null;
  const match = /^([^\s@]+)@([^\s@]+\.[^\s@.]+)$/.exec((email ?? '').trim().toLowerCase().normalize('NFKC'));
  if (!match) return null;
  const domain = asciiDomain(match[2]!);
  const name = match[1]!.replace(/(?<=.)\+.*$/, '');
  if (!domain) return null;
  return GMAIL.has(domain) ? `${name.replaceAll('.', '')}@gmail.com` : `${name}@${domain}`;
}

/** An address as it is written to: trimmed; null when it is none. */
export function cleanEmail(email: string | null | undefined): string | null {
  const trimmed = (email ?? '').trim();
  return emailKey(trimmed) ? trimmed : null;
}

/** E.164; numbers without a country prefix are read as of `country`. Null when it can't be a number. */
export function normalPhone(phone: string | null | undefined, country?: string | null): string | null {
  if (!phone) return null;
  const parsed = parsePhoneNumberFromString(phone, (country ?? undefined) as CountryCode | undefined);
  return parsed?.isPossible() ? parsed.number : null;
}

/** Street, zip and country without what people write differently; null when it names no door. */
export function addressKey(address: {
  street: string | null;
  zip: string | null;
  country: string | null;
}): string | null {
  const street = squeezed(doorOf(address.street ?? ''));
  const zip = squeezed(address.zip);
  return street && zip ? `${street}|${zip}|${address.country ?? ''}` : null;
}

/** Kinds of streets as people shorten them, by the letters that are left of a word. */
const SHORT: Record<string, string> = {
  street: 'st',
  road: 'rd',
  avenue: 'ave',
  av: 'ave',
  boulevard: 'blvd',
  bd: 'blvd',
  lane: 'ln',
  drive: 'dr',
  court: 'ct',
  square: 'sq',
  place: 'pl',
  platz: 'pl',
  calle: 'c',
  avenida: 'ave',
  avda: 'ave',
  plaza: 'pl',
  apartment: 'apt',
  number: 'no',
};

/** "Sonnenstraße 9" and "Sonnenstr. 9" are one door, as are "Main Street" and "Main St." */
const doorOf = (street: string): string =>
  street
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map((word) => SHORT[word] ?? word.replace(/strasse$/, 'str').replace(/(?<=.)platz$/, 'pl'))
    .join(' ');

const squeezed = (text: string | null) =>
  (text ?? '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');

function asciiDomain(domain: string): string | null {
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}
