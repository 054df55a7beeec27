import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { templateTextSchema, type Template } from '../../../app/messages/blocks.ts';
import { conditionSchema, type Condition } from '../../../app/sequences/conditions.ts';
import { planSchema, type Plan } from '../../../app/sequences/plan.ts';
import { READY_SEQUENCES, templatesFor } from '../../../app/sequences/ready/ready.ts';
import { stepKey, stepSchema } from '../../../app/sequences/steps.ts';
import { judge } from '../../../app/sequences/text/judge-text.ts';
import { inOrder, readText } from '../../../app/sequences/text/read-text.ts';
import { inReadingOrder } from '../../../app/sequences/text/reading-order.ts';
import type { SequenceText } from '../../../app/sequences/text/text.ts';
import { writeText } from '../../../app/sequences/text/write-text.ts';
import { MAIL_LOCALES } from '../../../app/shops/settings.ts';
import { textProblemInWords } from '../../../app/ui/textWords.ts';
import { anyOf } from '../../zod-arbitrary.ts';
import { everyBlock, textOf } from '../messages/every-block.ts';

const aText = (plan: Plan, mails: Template[] = []): SequenceText => ({
  key: 'one',
  name: 'One',
  pulled: null,
  plan,
  mails,
});

function read(text: string): SequenceText {
  const reading = readText(text);
  if ('problems' in reading) throw new Error(`${JSON.stringify(reading.problems, null, 1)}\n${text}`);
  return reading.sequence;
}

/** Ids of blocks are an editor's own, made up where they are missing. */
const withoutIds = (mails: Template[]): Template[] =>
  mails.map((mail) => ({
    ...mail,
    text: {
      ...mail.text,
      blocks: mail.text.blocks.map(
        ({ id: _id, ...block }) => block as typeof block & { id?: string },
      ) as never,
    },
  }));

describe('to and fro', () => {
  test.each(READY_SEQUENCES.map((ready) => [ready.key, ready] as const))(
    '%s comes back as it was',
    (key, ready) => {
      const plan = planSchema.parse(ready.plan);
      const sequence = { key, name: ready.name, pulled: '3 0123456789ab', plan, mails: templatesFor(ready) };
      const text = writeText(sequence);
      const back = read(text);
      expect(back.plan).toEqual(plan);
      expect(back.mails.toSorted(byPlace)).toEqual(sequence.mails.toSorted(byPlace));
      expect({ ...back, plan, mails: sequence.mails }).toEqual(sequence);
      expect(writeText(back)).toBe(text);
    },
  );

  const byPlace = (a: Template, b: Template) => `${a.key} ${a.locale}`.localeCompare(`${b.key} ${b.locale}`);
  const KEYS = ['s0', 's1', 's2', 's3', 's4'];
  const keys = new Map([[stepKey, fc.constantFrom(...KEYS)]]);

  /** Any plan that the schema likes, its steps led anywhere. */
  const anyPlan = (anyOf(planSchema, keys) as fc.Arbitrary<Plan>).map((plan) => ({
    ...plan,
    start: 's0',
    steps: plan.steps.map((step, index) => ({ ...step, key: `s${index}` })),
  }));

  test('any plan comes back with its steps in the order in which they are read', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const text = writeText(aText(plan));
        const back = read(text);
        expect(back.plan).toEqual(inReadingOrder(plan));
        expect(writeText(back)).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  const kinds = stepSchema.options.map((option) => [option.shape.kind.value, option] as const);
  test.each(kinds)('every step of the kind %s comes back, whatever is in it', (_kind, option) => {
    fc.assert(
      fc.property(anyOf(option, keys), (step) => {
        const plan = planSchema.parse({
          format: 1,
          trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2 } },
          start: 's0',
          steps: [{ ...(step as object), key: 's0' }],
        });
        expect(read(writeText(aText(plan))).plan).toEqual(plan);
      }),
      { numRuns: 40 },
    );
  });

  test('any mail comes back, with every kind of block', () => {
    const anyMail = fc.record({
      key: fc.constantFrom('a', 'b'),
      locale: fc.constantFrom(...MAIL_LOCALES),
      text: anyOf(templateTextSchema) as fc.Arbitrary<Template['text']>,
    });
    const plan = planSchema.parse(READY_SEQUENCES[0]!.plan);
    const mails = fc.uniqueArray(anyMail, { selector: ({ key, locale }) => key + locale, maxLength: 3 });
    fc.assert(
      fc.property(mails, (some) => {
        const text = writeText(aText(plan, some));
        expect(read(text).mails.toSorted(byPlace)).toEqual(withoutIds(some).toSorted(byPlace));
        expect(writeText(read(text))).toBe(text);
      }),
      { numRuns: 80 },
    );
    const every = { key: 'every', locale: 'en', text: textOf(everyBlock) };
    expect(read(writeText(aText(plan, [every]))).mails).toEqual([every]);
  });

  test('a step is written before those that it leads to, and says where only if that is not below it', () => {
    const when: Condition = {
      all: [
        { fact: 'customer.stage', is: 'one-of', value: ['friend', 'very near'] },
        { not: { fact: 'order.score', is: 'known' } },
      ],
    };
    expect(conditionSchema.parse(when)).toEqual(when);
    const plan = planSchema.parse({
      format: 1,
      trigger: { on: ['order.paid'], each: 'order', freshFor: { days: 2, hours: 12 } },
      start: 'fork',
      steps: [
        { kind: 'tag', key: 'both', tags: ['x'], next: null },
        { kind: 'tag', key: 'other', tags: ['y', 'z'], next: 'both' },
        { kind: 'tag', key: 'one', tags: ['v'], next: 'both' },
        { kind: 'condition', key: 'fork', branches: [{ when, next: 'one' }], otherwise: 'other' },
      ],
    });
    expect(writeText(aText(plan))).toBe(`everafter: 1
key: one
name: One

trigger:
  on: order.paid
  each: order
  fresh-for: 2 days 12 hours

steps:
  - condition: fork
    branches:
      - when:
          all:
            - customer.stage one-of [friend, "very near"]
            - not: order.score known
        next: one
    otherwise: other

  - tag: one
    tags: v
    next: both

  - tag: other
    tags: [y, z]

  - tag: both
    tags: x
`);
  });
});

/** The lines of what is wrong, as a person sees them. */
function wrongsOf(text: string): string[] {
  const reading = readText(text);
  if (!('problems' in reading)) judge(reading.sequence, reading.places, { mails: [] });
  const problems = 'problems' in reading ? reading.problems : inOrder(reading.places.problems);
  return problems.map((problem) => {
    const { line, column, step } = problem;
    return `${line}:${column}${step ? ` ${step}` : ''} ${textProblemInWords(problem)}`;
  });
}

const HEAD = `everafter: 1
key: one
name: One
trigger: { on: order.paid, each: order, fresh-for: 2 days }
`;
const MAIL = `
mails:
  hello:
    en:
      subject: Hello
      preheader: Hello
      blocks:
        - heading: Hello
`;

describe('what is wrong is said at its place', () => {
  test.each([
    ['another version', 'everafter: 2\n', ['1:12 The file says “everafter: 2”.']],
    ['nothing of ours', 'hello\n', ['1:1 A file of a sequence says which form it has: “everafter: 1”.']],
    [
      'its form in quotes is no fault',
      'everafter: "1"\n',
      ['key', 'name', 'trigger', 'steps'].map((field) => `1:1 “${field}” is missing.`),
    ],
    ['an empty file', '', ['1:1 A file of a sequence says which form it has']],
    ['no YAML', `${HEAD}steps: [\n`, ['6:1 This is no YAML']],
    ['the same field twice', `${HEAD}name: Two\n`, ['5:1 This is no YAML: Map keys must be unique']],
    ['a reference', `${HEAD}steps: &a\n  - task: t\n    title: *a\n`, ['7:5 t This is no YAML: references']],
    [
      'a NUL',
      `${HEAD}steps:\n  - task: t\n    title: "a\\0b"\n`,
      ['7:5 t This cannot be: a character that no text has.'],
    ],
    [
      'a wrong field',
      `${HEAD}steps:\n  - task: t\n    titel: Call\n`,
      ['6:5 t “title” is missing.', '7:5 t There is no field “titel” here. Did you mean “title”?'],
    ],
    ['a wrong kind', `${HEAD}steps:\n  - tsk: t\n`, ['6:5 What this is must be said. There are: wait, ']],
    [
      'a wrong word',
      `${HEAD.replace('order.paid', 'order.payed')}steps:\n  - task: t\n    title: Call\n`,
      ['4:16 “order.payed” is not known here. Did you mean “order.paid”?'],
    ],
    [
      'a wrong time',
      `${HEAD}steps:\n  - wait: w\n    until:\n      after: 3 dayz\n`,
      ['8:7 w “3 dayz” is no time.'],
    ],
    [
      'a wrong fact',
      `${HEAD}steps:\n  - wait-for: w\n    when: customer.stge equal friend\n    within: 1 day\n    otherwise: END\n`,
      ['7:5 w “customer.stge” is not known here. Did you mean “customer.stage”?'],
    ],
    [
      'no comparison',
      `${HEAD}exits:\n  - key: e\n    when: never\nsteps:\n  - task: t\n    title: Call\n`,
      ['7:5 “never” cannot be compared.'],
    ],
    [
      'a wrong key',
      `${HEAD}steps:\n  - task: My Step\n    title: Call\n`,
      ['6:11 My Step This cannot be: a key is made of'],
    ],
    [
      'two sequences in one file',
      `${HEAD}steps:\n  - task: t\n    title: Call\n---\neverafter: 1\n`,
      ['8:1 A file holds one sequence.'],
    ],
    [
      'values that cannot be, in words',
      `${HEAD.replace('One', '" "')}steps:\n  - wait: w\n    until: { after: 1 day, at: 10:30 }\n  - wait: v\n    until: { after: 1 day, at: { hour: 24 } }\n  - webhook: u\n    url: http://example.com\n`,
      [
        '3:1 This cannot be: it is empty.',
        '7:28 w This cannot be: fields are wanted, each with its name.',
        '9:34 v This cannot be: 23 is the most.',
        '11:5 u This cannot be: an address is wanted that begins with https://.',
      ],
    ],
    [
      'a beginning that nobody comes to',
      `${HEAD.replace('fresh-for', 'when: order.total at-least much, fresh-for').replace('each: order', 'each: shipment')}steps:\n  - task: t\n    title: Call\n`,
      ['4:28 It is to run once for a parcel', '4:44 “order.total” is never “much”: it is a number.'],
    ],
    [
      'an exit and a branch that nobody takes',
      `${HEAD}exits:\n  - key: e\n    when: customer.orders equal many\nsteps:\n  - condition: c\n    branches:\n      - when: customer.orders at-least 1\n        next: t\n      - when: customer.orders equal few\n        next: t\n    otherwise: t\n  - task: t\n    title: Call\n`,
      ['7:5 “customer.orders” is never “many”', '13:9 c “customer.orders” is never “few”'],
    ],
    [
      'a step that leads nowhere',
      `${HEAD}steps:\n  - task: t\n    title: Call\n    next: gone\n`,
      ['8:5 t It leads to “gone”, and there is no such step.'],
    ],
    [
      'a loop',
      `${HEAD}steps:\n  - task: t\n    title: Call\n  - task: u\n    title: Call\n    next: t\n`,
      ['10:5 u It leads back to “t”, a step before it.'],
    ],
    [
      'a step that nobody comes to',
      `${HEAD}steps:\n  - task: t\n    title: Call\n    next: END\n  - task: u\n    title: Call\n`,
      ['9:5 u Nobody ever comes here.'],
    ],
    [
      'two steps of one key',
      `${HEAD}steps:\n  - task: t\n    title: Call\n  - tag: t\n    tags: x\n`,
      ['8:5 t Two steps have the same key.'],
    ],
    [
      'a webhook to a private address',
      `${HEAD}steps:\n  - webhook: w\n    url: https://169.254.169.254/x\n`,
      ['6:5 w The address of the webhook is inside a private network.'],
    ],
    [
      'a mail that is nowhere',
      `${HEAD}steps:\n  - message: m\n    class: service\n    template: helo\n${MAIL}`,
      ['8:5 m There is no mail called “helo”', '11:3 No step sends the mail “hello”. Did you mean “helo”?'],
    ],
    [
      'a language of mails',
      `${HEAD}steps:\n  - message: m\n    class: service\n    template: hello\n${MAIL.replace('    en:', '    it:')}`,
      ['12:5 Mails are written in en, de, fr, es.'],
    ],
    [
      'Liquid',
      `${HEAD}steps:\n  - message: m\n    class: service\n    template: hello\n${MAIL}        - paragraph: |\n            Well,\n            {{ order.name }\n`,
      ['19:1 Something between {{ }} or {% %} can’t be read'],
    ],
    [
      'a field that no mail has',
      `${HEAD}steps:\n  - message: m\n    class: service\n    template: hello\n${MAIL.replace('subject: Hello', 'subject: Hi {{ order.nme }}')}`,
      ['13:16 There is no field called order.nme.'],
    ],
    [
      'an empty text',
      `${HEAD}steps:\n  - message: m\n    class: service\n    template: hello\n${MAIL.replace('heading: Hello', 'heading: ""')}`,
      ['16:11 A block has no text.'],
    ],
    [
      'advertising in a service mail',
      `${HEAD}steps:\n  - message: m\n    class: service\n    template: hello\n${MAIL.replace('heading: Hello', 'heading: 20 % off today')}`,
      ['6:5 m The text in “en” advertises'],
    ],
    [
      'nothing to do',
      `${HEAD}steps:\n  - wait: w\n    until: { after: 1 day }\n`,
      ['1:1 Nothing happens in it yet.'],
    ],
  ])('%s', (_what, text, wrong) => {
    const got = wrongsOf(text);
    expect(got).toHaveLength(wrong.length);
    got.forEach((line, index) => expect(line).toContain(wrong[index]));
  });

  test('whatever is written, reading it says something or gives a sequence that is written again', () => {
    const lines = writeText(
      aText(planSchema.parse(READY_SEQUENCES[4]!.plan), templatesFor(READY_SEQUENCES[4]!)),
    )
      .split('\n')
      .slice(0, 60);
    fc.assert(
      fc.property(fc.nat(lines.length - 1), fc.string(), fc.nat(20), (index, junk, at) => {
        const changed = lines
          .with(index, lines[index]!.slice(0, at) + junk + lines[index]!.slice(at))
          .join('\n');
        const reading = readText(changed);
        if ('problems' in reading) expect(reading.problems.length).toBeGreaterThan(0);
        else expect(read(writeText(reading.sequence)).plan).toEqual(inReadingOrder(reading.sequence.plan));
      }),
      { numRuns: 120 },
    );
  });
});
