/**
 * Whether a link was followed by a program that looks at mails before their readers do. Nobody can know for certain: what
 * says so itself, loads ahead, or is there sooner than a person could be, is taken for one. A scanner that comes as a
 * browser, minutes later, passes for a reader.
 */
import { isbot } from 'isbot';

export interface Visit {
  method: string;
  header: (name: string) => string | null;
  /** Milliseconds since the message was handed over; null where that is not known. */
  sinceHandedMs: number | null;
}

/** Sooner nobody has received, opened and read a mail. */
const HASTE_MS = 10_000;

/** Scanners of companies that come by a name of their own, which lists of search engines' robots lack. */
const SCANNERS =
  /barracuda|proofpoint|mimecast|symantec|messagelabs|ironport|trendmicro|sophos|fireeye|safelinks|urldefense|linkscan|virustotal|bitdefender/i;

export function looksLikeScanner({ method, header, sinceHandedMs }: Visit): boolean {
  if (method !== 'GET') return true;
  const agent = header('user-agent')?.trim() ?? '';
  if (agent === '' || isbot(agent) || SCANNERS.test(agent)) return true;
  const purpose = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz']
    .map((name) => header(name) ?? '')
    .join(' ');
  if (/prefetch|prerender|preview/i.test(purpose)) return true;
  return sinceHandedMs !== null && sinceHandedMs < HASTE_MS;
}
