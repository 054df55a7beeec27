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

function asciiDomain(domain: string): string | null {
  try {
    return new URL(`http://${domain}`).hostname;
  } catch {
    return null;
  }
}
