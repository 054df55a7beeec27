import { BlockStack, Card, DataTable, Text } from '@shopify/polaris';
import { TRIAL_ENOUGH, type Estimate, type TrialVerdict } from '../../feedback/results.ts';

interface Side {
  text: string;
  shown: number;
  answered: number;
  rate: Estimate;
}

interface TrialResultCardProps {
  trial: { a: Side; b: Side; verdict: TrialVerdict };
}

const VERDICTS: Record<TrialVerdict, string> = {
  'too-few': `Not enough data yet: each wording has to be shown ${TRIAL_ENOUGH} times.`,
  'no-difference': 'No difference can be told yet: what there is may be chance.',
  a: 'The first wording is answered more often.',
  b: 'The other wording is answered more often.',
};

const percent = (value: number) => `${Math.round(value * 100)} %`;
const rateWords = ({ value, low, high }: Estimate) =>
  low === null || high === null ? '–' : `${percent(value)} (${percent(low)} to ${percent(high)})`;

/** Two wordings side by side, and what can be said of them. */
export function TrialResultCard({ trial: { a, b, verdict } }: TrialResultCardProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Two wordings
        </Text>
        <Text as="p">{VERDICTS[verdict]}</Text>
        <DataTable
          columnContentTypes={['text', 'numeric', 'numeric', 'numeric']}
          headings={['Wording', 'Shown', 'Answered', 'Share']}
          rows={[a, b].map(({ text, shown, answered, rate }) => [text, shown, answered, rateWords(rate)])}
        />
        <Text as="p" variant="bodySm" tone="subdued">
          On the pages of orders, since this version is asked. In brackets where the true share lies 19 times
          out of 20.
        </Text>
      </BlockStack>
    </Card>
  );
}
