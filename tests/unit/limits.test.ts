import { describe, expect, test } from 'vitest';
import { networkOf, readForm, readJson, tooOften } from '../../app/limits.server.ts';

const headers = (peer: string, forwarded?: string) =>
  new Headers({ 'x-client-address': peer, ...(forwarded ? { 'x-forwarded-for': forwarded } : {}) });

describe('which network asks', () => {
  test.each([
    ['straight', '203.0.113.7', undefined, '203.0.113'],
    ['mapped', '::ffff:203.0.113.7', undefined, '203.0.113'],
    ['a neighbour in the network', '203.0.113.99', undefined, '203.0.113'],
    ['a stranger who claims to be somebody else', '203.0.113.7', '198.51.100.1', '203.0.113'],
    ['behind our proxy', '10.0.0.5', '198.51.100.1', '198.51.100'],
    ['behind our proxy, claiming something before', '::1', '1.2.3.4, 198.51.100.1', '198.51.100'],
    ['nobody is told', '127.0.0.1', undefined, null],
    ['our own side only', '10.0.0.5', '192.168.1.7', null],
    ['nonsense', '10.0.0.5', 'unknown', null],
    ['IPv6', '2001:db8:12:3456::1', undefined, '20010db8001234'],
    ['IPv6 written in another way', '2001:db8:12:34ff:0:0:0:2', undefined, '20010db8001234'],
  ])('%s', (_name, peer, forwarded, network) => {
    expect(networkOf(headers(peer, forwarded))).toBe(network);
  });
});

test('a network that asks too often is told when to come back; another one, and another shop, are not', async () => {
  const from = (peer: string) => new Request('http://app.test/', { headers: { 'x-client-address': peer } });
  for (let i = 0; i < 40; i++) expect(await tooOften(from('203.0.113.7'), 'code', 1n)).toBeNull();
  const refused = await tooOften(from('203.0.113.200'), 'code', 1n);
  expect(refused?.status).toBe(429);
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await tooOften(from('198.51.100.1'), 'code', 1n)).toBeNull();
  expect(await tooOften(from('203.0.113.7'), 'code', 2n)).toBeNull();
  expect(await tooOften(from('203.0.113.7'), 'look', 1n)).toBeNull();
});

test('bodies are read no further than they may be', async () => {
  const post = (body: BodyInit) =>
    new Request('http://app.test/', { method: 'POST', body, duplex: 'half' } as RequestInit);
  expect(await readJson(post('{"a":1}'))).toEqual({ a: 1 });
  expect(await readJson(post('{"a":'))).toBeNull();
  expect(await readJson(post('x'.repeat(70_000)))).toBeNull();
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(16_384));
    },
  });
  expect(await readJson(post(endless))).toBeNull();
  expect(pulled).toBeLessThan(10);
  expect((await readForm(post('a=1&a=2')))?.getAll('a')).toEqual(['1', '2']);
});
