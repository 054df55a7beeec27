/** Connects to addresses that everybody can reach, and to no others, whatever a name says the second time. */
import { lookup as resolveName } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from '../../sequences/public-address.ts';

export interface Address {
  address: string;
  family: number;
}

export class NotPublicError extends Error {
  readonly code = 'NOT_PUBLIC';
}

/** For adapters that are handed their way of finding addresses. */
export const publicOnly = (): LookupFunction =>
  guarded((host) => resolveName(host, { all: true, verbatim: true }), isPublicAddress);

/** Stands where Node asks for addresses to connect to, and gives none but public ones. */
export function guarded(
  resolve: (host: string) => Promise<Address[]>,
  isPublic: (address: string) => boolean,
): LookupFunction {
  return (host, { all }, done) => {
    const give = (found: Address[]) => {
      const [first] = found;
      if (!first) return done(new Error('the name has no address'), '');
      if (!found.every(({ address }) => isPublic(address))) return done(new NotPublicError(), '');
      return all ? done(null, found) : done(null, first.address, first.family);
    };
    const refuse = (error: Error) => done(error, '');
    resolve(host).then(give, refuse);
  };
}
