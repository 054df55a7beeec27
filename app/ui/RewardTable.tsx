import { Button, DataTable, InlineStack, Link, Text } from '@shopify/polaris';
import { memo } from 'react';
import { CustomerLink } from './CustomerLink.tsx';
import type { Given } from '../rewards/reward.ts';
import { asItStands, givenText } from '../rewards/words.ts';
import { moment } from './format.ts';
import { capital, refusal, REWARD_STATES, wasRefused } from './rewards/rewardWords.ts';
import { ListCard, type ListFrame } from './ListCard.tsx';

interface RewardTableProps extends ListFrame {
  rewards: readonly ({
    id: string;
    customerId: string;
    customerName: string | null;
    state: string;
    /** In the ledger, by now. */
    amount: string;
    reason: { code?: string };
    dueAt: string | Date | null;
    code: string | null;
    earnedAt: string | Date;
    issuedAt: string | Date | null;
  } & Given)[];
  zone: string;
  now: string;
  busy: boolean;
  onRetry: (id: string) => void;
}

type Reward = RewardTableProps['rewards'][number];

function Refused({ reward, busy, onRetry }: { reward: Reward } & Pick<RewardTableProps, 'busy' | 'onRetry'>) {
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="span" tone="critical">
        {refusal(reward.reason.code ?? '')}
      </Text>
      <Button size="slim" disabled={busy} onClick={() => onRetry(reward.id)}>
        Try again
      </Button>
    </InlineStack>
  );
}

/** The ledger, newest first: everything of value that was given away. */
export const RewardTable = memo(function RewardTable({
  rewards,
  zone,
  now,
  busy,
  onRetry,
  ...frame
}: RewardTableProps) {
  const at = (date: string | Date | null) =>
    date ? moment(date, { locale: 'en', timeZone: zone, now }) : '–';
  return (
    <ListCard
      {...(frame.allUrl ? { title: 'Rewards' } : {})}
      {...frame}
      zone={zone}
      empty={
        rewards.length > 0
          ? null
          : frame.allUrl
            ? 'Nothing has been given yet. A reward is set aside with a friend’s order and given when its return window has passed.'
            : 'There is no such reward.'
      }
    >
      <DataTable
        columnContentTypes={['text', 'text', 'text', 'text', 'text', 'text']}
        headings={['For', 'What', 'State', 'Code', 'Earned', 'Given']}
        rows={rewards.map((reward) => [
          <CustomerLink key={reward.id} id={reward.customerId} name={reward.customerName} />,
          <Link key={reward.id} url={`/app/referrals/rewards/${reward.id}`} removeUnderline>
            {capital(givenText(asItStands(reward, reward.amount), 'en'))}
          </Link>,
          wasRefused(reward) ? (
            <Refused key={reward.id} reward={reward} busy={busy} onRetry={onRetry} />
          ) : (
            (REWARD_STATES[reward.state] ?? reward.state)
          ),
          reward.code ?? '–',
          at(reward.earnedAt),
          at(reward.issuedAt),
        ])}
      />
    </ListCard>
  );
});
