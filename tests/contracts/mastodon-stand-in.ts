/**
 * A Mastodon server with one account of a shop's, in memory, over HTTP, as docs.joinmastodon.org describes it: tokens with
 * scopes, notifications by page, posts under posts, idempotency keys, rate limits, posts that are deleted.
 */
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type https from 'node:https';
import type { AddressInfo } from 'node:net';

interface Toot {
  id: string;
  created_at: string;
  in_reply_to_id: string | null;
  visibility: string;
  language: string | null;
  url: string;
  uri: string;
  spoiler_text: string;
  content: string;
  account: { acct: string; display_name: string };
}

export interface MastodonStandIn {
  token: string;
  /** Posts of the shop's account, as they were sent. */
  posted: { status: string; inReplyTo: string | null; visibility: string; language: string | null }[];
  /** Somebody writes; tells the shop of it. @returns the post's id */
  mention(toot: Partial<Toot> & { content: string }): string;
  /** Something that is no mention. */
  favourite(): void;
  delete(id: string): void;
  /** What every request is answered with until it is null again. */
  instead: { status: number; headers?: Record<string, string>; body?: string } | null;
  mostCharacters: number;
  /** Takes what is posted, and hangs up. */
  silentOnPost: boolean;
  scopes: { read: boolean; write: boolean };
  requests: string[];
  /** Goes where the adapter's own request would, without the encryption. */
  request: typeof https.request;
  close(): Promise<void>;
}

const HOST = 'social.example';

export async function mastodonStandIn(): Promise<MastodonStandIn> {
  const toots = new Map<string, Toot>();
  const notifications: { id: string; type: string; status: Toot | null }[] = [];
  const byKey = new Map<string, string>();
  let port = 0;
  let next = 103_186_126_728_896_000n;
  const newId = () => String((next += 1n));

  const standIn: MastodonStandIn = {
    token: 'stand-in-token-0123456789',
    posted: [],
    instead: null,
    mostCharacters: 500,
    silentOnPost: false,
    scopes: { read: true, write: true },
    requests: [],
    mention(toot) {
      const id = toot.id ?? newId();
      const url = `https://${HOST}/@ana/${id}`;
      const whole: Toot = {
        created_at: '2026-05-01T10:00:00.000Z',
        in_reply_to_id: null,
        visibility: 'public',
        language: 'en',
        url,
        uri: url,
        spoiler_text: '',
        account: { acct: 'ana@elsewhere.example', display_name: 'Ana Lima' },
        ...toot,
        id,
      };
      toots.set(id, whole);
      notifications.unshift({ id: newId(), type: 'mention', status: whole });
      return id;
    },
    favourite: () => void notifications.unshift({ id: newId(), type: 'favourite', status: null }),
    delete(id) {
      toots.delete(id);
      // The notification goes with its post.
      for (const [place, { status }] of [...notifications.entries()].toReversed())
        if (status?.id === id) notifications.splice(place, 1);
    },
    request: ((url: URL, options: https.RequestOptions, done: (response: IncomingMessage) => void) =>
      http.request(
        new URL(`${url.pathname}${url.search}`, `http://${url.hostname}:${port}`),
        options,
        done,
      )) as typeof https.request,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fields = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const url = new URL(request.url!, `https://${HOST}`);
    standIn.requests.push(`${request.method} ${url.pathname}`);
    const say = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      void response
        .writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
    if (standIn.instead)
      return say(standIn.instead.status, standIn.instead.body ?? '{}', standIn.instead.headers);
    if (url.pathname === '/api/v2/instance')
      return say(200, { configuration: { statuses: { max_characters: standIn.mostCharacters } } });
    if (request.headers.authorization !== `Bearer ${standIn.token}`)
      return say(401, { error: 'The access token is invalid' });
    const isAllowed = request.method === 'POST' ? standIn.scopes.write : standIn.scopes.read;
    if (!isAllowed) return say(403, { error: 'This action is outside the authorized scopes' });
    if (url.pathname === '/api/v1/accounts/verify_credentials')
      return say(200, { id: '1', username: 'linden', acct: 'linden', url: `https://${HOST}/@linden` });
    if (url.pathname === '/api/v1/notifications') return say(200, page(url.searchParams));
    const read = /^\/api\/v1\/statuses\/(.+)$/.exec(url.pathname);
    if (request.method === 'GET' && read) {
      const toot = toots.get(decodeURIComponent(read[1]!));
      return toot ? say(200, toot) : say(404, { error: 'Record not found' });
    }
    if (request.method === 'POST' && url.pathname === '/api/v1/statuses')
      return post(request, fields, standIn.silentOnPost ? () => void response.destroy() : say);
    return say(404, { error: 'Not found' });
  };

  /** Newest first; `min_id` gives those right after it. */
  function page(query: URLSearchParams) {
    const types = query.getAll('types[]');
    const limit = Math.min(80, Number(query.get('limit') ?? 40));
    const least = query.get('min_id');
    const wanted = notifications.filter(
      ({ id, type }) =>
        (types.length === 0 || types.includes(type)) && (least === null || BigInt(id) > BigInt(least)),
    );
    return least === null ? wanted.slice(0, limit) : wanted.slice(-limit);
  }

  function post(
    request: IncomingMessage,
    fields: URLSearchParams,
    say: (status: number, body: unknown) => void,
  ) {
    const key = String(request.headers['idempotency-key'] ?? '');
    const known = key && byKey.get(key);
    if (known) return say(200, toots.get(known));
    const status = fields.get('status') ?? '';
    const to = fields.get('in_reply_to_id');
    if (to !== null && !toots.has(to)) return say(404, { error: 'Record not found' });
    if ([...status].length > standIn.mostCharacters * 4) return say(422, { error: 'Validation failed' });
    const id = newId();
    const url = `https://${HOST}/@linden/${id}`;
    toots.set(id, {
      id,
      created_at: '2026-05-01T11:00:00.000Z',
      in_reply_to_id: to,
      visibility: fields.get('visibility') ?? 'public',
      language: fields.get('language'),
      url,
      uri: url,
      spoiler_text: '',
      content: `<p>${status}</p>`,
      account: { acct: 'linden', display_name: 'Linden & Co' },
    });
    if (key) byKey.set(key, id);
    standIn.posted.push({
      status,
      inReplyTo: to,
      visibility: fields.get('visibility') ?? 'public',
      language: fields.get('language'),
    });
    return say(200, toots.get(id));
  }

  const server = http.createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  return standIn;
}
