import { Badge, BlockStack, Box, Button, ButtonGroup, InlineStack, Link, Text } from '@shopify/polaris';
import { money, moment } from './format.ts';
import { signalInWords } from './reasonWords.ts';

interface ReferralItemProps {
  referral: {
    id: string;
    state: string;
    code: string;
    via: 'code' | 'link';
    also: string[];
    reasons: string[];
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

const STATES: Record<string, { label: string; tone?: 'success' | 'attention' | 'critical' }> = {
  held: { label: 'Waits for you', tone: 'attention' },
  pending: { label: 'In the return window' },
  qualified: { label: 'Settled', tone: 'success' },
  refused: { label: 'Does not count', tone: 'critical' },
  void: { label: 'Undone' },
};

/** "with ANA-7K4XR2 (BEN-… was on it too: the last one counts)" */
function told({ code, via, also }: ReferralItemProps['referral']): string {
  const by = via === 'link' ? `by the link of ${code}` : `with ${code}`;
  return also.length === 0 ? by : `${by} (${also.join(', ')} on it too: the last one counts)`;
}

/** One friend's order: who, with whose code, what came of it and why. */
export function ReferralItem({ referral, currency, zone, now, busy, level, onDecide }: ReferralItemProps) {
  const state = STATES[referral.state] ?? { label: referral.state };
  const why = referral.reasons.map(signalInWords).join(', ');
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
            <Badge {...(state.tone ? { tone: state.tone } : {})}>{state.label}</Badge>
          </InlineStack>
          <Text as="p" tone="subdued">
            {`${referral.orderName ?? 'Order'}${referral.orderTotal === null ? '' : `, ${money(referral.orderTotal, currency, 'en')}`}, ${told(referral)}${due}${why ? `: ${why}` : ''}`}
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
