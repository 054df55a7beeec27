/**
 * Posts to addresses that merchants have chosen. The name is resolved once, every address that it has must be one that
 * everybody can reach, and it is those that are connected to: a resolver that answers otherwise the second time is not
 * asked again. No redirects, no proxies, ten seconds, 64 KB.
 */
import { lookup as resolveName } from 'node:dns/promises';
import https from 'node:https';
import { realNow } from '../../clock.server.ts';
import type { Tried, WebhooksOut } from '../../sequences/deed.ts';
import { isPublicAddress, objectionTo } from '../../sequences/public-address.ts';
import { guarded, NotPublicError, type Address } from './guarded.server.ts';
import { signedHeaders } from './signature.ts';

export interface PostSettings {
  /** Derives the shops' secrets. */
  key: Uint8Array;
  /** The rest is for tests. All addresses of a name. */
  resolve?: (host: string) => Promise<Address[]>;
  isPublic?: (address: string) => boolean;
  request?: typeof https.request;
  timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 64 * 1024;
const DAY = 86_400;

export function webhooksOut(settings: PostSettings): WebhooksOut {
  const { key, isPublic = isPublicAddress, request = https.request, timeoutMs = TIMEOUT_MS } = settings;
  const resolve = settings.resolve ?? ((host) => resolveName(host, { all: true, verbatim: true }));
  return {
    async post(shopId, url, note) {
      if (objectionTo(url, isPublic)) return NOT_PUBLIC;
      const body = JSON.stringify(note);
      const signed = signedHeaders(
        { key, shopId },
        { id: note.id, seconds: Math.floor(realNow() / 1000), body },
      );
      const options: https.RequestOptions = {
        method: 'POST',
        headers: { ...HEADERS, 'content-length': Buffer.byteLength(body), ...signed },
        // One of its own: the shared one may be told to go through a proxy by the environment.
        agent: false,
        lookup: guarded(resolve, isPublic),
        signal: AbortSignal.timeout(timeoutMs),
      };
      return exchange(request, new URL(url), options, body);
    },
  };
}

const HEADERS = { 'content-type': 'application/json', 'user-agent': 'Everafter-Webhooks/1', accept: '*/*' };

const NOT_PUBLIC: Tried = { outcome: 'failed', reason: { code: 'address-not-public' } };

function exchange(
  request: typeof https.request,
  url: URL,
  options: https.RequestOptions,
  body: string,
): Promise<Tried> {
  return new Promise((settle) => {
    // Whatever happens to a connection, it may work another time; only the address itself is judged for good.
    const failed = (error: Error) => settle(error instanceof NotPublicError ? NOT_PUBLIC : LATER);
    const sent = request(url, options, (response) => {
      let bytes = 0;
      const answered = () => settle(triedOf(response.statusCode ?? 0, response.headers['retry-after']));
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= MOST_BYTES) return;
        answered();
        sent.destroy();
      });
      response.on('end', answered);
      response.on('error', failed);
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

const LATER: Tried = { outcome: 'later', seconds: 0 };

/** Refusals that do not last: time-out, too early, too many. */
const PASSING = [408, 425, 429];

function triedOf(status: number, retryAfter: string | undefined): Tried {
  if (status >= 200 && status < 300) return { outcome: 'done' };
  if (status === 410) return { outcome: 'failed', reason: { code: 'endpoint-gone', said: '410' } };
  if (status >= 400 && status < 500 && !PASSING.includes(status))
    return { outcome: 'failed', reason: { code: 'endpoint-refused', said: String(status) } };
  const seconds = Number(retryAfter);
  return { outcome: 'later', seconds: seconds > 0 && seconds <= DAY ? seconds : 0 };
}
