import { Button, FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import type { TagRule } from '../../conversations/tags.ts';
import type { VoiceKind } from '../../conversations/voice.ts';
import { KIND_LABELS } from './inboxWords.ts';

export interface ProductChoice {
  id: string;
  title: string;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  it: 'Italian',
  nl: 'Dutch',
  pt: 'Portuguese',
  ja: 'Japanese',
};

const ANYTHING = { label: 'Does not matter', value: '' };
const SCORES = [ANYTHING, ...[1, 2, 3, 4].map((n) => ({ label: `At most ${n} of 5`, value: String(n) }))];
const KINDS = [
  ANYTHING,
  ...Object.entries(KIND_LABELS).map(([value, label]) => ({ label, value: value as string })),
];

interface TagRuleFieldsProps {
  rule: TagRule;
  /** 1 for the first. */
  nth: number;
  products: readonly ProductChoice[];
  onChange: (rule: TagRule) => void;
  /** Null for the only one. */
  onRemove: (() => void) | null;
}

/** One rule: all that is said in it must be so. */
export function TagRuleFields({ rule, nth, products, onChange, onRemove }: TagRuleFieldsProps) {
  const one = (chosen: string) => (chosen ? [chosen] : []);
  return (
    <>
      <InlineStack align="space-between" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {nth === 1 ? 'Suggest it when' : 'Or when'}
        </Text>
        {onRemove ? (
          <Button variant="plain" accessibilityLabel={`Take away: rule ${nth}`} onClick={onRemove}>
            Take away
          </Button>
        ) : null}
      </InlineStack>
      <TextField
        label="One of these words is said"
        helpText="With commas between; empty: it does not matter"
        value={rule.words}
        maxLength={500}
        autoComplete="off"
        onChange={(words) => onChange({ ...rule, words })}
      />
      <FormLayout.Group condensed>
        <Select
          label="It came as"
          options={KINDS}
          value={rule.kinds[0] ?? ''}
          onChange={(kind) => onChange({ ...rule, kinds: one(kind) as VoiceKind[] })}
        />
        <Select
          label="Score"
          options={SCORES}
          value={String(rule.score ?? '')}
          onChange={(score) => onChange({ ...rule, score: score ? Number(score) : null })}
        />
        <Select
          label="Language"
          options={[ANYTHING, ...Object.entries(LANGUAGES).map(([value, label]) => ({ label, value }))]}
          value={rule.languages[0] ?? ''}
          onChange={(language) => onChange({ ...rule, languages: one(language) })}
        />
        <Select
          label="Product"
          options={[ANYTHING, ...products.map(({ id, title }) => ({ label: title, value: id }))]}
          value={rule.products[0] ?? ''}
          onChange={(product) => onChange({ ...rule, products: one(product) })}
        />
      </FormLayout.Group>
    </>
  );
}

/** "late, delayed; as a review; at most 2 of 5" */
export function ruleInWords(
  { words, kinds, score, languages, products: about }: TagRule,
  products: readonly ProductChoice[],
): string {
  return [
    words,
    kinds.map((kind) => KIND_LABELS[kind]).join(' or '),
    score === null ? '' : `at most ${score} of 5`,
    languages.map((language) => LANGUAGES[language] ?? language).join(' or '),
    about.map((id) => products.find((product) => product.id === id)?.title ?? 'one product').join(' or '),
  ]
    .filter(Boolean)
    .join(', ');
}
