import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { decide, type Standing } from '../../../app/sequences/decide.ts';
import { parsePlan, planSchema, type PlanInput } from '../../../app/sequences/plan.ts';
import { wayOf } from '../../../app/sequences/split.ts';
import type { SplitStep } from '../../../app/sequences/steps.ts';
import { someFacts } from './facts.ts';

const at = (iso: string) => new Date(iso);
const ANCHOR = at('2026-05-04T10:00:00Z');
const begun: Standing = {
  stepKey: '',
  reachedAt: ANCHOR,
  anchorAt: ANCHOR,
  sequenceId: 'sequence',
  customerId: 'ana',
};

type Steps = PlanInput['steps'];
const aPlan = (steps: Steps, trigger: Partial<PlanInput['trigger']> = {}) =>
  planSchema.parse({
    format: 1,
    trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 }, ...trigger },
    start: steps[0]!.key,
    steps,
  });
const ask = (key: string, next: string | null = null): Steps[number] => ({
  kind: 'message',
  key,
  class: 'ask',
  template: key,
  next,
});

describe('waiting for something', () => {
  const plan = aPlan([
    {
      kind: 'wait-for',
      key: 'answer',
      when: { fact: 'order.answered', is: 'equal', value: true },
      within: { days: 5 },
      next: 'thanks',
      otherwise: 'nudge',
    },
    ask('thanks'),
    ask('nudge'),
  ]);
  const deadline = at('2026-05-09T10:00:00Z');
  const waiting = { ...begun, stepKey: 'answer' };
  const sent = (verdict: ReturnType<typeof decide>) => verdict.messages.map(({ step }) => step.key);

  test('listens, looks again once a day, and tells the last moment', () => {
    const verdict = decide(plan, begun, someFacts(), ANCHOR);
    expect(verdict.then).toMatchObject({ kind: 'wait', listens: true, until: at('2026-05-05T10:00:00Z') });
    expect(verdict.decisions).toMatchObject([{ outcome: 'waiting', until: deadline }]);
    const again = decide(plan, waiting, someFacts(), at('2026-05-08T22:00:00Z'));
    expect(again.then).toMatchObject({ kind: 'wait', until: deadline });
    expect(again.decisions).toEqual([]);
  });

  test('goes on as soon as it came about', () => {
    const now = at('2026-05-06T12:00:00Z');
    const verdict = decide(plan, waiting, someFacts({ answer: { score: 4 } }), now);
    expect(sent(verdict)).toEqual(['thanks']);
    expect(verdict.decisions[0]!.reason).toEqual({ code: 'came-about' });
  });

  test('goes the other way when the time is over, to the moment', () => {
    const early = decide(plan, waiting, someFacts(), new Date(deadline.getTime() - 1));
    expect(early.then.kind).toBe('wait');
    expect(sent(decide(plan, waiting, someFacts(), deadline))).toEqual(['nudge']);
  });

  test('what came while nobody looked counts, and the plan’s clock does not pass the deadline', () => {
    const late = at('2026-05-20T10:00:00Z');
    const slow = aPlan([
      { ...plan.steps[0]!, next: 'day' } as Steps[number],
      { kind: 'wait', key: 'day', until: { after: { days: 1 }, from: 'reached' }, next: 'thanks' },
      ask('thanks'),
      ask('nudge'),
    ]);
    const verdict = decide(slow, waiting, someFacts({ answer: { score: null } }), late);
    expect(sent(verdict)).toEqual(['thanks']);
  });
});

describe('a split', () => {
  const split = (...weights: number[]): SplitStep => ({
    kind: 'split',
    key: 'lot',
    ways: weights.map((weight, index) => ({ name: `way ${index}`, weight, next: null })),
  });
  const lot = (customerId: string) => ({ sequenceId: 'sequence', customerId });

  test('sends the same customer the same way, whatever the moment', () => {
    const plan = aPlan([
      {
        kind: 'split',
        key: 'lot',
        ways: [
          { name: 'a', weight: 50, next: 'a' },
          { name: 'hold-out', weight: 50, next: null },
        ],
      },
      ask('a'),
    ]);
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.date({ min: ANCHOR, max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true }),
        (customerId, now) => {
          const standing = { ...begun, customerId };
          const first = decide(plan, standing, someFacts(), ANCHOR);
          expect(decide(plan, standing, someFacts(), now).decisions[0]).toEqual(first.decisions[0]);
        },
      ),
    );
  });

  test('shares out by weight', () => {
    const counts = [0, 0, 0];
    const step = split(70, 20, 10);
    for (let n = 0; n < 20_000; n++) counts[Number(wayOf(step, lot(`c${n}`)).name.at(-1))]!++;
    // Five standard deviations: 5 × √(20,000 × p × (1 − p)).
    expect(Math.abs(counts[0]! - 14_000)).toBeLessThan(325);
    expect(Math.abs(counts[1]! - 4_000)).toBeLessThan(283);
    expect(Math.abs(counts[2]! - 2_000)).toBeLessThan(213);
  });

  test('draws anew at another split, and for another sequence', () => {
    const step = split(1, 1);
    const people = Array.from({ length: 2000 }, (_, n) => lot(`c${n}`));
    const same = (change: (one: { sequenceId: string; customerId: string }) => string) =>
      people.filter((one) => wayOf(step, one).name === change(one)).length;
    expect(Math.abs(same((one) => wayOf({ ...step, key: 'other' }, one).name) - 1000)).toBeLessThan(120);
    expect(Math.abs(same((one) => wayOf(step, { ...one, sequenceId: 'other' }).name) - 1000)).toBeLessThan(
      120,
    );
  });

  test('nobody goes a way without weight', () => {
    const step = split(0, 3, 0);
    for (let n = 0; n < 500; n++) expect(wayOf(step, lot(`c${n}`)).name).toBe('way 1');
  });

  test('needs a weight', () => {
    const plan = { ...aPlan([ask('a')]), start: 'lot', steps: [{ ...split(0, 0) }, ask('a')] };
    expect(parsePlan(plan)).toMatchObject({ problems: [{ step: 'lot', code: 'shape' }] });
  });
});

describe('deeds', () => {
  test('are done on the way, each with its decision, and nobody waits for them', () => {
    const plan = aPlan([
      { kind: 'tag', key: 'tag', tags: ['vip'], next: 'card' },
      { kind: 'task', key: 'card', title: 'Write a card', next: 'gift' },
      { kind: 'gift', key: 'gift', value: { percent: 10 }, next: 'more' },
      { kind: 'start', key: 'more', sequence: 'win-back', next: null },
    ]);
    const verdict = decide(plan, begun, someFacts(), ANCHOR);
    expect(verdict.deeds.map(({ key }) => key)).toEqual(['tag', 'card', 'gift', 'more']);
    expect(verdict.decisions.map(({ outcome }) => outcome)).toEqual([
      'done',
      'done',
      'done',
      'done',
      'finished',
    ]);
    expect(verdict.then).toMatchObject({ kind: 'end', state: 'done' });
  });

  test.each([
    ['a tag with a comma', { kind: 'tag', key: 'a', tags: ['vip, new'], next: null }],
    ['a plain address', { kind: 'webhook', key: 'a', url: 'http://example.com/', next: null }],
    [
      'a metafield’s short namespace',
      { kind: 'metafield', key: 'a', namespace: 'a', name: 'bb', value: '', next: null },
    ],
    ['a present of nothing', { kind: 'gift', key: 'a', value: { percent: 0 }, next: null }],
  ])('%s is told beside its step', (_what, step) => {
    expect(parsePlan({ ...aPlan([ask('b')]), start: 'a', steps: [step] })).toMatchObject({
      problems: [{ step: 'a', code: 'shape' }],
    });
  });
});

describe('a sequence about the end of an order', () => {
  test('is not ended by it, and its messages may go', () => {
    const plan = aPlan([ask('sorry')], { on: ['order.cancelled'] });
    const verdict = decide(plan, begun, someFacts({ order: { cancelled: true } }), ANCHOR);
    expect(verdict.messages).toMatchObject([{ step: { key: 'sorry' }, orderIsOver: true }]);
  });

  test('any other one is', () => {
    const verdict = decide(aPlan([ask('a')]), begun, someFacts({ order: { cancelled: true } }), ANCHOR);
    expect(verdict.then).toMatchObject({ kind: 'end', reason: 'cancelled' });
  });
});

test('a condition over what was bought', () => {
  const plan = aPlan([
    {
      kind: 'condition',
      key: 'pan',
      branches: [{ when: { fact: 'order.products', is: 'has-one-of', value: ['7', '8'] }, next: 'a' }],
      otherwise: null,
    },
    ask('a'),
  ]);
  const bought = (id: bigint, gone: boolean) =>
    someFacts({
      products: [
        { id, title: 'A pan', firstUseDays: null, readyToJudgeDays: null, usefulLifeDays: null, gone },
      ],
    });
  const sent = (facts: ReturnType<typeof someFacts>) => decide(plan, begun, facts, ANCHOR).messages.length;
  expect(sent(bought(8n, false))).toBe(1);
  expect(sent(bought(9n, false))).toBe(0);
  expect(sent(bought(8n, true))).toBe(0);
});
