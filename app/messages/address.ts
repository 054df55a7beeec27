/** Addresses and header texts as they may stand in a mail: nothing a person typed can begin a header of its own. */

/** Control characters, line and paragraph separators, and marks that turn the direction of what follows. */
// eslint-disable-next-line no-control-regex -- these are what is to be found
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/g;

/**
 * One line without control characters; half surrogates, which no encoding can carry, become U+FFFD. What looks like an
 * encoded word (RFC 2047) is broken up: a reader would decode it, line breaks included.
 */
export function headerText(text: string): string {
  const line = text.toWellFormed().replace(CONTROLS, ' ').replace(/\s+/g, ' ').trim();
  return line.replaceAll('=?', '= ?');
}

/** Unquoted local parts only: what else RFC 5322 allows no shopper has, and parsers disagree on it. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** The address, its domain in ASCII; null when mail cannot be addressed to it without doubt. */
export function mailboxOf(raw: string | null): string | null {
  const trimmed = raw?.trim() ?? '';
  const at = trimmed.lastIndexOf('@');
  if (at < 1 || trimmed.length > 254) return null;
  const local = trimmed.slice(0, at);
  const domain = asciiDomain(trimmed.slice(at + 1));
  if (!domain || local.length > 64 || !LOCAL.test(local)) return null;
  return `${local}@${domain}`;
}

/** Through the URL parser, which knows IDNA; null when it is no plain host name. */
function asciiDomain(domain: string): string | null {
  if (/[/?#@:[\]\\%\s]/.test(domain) || !URL.canParse(`http://${domain}`)) return null;
  const host = new URL(`http://${domain}`).hostname;
  const labels = host.split('.');
  const isName = labels.length > 1 && labels.every((label) => LABEL.test(label));
  return isName && !/^\d+$/.test(labels.at(-1)!) ? host : null;
}

/** E.164, or null. */
export function phoneOf(raw: string | null): string | null {
  const digits = raw?.replace(/[\s().-]/g, '') ?? '';
  return /^\+[1-9]\d{6,14}$/.test(digits) ? digits : null;
}
