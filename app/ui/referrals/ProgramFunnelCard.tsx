import { BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import { FUNNEL_DAYS } from '../../referrals/days.ts';
import { whole } from '../format.ts';

interface ProgramFunnelCardProps {
  funnel: {
    clicked: number;
    pending: number;
    held: number;
    qualified: number;
    rewarded: number;
    byLink: number;
  };
}

/** From the click to the reward: one programme's last 90 days. */
export function ProgramFunnelCard({ funnel }: ProgramFunnelCardProps) {
  const { clicked, pending, held, qualified, rewarded, byLink } = funnel;
  const steps: [string, number][] = [
    ['links opened', clicked],
    ['in the return window', pending],
    ['waiting for you', held],
    ['qualified', qualified],
    ['rewarded', rewarded],
  ];
  const orders = pending + held + qualified;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {`The last ${FUNNEL_DAYS} days`}
        </Text>
        <InlineGrid columns={{ xs: 2, md: 5 }} gap="400">
          {steps.map(([label, count]) => (
            <BlockStack key={label}>
              <Text as="span" variant="headingLg" numeric>
                {whole(count, 'en')}
              </Text>
              <Text as="span" tone="subdued">
                {label}
              </Text>
            </BlockStack>
          ))}
        </InlineGrid>
        <Text as="p" tone="subdued">
          {orders === 0
            ? 'Clicks are counted by day and code, for people only: previews of messengers and crawlers are left out.'
            : `${whole(byLink, 'en')} of all orders came by a link, without the code.`}
        </Text>
      </BlockStack>
    </Card>
  );
}
