import { BlockStack, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris';
import { FUNNEL_STEPS, type Scores } from '../feedback/scores.ts';
import { moment, whole } from './format.ts';
import { useCsv } from './useCsv.ts';

interface AnswerFunnelProps {
  funnel: Scores['funnel'];
  seenSince: Date | string | null;
  /** When the period that is shown began. */
  from: Date | string;
  zone: string;
  now: string;
  surveyKey: string;
}

/** How far people go from an answer to a friend's order. */
export function AnswerFunnel({ funnel, surveyKey, seenSince, from, zone, now }: AnswerFunnelProps) {
  const csv = useCsv('drop-off', { survey: surveyKey });
  // Asked by mail alone: nobody knows who has read the mail.
  const steps = FUNNEL_STEPS.filter(({ step }) => step !== 'seen' || seenSince !== null);
  const all = Math.max(seenSince === null ? funnel.answered : funnel.seen, 1);
  const percentOf = (count: number) => Math.min(Math.round((100 * count) / all), 100);
  const begun = seenSince !== null && new Date(seenSince) > new Date(from) ? seenSince : null;
  const since = begun && moment(begun, { locale: 'en', timeZone: zone, now });
  const note =
    seenSince === null
      ? 'Of those who answered. Nobody knows who has read the question in a mail.'
      : `Of those who saw the question on a page, once an order, or answered it in a mail.${since ? ` Counted since ${since}: before that only those who answered.` : ''}`;
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
        {steps.map(({ step, label }) => (
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
          {note}
        </Text>
      </BlockStack>
    </Card>
  );
}
