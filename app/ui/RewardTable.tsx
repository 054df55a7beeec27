import { Button, DataTable, InlineStack, Text } from '@shopify/polaris';
import { memo } from 'react';
import { CustomerLink } from './CustomerLink.tsx';
import type { Given } from '../rewards/reward.ts';
import { givenText } from '../rewards/words.ts';
import { moment } from './format.ts';
import { ListCard, type ListFrame } from './ListCard.tsx';

interface RewardTableProps extends ListFrame {
  rewards: readonly ({
    id: string;
    customerId: string;
    customerName: string | null;
    state: string;
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

const STATES: Record<string, string> = {
  held: 'set aside',
  issuing: 'on its way',
  issued: 'given',
  used: 'used',
  expired: 'ran out unused',
  void: 'taken back before it was given',
  'clawed-back': 'taken back',
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

type Reward = RewardTableProps['rewards'][number];

/** Shopify would not make it; nothing happens by itself any more. */
const wasRefused = ({ state, dueAt, reason }: Reward) =>
  state === 'held' && dueAt === null && reason.code !== undefined;

const REFUSALS: Record<string, string> = {
  ACCESS_DENIED: 'Shopify does not let the app give this',
  'code-taken': 'Something else at Shopify has its code',
  'no-account': 'They have no account at Shopify to put it into',
  'currency-gone': 'The shop does not use its currency any more',
  'out-of-stock': 'The product is sold out',
  'product-gone': 'The product is gone',
  unsure: 'It may be in their store credit already: look there before you try again',
};

function Refused({ reward, busy, onRetry }: { reward: Reward } & Pick<RewardTableProps, 'busy' | 'onRetry'>) {
  const code = reward.reason.code ?? '';
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="span" tone="critical">
        {REFUSALS[code] ?? `Shopify refused it: ${code}`}
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
          capital(givenText(reward, 'en')),
          wasRefused(reward) ? (
            <Refused key={reward.id} reward={reward} busy={busy} onRetry={onRetry} />
          ) : (
            (STATES[reward.state] ?? reward.state)
          ),
          reward.code ?? '–',
          at(reward.earnedAt),
          at(reward.issuedAt),
        ])}
      />
    </ListCard>
  );
});
