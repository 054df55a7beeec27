import { BlockStack, Card, Text } from '@shopify/polaris';
import { memo, type ComponentProps } from 'react';
import { ReferralItem } from './ReferralItem.tsx';

interface FriendOrdersProps extends Omit<ComponentProps<typeof ReferralItem>, 'referral'> {
  referrals: readonly ComponentProps<typeof ReferralItem>['referral'][];
}

/** What friends ordered, newest first. */
export const FriendOrders = memo(function FriendOrders({ referrals, ...each }: FriendOrdersProps) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Friends&rsquo; orders
        </Text>
        {referrals.length === 0 ? (
          <Text as="p" tone="subdued">
            No friend has ordered yet. Codes go to customers after a good answer.
          </Text>
        ) : null}
        {referrals.map((referral) => (
          <ReferralItem key={referral.id} referral={referral} {...each} />
        ))}
      </BlockStack>
    </Card>
  );
});
