import { BlockStack, Button, ChoiceList, InlineStack, Select, Text } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { valuesOf, type Question, type Rule } from '../../feedback/question.ts';
import { labelOf, sayFor } from '../../feedback/survey-view.ts';

interface RuleRowsProps {
  rules: readonly Rule[];
  /** Questions that are asked before. */
  earlier: readonly Question[];
  language: string;
  onChange: (rules: Rule[]) => void;
}

const HOW = {
  'one-of': 'was answered with one of',
  answered: 'was answered',
  skipped: 'was left empty',
} as const;

/** "Only if": about answers to questions before. All of them have to hold. */
export function RuleRows({ rules, earlier, language, onChange }: RuleRowsProps) {
  const reader = { locale: language, shopLocale: language };
  const say = sayFor(reader);
  const change = (at: number, rule: Rule) => onChange(rules.map((each, i) => (i === at ? rule : each)));
  const last = earlier.at(-1);
  return (
    <BlockStack gap="200">
      <Text as="h4" variant="headingXs">
        Only if
      </Text>
      {rules.length === 0 ? (
        <Text as="p" tone="subdued">
          It is asked of everybody who comes this far.
        </Text>
      ) : null}
      {rules.map((rule, at) => {
        const about = earlier.find(({ key }) => key === rule.question);
        const values = about ? valuesOf(about) : [];
        const hows =
          values.length > 0
            ? (['one-of', 'answered', 'skipped'] as const)
            : (['answered', 'skipped'] as const);
        return (
          <BlockStack key={`${rule.question} ${at}`} gap="150">
            <InlineStack gap="200" wrap={false} blockAlign="center">
              <div style={{ flex: 1, minWidth: 0 }}>
                <Select
                  label="Which question"
                  labelHidden
                  options={earlier.map(({ key, text }) => ({ label: say(text) || key, value: key }))}
                  value={rule.question}
                  onChange={(question) => change(at, { question, is: 'answered', values: [] })}
                />
              </div>
              <div style={{ flex: 1, minWidth: 0 }}>
                <Select
                  label="How it was answered"
                  labelHidden
                  options={hows.map((how) => ({ label: HOW[how], value: how }))}
                  value={rule.is}
                  onChange={(is) => change(at, { ...rule, is: is as Rule['is'] })}
                />
              </div>
              <Button
                icon={DeleteIcon}
                variant="tertiary"
                accessibilityLabel={`Remove: only if ${at + 1}`}
                onClick={() => onChange(rules.filter((_, i) => i !== at))}
              />
            </InlineStack>
            {rule.is === 'one-of' && about ? (
              <ChoiceList
                title="Answers"
                titleHidden
                allowMultiple
                choices={values.map((value) => ({
                  label:
                    labelOf(about, about.kind === 'ranking' ? [String(value)] : value, reader) ||
                    String(value),
                  value: String(value),
                }))}
                selected={rule.values.map(String)}
                onChange={(chosen) =>
                  change(at, { ...rule, values: values.filter((value) => chosen.includes(String(value))) })
                }
              />
            ) : null}
          </BlockStack>
        );
      })}
      {last ? (
        <InlineStack>
          <Button
            variant="plain"
            disabled={rules.length >= 5}
            onClick={() => {
              const is = valuesOf(last).length > 0 ? ('one-of' as const) : ('answered' as const);
              onChange([...rules, { question: last.key, is, values: [] }]);
            }}
          >
            {rules.length === 0 ? 'Ask it only after some answers' : 'And only if'}
          </Button>
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}
