/** Who works at the shop: their own programme is not for them. */
import { domainOf, mailboxKey } from '../customers/mailbox.ts';
import { plainLetters } from '../customers/transliterate.ts';
import type { Shop } from '../shops/shop.ts';

/** Tags that shops give to the people who work there, without accents. */
const TAGS = new Set(
  'staff employee employees team internal personal mitarbeiter mitarbeiterin mitarbeitende angestellte equipe employe employee salarie empleado empleada personal trabajador'
    .split(' ')
    .map(plainLetters),
);

/** Addresses and domains of the shop's own people, and what shops tag them with. */
export interface Staff {
  /** Mailbox keys */
  mailboxes: ReadonlySet<string>;
  domains: ReadonlySet<string>;
}

/** What the shop itself says: its own addresses, the domain of its own site, and whom the merchant has named. */
export function staffOf({ email, url, settings }: Pick<Shop, 'email' | 'url' | 'settings'>): Staff {
  const named = settings.friends.staff;
  const addresses = [email, settings.sender.email, settings.sender.replyTo, ...named];
  const domains = named.flatMap((entry) =>
    /^@?[^@\s]+\.[^@\s]+$/.test(entry) ? [entry.replace('@', '')] : [],
  );
  return {
    mailboxes: new Set(addresses.flatMap((address) => mailboxKey(address) ?? [])),
    domains: new Set([...domains.map((domain) => domain.toLowerCase()), ...ownDomain(url)]),
  };
}

const MOST = 200;
/** Everybody has a mailbox at one of these. */
const EVERYBODYS = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com gmx.de gmx.net web.de t-online.de proton.me aol.com orange.fr free.fr wanadoo.fr laposte.net libero.it mail.ru yandex.ru qq.com 163.com'.split(
    ' ',
  ),
);

/** What the merchant wrote, a line each: addresses, or domains; or what is wrong with it and where. */
export function staffIn(written: string): { staff: string[] } | { problem: string } {
  const lines = [...new Set(written.split(/[\s,;]+/).filter(Boolean))];
  if (lines.length > MOST)
    return { problem: `At most ${MOST} of them. A domain stands for all of its addresses.` };
  for (const line of lines) {
    const domain = /^@?([^@\s]+\.[^@\s.]+)$/.exec(line)?.[1];
    if (domain && EVERYBODYS.has(domain.toLowerCase()))
      return { problem: `Everybody has addresses at ${domain}. Write whole addresses instead.` };
    if (!domain && mailboxKey(line) === null)
      return { problem: `“${line.slice(0, 60)}” is neither an address nor a domain.` };
  }
  return { staff: lines };
}

/** Nobody but the shop has mailboxes under the name of its own site; many have them under Shopify's. */
function ownDomain(url: string | null): string[] {
  const host = (url && URL.parse(url)?.hostname.replace(/^www\./, '')) ?? '';
  return host === '' || host.endsWith('.myshopify.com') ? [] : [host];
}

export function isEmployee(
  person: { emails: readonly (string | null)[]; tags: readonly string[] },
  staff: Staff,
): boolean {
  if (person.tags.some((tag) => TAGS.has(plainLetters(tag.trim())))) return true;
  return person.emails.some((email) => {
    const [key, domain] = [mailboxKey(email), domainOf(email)];
    return (key !== null && staff.mailboxes.has(key)) || (domain !== null && staff.domains.has(domain));
  });
}
