import { BlockStack, Button, Card, InlineStack, Select, Tag, Text } from '@shopify/polaris';
import { AnswerCardItem, type AnswerCardItemProps } from './AnswerCardItem.tsx';
import { placeOf } from './format.ts';

const SCORES = [
  { label: 'Every answer', value: '' },
  { label: 'Every answer with a score', value: '1-5' },
  { label: 'Happy, 4 and 5', value: '4-5' },
  { label: 'Not happy, 1 and 2', value: '1-2' },
  { label: 'Not happy, in their own words', value: '1-2-words' },
];

interface AnswersCardProps {
  answers: readonly (AnswerCardItemProps['answer'] & { id: string })[];
  /** Words of the answers, worst first. */
  labels: readonly string[];
  /** What the answers are about, if not anything. */
  about: readonly { of: string; name: string }[];
  /** Which scores are shown, as in the address. */
  chosen: string;
  zone: string;
  now: string;
  hasMore: boolean;
  onMore: () => void;
  onChange: (name: string, value: string) => void;
}

/** The last answers, filtered. */
export function AnswersCard(props: AnswersCardProps) {
  const { answers, labels, about, chosen, zone, now, hasMore, onMore, onChange } = props;
  const labelled = labels.map((label, at) => ({ label, value: `${at + 1}-${at + 1}` }));
  return (
    <Card>
      <div id="answers" />
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">
            Last answers
          </Text>
          <Select
            label="Show"
            labelInline
            options={[...SCORES, ...labelled]}
            value={chosen}
            onChange={(value) => onChange('score', value)}
          />
        </InlineStack>
        {about.length > 0 ? (
          <InlineStack gap="200">
            {about.map(({ of, name }) => (
              <Tag key={of} onRemove={() => onChange(of, '')}>
                {`About ${name}`}
              </Tag>
            ))}
          </InlineStack>
        ) : null}
        {answers.length === 0 ? (
          <Text as="p" tone="subdued">
            Nobody has said so in this period.
          </Text>
        ) : null}
        {answers.map((answer) => (
          <AnswerCardItem key={answer.id} answer={answer} zone={zone} now={now} />
        ))}
        {answers.length > 0 ? (
          <Text as="p" variant="bodySm" tone="subdued">
            {`Times in ${placeOf(zone)}.`}
          </Text>
        ) : null}
        {hasMore ? (
          <InlineStack align="center">
            <Button onClick={onMore}>Show earlier ones</Button>
          </InlineStack>
        ) : null}
      </BlockStack>
    </Card>
  );
}
