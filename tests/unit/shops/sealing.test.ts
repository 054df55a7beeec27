import { expect, test } from 'vitest';
import { sealWith } from '../../../app/adapters/shopify/sealing.ts';

const [OLD, NEW] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

test('what was sealed opens for its purpose only', () => {
  const seal = sealWith([OLD]);
  const sealed = seal.seal('shpat_secret', 'offline_a:access');
  expect(sealed).not.toContain('shpat');
  expect(seal.open(sealed, 'offline_a:access')).toBe('shpat_secret');
  expect(seal.open(sealed, 'offline_b:access')).toBeNull();
  expect(seal.open(sealed, 'offline_a:refresh')).toBeNull();
});

test('the same secret is never sealed to the same text', () => {
  const seal = sealWith([OLD]);
  expect(seal.seal('a', 'p')).not.toBe(seal.seal('a', 'p'));
});

test('after a rotation old texts open and new ones are sealed with the new key', () => {
  const before = sealWith([OLD]).seal('token', 'p');
  const rotated = sealWith([NEW, OLD]);
  expect(rotated.open(before, 'p')).toBe('token');
  expect(sealWith([OLD]).open(rotated.seal('token', 'p'), 'p')).toBeNull();
  expect(sealWith([NEW]).open(before, 'p')).toBeNull();
});

test('a text that was changed or is none opens nothing', () => {
  const seal = sealWith([OLD]);
  const sealed = seal.seal('token', 'p');
  const last = sealed.at(-2) === 'A' ? 'B' : 'A';
  expect(seal.open(`${sealed.slice(0, -2)}${last}${sealed.at(-1)}`, 'p')).toBeNull();
  for (const text of ['', 'plain', 'x.y', sealed.slice(0, 20)]) expect(seal.open(text, 'p')).toBeNull();
});
