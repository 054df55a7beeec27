/** Subjects of the shop's own, and the rules that suggest them. Pure. */
import { z } from 'zod';
import { holdsWord, wordsOf } from './cues.ts';
import { VOICE_KINDS, type VoiceKind } from './voice.ts';

/** All that is said must be so; what is left out does not matter. */
const tagRuleSchema = z
  .object({
    /** Any of these, with commas. */
    words: z.string().trim().max(500).default(''),
    kinds: z.array(z.enum(VOICE_KINDS)).default([]),
    /** At most so many of 5. */
    score: z.number().int().min(1).max(5).nullable().default(null),
    /** "en": any English. */
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}$/))
      .max(20)
      .default([]),
    /** Shopify's ids. */
    products: z
      .array(z.string().regex(/^[1-9]\d{0,18}$/))
      .max(100)
      .default([]),
  })
  .refine((rule) => !isEmptyRule(rule), 'says nothing');
export type TagRule = z.infer<typeof tagRuleSchema>;

/** Whether a rule fits whatever is said: it would suggest its subject for everything. */
export function isEmptyRule(rule: unknown): boolean {
  const { words, kinds, score, languages, products } = (rule ?? {}) as Partial<TagRule>;
  const isNone = (list: readonly unknown[] | undefined) => !list || list.length === 0;
  const isSilent = words === undefined || (typeof words === 'string' && words.trim() === '');
  return isSilent && !score && [kinds, languages, products].every(isNone);
}

export const tagSchema = z.object({
  /** Short and lasting: lists, figures and files know it by this. */
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  name: z.string().trim().min(1).max(60),
  complaint: z.boolean().default(false),
  rules: z.array(tagRuleSchema).max(20).default([]),
});
export type Tag = z.infer<typeof tagSchema>;

/** What a shop begins with; words in the languages of the house. */
export const FIRST_TAGS: readonly Tag[] = [
  first(
    'delivery',
    'Delivery',
    true,
    'delayed, too late, came late, is late, days late, weeks late, not arrived, has not come, nicht angekommen, verspätet, en retard, pas arrivé, no ha llegado, retraso',
    ['not-arrived'],
  ),
  first(
    'damaged',
    'Damaged',
    true,
    'broken, broke, damaged, cracked, shattered, kaputt, zerbrochen, gebrochen, beschädigt, cassé, cassée, abîmé, abîmée, roto, rota, dañado, dañada',
  ),
  first(
    'quality',
    'Quality',
    true,
    'poor quality, looks cheap, fell apart, schlechte qualität, mauvaise qualité, mala calidad',
  ),
  first(
    'fit',
    'Size and fit',
    true,
    'too small, too big, does not fit, zu klein, zu groß, trop petit, trop grand, demasiado pequeño',
  ),
  first(
    'wrong-item',
    'Wrong item',
    true,
    'wrong item, wrong colour, falscher artikel, mauvais article, artículo equivocado',
  ),
  first(
    'refund',
    'Return and refund',
    false,
    'refund, return, money back, rückgabe, erstattung, remboursement, retour, reembolso, devolución',
  ),
  first(
    'praise',
    'Praise',
    false,
    'love it, wonderful, perfect, wunderbar, perfekt, parfait, magnifique, perfecto, encanta',
  ),
];

function first(code: string, name: string, complaint: boolean, words: string, kinds: VoiceKind[] = []): Tag {
  const anything = { words: '', kinds: [], score: null, languages: [], products: [] };
  const rules: TagRule[] = [{ ...anything, words }];
  if (kinds.length > 0) rules.push({ ...anything, kinds });
  return { code, name, complaint, rules };
}

export interface TagFacts {
  text: string;
  kind: VoiceKind;
  score: number | null;
  /** BCP 47; null where nobody knows it. */
  language: string | null;
  /** Shopify's id; null where it is about none. */
  product: string | null;
}

/** Codes of the tags that their rules suggest for what was said. */
export const suggestedTags = (tags: readonly Tag[], facts: TagFacts): string[] =>
  tags.filter(({ rules }) => rules.some((rule) => fits(rule, facts))).map(({ code }) => code);

function fits({ words, kinds, score, languages, products }: TagRule, facts: TagFacts): boolean {
  if (languages.length > 0 && !languages.includes(facts.language?.toLowerCase().split('-')[0] ?? ''))
    return false;
  if (products.length > 0 && !products.includes(facts.product ?? '')) return false;
  if (kinds.length > 0 && !kinds.includes(facts.kind)) return false;
  if (score !== null && (facts.score === null || facts.score > score)) return false;
  return words === '' || wordsOf(words).some((word) => holdsWord(facts.text, word));
}

const folded = (name: string) => name.trim().toLocaleLowerCase();

/**
 * The key of something new beside what there is, whose keys and names are given. Null: one of them has that name. Names
 * that fold into one key ("Fit" and "Fit!", two in Japanese) get keys of their own, so that neither takes the other's place.
 */
export function newKey(name: string, others: readonly { key: string; name: string }[]): string | null {
  if (others.some((other) => folded(other.name) === folded(name))) return null;
  const base = keyOfName(name);
  const taken = new Set(others.map(({ key }) => key));
  for (let n = 1; ; n++) {
    const key = n === 1 ? base : `${base.slice(0, 36)}-${n}`;
    if (!taken.has(key)) return key;
  }
}

/** A code from a name, for tags and texts: "Too small" is "too-small". */
export const keyOfName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40) || 'subject';
