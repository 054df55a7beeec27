import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWhollyReturned, leftOf, moneyLeftOf } from '../../../app/orders/left.ts';
import type { Order } from '../../../app/orders/order.ts';

const order = (
  total: bigint,
  refunded: bigint,
  lines: [price: bigint, quantity: number, left: number][],
) => ({
  total,
  refunded,
  lines: lines.map(([price, quantity, currentQuantity]) => ({
    price,
    quantity,
    currentQuantity,
  })) as Order['lines'],
});

test('money that was given back leaves the rest to the unit, whatever the goods cost', () => {
  const sum = fc.bigInt({ min: 1n, max: 10n ** 12n });
  fc.assert(
    fc.property(sum, sum, sum, (total, back, price) => {
      const left = back < total ? total - back : 0n;
      expect(moneyLeftOf(order(total, back, [[price, 3, 3]]))).toBe(left);
      expect(moneyLeftOf(order(total, back, []))).toBe(left);
    }),
  );
});

test('pieces taken out count where they are worth more than the money given back', () => {
  const halved = [[1000n, 4, 2]] as [bigint, number, number][];
  expect(moneyLeftOf(order(3600n, 0n, halved))).toBe(1800n);
  expect(moneyLeftOf(order(3600n, 1800n, halved))).toBe(1800n);
  expect(moneyLeftOf(order(3600n, 3000n, halved))).toBe(600n);
  expect(leftOf(order(3600n, 3000n, halved))).toEqual({ left: 666n, of: 4000n });
});

test.each([
  ['nothing', [], false],
  ['asked for, not agreed to', [['requested', 4]], false],
  ['a part', [['open', 3]], false],
  ['all of it', [['open', 4]], true],
  [
    'the rest after a part',
    [
      ['closed', 3],
      ['open', 1],
    ],
    true,
  ],
  [
    'the rest, which was then declined',
    [
      ['closed', 3],
      ['declined', 1],
    ],
    false,
  ],
  ['nobody says how many', [['open', null]], true],
] as const)('%s came back', (_name, returns, whole) => {
  const { lines } = order(4000n, 0n, [
    [1000n, 3, 1],
    [1000n, 1, 1],
  ]);
  const at = new Date('2026-05-01');
  expect(
    isWhollyReturned({
      lines,
      returns: returns.map(([state, pieces], n) => ({ id: BigInt(n), state, at, pieces })),
    }),
  ).toBe(whole);
});
