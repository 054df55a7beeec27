import { expect, test } from 'vitest';
import { codeFor } from '../../../app/rewards/loop.server.ts';
import { retryDelay } from '../../../app/rewards/reward.ts';

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
