import { BlockStack, Box, Button, ButtonGroup, InlineStack, Link, Text } from '@shopify/polaris';
import { date, money, moment, relative } from './format.ts';
import { reasonText, type Standing } from '../referrals/reasons.ts';
import { StandingBadge } from './referrals/StandingBadge.tsx';

interface ReferralItemProps {
  referral: {
    id: string;
    state: string;
    code: string;
    via: 'code' | 'link';
    clickedAt?: string | Date | null;
    also: string[];
    standing: Standing;
    reasons: string[];
    createdAt: string | Date;
    orderName: string | null;
    orderTotal: string | null;
    advocateId: string;
    advocateName: string | null;
    friendId: string | null;
    friendName: string | null;
    dueAt: string | Date | null;
  };
  currency: string;
  zone: string;
  now: string;
  busy: boolean;
  /** Of the name's heading: under the list's own, or under the page's. */
  level: 'h2' | 'h3';
  onDecide: (intent: 'release' | 'refuse', id: string) => void;
}

/** "with ANA-7K4XR2 (BEN-… was on it too: the last one counts)", "by the link of ANA-7K4XR2, opened on 3 May 2026" */
function told({ code, via, clickedAt, also }: ReferralItemProps['referral'], timeZone: string): string {
  const opened = clickedAt ? `, opened on ${date(clickedAt, { locale: 'en', timeZone })}` : '';
  const by = via === 'link' ? `by the link of ${code}${opened}` : `with ${code}`;
  return also.length === 0 ? by : `${by} (${also.join(', ')} on it too: the last one counts)`;
}

/** One friend's order: who, with whose code, what came of it and why. */
export function ReferralItem({ referral, currency, zone, now, busy, level, onDecide }: ReferralItemProps) {
  const why = referral.reasons.map((reason) => reasonText(reason, 'en')).join(' ');
  const due =
    referral.dueAt && referral.state === 'pending'
      ? `, settles ${moment(referral.dueAt, { locale: 'en', timeZone: zone, now })}`
      : '';
  const friend = referral.friendName ?? 'A friend';
  return (
    <Box paddingBlock="300" borderBlockEndWidth="025" borderColor="border-secondary">
      <InlineStack align="space-between" blockAlign="center" gap="300">
        <BlockStack gap="050">
          <InlineStack gap="200" blockAlign="center" align="start">
            <Text as={level} variant="headingSm">
              {referral.friendId ? (
                <Link url={`/app/customers/${referral.friendId}`} removeUnderline monochrome>
                  {friend}
                </Link>
              ) : (
                friend
              )}
              {', brought by '}
              <Link url={`/app/customers/${referral.advocateId}`} removeUnderline monochrome>
                {referral.advocateName ?? 'a customer'}
              </Link>
            </Text>
            <StandingBadge standing={referral.standing} />
          </InlineStack>
          <Text as="p" tone="subdued">
            {`${referral.orderName ?? 'Order'}${referral.orderTotal === null ? '' : `, ${money(referral.orderTotal, currency, 'en')}`}, ${told(referral, zone)}${due}`}
          </Text>
          {why ? <Text as="p">{why}</Text> : null}
          <Text as="p" variant="bodySm" tone="subdued">
            <Link
              url={`/app/referrals/orders/${referral.id}`}
              removeUnderline
              accessibilityLabel={`Why and history: ${friend}`}
            >
              Why, and history
            </Link>
            {referral.state === 'held' ? `, came ${relative(referral.createdAt, now, 'en')}` : ''}
          </Text>
        </BlockStack>
        {referral.state === 'held' ? (
          <ButtonGroup>
            <Button
              disabled={busy}
              onClick={() => onDecide('refuse', referral.id)}
              accessibilityLabel={`Refuse: ${friend}`}
            >
              Refuse
            </Button>
            <Button
              disabled={busy}
              onClick={() => onDecide('release', referral.id)}
              accessibilityLabel={`Release: ${friend}`}
            >
              Release
            </Button>
          </ButtonGroup>
        ) : null}
      </InlineStack>
    </Box>
  );
}
