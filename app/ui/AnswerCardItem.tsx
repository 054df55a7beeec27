import { BlockStack, Box, InlineStack, Link, Text } from '@shopify/polaris';
import { moment } from './format.ts';

export interface AnswerCardItemProps {
  answer: {
    at: string | Date;
    score: number | null;
    label: string;
    comment: string | null;
    details: { question: string; answer: string }[];
    customerId: string | null;
    customerName: string | null;
    orderName: string | null;
    source: string;
    country: string | null;
    isVerified: boolean;
  };
  zone: string;
  now: string;
}

const PLACES: Record<string, string> = {
  'thank-you': 'thank-you page',
  'order-status': 'order page',
  mail: 'a mail',
  page: 'the survey page',
  checkout: 'checkout',
};
const TONES = { good: 'success', fair: undefined, poor: 'critical' } as const;
const toneOf = (score: number | null) =>
  score === null || score === 3 ? 'fair' : score > 3 ? 'good' : 'poor';

/** What one customer said, in their own words. */
export function AnswerCardItem({ answer, zone, now }: AnswerCardItemProps) {
  const about = [
    moment(answer.at, { locale: 'en', timeZone: zone, now }),
    answer.orderName,
    PLACES[answer.source] ?? answer.source,
    answer.country,
    answer.isVerified ? null : 'order not confirmed yet',
  ];
  const tone = TONES[toneOf(answer.score)];
  return (
    <Box paddingBlock="300" borderBlockEndWidth="025" borderColor="border-secondary">
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="300">
          <Text as="h3" variant="headingSm" {...(tone ? { tone } : {})}>
            {answer.label || (answer.score === null ? 'Answer' : `${answer.score} of 5`)}
          </Text>
          {answer.customerId ? (
            <Link url={`/app/customers/${answer.customerId}`} removeUnderline>
              {answer.customerName ?? 'Customer'}
            </Link>
          ) : null}
        </InlineStack>
        {answer.comment ? (
          <Text as="p" breakWord>
            {`“${answer.comment}”`}
          </Text>
        ) : null}
        {answer.details.map(({ question, answer: words }) => (
          <Text as="p" key={question} tone="subdued">
            {`${question} ${words}`}
          </Text>
        ))}
        <Text as="p" variant="bodySm" tone="subdued">
          {about.filter(Boolean).join(' · ')}
        </Text>
      </BlockStack>
    </Box>
  );
}
