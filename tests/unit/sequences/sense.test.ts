/** A condition that could never hold is told before it is published, with its place. */
import { expect, test } from 'vitest';
import type { Condition } from '../../../app/sequences/conditions.ts';
import { DEFAULT_SEQUENCES } from '../../../app/sequences/defaults/defaults.ts';
import { planSchema } from '../../../app/sequences/plan.ts';
import { READY_SEQUENCES } from '../../../app/sequences/ready/ready.ts';
import { senseProblems } from '../../../app/sequences/sense.ts';
import { readTest } from '../../../app/sequences/text/one-line.ts';

const planWith = (when: Condition, where: 'step' | 'beginning' = 'step') =>
  planSchema.parse({
    format: 1,
    trigger: {
      on: ['order.paid'],
      each: 'order',
      freshFor: { days: 2 },
      when: where === 'beginning' ? when : null,
    },
    start: 'look',
    steps: [
      {
        kind: 'condition',
        key: 'look',
        branches: [
          {
            when: where === 'step' ? when : { fact: 'customer.orders', is: 'at-least', value: 1 },
            next: 'word',
          },
        ],
        otherwise: null,
      },
      { kind: 'message', key: 'word', class: 'service', template: 'word', next: null },
    ],
  });

test.each<[Condition, RegExp]>([
  [{ fact: 'customer.orders', is: 'at-least', value: 'two' }, /never “two”: it is a number/],
  [{ fact: 'customer.country', is: 'at-least', value: 3 }, /no number/],
  [{ fact: 'customer.country', is: 'has-one-of', value: ['DE'] }, /no list/],
  [{ fact: 'customer.tags', is: 'equal', value: 'vip' }, /is a list/],
  [{ fact: 'customer.stage', is: 'equal', value: 'enemy' }, /one of stranger/],
  [{ fact: 'customer.unsubscribed', is: 'equal', value: 'yes' }, /true or false/],
  [{ fact: 'customer.segments', is: 'has-one-of', value: ['VIP'] }, /“VIP” is no segment/],
  [{ fact: 'customer.tags', is: 'has-one-of', value: [] }, /Say which/],
  [{ fact: 'order.channel', is: 'one-of', value: ['web', 'fax'] }, /never “fax”/],
  [{ not: { any: [{ fact: 'order.total', is: 'equal' }] } }, /a number/],
  [{ any: [] }, /One of nothing/],
  [{ fact: 'trigger.score', is: 'at-least', value: 4 }, /only known when it begins/],
])('%j is told at its step', (when, says) => {
  expect(senseProblems(planWith(when))).toEqual([
    { step: 'look', at: expect.any(Array), code: 'senseless', detail: expect.stringMatching(says) },
  ]);
});

test.each<Condition>([
  { fact: 'customer.orders', is: 'one-of', value: ['1', '2'] },
  { fact: 'customer.country', is: 'different', value: 'DE' },
  { fact: 'customer.tags', is: 'unknown' },
  { fact: 'customer.segments', is: 'has-one-of', value: ['900'] },
  { fact: 'customer.unsubscribed', is: 'equal', value: false },
  { all: [] },
])('%j can hold', (when) => {
  expect(senseProblems(planWith(when))).toEqual([]);
});

test('what set it off is known at the beginning, and all that comes with Everafter makes sense', () => {
  const score = { fact: 'trigger.score', is: 'at-least', value: 4 } as const;
  expect(senseProblems(planWith(score, 'beginning'))).toEqual([]);
  for (const { plan } of [...DEFAULT_SEQUENCES, ...READY_SEQUENCES])
    expect(senseProblems(planSchema.parse(plan))).toEqual([]);
});

test('a list in a file holds words: ids of Shopify’s keep all their digits', () => {
  expect(readTest('customer.segments has-one-of [900123456789012345, "7"]')).toEqual({
    fact: 'customer.segments',
    is: 'has-one-of',
    value: ['900123456789012345', '7'],
  });
});
