/** Whether a shop may send as its own domain: what SPF, DKIM and DMARC say in DNS, judged; and what should stand there. */
import { single, type Look, type TxtAnswer } from './dns-records.ts';
import { followSpf, MOST_LOOKUPS, spfIn } from './spf.ts';

/** Anybody may have an address there, and nobody else may send as one. */
const FREE_MAIL =
  /^(gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|aol|icloud|me|mac|proton|protonmail|gmx|web|mail|zoho|yandex|laposte|orange|free|t-online)\.(com|net|org|de|at|ch|fr|es|me|it|co\.uk|ru)$/;

export const isFreeMail = (domain: string): boolean => FREE_MAIL.test(domain);

/** The domain of an address, lower case; null where it has none. */
export function domainOf(address: string): string | null {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
  return address.includes('@') && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain) ? domain : null;
}

/** What the deployment says of its mail server; null: it says nothing. */
export interface MailServerNames {
  /** To be included by the domain's SPF record: `_spf.example.com` */
  spfInclude: string | null;
  /** Under which its DKIM key stands: `resend` for `resend._domainkey.<domain>` */
  dkimSelector: string | null;
}

export type RecordKind = 'spf' | 'dkim' | 'dmarc';
export type RecordState = 'good' | 'bad' | 'unknown';

/** One record as it is, and as it should be. */
export interface RecordVerdict {
  kind: RecordKind;
  /** Where it stands: `_dmarc.bowls.example` */
  name: string;
  state: RecordState;
  /** What is wrong or right, in a sentence. */
  says: string;
  /** To be put into DNS; null where nothing is to be changed, or the mail server's key is not ours to know. */
  copy: string | null;
}

const UNREACHABLE = 'It could not be looked up just now. Try again in a minute.';

type Judged = Pick<RecordVerdict, 'state' | 'says' | 'copy'>;
const good = (says: string): Judged => ({ state: 'good', says, copy: null });
const bad = (says: string, copy: string | null): Judged => ({ state: 'bad', says, copy });
const unknown = (says: string, copy: string | null = null): Judged => ({ state: 'unknown', says, copy });

/** Exactly one record, which lets the mail server send, itself or by what it includes (RFC 7208, 3.2 and 4.5). */
export async function judgeSpf(answer: TxtAnswer, include: string | null, look: Look): Promise<Judged> {
  if (answer.outcome === 'unreachable') return unknown(UNREACHABLE);
  const records = spfIn(answer.records);
  const [record] = records;
  const needed = include === null ? null : `include:${include}`;
  if (record === undefined) return bad('There is no SPF record.', needed && `v=spf1 ${needed} ~all`);
  if (records.length > 1) {
    const says = `There are ${records.length} SPF records, and only one counts: mail servers then believe none.`;
    return bad(says, mergedSpf(records, needed));
  }
  if (include === null) return unknown('There is one. Whether it names our mail server is not known here.');
  const mended = mergedSpf([record], needed);
  const way = await followSpf(record, include, look);
  switch (way.found) {
    case 'named':
      return good('It lets our mail server send.');
    case 'through':
      return good(`It lets our mail server send, by the record of ${way.by}.`);
    case 'missing':
    case 'shut-out':
      return bad('It does not let our mail server send.', mended);
    case 'too-many':
      return bad(
        `Mail servers give up before they find ours: it takes more than ${MOST_LOOKUPS} look-ups. Take out includes that nobody needs any more.`,
        null,
      );
    case 'broken':
      return bad(
        `It includes ${way.by}, where there is no SPF record, or several: mail servers then believe none of it.`,
        null,
      );
    case 'macro':
      return unknown(
        'What it includes depends on who sends; whether our mail server may, cannot be told ahead.',
        mended,
      );
    case 'unreachable':
      return unknown(UNREACHABLE);
  }
}

const termsOf = (record: string) => record.trim().split(/\s+/).slice(1);
const isAll = (term: string) => /^[-~?+]?all$/i.test(term);
const isRedirect = (term: string) => /^redirect=/i.test(term);
/** Whether a term is about the same server, whatever it says of it. */
const names = (term: string, needed: string) =>
  term.replace(/^[-~?+]/, '').toLowerCase() === needed.toLowerCase();

/** One record with every way of those given and the needed one. A redirect counts only where there is no `all`. */
function mergedSpf(records: readonly string[], needed: string | null): string {
  const terms = records.flatMap(termsOf);
  const ways = terms.filter((term) => !isAll(term) && !isRedirect(term) && !(needed && names(term, needed)));
  const end = terms.find(isAll) ?? terms.find(isRedirect) ?? '~all';
  return ['v=spf1', ...new Set(ways), ...(needed ? [needed] : []), end].join(' ');
}

/** Tags of a DKIM or DMARC record: `v=DMARC1; p=none` */
const tagsOf = (text: string): Map<string, string> =>
  new Map(
    text.split(';').flatMap((part): [string, string][] => {
      const at = part.indexOf('=');
      return at < 0 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()]];
    }),
  );

/** A key stands at the selector; an empty one is a revoked one (RFC 6376, 3.6.1). */
export function judgeDkim(answer: TxtAnswer | null): Judged {
  if (answer === null)
    return unknown('The key’s name is not known here. Whoever runs the mail server has the record.');
  if (answer.outcome === 'unreachable') return unknown(UNREACHABLE);
  const keys = answer.records.flatMap((text) => tagsOf(text).get('p') ?? []);
  if (keys.length === 0)
    return bad('There is no key. Whoever runs the mail server has the record to put here.', null);
  if (keys.length > 1) return bad(`There are ${keys.length} keys at this name. Leave only the newest.`, null);
  if (keys[0] === '')
    return bad('The key was revoked: it is empty. Ask whoever runs the mail server for a new one.', null);
  return good('The key is there.');
}

const POLICIES = ['none', 'quarantine', 'reject'];
const DMARC = 'v=DMARC1; p=none';

/** Names that DMARC asks at, in turn: the domain, then its parents (the tree walk of RFC 9989), never a mere `com`. */
function dmarcNames(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).flatMap((_, at) => {
    const left = labels.length - at;
    // Of very long names only the last parents are asked.
    return at === 0 || left <= 7 ? [labels.slice(at).join('.')] : [];
  });
}

/** One record, of the domain or of the first parent that has one, with a policy (RFC 7489, 6.3 and 6.6.3). */
export async function judgeDmarc(domain: string, look: Look): Promise<Judged & { name: string }> {
  for (const at of dmarcNames(domain)) {
    const name = `_dmarc.${at}`;
    const answer = await look(name);
    if (answer.outcome === 'unreachable') return { name, ...unknown(UNREACHABLE) };
    const records = answer.records.filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text.trim()));
    const [record] = records;
    // A registry's own record says nothing of who has a name under it.
    if (record === undefined || (at !== domain && tagsOf(record).get('psd')?.toLowerCase() === 'y')) continue;
    return { name, ...judgedPolicy(records, at === domain ? null : at) };
  }
  return { name: `_dmarc.${domain}`, ...bad('There is no DMARC record; Gmail and Yahoo want one.', DMARC) };
}

/** @param parent whose record it is; null: the domain's own */
function judgedPolicy(records: readonly string[], parent: string | null): Judged {
  const record = single(records);
  if (record === null)
    return bad(`There are ${records.length} DMARC records: mail servers then believe none. Keep one.`, null);
  const tags = tagsOf(record);
  const policy = ((parent === null ? undefined : tags.get('sp')) ?? tags.get('p'))?.toLowerCase();
  if (policy === undefined) return bad('It has no policy.', DMARC);
  if (!POLICIES.includes(policy))
    return bad('Its policy is none that mail servers know: none, quarantine or reject.', DMARC);
  return good(
    parent === null
      ? `Its policy is “${policy}”.`
      : `The record of ${parent} counts here too: its policy is “${policy}”.`,
  );
}

/** The three records of a domain, as they stand now. */
export async function judgeDomain(
  domain: string,
  { spfInclude, dkimSelector }: MailServerNames,
  look: Look,
): Promise<RecordVerdict[]> {
  const dkimName = dkimSelector === null ? null : `${dkimSelector}._domainkey.${domain}`;
  const [spf, dkim, dmarc] = await Promise.all([
    look(domain).then((answer) => judgeSpf(answer, spfInclude, look)),
    dkimName === null ? null : look(dkimName),
    judgeDmarc(domain, look),
  ]);
  return [
    { kind: 'spf', name: domain, ...spf },
    { kind: 'dkim', name: dkimName ?? `<selector>._domainkey.${domain}`, ...judgeDkim(dkim) },
    { kind: 'dmarc', ...dmarc },
  ];
}
