/** What no sequence may do. Every rule with a plan that breaks it and the nearest one that does not. */
import { expect, test } from 'vitest';
import type { Block, Template } from '../../../app/messages/blocks.ts';
import type { Condition } from '../../../app/sequences/conditions.ts';
import { DEFAULT_SEQUENCES, DEFAULT_TEMPLATES } from '../../../app/sequences/defaults/defaults.ts';
import { planSchema, type PlanInput } from '../../../app/sequences/plan.ts';
import { policyProblems } from '../../../app/sequences/policy.ts';

const mail = (blocks: Block[], more: Partial<Template['text']> = {}, locale = 'en'): Template => ({
  key: 'mail',
  locale,
  text: { subject: 'How is it?', preheader: 'One minute', blocks, ...more },
});
const REVIEW = mail([{ kind: 'button', label: 'Write', url: '{{ product.review_url }}' }]);
const REWARD = mail([{ kind: 'code', label: 'Yours', code: '{{ reward.code }}' }]);
const PLAIN = mail([{ kind: 'paragraph', text: 'Water it on Sundays.' }]);

type Message = Extract<PlanInput['steps'][number], { kind: 'message' }>;
const message = (more: Partial<Message> = {}): Message => ({
  kind: 'message',
  key: 'mail',
  class: 'ask',
  template: 'mail',
  next: null,
  ...more,
});
const plan = (more: Partial<PlanInput> = {}, trigger: Partial<PlanInput['trigger']> = {}) =>
  planSchema.parse({
    format: 1,
    trigger: { on: ['shipment.delivered'], each: 'product', freshFor: { days: 14 }, ...trigger },
    start: 'mail',
    steps: [message()],
    ...more,
  });
const branch = (when: Condition, otherwise: string | null = null) =>
  plan({
    start: 'fork',
    steps: [{ kind: 'condition', key: 'fork', branches: [{ when, next: 'mail' }], otherwise }, message()],
  });
const rules = (...given: Parameters<typeof policyProblems>) =>
  policyProblems(...given).map(({ step, code, detail }) => [
    step,
    code,
    /465\.7|465\.4|465,|ePrivacy 13, PECR|CAN-SPAM|CTIA/.exec(detail)?.[0],
  ]);

test('the six sequences of every shop break no rule, in any language', () => {
  for (const { key, plan: of } of DEFAULT_SEQUENCES) {
    expect([key, policyProblems(planSchema.parse(of), DEFAULT_TEMPLATES)]).toEqual([key, []]);
  }
});

const GLAD: [string, Condition][] = [
  ['a score', { fact: 'order.score', is: 'at-least', value: 4 }],
  ['the last score', { fact: 'customer.last-score', is: 'equal', value: 5 }],
  ['not a low score', { not: { fact: 'order.score', is: 'at-most', value: 3 } }],
  [
    'what they said in a survey',
    { fact: 'customer.said', is: 'has-one-of', value: ['recommend.nps=9', 'recommend.nps=10'] },
  ],
  ['the stage', { fact: 'customer.stage', is: 'one-of', value: ['friend', 'family'] }],
  [
    'a score among other things',
    {
      all: [
        { fact: 'order.total', is: 'at-least', value: 1000 },
        { any: [{ fact: 'order.score', is: 'at-least', value: 3 }] },
      ],
    },
  ],
];
test.each(GLAD)('asking for a review by %s is gating', (_name, when) => {
  expect(rules(branch(when), [REVIEW])).toEqual([['mail', 'policy', '465.7']]);
});

const ANYBODY: [string, Condition][] = [
  ['the country', { fact: 'customer.country', is: 'equal', value: 'DE' }],
  ['having answered', { fact: 'order.answered', is: 'equal', value: true }],
  [
    'a score or another thing',
    {
      any: [
        { fact: 'order.score', is: 'at-least', value: 4 },
        { fact: 'order.total', is: 'at-least', value: 1 },
      ],
    },
  ],
  ['what they chose in a survey', { fact: 'customer.said', is: 'has-one-of', value: ['heard.heard=friend'] }],
  [
    'any figure in a survey',
    { fact: 'customer.said', is: 'has-one-of', value: [1, 2, 3, 4, 5].map((n) => `s.q=${n}`) },
  ],
  ['any score', { fact: 'order.score', is: 'at-least', value: 1 }],
];
test.each(ANYBODY)('asking for a review by %s is not', (_name, when) => {
  expect(rules(branch(when), [REVIEW])).toEqual([]);
});

test('gating hides in the trigger, in an exit and in the other branch as well', () => {
  const glad: Condition = { fact: 'trigger.score', is: 'at-least', value: 4 };
  const sorry: Condition = { fact: 'customer.last-score', is: 'at-most', value: 3 };
  expect(rules(plan({}, { on: ['answer.verified'], when: glad }), [REVIEW])).toHaveLength(1);
  expect(rules(plan({ exits: [{ key: 'sorry', when: sorry }] }), [REVIEW])).toHaveLength(1);
  const other = plan({
    start: 'fork',
    steps: [
      { kind: 'condition', key: 'fork', branches: [{ when: sorry, next: null }], otherwise: 'mail' },
      message(),
    ],
  });
  expect(rules(other, [REVIEW])).toHaveLength(1);
  expect(rules(other, [PLAIN])).toEqual([]);
});

test('both kinds of customers may be asked in words of their own', () => {
  const both = plan({
    start: 'fork',
    steps: [
      {
        kind: 'condition',
        key: 'fork',
        branches: [{ when: { fact: 'order.score', is: 'at-least', value: 4 }, next: 'wait' }],
        otherwise: 'mail',
      },
      { kind: 'wait', key: 'wait', until: { after: { days: 1 } }, next: 'mail' },
      message(),
    ],
  });
  expect(rules(both, [REVIEW])).toEqual([]);
});

test('a reward may not depend on stars; one for every review may be', () => {
  const when: Condition = { fact: 'trigger.score', is: 'equal', value: 5 };
  expect(rules(plan({}, { on: ['review.written'], when }), [REWARD])).toEqual([['mail', 'policy', '465.4']]);
  expect(rules(plan({}, { on: ['review.written'] }), [REWARD])).toEqual([]);
});

test('low ratings are not hidden: whoever is told of good reviews is told of all', () => {
  const told = (when?: Condition) =>
    rules(
      plan(
        { steps: [{ kind: 'webhook', key: 'mail', url: 'https://shop.example.com/reviews', next: null }] },
        { on: ['review.written'], ...(when ? { when } : {}) },
      ),
      [],
    );
  expect(told({ fact: 'trigger.score', is: 'at-least', value: 4 })).toEqual([['mail', 'policy', '465.7']]);
  expect(told({ fact: 'trigger.score', is: 'at-most', value: 2 })).toEqual([]);
  expect(told()).toEqual([]);
});

test('a review is asked for, not a good one', () => {
  const asked = (text: string, locale: string) =>
    rules(plan(), [mail([...REVIEW.text.blocks, { kind: 'paragraph', text }], {}, locale)]);
  expect(asked('Give us 5 stars!', 'en')).toEqual([['mail', 'policy', '465,']]);
  expect(asked('Über fünf Sterne freuen wir uns', 'de')).toHaveLength(1);
  expect(asked('Laissez-nous cinq étoiles', 'fr')).toHaveLength(1);
  expect(asked('Danos 5 estrellas', 'es')).toHaveLength(1);
  expect(asked('One to five, whatever you think', 'en')).toEqual([]);
});

test('news of an order do not advertise, and need an order', () => {
  const service = plan({ steps: [message({ class: 'service' })] });
  const says = (text: string) => rules(service, [mail([{ kind: 'paragraph', text }])]);
  expect(says('Now 20% off everything')).toEqual([['mail', 'policy', 'CAN-SPAM']]);
  expect(says('Your code for friends: {{ referral.code }}')).toHaveLength(1);
  expect(says('Jetzt 20 % Rabatt')).toHaveLength(1);
  expect(rules(service, [mail([{ kind: 'code', label: 'For you', code: 'WELCOME10' }])])).toHaveLength(1);
  expect(says('Your parcel is 100% on its way')).toEqual([]);
  expect(rules(service, [PLAIN])).toEqual([]);
  const nobody = plan(
    { steps: [message({ class: 'service' })] },
    { on: ['customer.stage-changed'], each: 'customer' },
  );
  expect(rules(nobody, [PLAIN])).toEqual([['mail', 'policy', 'ePrivacy 13, PECR']]);
});

test('a text message that asks says how to stop', () => {
  const sms = plan({ steps: [message({ channel: 'sms' })] });
  expect(rules(sms, [PLAIN])).toEqual([['mail', 'policy', 'CTIA']]);
  expect(rules(sms, [mail([{ kind: 'paragraph', text: 'How is it? STOP ends this.' }])])).toEqual([]);
});
