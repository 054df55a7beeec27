/**
 * Mastodon by its REST API, at a server that the merchant names: https, public addresses only, no redirects, no proxies, ten
 * seconds, two megabytes. Implements what correspondence asks of a network.
 */
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { z } from 'zod';
import { realNow } from '../../clock.server.ts';
import type { SocialAccess, SocialNetwork, SocialRefusal, Told } from '../../correspondence/social.ts';
import { isPublicAddress, objectionTo } from '../../sequences/public-address.ts';
import {
  accountSchema,
  answerText,
  handleOn,
  lengthOf,
  notificationsSchema,
  postOf,
  statusSchema,
} from './mastodon.ts';

interface MastodonSettings {
  /** Gives public addresses only; fails with the code NOT_PUBLIC where a name has others. */
  lookup: LookupFunction;
  /** For tests. */
  isPublic?: (address: string) => boolean;
  request?: typeof https.request;
  timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 2 * 1024 * 1024;
/** The most that is given at once (since 4.1). */
const PAGE = 80;
/** Where a server does not say how long a post may be. */
const USUAL_LENGTH = 500;

const instanceSchema = z.object({
  configuration: z.object({ statuses: z.object({ max_characters: z.number().int().min(1) }) }),
});

export function mastodon(settings: MastodonSettings): SocialNetwork {
  const ask = asking(settings);
  return {
    async whoIs(access) {
      const told = await ask(access, 'GET', '/api/v1/accounts/verify_credentials', accountSchema);
      if (told.outcome !== 'told') return told;
      const { acct, url } = told.body;
      return { outcome: 'told', handle: handleOn(access.host, acct), url };
    },

    async mentions(access, since) {
      const query = new URLSearchParams({ limit: String(since === null ? 1 : PAGE), 'types[]': 'mention' });
      // From where it was read to, forward: nobody who writes in between is passed over.
      if (since !== null) query.set('min_id', since);
      const told = await ask(access, 'GET', `/api/v1/notifications?${query}`, notificationsSchema);
      if (told.outcome !== 'told') return told;
      // They come newest first.
      const found = told.body.toReversed();
      const place = found.at(-1)?.id ?? since;
      if (since === null) return { outcome: 'told', posts: [], place: place ?? '0', isAll: true };
      if (found.length === 0) return { outcome: 'told', posts: [], place, isAll: true };
      const own = await ask(access, 'GET', '/api/v1/accounts/verify_credentials', accountSchema);
      if (own.outcome !== 'told') return own;
      const posts = found.flatMap(({ type, status }) =>
        type === 'mention' && status ? [postOf(status, access.host, own.body.username)] : [],
      );
      return { outcome: 'told', posts, place, isAll: found.length < PAGE };
    },

    async answer(access, { id, to, text, language }) {
      const post = await ask(access, 'GET', `/api/v1/statuses/${encodeURIComponent(to)}`, statusSchema);
      if (post.outcome !== 'told') return post;
      const status = answerText(post.body.account.acct, text);
      const instance = await ask(access, 'GET', '/api/v2/instance', instanceSchema);
      const most =
        instance.outcome === 'told' ? instance.body.configuration.statuses.max_characters : USUAL_LENGTH;
      if (lengthOf(status) > most) return { outcome: 'refused', reason: 'too-long' };
      const fields = new URLSearchParams({
        status,
        in_reply_to_id: post.body.id,
        // What was written to the shop alone is answered to its writer alone.
        visibility: post.body.visibility === 'private' ? 'direct' : post.body.visibility,
        ...(language ? { language: language.split('-')[0]! } : {}),
      });
      const posted = await ask(access, 'POST', '/api/v1/statuses', statusSchema, { fields, key: id });
      if (posted.outcome !== 'told') return posted;
      return { outcome: 'told', id: posted.body.id, url: posted.body.url ?? posted.body.uri };
    },
  };
}

interface Posting {
  fields: URLSearchParams;
  /** Idempotency-Key: kept for an hour there. */
  key: string;
}

function asking({
  lookup,
  isPublic = isPublicAddress,
  request = https.request,
  timeoutMs = TIMEOUT_MS,
}: MastodonSettings) {
  return async <Body>(
    { host, token }: SocialAccess,
    method: 'GET' | 'POST',
    path: string,
    schema: z.ZodType<Body>,
    posting?: Posting,
  ): Promise<Told<{ body: Body }>> => {
    const url = `https://${host}${path}`;
    if (objectionTo(url, isPublic)) return refused('not-public');
    const body = posting?.fields.toString();
    const options: https.RequestOptions = {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'user-agent': 'Everafter-Social/1',
        ...(posting && body !== undefined
          ? {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': Buffer.byteLength(body),
              'idempotency-key': posting.key,
            }
          : {}),
      },
      agent: false,
      lookup,
      signal: AbortSignal.timeout(timeoutMs),
    };
    const answered = await exchange(request, new URL(url), options, body);
    if (answered === 'not-public') return refused('not-public');
    if (answered === null) return posting ? { ...LATER, perhaps: true } : LATER;
    return readAnswer(answered, schema);
  };
}

interface Answered {
  status: number;
  /** Seconds until the network may be asked again; null where it does not say. */
  wait: number | null;
  body: string;
}

/** Null: no answer, or one that is larger than any this asks for. */
function exchange(
  request: typeof https.request,
  url: URL,
  options: https.RequestOptions,
  body: string | undefined,
): Promise<Answered | 'not-public' | null> {
  return new Promise((settle) => {
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > MOST_BYTES) sent.destroy();
      });
      response.on('end', () =>
        settle({
          status: response.statusCode ?? 0,
          wait: waitOf(response.headers),
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      response.on('error', () => settle(null));
    });
    sent.on('error', (error) =>
      settle((error as { code?: string }).code === 'NOT_PUBLIC' ? 'not-public' : null),
    );
    sent.on('close', () => settle(null));
    sent.end(body);
  });
}

/** Mastodon says when its count begins anew as a date. */
function waitOf(headers: Record<string, string | string[] | undefined>): number | null {
  const reset = Date.parse(String(headers['x-ratelimit-reset'] ?? ''));
  if (Number.isNaN(reset)) return null;
  return Math.min(3600, Math.max(1, Math.ceil((reset - realNow()) / 1000)));
}

const LATER = { outcome: 'later', seconds: null } as const;
const refused = (reason: SocialRefusal) => ({ outcome: 'refused', reason }) as const;

function readAnswer<Body>(answered: Answered, schema: z.ZodType<Body>): Told<{ body: Body }> {
  const { status, wait, body } = answered;
  if (status === 429) return { outcome: 'later', seconds: wait };
  if (status === 401) return refused('signed-out');
  if (status === 403) return refused('may-not');
  if (status === 404 || status === 410) return refused('gone');
  if (status === 422) return refused('not-taken');
  if (status >= 500 || status === 0) return LATER;
  if (status >= 300) return refused('not-taken');
  const read = schema.safeParse(jsonOf(body));
  // Whatever answers here, it is no Mastodon.
  return read.success ? { outcome: 'told', body: read.data } : refused('not-taken');
}

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
