import { BlockStack } from '@shopify/polaris';
import { memo, type ComponentProps } from 'react';
import { ListCard, type ListFrame } from './ListCard.tsx';
import { ReferralItem } from './ReferralItem.tsx';

interface FriendOrdersProps
  extends Omit<ListFrame, 'zone'>, Omit<ComponentProps<typeof ReferralItem>, 'referral' | 'level'> {
  referrals: readonly ComponentProps<typeof ReferralItem>['referral'][];
}

/** What friends ordered: those that wait for a person first, then newest first. */
export const FriendOrders = memo(function FriendOrders({
  referrals,
  next = null,
  filters,
  allUrl,
  ...each
}: FriendOrdersProps) {
  return (
    <ListCard
      {...(allUrl ? { title: 'Friends’ orders', allUrl } : {})}
      next={next}
      filters={filters}
      zone={each.zone}
      empty={
        referrals.length > 0
          ? null
          : allUrl
            ? 'No friend has ordered yet. Codes go to customers after a good answer.'
            : 'There is no such order of a friend.'
      }
    >
      <BlockStack>
        {referrals.map((referral) => (
          <ReferralItem key={referral.id} referral={referral} level={allUrl ? 'h3' : 'h2'} {...each} />
        ))}
      </BlockStack>
    </ListCard>
  );
});
