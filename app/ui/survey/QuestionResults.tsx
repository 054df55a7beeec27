import { BlockStack, Button, Card, DataTable, InlineStack, Text } from '@shopify/polaris';
import type { QuestionResult, Share } from '../../feedback/results.ts';
import { useCsv } from '../useCsv.ts';

interface QuestionResultsProps {
  results: readonly QuestionResult[];
  surveyKey: string;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;
const figure = (value: number, digits: number) => value.toFixed(digits).replace('-', '−');

/** What came of each question, as a picture with its figures. */
export function QuestionResults({ results, surveyKey }: QuestionResultsProps) {
  const csv = useCsv('results', { survey: surveyKey });
  return (
    <Card>
      <BlockStack gap="500">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            Question by question
          </Text>
          <Button accessibilityLabel="Export results by question as CSV" onClick={csv.onAction}>
            CSV
          </Button>
        </InlineStack>
        {results.map((result) => (
          <BlockStack key={result.key} gap="200">
            <Text as="h3" variant="headingSm">
              {result.text}
            </Text>
            <Text as="p" tone="subdued">
              {sentenceOf(result)}
            </Text>
            <Picture result={result} />
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

function sentenceOf({ kind, answers, estimate }: QuestionResult): string {
  const count =
    answers === 0
      ? 'Nobody has answered it in this period.'
      : answers === 1
        ? 'One answer.'
        : `${answers} answers.`;
  if (!estimate) return count;
  const digits = kind === 'nps' ? 0 : 1;
  const name = kind === 'nps' ? 'Promoters less detractors' : 'Mean';
  const range =
    estimate.low === null || estimate.high === null
      ? 'too few to tell how sure that is'
      : `its true value lies between ${figure(estimate.low, digits)} and ${figure(estimate.high, digits)}, 19 times out of 20`;
  return `${name}: ${figure(estimate.value, digits)}; ${range}. ${count}`;
}

function Picture({ result }: { result: QuestionResult }) {
  if (result.answers === 0) return null;
  if (result.places.length > 0) {
    return (
      <DataTable
        columnContentTypes={['text', 'numeric', 'numeric']}
        headings={['The best first', 'Mean place', 'Placed by']}
        rows={result.places.map(({ label, place, count }) => [label, figure(place, 1), count])}
      />
    );
  }
  if (result.rows.length > 0) {
    return (
      <BlockStack gap="300">
        {result.rows.map(({ label, shares, mean }) => (
          <BlockStack key={label} gap="100">
            <Text as="span">{mean === null ? label : `${label} · mean ${figure(mean, 1)}`}</Text>
            <Bars shares={shares} />
          </BlockStack>
        ))}
      </BlockStack>
    );
  }
  return <Bars shares={result.shares} />;
}

/** A bar a choice, with its figures beside it. */
function Bars({ shares }: { shares: readonly Share[] }) {
  const most = Math.max(...shares.map(({ count }) => count), 1);
  return (
    <BlockStack gap="100">
      {shares.map(({ label, count, share }) => (
        <InlineStack key={label} gap="300" wrap={false} blockAlign="center">
          <div style={{ width: 130, flexShrink: 0, overflowWrap: 'anywhere' }}>{label}</div>
          <div style={{ flexGrow: 1 }} aria-hidden="true">
            <div
              style={{
                width: `${(count / most) * 100}%`,
                minWidth: 2,
                height: 14,
                borderRadius: 4,
                background: 'var(--p-color-bg-fill-emphasis)',
              }}
            />
          </div>
          <div style={{ width: 84, textAlign: 'end' }}>
            <Text as="span" numeric>{`${count} · ${percent(share)}`}</Text>
          </div>
        </InlineStack>
      ))}
    </BlockStack>
  );
}
