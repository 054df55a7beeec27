import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LONGEST_NAME, replyAddresses } from '../../../app/correspondence/reply-address.ts';

const key = Buffer.alloc(32, 1);
const addresses = replyAddresses('Replies@in.example.com', [key]);
const id = '0197d2a4-0000-7000-8000-00000000abcd';

test('what an address names comes back, whatever the case a server has made of it', () => {
  const address = addresses.of({ kind: 'message', shopId: 7n, id });
  expect(address).toMatch(/^replies\+m[a-z0-9]+@in\.example\.com$/);
  expect(addresses.read(address)).toEqual({ kind: 'message', shopId: 7n, id });
  expect(addresses.read(` ${address.toUpperCase()} `)).toEqual({ kind: 'message', shopId: 7n, id });
  const shop = addresses.of({ kind: 'shop', shopId: 12n });
  expect(addresses.read(shop)).toEqual({ kind: 'shop', shopId: 12n });
});

test('an address fits before the @ for every shop there can be', () => {
  const long = replyAddresses(`${'x'.repeat(LONGEST_NAME)}@a.io`, [key]);
  fc.assert(
    fc.property(fc.bigInt(1n, 2n ** 63n - 1n), fc.uuid(), (shopId, uuid) => {
      const address = long.of({ kind: 'conversation', shopId, id: uuid });
      expect(address.indexOf('@')).toBeLessThanOrEqual(64);
      expect(long.read(address)).toEqual({ kind: 'conversation', shopId, id: uuid });
    }),
  );
});

test('one letter changed names nothing, nor does another kind or another installation', () => {
  const address = addresses.of({ kind: 'message', shopId: 7n, id });
  const at = address.indexOf('@');
  const start = address.indexOf('+') + 1;
  for (let place = start; place < at; place++) {
    for (const letter of 'a9') {
      if (address[place] === letter) continue;
      expect(addresses.read(address.slice(0, place) + letter + address.slice(place + 1))).toBeNull();
    }
  }
  expect(replyAddresses('replies@in.example.com', [Buffer.alloc(32, 2)]).read(address)).toBeNull();
  expect(addresses.read(address.replace('in.example', 'in.other'))).toBeNull();
  expect(addresses.read(address.replace('replies+', 'other+'))).toBeNull();
});

test('an older key still reads', () => {
  const newer = replyAddresses('replies@in.example.com', [Buffer.alloc(32, 9), key]);
  expect(newer.read(addresses.of({ kind: 'message', shopId: 7n, id }))).toMatchObject({ id });
});

test('no text that somebody makes up is read, and none breaks the reading', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(addresses.read(`replies+${text}@in.example.com`)).toBeNull();
      expect(addresses.read(text)).toBeNull();
    }),
  );
});
