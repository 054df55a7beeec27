/** The questions that a survey may ask, a kind each, and when each of them is asked. */
import { z } from 'zod';

const tag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 tag');

/** Short texts by language; an empty one is not written yet. */
export const texts = (max: number) => z.record(tag, z.string().max(max));

export const keySchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens');

/** Letters at most. */
export const LENGTHS = { question: 120, help: 200, option: 60, label: 40, thanks: 300, words: 4000 } as const;

/**
 * "Only if": about the answer to an earlier question. All rules of a question have to hold. An answer that was not given
 * is none of anything.
 */
const rule = z.object({
  question: keySchema,
  is: z.enum(['one-of', 'answered', 'skipped']),
  /** Values on a scale, or keys of choices; of a ranking, what was put first. */
  values: z
    .array(z.union([z.number(), z.string().max(40)]))
    .max(40)
    .default([]),
});
export type Rule = z.infer<typeof rule>;

/** Where at Shopify the answer is written to beside being kept here: at the customer. */
const keep = z
  .object({
    /** `heard` makes tags such as `heard:friend`; '' for none. */
    tag: z.string().max(30).default(''),
    /** `namespace.key`; '' for none. */
    metafield: z.string().max(100).default(''),
  })
  .prefault({});

const base = {
  key: keySchema,
  text: texts(LENGTHS.question),
  help: texts(LENGTHS.help).default({}),
  required: z.boolean().default(false),
  when: z.array(rule).max(5).default([]),
  keep,
};

const labelled = (max: number) =>
  z.array(z.object({ value: z.number().int().min(1).max(11), label: texts(LENGTHS.label) })).max(max);
const named = (max: number) => z.array(z.object({ value: keySchema, label: texts(LENGTHS.option) })).max(max);

const scale = z.object({
  ...base,
  kind: z.literal('scale'),
  /** Satisfaction and effort are scales with words of their own, told apart in results. */
  as: z.enum(['words', 'csat', 'ces']).default('words'),
  /** Worst first, values 1…n. */
  options: labelled(11),
});
/** 0…10: how likely they are to recommend the shop. */
const nps = z.object({
  ...base,
  kind: z.literal('nps'),
  low: texts(LENGTHS.label).default({}),
  high: texts(LENGTHS.label).default({}),
});
/** 1…5 */
const stars = z.object({ ...base, kind: z.literal('stars') });
const choice = z.object({
  ...base,
  kind: z.literal('choice'),
  /** How did you hear of us: results are told apart as such. */
  as: z.enum(['plain', 'attribution']).default('plain'),
  multiple: z.boolean().default(false),
  options: named(20),
});
/** Put into order, the best first; not all have to be placed. */
const ranking = z.object({ ...base, kind: z.literal('ranking'), options: named(8) });
/** One scale for several things. */
const matrix = z.object({ ...base, kind: z.literal('matrix'), rows: named(8), columns: labelled(7) });
const text = z.object({
  ...base,
  kind: z.literal('text'),
  placeholder: texts(80).default({}),
  maxLength: z.number().int().min(1).max(LENGTHS.words).default(1000),
});
const date = z.object({ ...base, kind: z.literal('date') });
/** How and when may we write to you? Becomes the customer's preferences. */
const contact = z.object({ ...base, kind: z.literal('contact') });

export const questionSchema = z.discriminatedUnion('kind', [
  scale,
  nps,
  stars,
  choice,
  ranking,
  matrix,
  text,
  date,
  contact,
]);
export type Question = z.infer<typeof questionSchema>;
export type QuestionKind = Question['kind'];
export type Of<Kind extends QuestionKind> = Extract<Question, { kind: Kind }>;

/** What an answer to one question may be. A record is a matrix (row: column) or a contact wish. */
export type Value = number | string | string[] | Record<string, number | string>;

/** What a contact wish is made of. Hours are local, '' for any. */
export const CONTACT = {
  channel: ['email', 'sms'],
  frequency: ['all', 'fewer', 'order-news'],
  hour: ['', '9', '12', '15', '18'],
} as const;
export type ContactPart = keyof typeof CONTACT;

/** Questions that give a score of 1…5. */
export const isScored = (question: Question): question is Of<'scale' | 'nps' | 'stars'> =>
  question.kind === 'scale' || question.kind === 'nps' || question.kind === 'stars';

/** Questions whose answers can be counted on fingers: rules, tags and conditions may name them. */
export function valuesOf(question: Question): (number | string)[] {
  switch (question.kind) {
    case 'scale':
    case 'choice':
    case 'ranking':
      return question.options.map(({ value }) => value);
    case 'nps':
      return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    case 'stars':
      return [1, 2, 3, 4, 5];
    case 'matrix':
    case 'text':
    case 'date':
    case 'contact':
      return [];
  }
}

/** Questions that one press answers, on a page and in a mail. */
export const isOnePress = (question: Question): boolean =>
  isScored(question) || (question.kind === 'choice' && !question.multiple);

/** What a rule, a tag or a condition looks at in an answer: the values named by it. */
export function namedBy(question: Question, value: Value): (number | string)[] {
  if (question.kind === 'ranking') return Array.isArray(value) ? value.slice(0, 1) : [];
  if (typeof value === 'number') return [value];
  if (question.kind !== 'choice') return [];
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
}
