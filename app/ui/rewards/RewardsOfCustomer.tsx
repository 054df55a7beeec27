import { BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { Given } from '../../rewards/reward.ts';
import { asItStands, givenText } from '../../rewards/words.ts';
import { capital, standing } from './rewardWords.ts';

interface RewardsOfCustomerProps {
  rewards: readonly ({
    id: string;
    state: string;
    amount: string;
    dueAt: string | Date | null;
    reason: { code?: string; note?: string };
  } & Given)[];
}

/** What one customer was promised and given, newest first. Nothing for those who never were. */
export function RewardsOfCustomer({ rewards }: RewardsOfCustomerProps) {
  if (rewards.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Rewards
        </Text>
        {rewards.map((reward) => (
          <InlineStack key={reward.id} gap="200" align="space-between" wrap>
            <Link url={`/app/referrals/rewards/${reward.id}`} removeUnderline>
              {capital(givenText(asItStands(reward, reward.amount), 'en'))}
            </Link>
            <Text as="span" tone="subdued">
              {standing(reward)}
            </Text>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
}
