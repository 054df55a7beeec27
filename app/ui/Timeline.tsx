import { BlockStack, Box, Button, Card, Icon, InlineStack, Select, Text } from '@shopify/polaris';
import {
  ChatIcon,
  ClockIcon,
  DeliveryIcon,
  DiscountIcon,
  EmailIcon,
  GiftCardIcon,
  HeartIcon,
  ImageIcon,
  NoteIcon,
  OrderIcon,
  PersonIcon,
  ShieldCheckMarkIcon,
} from '@shopify/polaris-icons';
import { day, placeOf } from './format.ts';

interface TimelineProps {
  lines: readonly { id: string; at: string | Date; kind: string; sentence: string }[];
  /** The customer's zone: their days, their hours. */
  zone: string;
  kind: string;
  onKind: (kind: string) => void;
  /** null: there is nothing older. */
  onOlder: (() => void) | null;
}

const ICONS = {
  order: OrderIcon,
  shipment: DeliveryIcon,
  message: EmailIcon,
  decision: ClockIcon,
  answer: ChatIcon,
  story: ImageIcon,
  conversation: ChatIcon,
  code: DiscountIcon,
  referral: PersonIcon,
  reward: GiftCardIcon,
  consent: ShieldCheckMarkIcon,
  stage: HeartIcon,
  note: NoteIcon,
} as const;

const FILTERS = [
  { label: 'Everything', value: '' },
  { label: 'Orders', value: 'order' },
  { label: 'Parcels', value: 'shipment' },
  { label: 'Messages', value: 'message' },
  { label: 'Decisions', value: 'decision' },
  { label: 'Answers', value: 'answer' },
  { label: 'Conversations', value: 'conversation' },
  { label: 'Stories', value: 'story' },
  { label: 'Codes', value: 'code' },
  { label: 'Referrals', value: 'referral' },
  { label: 'Rewards', value: 'reward' },
  { label: 'Consent', value: 'consent' },
  { label: 'Stage', value: 'stage' },
  { label: 'Notes', value: 'note' },
];

/** The whole story, newest first, grouped by the customer's days. */
export function Timeline({ lines, zone, kind, onKind, onOlder }: TimelineProps) {
  const days = Map.groupBy(lines, (line) => day(line.at, { locale: 'en', timeZone: zone }));
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center">
          <BlockStack gap="050">
            <Text as="h2" variant="headingMd">
              Their story
            </Text>
            <Text as="p" variant="bodySm" tone="subdued">
              {`On their own clock, in ${placeOf(zone)}.`}
            </Text>
          </BlockStack>
          <Select label="Show" labelInline options={FILTERS} value={kind} onChange={onKind} />
        </InlineStack>
        {lines.length === 0 ? (
          <Text as="p" tone="subdued">
            Nothing of this kind has happened.
          </Text>
        ) : null}
        {[...days].map(([title, ofDay]) => (
          <BlockStack key={title} gap="200">
            <Text as="h3" variant="headingSm" tone="subdued">
              {title}
            </Text>
            {ofDay.map((line) => (
              <InlineStack key={line.id} gap="300" wrap={false} blockAlign="start">
                <Box minWidth="20px">
                  <Icon source={ICONS[line.kind as keyof typeof ICONS] ?? NoteIcon} tone="subdued" />
                </Box>
                <Box minWidth="48px">
                  <Text as="span" tone="subdued" numeric>
                    {new Intl.DateTimeFormat('en-GB', {
                      hour: '2-digit',
                      minute: '2-digit',
                      timeZone: zone,
                    }).format(new Date(line.at))}
                  </Text>
                </Box>
                <Text as="p" breakWord>
                  {line.sentence}
                </Text>
              </InlineStack>
            ))}
          </BlockStack>
        ))}
        {onOlder ? (
          <InlineStack align="center">
            <Button onClick={onOlder}>Show what was before</Button>
          </InlineStack>
        ) : null}
      </BlockStack>
    </Card>
  );
}
