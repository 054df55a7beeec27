import { expect, test } from 'vitest';
import fc from 'fast-check';
import { decide, type Standing } from '../../../app/sequences/decide.ts';
import { planSchema, type PlanInput } from '../../../app/sequences/plan.ts';
import { someFacts } from './facts.ts';

const at = (iso: string) => new Date(iso);
const ANCHOR = at('2026-05-04T10:00:00Z');
const begun: Standing = {
  stepKey: '',
  reachedAt: ANCHOR,
  anchorAt: ANCHOR,
  sequenceId: 's',
  customerId: 'c',
};

type Steps = PlanInput['steps'];

function aPlan(steps: Steps, more: Partial<PlanInput> = {}) {
  return planSchema.parse({
    format: 1,
    trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
    start: steps[0]!.key,
    steps,
    ...more,
  });
}

const wait = (key: string, days: number, next: string | null): Steps[number] => ({
  kind: 'wait',
  key,
  until: { after: { days } },
  next,
});
const ask = (key: string, next: string | null = null): Steps[number] => ({
  kind: 'message',
  key,
  class: 'ask',
  template: key,
  next,
});
const news = (key: string, next: string | null = null): Steps[number] => ({
  kind: 'message',
  key,
  class: 'service',
  template: key,
  next,
});

test('a wait is waited for, and over at its very moment', () => {
  const plan = aPlan([wait('w', 2, 'm'), ask('m')]);
  const until = at('2026-05-06T10:00:00Z');
  const first = decide(plan, begun, someFacts(), ANCHOR);
  expect(first.then).toEqual({ kind: 'wait', stepKey: 'w', reachedAt: ANCHOR, until, listens: false });
  expect(first.decisions).toMatchObject([{ stepKey: 'w', outcome: 'waiting', until }]);
  const standing = { ...begun, stepKey: 'w' };
  expect(decide(plan, standing, someFacts(), new Date(until.getTime() - 1)).then).toMatchObject({
    kind: 'wait',
    until,
  });
  const second = decide(plan, standing, someFacts(), until);
  expect(second.messages.map(({ step }) => step.key)).toEqual(['m']);
  expect(second.then).toEqual({ kind: 'end', state: 'done', reason: null });
});

test('a wait of zero is no wait', () => {
  const verdict = decide(aPlan([wait('w', 0, 'm'), ask('m')]), begun, someFacts(), ANCHOR);
  expect(verdict.messages).toHaveLength(1);
  expect(verdict.decisions.map(({ outcome }) => outcome)).toEqual(['sent', 'finished']);
});

test('waits count from the plan’s own clock, not from when a worker woke', () => {
  const steps: Steps = [
    wait('w', 1, 'm'),
    news('m', 'x'),
    { ...wait('x', 1, 'n'), until: { after: { days: 1 }, from: 'reached' } } as Steps[number],
    news('n'),
  ];
  const late = at('2026-05-05T15:00:00Z');
  const verdict = decide(aPlan(steps), { ...begun, stepKey: 'w' }, someFacts(), late);
  expect(verdict.then).toMatchObject({ kind: 'wait', stepKey: 'x', until: at('2026-05-06T10:00:00Z') });
});

test('a worker that was away for long does both steps, and leaves out what is useless by then', () => {
  const late = at('2026-06-01T10:00:00Z');
  const steps: Steps = [
    wait('w', 1, 'm'),
    { ...ask('m', 'n'), uselessAfter: { days: 3 } } as Steps[number],
    ask('n'),
  ];
  const verdict = decide(aPlan(steps), { ...begun, stepKey: 'w' }, someFacts(), late);
  expect(verdict.decisions.map(({ stepKey, outcome, reason }) => [stepKey, outcome, reason.code])).toEqual([
    ['m', 'skipped', 'too-late'],
    ['n', 'sent', 'planned'],
    ['n', 'finished', 'finished'],
  ]);
});

test('a wait that ends at night goes on in the morning, and says so', () => {
  const night = at('2026-05-04T20:10:00Z');
  const step = { kind: 'wait', key: 'w', until: { after: { days: 1 }, awake: true }, next: 'm' } as const;
  const standing = { ...begun, anchorAt: night, reachedAt: night };
  const verdict = decide(aPlan([step, ask('m')]), standing, someFacts(), night);
  expect(verdict.decisions[0]).toMatchObject({
    outcome: 'moved',
    reason: { code: 'night', from: '2026-05-05T20:10:00.000Z', zone: 'Europe/Berlin' },
    until: at('2026-05-06T07:00:00Z'),
  });
});

test('what a wait counts from has become later: it waits on, and says so', () => {
  const step = {
    kind: 'wait',
    key: 'w',
    until: { after: { days: 1 }, from: 'delivered' },
    next: 'm',
  } as const;
  const plan = aPlan([step, ask('m')]);
  const unknown = decide(plan, begun, someFacts(), ANCHOR);
  expect(unknown.decisions).toMatchObject([
    { outcome: 'waiting', reason: { code: 'not-known-yet', from: 'delivered' } },
  ]);
  const standing = { ...begun, stepKey: 'w' };
  expect(decide(plan, standing, someFacts(), ANCHOR).decisions).toEqual([]);
  const known = someFacts({ order: { deliveredAt: at('2026-05-08T10:00:00Z') } });
  const verdict = decide(plan, standing, known, at('2026-05-08T12:00:00Z'));
  expect(verdict.decisions).toMatchObject([
    { outcome: 'moved', reason: { code: 'recounted' }, until: at('2026-05-09T10:00:00Z') },
  ]);
});

const fork: Steps = [
  {
    kind: 'condition',
    key: 'c',
    branches: [
      { when: { fact: 'customer.orders', is: 'at-least', value: 5 }, next: 'regular' },
      { when: { fact: 'order.score', is: 'at-least', value: 4 }, next: null },
    ],
    otherwise: 'new',
  },
  ask('regular'),
  ask('new'),
];

test.each([
  [
    'the first branch that holds',
    { customer: { ordersCount: 7 } },
    ['regular'],
    { code: 'branch', branch: 1 },
  ],
  ['a branch that ends', { answer: { score: 5 } }, [], { code: 'branch', branch: 2 }],
  ['none, so the other way', { customer: { ordersCount: 1 } }, ['new'], { code: 'otherwise' }],
  ['an unknown fact never holds', { answer: null }, ['new'], { code: 'otherwise' }],
])('a condition takes %s', (_title, changes, messages, reason) => {
  const verdict = decide(aPlan(fork), begun, someFacts(changes), ANCHOR);
  expect(verdict.messages.map(({ step }) => step.key)).toEqual(messages);
  expect(verdict.decisions[0]).toMatchObject({ outcome: 'branched', reason });
});

test.each([
  ['cancelled', { order: { cancelled: true } }],
  ['refunded', { order: { refunded: 'fully' } }],
  ['returned', { order: { returned: true } }],
  ['deleted', { order: { deleted: true } }],
  ['erased', { customer: { erased: true } }],
  ['erased', { customer: null }],
  ['delivery-failed', { shipment: { failed: true } }],
] as const)('everything stops when it is %s', (reason, changes) => {
  const verdict = decide(aPlan([news('m')]), begun, someFacts(changes), ANCHOR);
  expect(verdict.messages).toEqual([]);
  expect(verdict.then).toEqual({ kind: 'end', state: 'stopped', reason });
  expect(verdict.decisions).toMatchObject([{ outcome: 'stopped', reason: { code: reason } }]);
});

test('favours are not asked of somebody who unsubscribed, news of the order go on', () => {
  const facts = someFacts({ customer: { unsubscribed: true } });
  expect(decide(aPlan([ask('m')]), begun, facts, ANCHOR).then).toMatchObject({
    state: 'stopped',
    reason: 'unsubscribed',
  });
  expect(decide(aPlan([news('m')]), begun, facts, ANCHOR).messages).toHaveLength(1);
});

test('a partial refund stops nothing by itself', () => {
  const facts = someFacts({ order: { refunded: 'partly' } });
  expect(decide(aPlan([ask('m')]), begun, facts, ANCHOR).messages).toHaveLength(1);
});

test('a drawn exit stops with its own name', () => {
  const exits = [
    { key: 'ordered-again', when: { fact: 'customer.ordered-since', is: 'at-least', value: 1 } } as const,
  ];
  const plan = aPlan([ask('m')], { exits });
  expect(decide(plan, begun, someFacts({ customer: { ordersSince: 1 } }), ANCHOR).then).toEqual({
    kind: 'end',
    state: 'stopped',
    reason: 'exit:ordered-again',
  });
});

test('a stop step stops, with the reason that was drawn', () => {
  const plan = aPlan([
    { kind: 'condition', key: 'c', branches: [{ when: { all: [] }, next: 's' }], otherwise: 'm' },
    { kind: 'stop', key: 's', reason: 'vip' },
    ask('m'),
  ]);
  expect(decide(plan, begun, someFacts(), ANCHOR).then).toEqual({
    kind: 'end',
    state: 'stopped',
    reason: 'vip',
  });
});

test('a message that needs a code asks for one, waits for it, and is left out after three days', () => {
  const step = { ...ask('m'), needs: ['referral-code'] } as Steps[number];
  const plan = aPlan([step]);
  const without = decide(plan, begun, someFacts(), ANCHOR);
  expect(without.wants).toEqual(['referral-code']);
  expect(without.then).toMatchObject({ kind: 'wait', stepKey: 'm', until: at('2026-05-04T11:00:00Z') });
  const standing = { ...begun, stepKey: 'm' };
  expect(
    decide(plan, standing, someFacts({ referralCode: 'JO-42' }), at('2026-05-04T11:00:00Z')).messages,
  ).toHaveLength(1);
  const given = decide(plan, standing, someFacts(), at('2026-05-07T10:00:00Z'));
  expect(given.decisions[0]).toMatchObject({ outcome: 'skipped', reason: { code: 'no-referral-code' } });
});

test('the same arguments give the same answer, and a later now never an earlier moment', () => {
  const days = fc.integer({ min: 0, max: 40 });
  const plans = fc
    .record({
      days: fc.array(days, { minLength: 1, maxLength: 4 }),
      awake: fc.boolean(),
      reached: fc.boolean(),
    })
    .map(({ days: all, awake, reached }) =>
      aPlan([
        ...all.map((each, index): Steps[number] => ({
          kind: 'wait',
          key: `w${index}`,
          until: { after: { days: each }, awake, from: reached ? 'reached' : 'trigger' },
          next: index + 1 < all.length ? `w${index + 1}` : 'm',
        })),
        ask('m'),
      ]),
    );
  const moments = fc
    .integer({ min: 0, max: 120 * 24 * 60 })
    .map((minutes) => new Date(ANCHOR.getTime() + minutes * 60_000));
  fc.assert(
    fc.property(
      plans,
      moments,
      moments,
      fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Tokyo'),
      (plan, one, two, timeZone) => {
        const facts = someFacts({ customer: { timeZone } });
        const [sooner, later] = one < two ? [one, two] : [two, one];
        const first = decide(plan, begun, facts, sooner);
        expect(decide(plan, begun, facts, sooner)).toEqual(first);
        const second = decide(plan, begun, facts, later);
        const untilOf = (verdict: typeof first) =>
          verdict.then.kind === 'wait' ? verdict.then.until.getTime() : Infinity;
        expect(untilOf(second)).toBeGreaterThanOrEqual(untilOf(first));
        expect(untilOf(first)).toBeGreaterThan(sooner.getTime());
      },
    ),
    { numRuns: 300 },
  );
});
