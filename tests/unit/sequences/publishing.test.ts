import { expect, test } from 'vitest';
import { planSchema, type PlanInput } from '../../../app/sequences/plan.ts';
import {
  changeOf,
  consequenceOf,
  unchangedOf,
  type Change,
  type Effect,
  type Insider,
} from '../../../app/sequences/publishing.ts';
import { someFacts } from './facts.ts';

const ANCHOR = new Date('2026-05-04T10:00:00Z');
const after = (days: number) => new Date(ANCHOR.getTime() + days * 86_400_000);
const NOW = after(3);

const planOf = (steps: PlanInput['steps']) =>
  planSchema.parse({
    format: 1,
    trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
    start: steps[0]!.key,
    steps,
  });
const wait = (days: number, key = 'wait', next = 'ask') =>
  ({ kind: 'wait', key, until: { after: { days } }, next }) as const;
const ask = (key = 'ask') => ({ kind: 'message', key, class: 'ask', template: 'ask', next: null }) as const;

/** Waits for the fifth day. */
const OLDER = planOf([wait(5), ask()]);
const insider = (changes: Partial<Insider> = {}): Insider => ({
  plan: OLDER,
  standing: { stepKey: 'wait', reachedAt: ANCHOR, anchorAt: ANCHOR, sequenceId: 's', customerId: 'c' },
  dueAt: after(5),
  facts: someFacts(),
  name: 'Ana M.',
  ...changes,
});

test.each<[string, PlanInput['steps'], Effect, Date | null]>([
  ['the same', [wait(5), ask()], 'same', after(5)],
  ['a longer wait', [wait(8), ask()], 'later', after(8)],
  ['a shorter one', [wait(4), ask()], 'earlier', after(4)],
  ['one that is over already', [wait(2), ask()], 'message', NOW],
  ['the wait is gone', [ask()], 'message', NOW],
  ['another wait in its place', [wait(9, 'longer'), ask('else')], 'over', null],
])('%s', (_name, steps, effect, at) => {
  const change = changeOf(insider(), planOf(steps), NOW);
  expect(change).toMatchObject({ effect, before: { stepKey: 'wait', at: after(5) }, after: { at } });
});

test('a step that is gone leads on at the first that is still there', () => {
  const older = planOf([wait(5, 'first', 'second'), wait(9, 'second'), ask()]);
  const standing = { ...insider().standing, stepKey: 'first' };
  const change = changeOf(insider({ plan: older, standing }), planOf([wait(9, 'second'), ask()]), NOW);
  expect(change).toMatchObject({ effect: 'elsewhere', after: { stepKey: 'second', at: after(9) } });
});

test('whoever is written to now anyway is not counted as written to because of it', () => {
  const change = changeOf(
    insider({ dueAt: after(2.9), plan: planOf([wait(2), ask()]) }),
    planOf([wait(1), ask()]),
    NOW,
  );
  expect(change.effect).toBe('same');
});

test('whoever is parked keeps the place', () => {
  expect(changeOf(insider({ dueAt: null }), planOf([wait(1), ask()]), NOW)).toMatchObject({
    effect: 'same',
    after: { stepKey: 'wait', at: null },
  });
});

test('staying changes nothing for anybody', () => {
  const change = unchangedOf(insider(), NOW);
  expect(change).toMatchObject({ effect: 'same', before: change.after, after: { at: after(5) } });
});

test('nothing that is looked at is changed', () => {
  const somebody = insider();
  const copy = structuredClone(somebody);
  changeOf(somebody, planOf([wait(1), ask()]), NOW);
  expect(somebody).toEqual(copy);
});

test('counts are of all, and the examples show every kind before they repeat one', () => {
  const change = (effect: Effect, days: number): Change => ({
    effect,
    name: `${effect} ${days}`,
    before: { stepKey: 'wait', at: after(5) },
    after: { stepKey: 'wait', at: after(5 + days) },
  });
  const changes = [
    ...[1, 2, 3].map((days) => change('later', days)),
    change('message', -2),
    ...Array.from({ length: 10 }, () => change('same', 0)),
  ];
  const { counts, examples } = consequenceOf(changes);
  expect(counts).toEqual([
    { effect: 'message', count: 1, medianHours: 48 },
    { effect: 'later', count: 3, medianHours: 48 },
    { effect: 'same', count: 10, medianHours: 0 },
  ]);
  expect(examples.map(({ effect }) => effect)).toEqual(['message', 'later', 'same', 'later', 'same']);
});
