import { BlockStack, Card, DataTable, Link, Text } from '@shopify/polaris';
import { money, moment } from './format.ts';

interface RewardTableProps {
  rewards: readonly {
    id: string;
    customerId: string;
    customerName: string | null;
    value: { percent: number } | { amount: number; currency: string };
    state: string;
    code: string | null;
    earnedAt: string | Date;
    issuedAt: string | Date | null;
  }[];
  zone: string;
  now: string;
}

const STATES: Record<string, string> = {
  held: 'set aside',
  issuing: 'on its way',
  issued: 'given',
  void: 'taken back before it was given',
  'clawed-back': 'taken back',
};

/** The ledger, newest first: everything of value that was given away. */
export function RewardTable({ rewards, zone, now }: RewardTableProps) {
  const at = (date: string | Date | null) =>
    date ? moment(date, { locale: 'en', timeZone: zone, now }) : '–';
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Rewards
        </Text>
        {rewards.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing has been given yet. A reward is set aside with a friend&rsquo;s order and given when its
            return window has passed.
          </Text>
        ) : (
          <DataTable
            columnContentTypes={['text', 'text', 'text', 'text', 'text', 'text']}
            headings={['For', 'What', 'State', 'Code', 'Earned', 'Given']}
            rows={rewards.map((reward) => [
              <Link key={reward.id} url={`/app/customers/${reward.customerId}`} removeUnderline>
                {reward.customerName ?? 'No name'}
              </Link>,
              'percent' in reward.value
                ? `${reward.value.percent}%`
                : money(reward.value.amount, reward.value.currency, 'en'),
              STATES[reward.state] ?? reward.state,
              reward.code ?? '–',
              at(reward.earnedAt),
              at(reward.issuedAt),
            ])}
          />
        )}
      </BlockStack>
    </Card>
  );
}
