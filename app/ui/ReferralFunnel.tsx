import { BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import { memo } from 'react';
import { money, whole } from './format.ts';

interface ReferralFunnelProps {
  funnel: { given: number; visited: number; ordered: number; qualified: number; revenue: string };
  currency: string;
}

/** From codes to settled orders, the last 90 days. */
export const ReferralFunnel = memo(function ReferralFunnel({ funnel, currency }: ReferralFunnelProps) {
  const steps: [string, string][] = [
    ['codes given', whole(funnel.given, 'en')],
    ['links opened', whole(funnel.visited, 'en')],
    ['friends ordered', whole(funnel.ordered, 'en')],
    ['settled', whole(funnel.qualified, 'en')],
    ['spent by friends', money(funnel.revenue, currency, 'en')],
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          The last 90 days
        </Text>
        <InlineGrid columns={{ xs: 2, md: 5 }} gap="400">
          {steps.map(([label, value]) => (
            <BlockStack key={label}>
              <Text as="span" variant="headingLg" numeric>
                {value}
              </Text>
              <Text as="span" tone="subdued">
                {label}
              </Text>
            </BlockStack>
          ))}
        </InlineGrid>
      </BlockStack>
    </Card>
  );
});
