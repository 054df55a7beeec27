import { expect, test } from 'vitest';
import { templateTextSchema } from '../../../app/messages/blocks.ts';
import { MAIL_LOCALES } from '../../../app/shops/settings.ts';
import { holds, type Condition } from '../../../app/sequences/conditions.ts';
import { DEFAULT_SEQUENCES, DEFAULT_TEMPLATES } from '../../../app/sequences/defaults/defaults.ts';
import { classesAhead } from '../../../app/sequences/exits.ts';
import { placeIn } from '../../../app/sequences/move.ts';
import { parsePlan, planSchema } from '../../../app/sequences/plan.ts';
import { someFacts } from './facts.ts';

const trigger = { on: ['order.paid'], each: 'order', freshFor: { days: 2 } };
const message = (key: string, next: string | null = null) => ({
  kind: 'message',
  key,
  class: 'ask',
  template: key,
  next,
});
const wait = (key: string, next: string | null) => ({
  kind: 'wait',
  key,
  until: { after: { days: 1 } },
  next,
});
const plan = (steps: object[], start = 'a') => ({ format: 1, trigger, start, steps });

const problemsOf = (json: unknown) => {
  const parsed = parsePlan(json);
  return 'problems' in parsed ? parsed.problems.map(({ step, code }) => [step, code]) : [];
};

test.each([
  ['a whole plan has none', plan([wait('a', 'b'), message('b')]), []],
  ['a step that leads nowhere', plan([wait('a', 'x'), message('b')]), [['a', 'leads-nowhere']]],
  ['a start that is not there', plan([message('b')]), [[null, 'leads-nowhere']]],
  ['the same key twice', plan([wait('a', null), message('a')]), [['a', 'same-key-twice']]],
  ['a loop', plan([message('a', 'b'), wait('b', 'a')]), [['b', 'loop']]],
  ['a step that nobody comes to', plan([message('a'), wait('b', null)]), [['b', 'never-reached']]],
  ['no message', plan([wait('a', null)]), [[null, 'no-message']]],
  ['a step of another kind', plan([{ kind: 'dance', key: 'a' }]), [['a', 'shape']]],
  ['a field too many', plan([{ ...message('a'), color: 'red' }]), [['a', 'shape']]],
  [
    'a fact that nobody knows',
    plan([
      {
        kind: 'condition',
        key: 'a',
        branches: [{ when: { fact: 'moon.phase', is: 'equal', value: 1 }, next: null }],
        otherwise: null,
      },
    ]),
    [['a', 'shape']],
  ],
  ['not a plan at all', 'hello', [[null, 'shape']]],
  ['another format', { ...plan([message('a')]), format: 2 }, [[null, 'shape']]],
])('problems: %s', (_title, json, expected) => {
  expect(problemsOf(json)).toEqual(expected);
});

const known: Condition = { fact: 'customer.orders', is: 'at-least', value: 1 };
const unknown: Condition = { fact: 'customer.last-score', is: 'at-least', value: 1 };

test.each<[string, Condition, boolean]>([
  ['a comparison', known, true],
  ['an unknown fact', unknown, false],
  ['not an unknown fact', { not: unknown }, false],
  ['asking whether it is unknown', { fact: 'customer.last-score', is: 'unknown' }, true],
  ['all, one of them unknown', { all: [known, unknown] }, false],
  ['any, one of them unknown', { any: [unknown, known] }, true],
  ['not any, one of them unknown', { not: { any: [unknown, { not: known }] } }, false],
  ['one of a list', { fact: 'customer.country', is: 'one-of', value: ['AT', 'DE'] }, true],
  ['different', { fact: 'customer.language', is: 'different', value: 'de' }, false],
  ['nothing at all', { all: [] }, true],
])('conditions: %s', (_title, condition, expected) => {
  expect(holds(condition, someFacts())).toBe(expected);
});

test('somebody inside goes on at the same step, or at the next that is still there', () => {
  const parse = (steps: object[], start = 'a') => planSchema.parse(plan(steps, start));
  const older = parse([wait('a', 'b'), message('b', 'c'), wait('c', 'd'), message('d')]);
  const newer = parse([wait('a', 'z'), message('z', 'd'), message('d')]);
  expect(['', 'a', 'b', 'c', 'd'].map((key) => placeIn(newer, older, key))).toEqual(['', 'a', 'd', 'd', 'd']);
  expect(placeIn(parse([message('a')]), older, 'c')).toBeNull();
});

test('the six sequences of every shop are sound, and each sends one mail in every language', () => {
  expect(DEFAULT_SEQUENCES.map(({ key }) => key)).toEqual([
    'thank-you',
    'getting-started',
    'how-is-it-going',
    'review',
    'invite',
    'win-back',
  ]);
  for (const sequence of DEFAULT_SEQUENCES) {
    expect(problemsOf(sequence.plan)).toEqual([]);
    const parsed = planSchema.parse(sequence.plan);
    const sent = parsed.steps.flatMap((step) => (step.kind === 'message' ? [step.template] : []));
    expect(sent).toEqual([sequence.key]);
    const locales = DEFAULT_TEMPLATES.filter(({ key }) => key === sequence.key).map(({ locale }) => locale);
    expect(locales).toEqual([...MAIL_LOCALES]);
  }
  const classes = DEFAULT_SEQUENCES.map(({ plan: each }) => [
    ...classesAhead(planSchema.parse(each), each.start),
  ]);
  expect(classes).toEqual([['service'], ['service'], ['ask'], ['ask'], ['offer'], ['offer']]);
});

test.each(DEFAULT_TEMPLATES.map((template) => [`${template.key} in ${template.locale}`, template] as const))(
  'the text of %s is short, calm, and asks for one thing',
  (_title, { text }) => {
    const parsed = templateTextSchema.parse(text);
    const all = JSON.stringify(parsed);
    expect(all).not.toContain('!');
    expect(all.split('{{ customer.first_name').length - 1).toBeLessThanOrEqual(1);
    const actions = parsed.blocks.filter(({ kind }) => kind === 'button' || kind === 'rating');
    expect(actions).toHaveLength(1);
    expect(parsed.subject.length).toBeLessThanOrEqual(60);
    expect(parsed.blocks.at(-1)?.kind).toBe('signature');
  },
);
