/**
 * Fetches pictures from addresses in files of merchants, as careful as posting to them is: https, public addresses only, no
 * redirects, no proxies, a minute. Implements what reviews ask for.
 */
import { lookup as resolveName } from 'node:dns/promises';
import https from 'node:https';
import type { FetchedPicture, FetchPicture } from '../../reviews/photo.ts';
import { isPublicAddress, objectionTo } from '../../sequences/public-address.ts';
import { guarded, NotPublicError, type Address } from './guarded.server.ts';

interface FetchSettings {
  /** For tests. All addresses of a name. */
  resolve?: (host: string) => Promise<Address[]>;
  isPublic?: (address: string) => boolean;
  request?: typeof https.request;
  timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;
const HEADERS = { 'user-agent': 'Everafter-Pictures/1', accept: 'image/*,video/mp4' };

export function fetchPictures(settings: FetchSettings = {}): FetchPicture {
  const { isPublic = isPublicAddress, request = https.request, timeoutMs = TIMEOUT_MS } = settings;
  const resolve = settings.resolve ?? ((host) => resolveName(host, { all: true, verbatim: true }));
  return (url) =>
    new Promise<FetchedPicture>((settle) => {
      if (objectionTo(url, isPublic)) return settle({ outcome: 'failed', reason: 'address-not-public' });
      const options: https.RequestOptions = {
        method: 'GET',
        headers: HEADERS,
        agent: false,
        lookup: guarded(resolve, isPublic),
        signal: AbortSignal.timeout(timeoutMs),
      };
      const sent = request(new URL(url), options, (response) => {
        const status = response.statusCode ?? 0;
        if (status === 200) return settle({ outcome: 'found', body: response });
        response.resume();
        const isPassing = status >= 500 || [408, 425, 429].includes(status);
        settle(isPassing ? { outcome: 'later' } : { outcome: 'failed', reason: `answered ${status}` });
      });
      sent.on('error', (error) =>
        settle(
          error instanceof NotPublicError
            ? { outcome: 'failed', reason: 'address-not-public' }
            : { outcome: 'later' },
        ),
      );
      sent.end();
    });
}
