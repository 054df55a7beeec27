/** What a webhook says, how it is signed, and what becomes of the answers. A real server at the other end. */
import { createHmac } from 'node:crypto';
import http from 'node:http';
import type https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { draftService } from '../../../app/adapters/webhooks/ask.server.ts';
import { webhooksOut } from '../../../app/adapters/webhooks/post.server.ts';
import { webhookSecret } from '../../../app/adapters/webhooks/signature.ts';
import type { WebhookNote } from '../../../app/sequences/deed.ts';
import type { DraftAsked } from '../../../app/wording/draft.ts';

const KEY = Buffer.alloc(32, 1);

let answer: (response: http.ServerResponse) => void;
let heard: { headers: http.IncomingHttpHeaders; body: string }[] = [];
const server = http.createServer((request, response) => {
  void (async () => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    heard.push({ headers: request.headers, body });
    answer(response);
  })();
});
let port: number;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  heard = [];
  answer = (response) => void response.end();
});

const note: WebhookNote = {
  id: '0199:tell',
  kind: 'step.reached',
  at: '2026-05-04T10:00:00.000Z',
  shop: 'a.myshopify.com',
  sequence: 'thank-you',
  step: 'tell',
  customer: { id: 'c', shopifyId: '7' },
  order: { id: '5', name: '#1001' },
};

/** Without TLS, and with this machine counted as public; all else is as it runs. */
const post = (timeoutMs = 2000) => {
  const request = ((url: URL, options: https.RequestOptions, done: never) =>
    http.request(new URL(url.href.replace('https:', 'http:')), options, done)) as typeof https.request;
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  return webhooksOut({ key: KEY, resolve, isPublic: () => true, request, timeoutMs }).post(
    3n,
    `https://hooks.example.com:${port}/in`,
    note,
  );
};

test('it says what happened in ids, and its signature holds with the secret of that shop only', async () => {
  expect(await post()).toEqual({ outcome: 'done' });
  const [{ headers, body }] = heard as [(typeof heard)[0]];
  expect(JSON.parse(body)).toEqual(note);
  expect(headers['host']).toBe(`hooks.example.com:${port}`);
  expect(headers['webhook-id']).toBe(note.id);
  const seconds = Number(headers['webhook-timestamp']);
  expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(60);
  const signedBy = (shopId: bigint) => {
    const secret = Buffer.from(webhookSecret(KEY, shopId).replace('whsec_', ''), 'base64');
    return `v1,${createHmac('sha256', secret).update(`${note.id}.${seconds}.${body}`).digest('base64')}`;
  };
  expect(headers['webhook-signature']).toBe(signedBy(3n));
  expect(signedBy(4n)).not.toBe(signedBy(3n));
});

test.each([
  [200, 'done'],
  [204, 'done'],
  [301, 'later'],
  [307, 'later'],
  [400, 'failed'],
  [404, 'failed'],
  [408, 'later'],
  [410, 'failed'],
  [425, 'later'],
  [429, 'later'],
  [500, 'later'],
  [503, 'later'],
])('%i means %s', async (status, outcome) => {
  answer = (response) => void response.writeHead(status, { location: `http://127.0.0.1:${port}/else` }).end();
  expect((await post()).outcome).toBe(outcome);
  expect(heard).toHaveLength(1);
});

test('it waits as long as it is asked to', async () => {
  answer = (response) => void response.writeHead(429, { 'retry-after': '120' }).end();
  expect(await post()).toEqual({ outcome: 'later', seconds: 120 });
});

test('who does not answer, or for ever, is left', async () => {
  answer = () => undefined;
  expect(await post(150)).toEqual({ outcome: 'later', seconds: 0 });
  answer = (response) => {
    response.writeHead(500);
    const timer = setInterval(() => response.write('still here'), 20);
    response.on('close', () => clearInterval(timer));
  };
  expect(await post(300)).toEqual({ outcome: 'later', seconds: 0 });
});

test('of a long answer 64 KB are read', async () => {
  let written = 0;
  let closed = false;
  answer = (response) => {
    response.on('close', () => {
      closed = true;
    });
    const more = () => {
      while (!closed && written < 50_000_000) {
        written += 65_536;
        if (!response.write(Buffer.alloc(65_536))) return void response.once('drain', more);
      }
    };
    more();
  };
  expect(await post()).toEqual({ outcome: 'done' });
  expect(written).toBeLessThan(20_000_000);
});

const asked: DraftAsked = {
  version: 1,
  language: 'en',
  channel: 'mail',
  voice: { dos: '', donts: '', neverUse: [], answers: [] },
  customer: {},
  turns: [{ by: 'customer', text: 'Hello' }],
};

/** The same way for a draft of an answer, where the service's words count. */
const draft = (isPublic: (address: string) => boolean = () => true, timeoutMs = 2000) => {
  const request = ((url: URL, options: https.RequestOptions, done: never) =>
    http.request(new URL(url.href.replace('https:', 'http:')), options, done)) as typeof https.request;
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  const ask = draftService({ key: KEY, resolve, isPublic, request, timeoutMs });
  return ask(3n, `https://drafts.example.com:${port}/`, asked);
};

test('a draft is what the service says, signed for and asked once', async () => {
  answer = (response) => void response.end(JSON.stringify({ text: ' Dear Ana \0', more: 1 }));
  expect(await draft()).toBe('Dear Ana');
  const [{ headers, body }] = heard as [(typeof heard)[0]];
  expect(JSON.parse(body)).toEqual(asked);
  const key = Buffer.from(webhookSecret(KEY, 3n).slice('whsec_'.length), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  expect(headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
  );
});

test.each<[string, (response: http.ServerResponse) => void]>([
  ['an error', (response) => void response.writeHead(500).end('{"text":"x"}')],
  ['a redirect', (response) => void response.writeHead(302, { location: 'https://other.example' }).end()],
  ['no JSON', (response) => void response.end('hello')],
  ['no text', (response) => void response.end('{"text":""}')],
  ['too much', (response) => void response.end(JSON.stringify({ text: 'x'.repeat(200_000) }))],
  ['silence', () => {}],
  ['a broken line', (response) => void response.destroy()],
])('%s is no draft', async (_name, way) => {
  answer = way;
  expect(await draft(undefined, 300)).toBeNull();
});

test('a service inside the house is not asked', async () => {
  expect(await draft(() => false)).toBeNull();
  expect(heard).toEqual([]);
});
