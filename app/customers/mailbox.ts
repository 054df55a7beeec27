/**
 * Mailboxes in disguise: what two spellings have in common, for telling whether two people are one. Never used to join
 * customers or to write to anybody: `identity.ts` has what is safe for that.
 */
import { emailKey } from './identity.ts';
import { plainLetters } from './transliterate.ts';

/** Providers that are known by several names. */
const SAME: Record<string, string> = {
  'googlemail.com': 'gmail.com',
  'me.com': 'icloud.com',
  'mac.com': 'icloud.com',
  'protonmail.com': 'proton.me',
  'protonmail.ch': 'proton.me',
  'pm.me': 'proton.me',
  'ya.ru': 'yandex.ru',
  'yandex.com': 'yandex.ru',
  'yandex.by': 'yandex.ru',
  'yandex.kz': 'yandex.ru',
  'yandex.ua': 'yandex.ru',
  'narod.ru': 'yandex.ru',
  'ymail.com': 'yahoo.com',
  'rocketmail.com': 'yahoo.com',
  'tutamail.com': 'tuta.com',
  'tutanota.com': 'tuta.com',
  'tutanota.de': 'tuta.com',
  'tuta.io': 'tuta.com',
  'keemail.me': 'tuta.com',
};

/** Where signs in the name are written for people and not read by the server. */
const IGNORED: Record<string, RegExp> = {
  'gmail.com': /\./g,
  'proton.me': /[._-]/g,
  'yandex.ru': /[.-]/g,
};

/** Where the name of a mailbox may be a domain before the provider's: tag@name.fastmail.com. */
const SUBDOMAINS = ['fastmail.com', 'fastmail.fm', 'duck.com', 'anonaddy.com', 'addy.io', 'simplelogin.com'];

/** Where the part before a hyphen names the person and the part behind it an alias. */
const HYPHENS = /^yahoo\.|^(ymail|rocketmail|aol)\.com$/;

/** Addresses that forward to somebody whom nobody can name. */
const RELAYS =
  /(^|[@.])(privaterelay\.appleid\.com|relay\.firefox\.com|mozmail\.com|duck\.com|simplelogin\.(co|com|fr)|aleeas\.com|slmail\.me|anonaddy\.(com|me)|addy\.io|passmail\.net|passinbox\.com|33mail\.com|spamgourmet\.com)$/;

/**
 * One key for one mailbox under all of its names: case, +tags, signs that the provider does not read, the provider's
 * other names, sub-domains that stand for the name. Null for what is no address.
 */
export function mailboxKey(email: string | null | undefined): string | null {
  const key = emailKey(email);
  if (key === null) return null;
  const [name = '', domain = ''] = key.split('@');
  const host = SUBDOMAINS.find((each) => domain.endsWith(`.${each}`));
  if (host) return `${domain.slice(0, -host.length - 1)}@${host}`;
  const provider = SAME[domain] ?? domain;
  const read = name.replace(IGNORED[provider] ?? /$^/, '');
  return `${read || name}@${provider}`;
}

/** Shorter names are anybody's. */
const TELLING = 5;

/**
 * What people keep when they make a second address: the letters of the name, whoever the provider is, numbers at its end
 * and aliases behind a hyphen left out. Null where that is too little to mean anything.
 */
export function nameInMailbox(email: string | null | undefined): string | null {
  const key = mailboxKey(email);
  if (key === null) return null;
  const [name = '', domain = ''] = key.split('@');
  const known = HYPHENS.test(domain) ? name.replace(/-.*$/, '') : name;
  const letters = plainLetters(known)
    .replace(/\d+$/, '')
    .replace(/[^a-z0-9]/g, '');
  return letters.length >= TELLING && !ROLES.has(letters) ? letters : null;
}

/** Names that many companies have. */
const ROLES = new Set(
  'admin bestellung buchhaltung commande compras contact contacto einkauf hello ihello information invoice kontakt office orders pedidos purchasing rechnung sales service support verkauf vertrieb webmaster'.split(
    ' ',
  ),
);

/** Whether the address only forwards to one that nobody can name. */
export const isRelay = (email: string | null | undefined): boolean => RELAYS.test(emailKey(email) ?? '');

/** The domain of an address, in ASCII; null for what is no address. */
export const domainOf = (email: string | null | undefined): string | null =>
  emailKey(email)?.split('@')[1] ?? null;
