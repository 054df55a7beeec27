/** TXT records from DNS, within a time: nobody waits on a screen for a resolver that does not answer. */
import { Resolver } from 'node:dns/promises';
import type { TxtAnswer } from '../../messages/dns-records.ts';

/** Codes of an answer that says: there is none. */
const NONE = new Set(['ENODATA', 'ENOTFOUND']);

/**
 * Looks up the TXT records at a name. Never throws: a resolver that fails or is silent is an outcome.
 * @param servers `address:port` of resolvers; the machine's own without
 * @param milliseconds until the first try is given up; a second one takes up to twice as long
 */
export function txtRecords({
  servers,
  milliseconds = 1500,
}: { servers?: readonly string[]; milliseconds?: number } = {}): (name: string) => Promise<TxtAnswer> {
  return async (name) => {
    const resolver = new Resolver({ timeout: milliseconds, tries: 2 });
    if (servers) resolver.setServers(servers);
    // Several resolvers, each tried twice, would add up.
    const end = setTimeout(() => resolver.cancel(), milliseconds * 3);
    try {
      const records = await resolver.resolveTxt(name);
      return { outcome: 'found', records: records.map((pieces) => pieces.join('')) };
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      return NONE.has(code) ? { outcome: 'found', records: [] } : { outcome: 'unreachable' };
    } finally {
      clearTimeout(end);
    }
  };
}
