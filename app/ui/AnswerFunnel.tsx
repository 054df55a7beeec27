import { BlockStack, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { FUNNEL_STEPS, type Scores } from '../feedback/scores.ts';
import { whole } from './format.ts';
import { useCsv } from './useCsv.ts';

interface AnswerFunnelProps {
  funnel: Scores['funnel'];
  surveyKey: string;
}

/** How far people go from an answer to a friend's order. */
export function AnswerFunnel({ funnel, surveyKey }: AnswerFunnelProps) {
  const csv = useCsv('drop-off', { survey: surveyKey });
  const percentOf = (count: number) => Math.round((100 * count) / Math.max(funnel.answered, 1));
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">
            How far they go
          </Text>
          <Button accessibilityLabel="Export how far they go as CSV" onClick={csv.onAction}>
            CSV
          </Button>
        </InlineStack>
        {FUNNEL_STEPS.map(({ step, label }) => (
          <BlockStack key={step} gap="100">
            <InlineStack align="space-between" gap="200">
              <Text as="span" id={`funnel-${step}`}>
                {label}
              </Text>
              <Text as="span" numeric>
                {`${whole(funnel[step], 'en')} · ${percentOf(funnel[step])} %`}
              </Text>
            </InlineStack>
            <ProgressBar
              progress={percentOf(funnel[step])}
              size="small"
              tone="success"
              animated={false}
              ariaLabelledBy={`funnel-${step}`}
            />
          </BlockStack>
        ))}
        <Text as="p" variant="bodySm" tone="subdued">
          Of those who answered. How many saw the question, and who shared their code, is not recorded.
        </Text>
      </BlockStack>
    </Card>
  );
}
