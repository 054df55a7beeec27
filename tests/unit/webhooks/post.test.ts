/** What a webhook says, how it is signed, and what becomes of the answers. A real server at the other end. */
import { createHmac } from 'node:crypto';
import http from 'node:http';
import type https from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { webhooksOut } from '../../../app/adapters/webhooks/post.server.ts';
import { webhookSecret } from '../../../app/adapters/webhooks/signature.ts';
import type { WebhookNote } from '../../../app/sequences/deed.ts';

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
