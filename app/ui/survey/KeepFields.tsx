import { BlockStack, InlineGrid, Text, TextField } from '@shopify/polaris';
import { valuesOf, type Question } from '../../feedback/question.ts';

interface KeepFieldsProps {
  question: Question;
  onChange: (question: Question, about: string) => void;
}

/** What of an answer is written to the customer at Shopify, for segments there. */
export function KeepFields({ question, onChange }: KeepFieldsProps) {
  const { keep, key } = question;
  const canTag = valuesOf(question).length > 0;
  return (
    <BlockStack gap="200">
      <Text as="h4" variant="headingXs">
        Write it to the customer at Shopify
      </Text>
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
        {canTag ? (
          <TextField
            label="As a tag"
            autoComplete="off"
            maxLength={30}
            placeholder="heard"
            helpText={keep.tag ? `Tags such as ${keep.tag}:${exampleOf(question)}` : 'Empty: no tag.'}
            value={keep.tag}
            onChange={(tag) => onChange({ ...question, keep: { ...keep, tag } }, `${key} tag`)}
          />
        ) : null}
        <TextField
          label="As a metafield"
          autoComplete="off"
          maxLength={100}
          placeholder="custom.heard_from"
          helpText="Empty: no metafield."
          value={keep.metafield}
          onChange={(metafield) =>
            onChange({ ...question, keep: { ...keep, metafield } }, `${key} metafield`)
          }
        />
      </InlineGrid>
    </BlockStack>
  );
}

const exampleOf = (question: Question) =>
  question.kind === 'nps' ? 'promoter' : String(valuesOf(question)[0] ?? '');
