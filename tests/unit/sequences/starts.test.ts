/** A step that begins another sequence leads somewhere, and not in a ring without a wait. */
import { expect, test } from 'vitest';
import { planSchema, type PlanInput } from '../../../app/sequences/plan.ts';
import { startProblems } from '../../../app/sequences/starts.ts';

const LATER: PlanInput['steps'] = [{ kind: 'wait', key: 'wait', until: { after: { days: 30 } }, next: 'go' }];
/** Begins another sequence, at once or after its first steps. */
const beginning = (sequence: string, changes: Partial<PlanInput> = {}, before: PlanInput['steps'] = []) =>
  planSchema.parse({
    format: 1,
    trigger: { on: ['sequence.started'], each: 'customer', freshFor: { days: 2 } },
    start: before[0]?.key ?? 'go',
    steps: [...before, { kind: 'start', key: 'go', sequence, next: null }],
    ...changes,
  });
const codes = (...given: Parameters<typeof startProblems>) =>
  startProblems(...given).map(({ step, code }) => [step, code]);

test('a sequence that there is not is told at its step', () => {
  expect(codes(beginning('b'), 'a', [{ key: 'a', plan: null }])).toEqual([['go', 'no-such-sequence']]);
  expect(codes(beginning('b'), 'a', [{ key: 'b', plan: null }])).toEqual([]);
});

test('a ring without a wait is told, however long it is', () => {
  expect(codes(beginning('a'), 'a', [])).toEqual([['go', 'endless']]);
  const ring = [
    { key: 'b', plan: beginning('c') },
    { key: 'c', plan: beginning('a') },
  ];
  expect(codes(beginning('b'), 'a', ring)).toEqual([['go', 'endless']]);
  // A wait from payment was over long ago.
  const paid: PlanInput['steps'] = [
    { kind: 'wait', key: 'wait', until: { after: { days: 30 }, from: 'paid' }, next: 'go' },
  ];
  expect(codes(beginning('a', {}, paid), 'a', [])).toEqual([['go', 'endless']]);
});

test('a ring that takes time, or that nobody comes into twice, is none', () => {
  expect(codes(beginning('a', {}, LATER), 'a', [])).toEqual([]);
  expect(codes(beginning('a', { reentry: { kind: 'once' } }), 'a', [])).toEqual([]);
  const order = { trigger: { on: ['order.paid' as const], each: 'order' as const, freshFor: { days: 2 } } };
  expect(codes(beginning('a', order), 'a', [])).toEqual([]);
  expect(codes(beginning('b'), 'a', [{ key: 'b', plan: beginning('a', {}, LATER) }])).toEqual([]);
});
