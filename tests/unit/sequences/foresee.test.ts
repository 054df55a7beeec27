import { expect, test } from 'vitest';
import { foresee } from '../../../app/sequences/foresee.ts';
import { planSchema, type PlanInput } from '../../../app/sequences/plan.ts';
import { someFacts } from './facts.ts';

const NOON = new Date('2026-05-04T10:00:00Z');
const LOT = { sequenceId: 'a', customerId: 'b' };
const day = (days: number) => new Date(NOON.getTime() + days * 86_400_000);

const planOf = (steps: PlanInput['steps'], more: Partial<PlanInput> = {}) =>
  planSchema.parse({
    format: 1,
    trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
    start: steps[0]!.key,
    steps,
    ...more,
  });

const FORKED = planOf([
  { kind: 'wait', key: 'wait', until: { after: { days: 2 } }, next: 'look' },
  {
    kind: 'condition',
    key: 'look',
    branches: [{ when: { fact: 'customer.orders', is: 'at-least', value: 2 }, next: 'regular' }],
    otherwise: 'new',
  },
  { kind: 'message', key: 'regular', class: 'ask', template: 'regular', next: null },
  { kind: 'wait', key: 'new', until: { after: { days: 5 }, from: 'reached' }, next: 'hello' },
  { kind: 'message', key: 'hello', class: 'ask', template: 'hello', next: null },
]);

test('each step has its date, and the way that is gone is the customer’s own', () => {
  const walk = foresee(FORKED, LOT, someFacts(), NOON);
  expect(walk.steps.map(({ key, at }) => [key, at])).toEqual([
    ['wait', NOON],
    ['look', day(2)],
    ['new', day(2)],
    ['hello', day(7)],
  ]);
  expect(walk.steps[0]!.until).toEqual(day(2));
  expect(walk.ways).toEqual([
    { after: null, way: 0 },
    { after: 'wait', way: 0 },
    { after: 'look', way: 1 },
    { after: 'new', way: 0 },
    { after: 'hello', way: 0 },
  ]);
  expect(walk.end).toEqual({ kind: 'done', at: day(7), reason: null });
  const regular = foresee(FORKED, LOT, someFacts({ customer: { ordersCount: 3 } }), NOON);
  expect(regular.steps.map(({ key }) => key)).toEqual(['wait', 'look', 'regular']);
});

test('a stop is where the path ends, with its reason', () => {
  const walk = foresee(FORKED, LOT, someFacts({ customer: { unsubscribed: true } }), NOON);
  expect(walk.steps).toMatchObject([{ key: 'wait', outcome: 'stopped' }]);
  expect(walk.ways).toEqual([{ after: null, way: 0 }]);
  expect(walk.end).toEqual({ kind: 'stopped', at: NOON, reason: 'unsubscribed' });
});

test('what counts from an arrival that nobody knows of is left open', () => {
  const plan = planOf([
    { kind: 'wait', key: 'a-week', until: { after: { weeks: 1 }, from: 'delivered' }, next: 'ask' },
    { kind: 'message', key: 'ask', class: 'ask', template: 'ask', next: null },
  ]);
  const walk = foresee(plan, LOT, someFacts(), NOON);
  expect(walk.steps.map(({ key }) => key)).toEqual(['a-week']);
  expect(walk.end).toEqual({ kind: 'open', reason: 'not-known-yet' });
});

test('what is waited for and does not come about is waited for to the end', () => {
  const plan = planOf([
    {
      kind: 'wait-for',
      key: 'arrival',
      when: { fact: 'shipment.arrived', is: 'equal', value: true },
      within: { days: 8 },
      next: null,
      otherwise: 'sorry',
    },
    { kind: 'message', key: 'sorry', class: 'service', template: 'late', next: null },
  ]);
  const late = foresee(plan, LOT, someFacts({ shipment: { deliveredAt: null } }), NOON);
  expect(late.steps.map(({ key, at }) => [key, at])).toEqual([
    ['arrival', NOON],
    ['sorry', day(8)],
  ]);
  expect(late.ways.at(1)).toEqual({ after: 'arrival', way: 1 });
  const arrived = foresee(plan, LOT, someFacts({ shipment: {} }), NOON);
  expect(arrived.ways.at(1)).toEqual({ after: 'arrival', way: 0 });
  expect(arrived.end).toMatchObject({ kind: 'done', at: NOON });
});

test('a mail that needs a code is shown at its moment: the code will be there', () => {
  const plan = planOf([
    {
      kind: 'message',
      key: 'invite',
      class: 'offer',
      template: 'invite',
      needs: ['referral-code'],
      next: null,
    },
  ]);
  expect(foresee(plan, LOT, someFacts(), NOON).steps).toMatchObject([
    { key: 'invite', at: NOON, outcome: 'sent' },
  ]);
});

test('whom the trigger does not take in is told so', () => {
  const plan = planOf(FORKED.steps, {
    trigger: { on: ['order.paid'], each: 'order', channels: ['pos'], freshFor: { days: 2 } },
  });
  expect(foresee(plan, LOT, someFacts(), NOON).welcome).toBe(false);
  expect(foresee(FORKED, LOT, someFacts(), NOON).welcome).toBe(true);
});
