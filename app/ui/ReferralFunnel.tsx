import { BlockStack, Card, InlineGrid, Link, Text } from '@shopify/polaris';
import { memo } from 'react';
import { money, whole } from './format.ts';

interface ReferralFunnelProps {
  funnel: { given: number; visited: number; ordered: number; qualified: number; revenue: string };
  currency: string;
}

/** From codes to settled orders, the last 90 days. */
export const ReferralFunnel = memo(function ReferralFunnel({ funnel, currency }: ReferralFunnelProps) {
  /** Each opens the list behind it. */
  const steps: [string, string, string][] = [
    ['codes given', whole(funnel.given, 'en'), '/app/referrals/codes'],
    ['links opened', whole(funnel.visited, 'en'), '/app/referrals/codes'],
    ['friends ordered', whole(funnel.ordered, 'en'), '/app/referrals/orders'],
    ['settled', whole(funnel.qualified, 'en'), '/app/referrals/orders?state=qualified'],
    ['spent by friends', money(funnel.revenue, currency, 'en'), '/app/referrals/orders'],
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          The last 90 days
        </Text>
        <InlineGrid columns={{ xs: 2, md: 5 }} gap="400">
          {steps.map(([label, value, url]) => (
            <BlockStack key={label}>
              <Text as="span" variant="headingLg" numeric>
                {value}
              </Text>
              <Text as="span" tone="subdued">
                <Link url={url} removeUnderline monochrome>
                  {label}
                </Link>
              </Text>
            </BlockStack>
          ))}
        </InlineGrid>
      </BlockStack>
    </Card>
  );
});
