import { BlockStack, Card, InlineGrid, Link, Text } from '@shopify/polaris';
import { memo } from 'react';
import { FUNNEL_DAYS } from '../referrals/days.ts';
import type { Funnel } from '../referrals/referral.ts';
import { money, whole } from './format.ts';

const DAYS = `days=${FUNNEL_DAYS}`;

interface ReferralFunnelProps {
  funnel: Omit<Funnel, 'revenue'> & { revenue: string };
  currency: string;
}

/** From codes to rewards, the last 90 days. */
export const ReferralFunnel = memo(function ReferralFunnel({ funnel, currency }: ReferralFunnelProps) {
  /** Each opens the list behind it. */
  const steps: [string, string, string][] = [
    ['codes shown', whole(funnel.shown, 'en'), `/app/referrals/codes?seen=shown&${DAYS}`],
    ['copied or shared', whole(funnel.shared, 'en'), `/app/referrals/codes?seen=shared&${DAYS}`],
    ['links opened', whole(funnel.visited, 'en'), `/app/referrals/codes?seen=visited&${DAYS}`],
    ['friends ordered', whole(funnel.ordered, 'en'), `/app/referrals/orders?state=ordered&${DAYS}`],
    ['settled', whole(funnel.qualified, 'en'), `/app/referrals/orders?state=qualified&${DAYS}`],
    ['rewarded', whole(funnel.rewarded, 'en'), `/app/referrals/orders?state=rewarded&${DAYS}`],
    [
      'spent by friends',
      money(funnel.revenue, currency, 'en'),
      `/app/referrals/orders?state=ordered&${DAYS}`,
    ],
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {`The last ${FUNNEL_DAYS} days`}
        </Text>
        <InlineGrid columns={{ xs: 2, md: 4, lg: 7 }} gap="400">
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
