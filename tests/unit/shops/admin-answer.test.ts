import { expect, test } from 'vitest';
import { readAnswer } from '../../../app/adapters/shopify/admin-answer.ts';
import { budgets } from '../../../app/adapters/shopify/budget.ts';

const cost = (available: number, requested = 100) => ({
  cost: {
    requestedQueryCost: requested,
    actualQueryCost: requested,
    throttleStatus: { maximumAvailable: 2000, currentlyAvailable: available, restoreRate: 100 },
  },
});
const read = (status: number, body: unknown, headers = {}) =>
  readAnswer(status, new Headers(headers), body).result;

test.each([
  [200, { data: { shop: { id: '1' } } }, { outcome: 'ok', data: { shop: { id: '1' } } }],
  [
    200,
    { errors: [{ message: 'x', extensions: { code: 'ACCESS_DENIED' } }] },
    { outcome: 'refused', codes: ['ACCESS_DENIED'] },
  ],
  [200, { errors: [{ message: 'x' }] }, { outcome: 'refused', codes: ['UNKNOWN'] }],
  [200, { errors: 'Not Found' }, { outcome: 'refused', codes: ['UNKNOWN'] }],
  [
    200,
    { errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    { outcome: 'unavailable', retryAfterSeconds: 5 },
  ],
  [200, null, { outcome: 'unavailable', retryAfterSeconds: 5 }],
  [401, null, { outcome: 'unauthorized' }],
  [404, null, { outcome: 'unauthorized' }],
  [402, null, { outcome: 'unavailable', retryAfterSeconds: 2 }],
  [403, null, { outcome: 'refused', codes: ['HTTP_403'] }],
  [502, null, { outcome: 'unavailable', retryAfterSeconds: 2 }],
])('%i %j', (status, body, expected) => {
  expect(read(status, body)).toEqual(expected);
});

test('429 says when to come back', () => {
  expect(read(429, null, { 'retry-after': '7' })).toEqual({ outcome: 'throttled', retryAfterSeconds: 7 });
});

test('a refusal of a mutation is told apart from its data', () => {
  const data = {
    discountCodeBasicCreate: {
      codeDiscountNode: null,
      userErrors: [{ field: ['code'], message: 'taken', code: 'TAKEN' }],
    },
  };
  expect(read(200, { data })).toEqual({
    outcome: 'user-errors',
    errors: [{ field: ['code'], message: 'taken', code: 'TAKEN' }],
    data,
  });
  expect(read(200, { data: { a: { userErrors: [] } } }).outcome).toBe('ok');
});

test('throttled: as long as the missing points need to come back', () => {
  const body = { errors: [{ extensions: { code: 'THROTTLED' } }], extensions: cost(50, 350) };
  expect(read(200, body)).toEqual({ outcome: 'throttled', retryAfterSeconds: 3 });
});

test('a shop’s budget is waited for before it is asked, each shop for itself', () => {
  const known = budgets();
  expect(known.waitFor('a', 'q', 0)).toBe(0);
  known.learn('a', 'q', { requested: 300, available: 100, maximum: 2000, restoreRate: 100 }, 0);
  expect(known.waitFor('a', 'q', 0)).toBe(2000);
  expect(known.waitFor('a', 'q', 1000)).toBe(1000);
  expect(known.waitFor('b', 'q', 0)).toBe(0);
  // Two at the same moment do not both count on the same points.
  expect(known.waitFor('a', 'q', 2000)).toBe(0);
  expect(known.waitFor('a', 'q', 2000)).toBe(3000);
});
