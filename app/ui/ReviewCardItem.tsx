import { Badge, BlockStack, Box, Button, InlineStack, Link, Select, Text } from '@shopify/polaris';
import { useFetcher } from '@remix-run/react';
import { useState } from 'react';
import type { HoldReason, ReviewState } from '../reviews/review.ts';
import { moment, relative } from './format.ts';
import { ACTION_SENTENCES, HOLD_WORDS, REASON_OPTIONS } from './reviewWords.ts';
import { useToast } from './useToast.ts';

export interface ShownReview {
  id: string;
  at: string | Date;
  stars: number;
  title: string | null;
  text: string | null;
  author: string | null;
  attributes: Record<string, number>;
  productId: string | null;
  product: string | null;
  customerId: string | null;
  customerName: string | null;
  orderName: string | null;
  verified: boolean;
  source: string;
  state: ReviewState;
  reason: HoldReason | null;
  heldBy: string | null;
  dueAt: string | Date | null;
  editedAt: string | Date | null;
  reply: string | null;
  photos: string[];
}

interface ReviewCardItemProps {
  review: ShownReview;
  zone: string;
  now: string;
}

const TONES = { published: 'success', held: 'attention', hidden: 'critical' } as const;
const STATES = { published: 'Shown', held: 'Held', hidden: 'Hidden' } as const;

/** One review, with its clock and what can be done about it. */
export function ReviewCardItem({ review, zone, now }: ReviewCardItemProps) {
  const { state, stars, title, text, product, reply } = review;
  const about = [
    moment(review.at, { locale: 'en', timeZone: zone, now }),
    review.author,
    review.orderName,
    review.verified ? 'bought it' : null,
    review.source === 'import'
      ? 'from a file'
      : review.source === 'test'
        ? 'a test order, shown nowhere'
        : null,
    review.editedAt ? 'edited' : null,
    review.photos.length > 0 ? `${review.photos.length} pictures` : null,
  ];
  const attributes = Object.entries(review.attributes).map(([key, value]) => `${key} ${value} of 5`);
  return (
    <Box paddingBlock="300" borderBlockEndWidth="025" borderColor="border-secondary">
      <BlockStack gap="150">
        <InlineStack align="space-between" gap="300" blockAlign="center">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h3" variant="headingSm">
              <span aria-hidden="true">{'★'.repeat(stars) + '☆'.repeat(5 - stars)}</span>
              <Text as="span" visuallyHidden>{`${stars} of 5 stars`}</Text>
            </Text>
            <Badge tone={TONES[state]}>{STATES[state]}</Badge>
          </InlineStack>
          {review.customerId ? (
            <Link url={`/app/customers/${review.customerId}`} removeUnderline>
              {review.customerName ?? 'Customer'}
            </Link>
          ) : null}
        </InlineStack>
        <Text as="p" tone="subdued">
          {review.productId === null ? 'About the shop' : (product ?? 'A product that is gone')}
        </Text>
        {title ? (
          <Text as="p" fontWeight="semibold" breakWord>
            {title}
          </Text>
        ) : null}
        {text ? (
          <Text as="p" breakWord>
            {text}
          </Text>
        ) : null}
        {attributes.length > 0 ? (
          <Text as="p" tone="subdued">
            {attributes.join(' · ')}
          </Text>
        ) : null}
        {reply ? (
          <Box paddingInlineStart="300" borderInlineStartWidth="050" borderColor="border">
            <Text as="p" breakWord>
              {`You answered: ${reply}`}
            </Text>
          </Box>
        ) : null}
        <Moderation subject="review" item={review} now={now} />
        <Text as="p" variant="bodySm" tone="subdued" breakWord>
          {about.filter(Boolean).join(' · ')}
        </Text>
      </BlockStack>
    </Box>
  );
}

interface Moderable {
  id: string;
  state: string;
  reason: HoldReason | null;
  heldBy: string | null;
  dueAt: string | Date | null;
}

/** The clock, and the two things that can be done before it runs out. */
function Moderation({ subject, item, now }: { subject: string; item: Moderable; now: string }) {
  const fetcher = useFetcher<{ toast?: string }>();
  const [isHiding, setHiding] = useState(false);
  const [reason, setReason] = useState<string>(item.reason ?? '');
  useToast(fetcher.data?.toast);
  const busy = fetcher.state !== 'idle';
  const say = (intent: string, more: Record<string, string> = {}) => {
    setHiding(false);
    fetcher.submit({ intent, subject, id: item.id, ...more }, { method: 'post' });
  };
  const why = item.reason === null ? null : HOLD_WORDS[item.reason];
  const clock = item.dueAt ? relative(item.dueAt, now, 'en') : null;
  return (
    <BlockStack gap="150">
      {item.state === 'held' && why ? (
        <Text as="p" tone="caution">
          {`${item.heldBy === 'rule' ? 'Held by a rule' : 'Hidden before, and changed since'}: ${why}. Published ${clock ?? 'soon'} unless you decide.`}
        </Text>
      ) : null}
      {item.state === 'hidden' && why ? <Text as="p" tone="subdued">{`Taken down: ${why}.`}</Text> : null}
      {isHiding ? (
        <BlockStack gap="150">
          <Select
            label="Why it may not be shown"
            helpText={ACTION_SENTENCES.hide}
            options={REASON_OPTIONS}
            placeholder="Choose a reason"
            value={reason}
            onChange={setReason}
          />
          <InlineStack gap="200">
            <Button tone="critical" disabled={reason === '' || busy} onClick={() => say('hide', { reason })}>
              Hide it
            </Button>
            <Button onClick={() => setHiding(false)}>Leave it</Button>
          </InlineStack>
        </BlockStack>
      ) : (
        <InlineStack gap="200">
          {item.state === 'published' ? null : (
            <Button size="slim" loading={busy} onClick={() => say('publish')}>
              Publish now
            </Button>
          )}
          {item.state === 'hidden' ? null : (
            <Button size="slim" disabled={busy} onClick={() => setHiding(true)}>
              Hide…
            </Button>
          )}
        </InlineStack>
      )}
    </BlockStack>
  );
}
