import { BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { REWARD_CREDIT_REMINDER, REWARD_REMINDER } from '../../rewards/mails.ts';
import { POINTS_REMINDER } from '../../rewards/points-mails.ts';

interface RemindersCardProps {
  /** The sequence of the merchant's that reminds instead. */
  reminding: { id: string; name: string } | null;
}

/** Who reminds customers before what they were given runs out: one mail does, never two. */
export function RemindersCard({ reminding }: RemindersCardProps) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Before it runs out
        </Text>
        {reminding ? (
          <Text as="p">
            Your sequence <Link url={`/app/sequences/${reminding.id}`}>“{reminding.name}”</Link> reminds of
            codes and credit. The mail that comes with the app is silent while it is on.
          </Text>
        ) : (
          <Text as="p">
            A week before a code or credit runs out, one mail reminds of it, within the budget of mails and
            for those who have agreed to offers. A sequence of yours that begins when a reward is about to
            expire takes its place.
          </Text>
        )}
        <Text as="p">
          Points are reminded of once a month, a week before the first of that month run out.
        </Text>
        <InlineStack gap="400">
          {reminding ? null : (
            <>
              <Link url={`/app/mail/${REWARD_REMINDER}`}>Edit the mail about codes</Link>
              <Link url={`/app/mail/${REWARD_CREDIT_REMINDER}`}>Edit the mail about credit</Link>
            </>
          )}
          <Link url={`/app/mail/${POINTS_REMINDER}`}>Edit the mail about points</Link>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
