import { expect, test } from 'vitest';
import { templateTextSchema } from '../../../app/messages/blocks.ts';
import { MAIL_LOCALES } from '../../../app/shops/settings.ts';
import { holds, type Condition } from '../../../app/sequences/conditions.ts';
import { DEFAULT_SEQUENCES, DEFAULT_TEMPLATES } from '../../../app/sequences/defaults/defaults.ts';
import { classesAhead } from '../../../app/sequences/exits.ts';
import { beginningProblems } from '../../../app/sequences/beginnings.ts';
import { fromGroup, groupOf } from '../../../app/ui/builder/factWords.ts';
import { candidatesOf } from '../../../app/sequences/candidates.ts';
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

const beginningOf = (changes: object) => {
  const parsed = planSchema.parse({ ...plan([message('a')]), trigger: { ...trigger, ...changes } });
  return beginningProblems(parsed).map(({ step, code, detail }) => [step, code, detail]);
};

test.each([
  [
    'an order, begun by a birthday',
    { on: ['customer.date'] },
    [[null, 'never-begins', 'an order: customer.date']],
  ],
  ['a parcel, begun by a payment', { each: 'shipment' }, [[null, 'never-begins', 'a parcel: order.paid']]],
  [
    'a product, begun by what has one and what has none',
    { on: ['product.first-use', 'customer.tagged'], each: 'product' },
    [[null, 'never-begins', 'a product: customer.tagged']],
  ],
  ['a customer, begun by anything', { on: ['order.paid', 'customer.date'], each: 'customer' }, []],
  [
    'a segment that nobody has named',
    { on: ['customer.segment-left'], each: 'customer' },
    [[null, 'shape', 'trigger.which.segments: choose one at least']],
  ],
])('once for %s', (_title, changes, expected) => {
  expect(beginningOf(changes)).toEqual(expected);
});

test('no sequence that comes with the app has such a problem', () => {
  for (const { plan: own } of DEFAULT_SEQUENCES) expect(beginningProblems(planSchema.parse(own))).toEqual([]);
});

test.each<[Condition, boolean]>([
  [{ fact: 'customer.tags', is: 'has-one-of', value: ['gold', 'silver'] }, true],
  [{ fact: 'customer.tags', is: 'has-one-of', value: ['old'] }, false],
  [{ fact: 'customer.country', is: 'one-of', value: ['de', 'at'] }, true],
  [{ fact: 'customer.country', is: 'different', value: 'De' }, false],
  [{ fact: 'customer.language', is: 'equal', value: 'DE' }, true],
  // Keys are as they are written.
  [{ fact: 'customer.sequences', is: 'has-one-of', value: ['review'] }, false],
])('tags and codes are the same however they are written: %j', (condition, expected) => {
  const person = { tags: ['GOLD', 'Vip'], sequences: ['Review'] };
  expect(holds(condition, someFacts({ customer: { person } }))).toBe(expected);
});

const calledBy = (which: object, on: string, data: Record<string, unknown>) => {
  const drawn = planSchema.parse({
    ...plan([message('a')]),
    trigger: { ...trigger, each: 'customer', on: [on], which },
  });
  const at = new Date('2026-05-04T10:00:00Z');
  const sequence = { shopId: 1n, sequenceId: 's', key: 's', version: 1, plan: drawn };
  const happened = { shopId: 1n, trigger: drawn.trigger.on[0]!, customerId: 'c', at, data };
  return candidatesOf(sequence, happened, { facts: someFacts({ order: null }), productIds: [] }, at).length;
};

test.each([
  ['a tag of several, whatever its case', { tags: ['VIP', 'gold'] }, 'customer.tagged', { tags: ['vip'] }, 1],
  ['another tag', { tags: ['VIP'] }, 'customer.tagged', { tags: ['wholesale'] }, 0],
  ['any tag', {}, 'customer.tagged', { tags: ['wholesale'] }, 1],
  [
    'a stage that is named',
    { stages: ['friend', 'family'] },
    'customer.stage-changed',
    { from: 'acquaintance', to: 'friend' },
    1,
  ],
  [
    'a stage that is not',
    { stages: ['family'] },
    'customer.stage-changed',
    { from: 'acquaintance', to: 'friend' },
    0,
  ],
  ['another segment', { segments: ['9'] }, 'customer.segment-joined', { segment: '8' }, 0],
  ['a day of another sequence’s days before', { ahead: 3 }, 'customer.anniversary', { ahead: 0 }, 0],
  [
    'the birthday, which needs no name',
    { ahead: 3 },
    'customer.date',
    { ahead: 3, date: 'facts.birth_date' },
    1,
  ],
  ['another date', {}, 'customer.date', { ahead: 0, date: 'custom.wedding_day' }, 0],
])('%s calls it or not', (_title, which, on, data, expected) => {
  expect(calledBy(which, on, data)).toBe(expected);
});

test('every condition can be drawn as groups, and comes back as it was', () => {
  const test_: Condition = { fact: 'customer.orders', is: 'at-least', value: 2 };
  const conditions: Condition[] = [
    test_,
    { all: [test_, { any: [test_, { not: { all: [test_, test_] } }] }] },
    { any: [test_, test_] },
    { not: { any: [test_, test_] } },
    { not: { all: [test_] } },
    { not: { any: [{ not: { any: [test_] } }] } },
  ];
  for (const condition of conditions) {
    const { how, items } = groupOf(condition);
    expect(fromGroup(how, items, false)).toEqual(condition);
  }
  // A turned-round test is a group of one.
  const { how, items } = groupOf({ not: test_ });
  expect(fromGroup(how, items, false)).toEqual({ not: { any: [test_] } });
});
