import type { Because } from '../referrals/audience.ts';
import { becauseInWords } from './referrals/programWords.ts';
import { BlockStack, Card, DescriptionList, InlineStack, Text } from '@shopify/polaris';
import { date, localTime, money } from './format.ts';
import { StageDot } from './StageDot.tsx';
import type { StageName } from './StageBar.tsx';

interface CustomerCardProps {
  customer: {
    email: string | null;
    phone: string | null;
    place: string;
    locale: string | null;
    stage: StageName;
    stageSentence: string;
    ordersCount: number;
    totalSpent: string;
    currency: string;
    lastScore: number | null;
    createdAt: string | Date;
    paused: boolean;
    consent: { channel: string; state: string; at: string | Date }[];
  };
  code: string | null;
  /** Which programme is theirs and why; why each of the others is not. */
  programs: { name: string; because: Because }[];
  zone: string;
  now: string;
}

const CHANNEL_NAMES: Record<string, string> = { email: 'E-mail', sms: 'Text messages' };
const STATE_NAMES: Record<string, string> = {
  subscribed: 'agreed',
  unsubscribed: 'said no',
  pending: 'not confirmed yet',
  'not-subscribed': 'was not asked',
  invalid: 'address does not work',
  redacted: 'erased',
};

/** "Ambassadors: it is for family. Not Partners: it is for others." Those behind the first that fits go without saying. */
function programmeInWords(programs: CustomerCardProps['programs']): string {
  const first = programs.findIndex(({ because }) => because.fits);
  const before = first === -1 ? programs : programs.slice(0, first);
  const not = before.map(({ name, because }) => `Not ${name}: ${becauseInWords(because)}.`);
  const theirs = programs[first];
  return [theirs ? `${theirs.name}: ${becauseInWords(theirs.because)}.` : 'None.', ...not].join(' ');
}

/** Who somebody is, how close they are and why, and what they agreed to. */
export function CustomerCard({ customer, code, programs, zone, now }: CustomerCardProps) {
  const on = { locale: 'en', timeZone: zone };
  const facts = [
    {
      term: 'Reach',
      description: [customer.email, customer.phone].filter(Boolean).join(', ') || 'No address',
    },
    {
      term: 'Lives in',
      description: customer.place ? `${customer.place}, ${localTime(now, on)} there now` : 'Not known',
    },
    { term: 'Since', description: date(customer.createdAt, on) },
    {
      term: 'Orders',
      description:
        customer.ordersCount === 0
          ? 'None yet'
          : `${customer.ordersCount}, ${money(customer.totalSpent, customer.currency, 'en')} in all`,
    },
    {
      term: 'Last score',
      description: customer.lastScore === null ? 'None yet' : `${customer.lastScore} of 5`,
    },
    { term: 'Code for friends', description: code ?? 'None yet' },
    { term: 'Programme', description: programmeInWords(programs) },
    ...customer.consent.map(({ channel, state, at }) => ({
      term: CHANNEL_NAMES[channel] ?? channel,
      description: `${STATE_NAMES[state] ?? state}, ${date(at, on)}`,
    })),
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between">
          <StageDot stage={customer.stage} />
          {customer.paused ? (
            <Text as="span" tone="caution">
              Paused
            </Text>
          ) : null}
        </InlineStack>
        <Text as="p">{customer.stageSentence}</Text>
        <DescriptionList items={facts} gap="tight" />
      </BlockStack>
    </Card>
  );
}
