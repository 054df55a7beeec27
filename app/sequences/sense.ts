/** Whether conditions can hold at all: a comparison that a fact has no answer to would silently never do. Looked at before publishing. */
import { STAGES } from '../customers/customer.ts';
import type { Condition, Test } from './conditions.ts';
import { CHANNELS, type FactName } from './facts.ts';
import type { Plan, Problem } from './plan.ts';

type FactType =
  | { type: 'number' | 'yes-no' | 'words' | 'list' | 'segments' }
  | { type: 'choice'; choices: readonly string[] };

const NUMBER: FactType = { type: 'number' };
const YES_NO: FactType = { type: 'yes-no' };
const WORDS: FactType = { type: 'words' };
const LIST: FactType = { type: 'list' };
const CONSENT: FactType = {
  type: 'choice',
  choices: ['subscribed', 'unsubscribed', 'not-subscribed', 'pending', 'invalid', 'redacted'],
};

const FACT_TYPES: Record<FactName, FactType> = {
  'trigger.score': NUMBER,
  'customer.stage': { type: 'choice', choices: STAGES },
  'customer.orders': NUMBER,
  'customer.spent': NUMBER,
  'customer.last-score': NUMBER,
  'customer.country': WORDS,
  'customer.language': WORDS,
  'customer.unsubscribed': YES_NO,
  'customer.ordered-since': NUMBER,
  'customer.has-code': YES_NO,
  'customer.code-mailed': YES_NO,
  'customer.story-sent': YES_NO,
  'customer.email-consent': CONSENT,
  'customer.sms-consent': CONSENT,
  'customer.tags': LIST,
  'customer.segments': { type: 'segments' },
  'customer.sequences': LIST,
  'customer.said': LIST,
  'customer.days-since-order': NUMBER,
  'order.total': NUMBER,
  'order.ordinal': NUMBER,
  'order.channel': { type: 'choice', choices: CHANNELS },
  'order.answered': YES_NO,
  'order.score': NUMBER,
  'order.products': LIST,
  'shipment.arrived': YES_NO,
  'product.at-hand': WORDS,
  'product.reviewed': YES_NO,
  'mails.opened': NUMBER,
  'mails.clicked': NUMBER,
};

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
const isSegment = (text: string) => /^[1-9]\d{0,18}$/.test(text);

/** What is wrong with a comparison, in a sentence; null: nothing. */
function objectionToTest({ fact, is, value }: Test): string | null {
  if (is === 'known' || is === 'unknown') return null;
  const kind = FACT_TYPES[fact];
  const isList = kind.type === 'list' || kind.type === 'segments';
  if (isList !== (is === 'has-one-of'))
    return isList
      ? `“${fact}” is a list: it can only be asked whether it has one of some values.`
      : `“${fact}” is one value and no list: ask whether it is one of some values.`;
  if ((is === 'at-least' || is === 'at-most') && kind.type !== 'number')
    return `“${fact}” is no number, so nothing is at least or at most that.`;
  if (is === 'one-of' || is === 'has-one-of') return objectionToMany(fact, kind, value);
  return objectionToOne(fact, kind, value);
}

function objectionToMany(fact: FactName, kind: FactType, value: Test['value']): string | null {
  if (!Array.isArray(value)) return `“${fact}” is compared with a list here: write [one, another].`;
  if (value.length === 0) return `Say which: “${fact}” is compared with nothing yet.`;
  const wrong = value.find((each) => {
    if (kind.type === 'segments') return !isSegment(each);
    if (kind.type === 'choice') return !kind.choices.includes(each);
    if (kind.type === 'number') return !isNumber(each);
    return kind.type === 'yes-no' || each.trim() === '';
  });
  if (wrong === undefined) return null;
  if (kind.type === 'segments')
    return `“${wrong}” is no segment: Shopify knows them by the number in their address.`;
  return cannotBe(fact, kind, wrong);
}

function objectionToOne(fact: FactName, kind: FactType, value: Test['value']): string | null {
  const isRight =
    kind.type === 'number'
      ? typeof value === 'number'
      : kind.type === 'yes-no'
        ? typeof value === 'boolean'
        : typeof value === 'string' && (kind.type !== 'choice' || kind.choices.includes(value));
  return isRight ? null : cannotBe(fact, kind, value);
}

function cannotBe(fact: FactName, kind: FactType, value: Test['value']): string {
  const said = Array.isArray(value) ? `[${value.join(', ')}]` : String(value ?? '');
  const wanted =
    kind.type === 'choice'
      ? `one of ${kind.choices.join(', ')}`
      : kind.type === 'yes-no'
        ? 'true or false'
        : kind.type === 'number'
          ? 'a number'
          : 'a word';
  return `“${fact}” is never “${said}”: it is ${wanted}.`;
}

/** @param isBeginning only then is it known what score set the plan off */
function objectionsTo(condition: Condition, isBeginning: boolean): string[] {
  if ('all' in condition) return condition.all.flatMap((each) => objectionsTo(each, isBeginning));
  if ('any' in condition) {
    if (condition.any.length === 0)
      return ['One of nothing is never so: add something, or take the list away.'];
    return condition.any.flatMap((each) => objectionsTo(each, isBeginning));
  }
  if ('not' in condition) return objectionsTo(condition.not, isBeginning);
  if (condition.fact === 'trigger.score' && !isBeginning)
    return [
      'What score set it off is only known when it begins; take “order.score” or “customer.last-score” here.',
    ];
  const objection = objectionToTest(condition);
  return objection ? [objection] : [];
}

/** Everything that could never hold, at the condition it stands in. */
export function senseProblems({ trigger, exits, steps }: Plan): Problem[] {
  const problemsIn = (when: Condition, step: string | null, at: (string | number)[]): Problem[] =>
    objectionsTo(when, at[0] === 'trigger').map((detail) => ({ step, at, code: 'senseless', detail }));
  return [
    ...(trigger.when ? problemsIn(trigger.when, null, ['trigger', 'when']) : []),
    ...exits.flatMap(({ when }, index) => problemsIn(when, null, ['exits', index, 'when'])),
    ...steps.flatMap((step, index) => {
      if (step.kind === 'wait-for') return problemsIn(step.when, step.key, ['steps', index, 'when']);
      if (step.kind !== 'condition') return [];
      return step.branches.flatMap(({ when }, branch) =>
        problemsIn(when, step.key, ['steps', index, 'branches', branch, 'when']),
      );
    }),
  ];
}
