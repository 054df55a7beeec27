import { expect, test } from 'vitest';
import { chainInWords, sharedInWords } from '../../../app/ui/referrals/graphWords.ts';

const order = (kind: string, name: string | null, orderName: string | null, isAdvocates = false) => ({
  kind,
  customerName: name,
  orderName,
  isAdvocates,
});

test('what orders have in common, a line each', () => {
  expect(
    sharedInWords([
      order('phone', 'Ana Lima', '#1001', true),
      order('door', 'Ana Lima', '#1001', true),
      order('door', 'Jo', '#1003'),
      order('building', 'Jo', '#1003'),
      order('network', null, null, true),
    ]),
  ).toEqual([
    'Same phone as Ana Lima (#1001)',
    'Same door: 3 orders with this one, of Ana Lima and Jo',
    'Same line as whoever invited',
  ]);
  const crowd = ['A', 'B', 'C', 'D', 'E'].map((name) => order('browser', name, null));
  expect(sharedInWords(crowd)).toEqual([
    'Same browser on the same line: 6 orders with this one, of A, B, C and 2 more',
  ]);
});

test('who invited whom, from the beginning', () => {
  expect(chainInWords([{ name: 'Cy' }])).toBeNull();
  expect(chainInWords([{ name: 'Cy' }, { name: 'Bo' }, { name: null }])).toBe(
    'a customer invited Bo, Bo invited Cy, Cy invited whoever ordered this.',
  );
});
