import { Badge, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { ReviewState } from '../reviews/review.ts';
import { STATE_NAMES, STATE_TONES } from './Moderation.tsx';

interface SaidInPublicProps {
  customerId: string;
  reviews: readonly { id: string; stars: number; about: string; text: string | null; state: ReviewState }[];
  questions: readonly {
    id: string;
    about: string;
    text: string | null;
    state: ReviewState;
    answers: number;
  }[];
}

/** Reviews and questions of a customer; nothing where there are none. */
export function SaidInPublic({ customerId, reviews, questions }: SaidInPublicProps) {
  if (reviews.length === 0 && questions.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        {reviews.length > 0 ? (
          <Link url={`/app/reviews?customer=${customerId}`} removeUnderline>
            <Text as="h2" variant="headingMd">
              Their reviews
            </Text>
          </Link>
        ) : null}
        {reviews.map(({ id, stars, about, text, state }) => (
          <BlockStack key={id} gap="050">
            <InlineStack gap="200" blockAlign="center">
              <Text as="span">
                <span aria-hidden="true">{'★'.repeat(stars) + '☆'.repeat(5 - stars)}</span>
                <Text as="span" visuallyHidden>{`${stars} of 5 stars`}</Text>
              </Text>
              {state === 'published' ? null : <Badge tone={STATE_TONES[state]}>{STATE_NAMES[state]}</Badge>}
            </InlineStack>
            <Text as="span" tone="subdued" breakWord>
              {[about, text].filter(Boolean).join(': ')}
            </Text>
          </BlockStack>
        ))}
        {questions.length > 0 ? (
          <Link url={`/app/questions?customer=${customerId}`} removeUnderline>
            <Text as="h2" variant="headingMd">
              Their questions
            </Text>
          </Link>
        ) : null}
        {questions.map(({ id, about, text, state, answers }) => (
          <BlockStack key={id} gap="050">
            <Text as="span" breakWord>
              {text ?? 'Taken back'}
            </Text>
            <Text as="span" tone="subdued">
              {[
                about,
                state === 'published' ? null : STATE_NAMES[state].toLowerCase(),
                answers === 0 ? 'no answer yet' : null,
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
