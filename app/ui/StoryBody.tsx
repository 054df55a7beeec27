import { BlockStack, Card, InlineGrid, Link, Text } from '@shopify/polaris';
import { date } from './format.ts';
import { KIND_LABELS } from './storyWords.ts';
import type { StoryView } from './storyView.ts';

const ROLES: Record<string, string> = { before: 'Before', after: 'After' };

/** What they have sent: pictures, films and words, as they are. */
export function StoryBody({ story, zone }: { story: StoryView; zone: string }) {
  const sentOn = date(story.at, { locale: 'en', timeZone: zone });
  if (story.state === 'withdrawn')
    return (
      <Card>
        <Text as="p" tone="subdued">
          They have taken this story back. Its pictures and words are deleted.
        </Text>
      </Card>
    );
  return (
    <Card>
      <BlockStack gap="400">
        <InlineGrid columns={{ xs: 1, sm: story.files.length > 1 ? 2 : 1 }} gap="300">
          {story.files.map((file) => (
            <figure key={file.id} style={{ margin: 0 }}>
              {file.kind === 'video' ? (
                // What a customer films has no captions of ours.
                // oxlint-disable-next-line jsx-a11y/media-has-caption
                <video
                  src={file.large}
                  controls
                  preload="metadata"
                  style={{ width: '100%', borderRadius: 8 }}
                />
              ) : (
                <img
                  src={file.large}
                  alt={ROLES[file.role] ?? `Sent by ${story.customerName ?? 'a customer'}`}
                  style={{ width: '100%', borderRadius: 8, display: 'block' }}
                />
              )}
              {ROLES[file.role] ? (
                <figcaption>
                  <Text as="span" tone="subdued">
                    {ROLES[file.role]}
                  </Text>
                </figcaption>
              ) : null}
            </figure>
          ))}
        </InlineGrid>
        {story.text ? <Words text={story.text} /> : null}
        {story.answers.map(({ question, answer }) => (
          <BlockStack key={question} gap="100">
            <Text as="h3" variant="headingSm">
              {question}
            </Text>
            <Words text={answer} />
          </BlockStack>
        ))}
        <Text as="p" tone="subdued">
          {`${KIND_LABELS[story.kind]}, sent on ${sentOn} by `}
          <Link url={`/app/customers/${story.customerId}`}>
            {story.customerName ?? 'a customer without a name'}
          </Link>
          {story.productTitle ? `, about ${story.productTitle}` : ''}
          {story.name ? `. They want to be called ${story.name}.` : '. They want to stay unnamed.'}
        </Text>
      </BlockStack>
    </Card>
  );
}

const Words = ({ text }: { text: string }) => (
  <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
    <Text as="p">{text}</Text>
  </div>
);
