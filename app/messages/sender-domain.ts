/** Whether a shop may send as its own domain: what SPF, DKIM and DMARC say in DNS, judged; and what should stand there. */

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

/** TXT records at a name, each joined from its pieces: none where there are none. Or the resolver did not answer. */
export type TxtAnswer = { outcome: 'found'; records: readonly string[] } | { outcome: 'unreachable' };

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

/** Where each record of a domain stands; DKIM nowhere while no selector is known. */
export function recordNames(domain: string, { dkimSelector }: MailServerNames) {
  return {
    spf: domain,
    dkim: dkimSelector === null ? null : `${dkimSelector}._domainkey.${domain}`,
    dmarc: `_dmarc.${domain}`,
  };
}

const UNREACHABLE = 'It could not be looked up just now. Try again in a minute.';

type Judged = Pick<RecordVerdict, 'state' | 'says' | 'copy'>;
const good = (says: string): Judged => ({ state: 'good', says, copy: null });
const bad = (says: string, copy: string | null): Judged => ({ state: 'bad', says, copy });
const unknown = (says: string, copy: string | null = null): Judged => ({ state: 'unknown', says, copy });

/** Exactly one record, which includes the mail server (RFC 7208, 3.2 and 4.5). */
export function judgeSpf(answer: TxtAnswer, include: string | null): Judged {
  if (answer.outcome === 'unreachable') return unknown(UNREACHABLE);
  const records = answer.records.filter((text) => /^v=spf1( |$)/i.test(text.trim()));
  const [record] = records;
  const needed = include === null ? null : `include:${include}`;
  if (record === undefined) return bad('There is no SPF record.', needed && `v=spf1 ${needed} ~all`);
  if (records.length > 1) {
    const says = `There are ${records.length} SPF records, and only one counts: mail servers then believe none.`;
    return bad(says, mergedSpf(records, needed));
  }
  if (needed === null) return unknown('There is one. Whether it names our mail server is not known here.');
  const terms = termsOf(record);
  const all = terms.findIndex(isAll);
  // What comes after `all` counts for nothing.
  const ways = all < 0 ? terms : terms.slice(0, all);
  if (
    ways
      .find((term) => names(term, needed))
      ?.replace(/^\+/, '')
      .toLowerCase() === needed.toLowerCase()
  )
    return good('It lets our mail server send.');
  return bad('It does not let our mail server send.', mergedSpf([record], needed));
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

/** One record, which begins with its version and has a policy (RFC 7489, 6.3 and 6.6.3). */
export function judgeDmarc(answer: TxtAnswer): Judged {
  if (answer.outcome === 'unreachable') return unknown(UNREACHABLE);
  const records = answer.records.filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text.trim()));
  const [record] = records;
  if (record === undefined) return bad('There is no DMARC record; Gmail and Yahoo want one.', DMARC);
  if (records.length > 1)
    return bad(`There are ${records.length} DMARC records: mail servers then believe none. Keep one.`, null);
  const policy = tagsOf(record).get('p')?.toLowerCase();
  if (policy === undefined) return bad('It has no policy.', DMARC);
  if (!POLICIES.includes(policy))
    return bad('Its policy is none that mail servers know: none, quarantine or reject.', DMARC);
  return good(`Its policy is “${policy}”.`);
}

export interface DomainAnswers {
  spf: TxtAnswer;
  /** Null while no selector is known. */
  dkim: TxtAnswer | null;
  dmarc: TxtAnswer;
}

/** The three records of a domain. */
export function judgeDomain(
  domain: string,
  server: MailServerNames,
  answers: DomainAnswers,
): RecordVerdict[] {
  const names = recordNames(domain, server);
  return [
    { kind: 'spf', name: names.spf, ...judgeSpf(answers.spf, server.spfInclude) },
    { kind: 'dkim', name: names.dkim ?? `<selector>._domainkey.${domain}`, ...judgeDkim(answers.dkim) },
    { kind: 'dmarc', name: names.dmarc, ...judgeDmarc(answers.dmarc) },
  ];
}
