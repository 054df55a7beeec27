import { Badge, BlockStack, Box, InlineStack, Link, Text } from '@shopify/polaris';
import type { HoldReason, ReviewState } from '../reviews/review.ts';
import { moment } from './format.ts';
import { Pictures } from './Pictures.tsx';
import type { PictureView } from './pictureView.ts';
import { countOf } from './reviewWords.ts';
import { Moderation, STATE_NAMES, STATE_TONES } from './Moderation.tsx';

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
  pictures: readonly PictureView[];
}

interface ReviewCardItemProps {
  review: ShownReview;
  zone: string;
  now: string;
}

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
    review.photos.length > review.pictures.length
      ? `${countOf(review.photos.length - review.pictures.length, 'picture')} on the way or gone`
      : null,
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
            <Badge tone={STATE_TONES[state]}>{STATE_NAMES[state]}</Badge>
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
        <Pictures pictures={review.pictures} alt={`Sent by ${review.author ?? 'a customer'}`} />
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
