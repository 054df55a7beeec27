import { BlockStack, Box, Checkbox, Select, Text } from '@shopify/polaris';
import type { OccasionKind } from '../../gestures/gesture.ts';
import { NUMBERS, type Occasion } from '../../gestures/settings.ts';
import type { TrialOfOccasion } from '../../gestures/trial.ts';
import { money } from '../format.ts';
import { NumberField } from '../NumberField.tsx';
import { PresentFields } from './PresentFields.tsx';

interface OccasionRowProps {
  occasion: Occasion;
  currency: string;
  /** By field: number, present.amount… */
  errors: Record<string, string>;
  /** What it would have come to in the last thirty days; null while it is being counted. */
  would: TrialOfOccasion | null;
  onChange: (occasion: Occasion) => void;
}

/** What it is, and what its number counts. */
const WORDS: Record<OccasionKind, { label: string; help: string; number: string | null }> = {
  healed: {
    label: 'A complaint was put right',
    help: 'Some days after somebody answered and solved it.',
    number: 'Days after it was solved',
  },
  photos: { label: 'Another photo', help: 'Of stories and reviews.', number: 'Which one (3: the third)' },
  orders: {
    label: 'A round number of orders',
    help: 'Once, when it is paid.',
    number: 'Which one (10: the tenth)',
  },
  anniversary: {
    label: 'An anniversary with you',
    help: 'Of their first order, every year from this one on.',
    number: 'From which year on',
  },
  silence: {
    label: 'A long silence',
    help: 'Neither an order nor a word.',
    number: 'Days of silence',
  },
  luck: { label: 'Plain luck', help: 'Chance decides at each paid order.', number: 'One order in' },
  stage: { label: 'They became closer', help: 'The first time that they reach this stage.', number: null },
};

const STAGES = [
  { value: 'acquaintance', label: 'acquaintances' },
  { value: 'friend', label: 'friends' },
  { value: 'family', label: 'family' },
];

/** One occasion: on or off, what it means, and what is given on it. */
export function OccasionRow({ occasion, currency, errors, would, onChange }: OccasionRowProps) {
  const { label, help, number } = WORDS[occasion.kind];
  const isOn = occasion.since !== null;
  return (
    <BlockStack gap="200">
      <Checkbox
        label={label}
        helpText={help}
        checked={isOn}
        onChange={(on) => onChange({ ...occasion, since: on ? new Date().toISOString() : null })}
      />
      {isOn ? (
        <Box paddingInlineStart="600">
          <BlockStack gap="300">
            <Box maxWidth="240px">
              {number === null ? (
                <Select
                  label="They became"
                  options={STAGES}
                  value={occasion.stage}
                  onChange={(stage) => onChange({ ...occasion, stage: stage as Occasion['stage'] })}
                />
              ) : (
                <NumberField
                  label={number}
                  value={occasion.number}
                  {...NUMBERS[occasion.kind]}
                  error={errors['number']}
                  onChange={(value) => onChange({ ...occasion, number: value })}
                />
              )}
            </Box>
            <PresentFields
              present={occasion.present}
              currency={currency}
              errors={presentErrors(errors)}
              onChange={(present) => onChange({ ...occasion, present })}
            />
            <Text as="p" tone="subdued">
              {wouldInWords(would, currency)}
            </Text>
          </BlockStack>
        </Box>
      ) : null}
    </BlockStack>
  );
}

const presentErrors = (errors: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(errors).map(([path, message]) => [path.replace(/^present\./, ''), message]),
  );

function wouldInWords(would: TrialOfOccasion | null, currency: string): string {
  if (!would) return 'Counting what this would have been…';
  if (would.moments === 0) return 'In the last 30 days this came about for nobody.';
  const met = would.moments === 1 ? 'once' : `${would.moments} times`;
  const gestures = would.given === 1 ? '1 gesture' : `${would.given} gestures`;
  return `In the last 30 days this came about ${met}: it would have been ${gestures} and ${money(would.spent, currency, 'en')}.`;
}
