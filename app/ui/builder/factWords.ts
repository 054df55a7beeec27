/** Facts and comparisons in words, typed so that each gets the right field. */
import { STAGES } from '../../customers/customer.ts';
import type { Condition, Test } from '../../sequences/conditions.ts';
import type { FactName } from '../../sequences/facts.ts';

export type FactField =
  | { label: string; type: 'number' | 'money' | 'yes-no' | 'segments' | 'answers' }
  /** `example`: what the field shows while it is empty */
  | { label: string; type: 'words' | 'ids'; example: string }
  | { label: string; type: 'choice'; choices: readonly { label: string; value: string }[] };

const sameWords = (values: readonly string[]) => values.map((value) => ({ label: value, value }));
const CHANNEL_WORDS = [
  { label: 'online shop', value: 'web' },
  { label: 'point of sale', value: 'pos' },
  { label: 'draft order', value: 'draft' },
  { label: 'another app', value: 'app' },
];

const CONSENT_WORDS = [
  { label: 'given', value: 'subscribed' },
  { label: 'taken back', value: 'unsubscribed' },
  { label: 'not given', value: 'not-subscribed' },
  { label: 'asked for, not confirmed', value: 'pending' },
];

export const FACT_FIELDS: Record<FactName, FactField> = {
  'trigger.score': { label: 'Score that set it off (1 to 5)', type: 'number' },
  'customer.stage': { label: 'How close they are', type: 'choice', choices: sameWords(STAGES) },
  'customer.orders': { label: 'Orders so far', type: 'number' },
  'customer.spent': { label: 'Spent so far', type: 'money' },
  'customer.last-score': { label: 'Their last answer (1 to 5)', type: 'number' },
  'customer.country': { label: 'Country', type: 'words', example: 'DE, AT, CH' },
  'customer.language': { label: 'Language', type: 'words', example: 'en, de' },
  'customer.unsubscribed': { label: 'Wants no mails but order news', type: 'yes-no' },
  'customer.ordered-since': { label: 'Orders since it began', type: 'number' },
  'customer.has-code': { label: 'Has a code for friends', type: 'yes-no' },
  'customer.code-mailed': { label: 'Was mailed the code already', type: 'yes-no' },
  'customer.story-sent': { label: 'Sent a photo or a story within half a year', type: 'yes-no' },
  'customer.email-consent': { label: 'Consent to mails', type: 'choice', choices: CONSENT_WORDS },
  'customer.sms-consent': { label: 'Consent to texts', type: 'choice', choices: CONSENT_WORDS },
  'customer.tags': { label: 'Tags of the customer', type: 'ids', example: 'vip, wholesale' },
  'customer.segments': { label: 'Segments of the customer', type: 'segments' },
  'customer.sequences': {
    label: 'Sequences they have been inside',
    type: 'ids',
    example: 'Names in addresses: thank-you',
  },
  'customer.said': { label: 'What they said in a survey', type: 'answers' },
  'customer.days-since-order': { label: 'Days since their last order', type: 'number' },
  'order.total': { label: 'Total of the order', type: 'money' },
  'order.ordinal': { label: 'Which order of theirs it is', type: 'number' },
  'order.channel': { label: 'Where the order was placed', type: 'choice', choices: CHANNEL_WORDS },
  'order.answered': { label: 'Has answered about the order', type: 'yes-no' },
  'order.score': { label: 'Their answer about the order (1 to 5)', type: 'number' },
  'order.products': { label: 'Products of the order', type: 'ids', example: 'Ids of products' },
  'shipment.arrived': { label: 'The parcel has arrived', type: 'yes-no' },
  'product.at-hand': { label: 'The product it is about', type: 'words', example: 'Ids of products' },
  'product.reviewed': { label: 'Has reviewed the product', type: 'yes-no' },
  'mails.opened': { label: 'Mails of this sequence opened', type: 'number' },
  'mails.clicked': { label: 'Mails of this sequence followed', type: 'number' },
};

type Comparison = { label: string; value: Test['is'] };
const KNOWN: Comparison[] = [
  { label: 'is known', value: 'known' },
  { label: 'is not known', value: 'unknown' },
];
const NUMBERS: Comparison[] = [
  { label: 'is at least', value: 'at-least' },
  { label: 'is at most', value: 'at-most' },
  { label: 'is exactly', value: 'equal' },
  { label: 'is not', value: 'different' },
  ...KNOWN,
];

export function comparisonsOf({ type }: FactField): Comparison[] {
  switch (type) {
    case 'number':
    case 'money':
      return NUMBERS;
    case 'yes-no':
      return [{ label: 'is', value: 'equal' }];
    case 'choice':
      return [{ label: 'is', value: 'equal' }, { label: 'is not', value: 'different' }, ...KNOWN];
    case 'words':
      return [{ label: 'is one of', value: 'one-of' }, ...KNOWN];
    case 'ids':
    case 'segments':
    case 'answers':
      return [{ label: 'has one of', value: 'has-one-of' }];
  }
}

/** What a comparison is first compared with. */
export function firstTest(fact: FactName): Test {
  const field = FACT_FIELDS[fact];
  const is = comparisonsOf(field)[0]!.value;
  switch (field.type) {
    case 'number':
    case 'money':
      return { fact, is, value: 1 };
    case 'yes-no':
      return { fact, is, value: true };
    case 'choice':
      return { fact, is, value: field.choices[0]!.value };
    case 'words':
    case 'ids':
    case 'segments':
    case 'answers':
      return { fact, is, value: [] };
  }
}

/** "Orders so far is at least 2 and Country is one of DE, AT" */
export function conditionInWords(condition: Condition): string {
  if ('all' in condition) return condition.all.map(partInWords).join(' and ') || 'always';
  if ('any' in condition) return condition.any.map(partInWords).join(' or ') || 'never';
  if ('not' in condition) return `not (${conditionInWords(condition.not)})`;
  const field = FACT_FIELDS[condition.fact];
  if (field.type === 'yes-no') {
    const isSo = condition.is === 'equal' ? condition.value === true : condition.value !== true;
    return `${field.label}: ${isSo ? 'yes' : 'no'}`;
  }
  const is = comparisonsOf(field).find(({ value }) => value === condition.is)?.label ?? condition.is;
  return [field.label, is, valueInWords(field, condition.value)].filter(Boolean).join(' ');
}

/** A list within a list stands in brackets, so that nobody has to know what binds closer. */
function partInWords(part: Condition): string {
  const words = conditionInWords(part);
  const isList = ('all' in part && part.all.length > 1) || ('any' in part && part.any.length > 1);
  return isList ? `(${words})` : words;
}

function valueInWords(field: FactField, value: Test['value']): string {
  if (Array.isArray(value)) return value.join(', ') || '…';
  if (field.type === 'money' && typeof value === 'number') return (value / 100).toFixed(2);
  if (field.type === 'choice')
    return field.choices.find((choice) => choice.value === value)?.label ?? String(value);
  return value === undefined ? '' : String(value);
}

/** How the parts of a group go together; `none` and `not-all` are `any` and `all` turned round. */
export type How = 'all' | 'any' | 'none' | 'not-all';

/** A condition as a list of parts, each a comparison or a group of its own. Every condition is one. */
export function groupOf(condition: Condition): { how: How; items: Condition[] } {
  if ('fact' in condition) return { how: 'all', items: [condition] };
  if ('all' in condition) return { how: 'all', items: condition.all };
  if ('any' in condition) return { how: 'any', items: condition.any };
  const { not } = condition;
  if ('all' in not) return { how: 'not-all', items: not.all };
  return { how: 'none', items: 'any' in not ? not.any : [not] };
}

/** @param isInner a group within a group stays one, however small it is */
export function fromGroup(how: How, items: readonly Condition[], isInner: boolean): Condition {
  const [only] = items;
  if (!isInner && items.length === 1 && (how === 'all' || how === 'any')) return only!;
  switch (how) {
    case 'all':
      return { all: [...items] };
    case 'any':
      return { any: [...items] };
    case 'none':
      return { not: { any: [...items] } };
    case 'not-all':
      return { not: { all: [...items] } };
  }
}
