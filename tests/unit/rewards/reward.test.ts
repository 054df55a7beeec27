import { expect, test } from 'vitest';
import { codeFor } from '../../../app/rewards/loop.server.ts';
import { retryDelay } from '../../../app/rewards/reward.ts';
import { asItStands, givenText } from '../../../app/rewards/words.ts';

const key = Buffer.alloc(32, 1);

test('the same reward has the same code for ever, another one another', () => {
  const id = '01890000-0000-7000-8000-000000000001';
  expect(codeFor(key, id)).toBe(codeFor(key, id));
  expect(codeFor(key, id)).toMatch(/^THANKS(-[0-9A-HJKMNP-TV-Z]{4}){4}$/);
  expect(codeFor(Buffer.alloc(32, 2), id)).not.toBe(codeFor(key, id));
  const codes = new Set(Array.from({ length: 5000 }, (_, i) => codeFor(key, `reward-${i}`)));
  expect(codes.size).toBe(5000);
});

test('waits grow, and end at half an hour', () => {
  expect([1, 2, 3, 4, 20].map(retryDelay)).toEqual([5, 10, 20, 40, 1800]);
});

test('what became less is told as it stands by now; what has no parts as it was', () => {
  const commission = { kind: 'commission' as const, value: { amount: 918, currency: 'EUR' } };
  expect(givenText(asItStands(commission, '717'), 'en')).toBe('€7.17 commission');
  expect(givenText(asItStands({ kind: 'points', value: { points: 49, of: 4999 } }, 39n), 'de')).toBe(
    '39 Punkte',
  );
  expect(givenText(asItStands({ kind: 'discount', value: { percent: 10 } }, '1'), 'en')).toBe('10% off');
});
