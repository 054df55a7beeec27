import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { derivedKey } from '../../../app/shops/derived-key.ts';

const key = Buffer.alloc(32, 7);
const other = Buffer.alloc(32, 8);
const signed = (from: Uint8Array, purpose: string) =>
  createHmac('sha256', derivedKey(from, purpose)).update('text').digest('hex');

test('is the key that tokens and hashes of earlier days were made with', () => {
  const before = createHmac('sha256', key).update('signed-links').digest();
  expect(signed(key, 'signed-links')).toBe(createHmac('sha256', before).update('text').digest('hex'));
});

test('each key and each purpose has its own, and keeps it', () => {
  const keys = [signed(key, 'a'), signed(key, 'b'), signed(other, 'a')];
  expect(new Set(keys).size).toBe(3);
  expect([signed(key, 'a'), signed(key, 'b'), signed(other, 'a')]).toEqual(keys);
});
