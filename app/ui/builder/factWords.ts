/** Facts and comparisons in words, typed so that each gets the right field. */
import { STAGES } from '../../customers/customer.ts';
import type { Condition, Test } from '../../sequences/conditions.ts';
import type { FactName } from '../../sequences/facts.ts';

export type FactField =
  | { label: string; type: 'number' | 'money' | 'yes-no' | 'words' | 'ids' }
  | { label: string; type: 'choice'; choices: readonly { label: string; value: string }[] };

const sameWords = (values: readonly string[]) => values.map((value) => ({ label: value, value }));
const CHANNEL_WORDS = [
  { label: 'online shop', value: 'web' },
  { label: 'point of sale', value: 'pos' },
  { label: 'draft order', value: 'draft' },
  { label: 'another app', value: 'app' },
];

export const FACT_FIELDS: Record<FactName, FactField> = {
  'trigger.score': { label: 'Score that set it off (1 to 5)', type: 'number' },
  'customer.stage': { label: 'How close they are', type: 'choice', choices: sameWords(STAGES) },
  'customer.orders': { label: 'Orders so far', type: 'number' },
  'customer.spent': { label: 'Spent so far', type: 'money' },
  'customer.last-score': { label: 'Their last answer (1 to 5)', type: 'number' },
  'customer.country': { label: 'Country', type: 'words' },
  'customer.language': { label: 'Language', type: 'words' },
  'customer.unsubscribed': { label: 'Wants no mails but order news', type: 'yes-no' },
  'customer.ordered-since': { label: 'Orders since it began', type: 'number' },
  'customer.has-code': { label: 'Has a code for friends', type: 'yes-no' },
  'customer.code-mailed': { label: 'Was mailed the code already', type: 'yes-no' },
  'order.total': { label: 'Total of the order', type: 'money' },
  'order.ordinal': { label: 'Which order of theirs it is', type: 'number' },
  'order.channel': { label: 'Where the order was placed', type: 'choice', choices: CHANNEL_WORDS },
  'order.answered': { label: 'Has answered about the order', type: 'yes-no' },
  'order.score': { label: 'Their answer about the order (1 to 5)', type: 'number' },
  'order.products': { label: 'Products of the order', type: 'ids' },
  'shipment.arrived': { label: 'The parcel has arrived', type: 'yes-no' },
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
      return { fact, is, value: [] };
  }
}

/** "Orders so far is at least 2 and Country is one of DE, AT" */
export function conditionInWords(condition: Condition): string {
  if ('all' in condition) return condition.all.map(conditionInWords).join(' and ') || 'always';
  if ('any' in condition) return condition.any.map(conditionInWords).join(' or ') || 'never';
  if ('not' in condition) return `not (${conditionInWords(condition.not)})`;
  const field = FACT_FIELDS[condition.fact];
  if (field.type === 'yes-no') {
    const isSo = condition.is === 'equal' ? condition.value === true : condition.value !== true;
    return `${field.label}: ${isSo ? 'yes' : 'no'}`;
  }
  const is = comparisonsOf(field).find(({ value }) => value === condition.is)?.label ?? condition.is;
  return [field.label, is, valueInWords(field, condition.value)].filter(Boolean).join(' ');
}

function valueInWords(field: FactField, value: Test['value']): string {
  if (Array.isArray(value)) return value.join(', ') || '…';
  if (field.type === 'money' && typeof value === 'number') return (value / 100).toFixed(2);
  if (field.type === 'choice')
    return field.choices.find((choice) => choice.value === value)?.label ?? String(value);
  return value === undefined ? '' : String(value);
}

/** The rows that a condition can be edited as; null where it is more than one list. */
export function rowsOf(condition: Condition): { how: 'all' | 'any'; tests: Test[] } | null {
  if ('fact' in condition) return { how: 'all', tests: [condition] };
  const [how, list] =
    'all' in condition
      ? (['all', condition.all] as const)
      : 'any' in condition
        ? (['any', condition.any] as const)
        : [null, []];
  if (how === null || list.some((each) => !('fact' in each))) return null;
  return { how, tests: list as Test[] };
}

/** One row stands for itself. */
export const fromRows = (how: 'all' | 'any', tests: readonly Test[]): Condition => {
  const [only] = tests;
  if (tests.length === 1) return only!;
  return how === 'all' ? { all: [...tests] } : { any: [...tests] };
};
