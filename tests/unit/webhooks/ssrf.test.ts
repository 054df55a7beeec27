/** E34: nobody has the app knock at doors that not everybody can reach. Counted where the knocks would come in. */
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { webhooksOut, type PostSettings } from '../../../app/adapters/webhooks/post.server.ts';
import type { WebhookNote } from '../../../app/sequences/deed.ts';
import { isPublicAddress } from '../../../app/sequences/public-address.ts';
import { forbidden, RESOLVED, toThisMachine } from './forms.ts';

const note: WebhookNote = {
  id: 'e:s',
  kind: 'step.reached',
  at: '2026-05-04T10:00:00Z',
  shop: 'a.myshopify.com',
  sequence: 'thank-you',
  step: 's',
  customer: { id: 'c', shopifyId: null },
  order: null,
};

let connections = 0;
const listener = net.createServer((socket) => {
  connections += 1;
  socket.destroy();
});
let port: number;

beforeAll(async () => {
  // Both families of this machine, whichever way in is found.
  await new Promise<void>((resolve) => listener.listen({ port: 0, host: '::', ipv6Only: false }, resolve));
  ({ port } = listener.address() as AddressInfo);
});
afterAll(() => new Promise((resolve) => listener.close(resolve)));
beforeEach(() => {
  connections = 0;
});

const addressesOf = (all: string[]) => all.map((address) => ({ address, family: net.isIP(address) }));
const resolve = async (host: string) => addressesOf(RESOLVED[host] ?? ['127.0.0.1']);
const poster = (with_: Partial<PostSettings> = {}) =>
  webhooksOut({ key: Buffer.alloc(32, 1), resolve, timeoutMs: 1000, ...with_ });

test('of more than a hundred ways to write a forbidden address, none is connected to', async () => {
  const forms = forbidden(port);
  expect(new Set(forms).size).toBe(forms.length);
  expect(forms.length).toBeGreaterThan(120);
  const through: string[] = [];
  for (const url of forms) {
    const tried = await poster().post(1n, url, note);
    if (tried.outcome !== 'failed' || tried.reason.code !== 'address-not-public') through.push(url);
  }
  expect(through).toEqual([]);
  expect(connections).toBe(0);
});

test('a filter that looks at the name only is caught', async () => {
  const naive = poster({ isPublic: () => true });
  for (const url of toThisMachine(port)) await naive.post(1n, url, note);
  expect(connections).toBeGreaterThan(20);
});

/** Public when it is looked at, this machine when it is connected to. */
function rebinding() {
  const asked: string[] = [];
  return {
    asked,
    resolve: async (host: string) => {
      asked.push(host);
      return addressesOf([asked.length === 1 ? '8.8.8.8' : '127.0.0.1']);
    },
  };
}

test('a name that is public first and private second is asked for once, and that answer connected to', async () => {
  const dns = rebinding();
  const given: unknown[] = [];
  // Everything is real but the last step: what would be connected to is noted down, for tests stay on this machine.
  const request = ((url: URL, options: https.RequestOptions, done: never) =>
    https.request(
      url,
      {
        ...options,
        lookup: (host, how, give) =>
          options.lookup!(host, how, (error, found) => {
            given.push(found);
            give(error ?? new Error('far enough'), '');
          }),
      },
      done,
    )) as typeof https.request;
  const { resolve: answers } = dns;
  const tried = await poster({ resolve: answers, request }).post(
    1n,
    `https://turn.example.com:${port}/`,
    note,
  );
  expect(tried).toEqual({ outcome: 'later', seconds: 0 });
  expect(given).toEqual([[{ address: '8.8.8.8', family: 4 }]]);
  expect(dns.asked).toEqual(['turn.example.com']);
  expect(connections).toBe(0);
});

test('a filter that looks first and resolves again is caught', async () => {
  const dns = rebinding();
  const looked = await dns.resolve('turn.example.com');
  expect(looked.every(({ address }) => isPublicAddress(address))).toBe(true);
  await new Promise<void>((done) => {
    https
      .request(`https://turn.example.com:${port}/`, {
        lookup: (host, _how, give) => void dns.resolve(host).then((found) => give(null, found as never)),
      })
      .on('error', () => done())
      .end();
  });
  expect(connections).toBe(1);
});

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '172.32.0.1',
  '192.0.3.1',
  '100.128.0.1',
  '2606:4700:4700::1111',
  '2a00:1450::1',
])('%s is an address that everybody can reach', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test('a name without an address is tried again later', async () => {
  const tried = await poster().post(1n, `https://none.example.com:${port}/`, note);
  expect(tried).toEqual({ outcome: 'later', seconds: 0 });
});
