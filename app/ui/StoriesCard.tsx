import { Link } from '@remix-run/react';
import { BlockStack, Card, InlineStack, Text, Thumbnail } from '@shopify/polaris';
import { ImageIcon, PlayIcon, TextBlockIcon } from '@shopify/polaris-icons';
import { KIND_LABELS, STATE_LABELS } from './storyWords.ts';
import type { StoryView } from './storyView.ts';

/** What a customer has shown; nothing where they have shown nothing. */
export function StoriesCard({ stories }: { stories: readonly StoryView[] }) {
  if (stories.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Their stories
        </Text>
        {stories.map((story) => {
          const [first] = story.files;
          const icon = first ? (first.kind === 'video' ? PlayIcon : ImageIcon) : TextBlockIcon;
          return (
            <InlineStack key={story.id} gap="300" blockAlign="center" wrap={false}>
              <Thumbnail size="small" alt="" source={first?.kind === 'picture' ? first.small : icon} />
              <BlockStack>
                <Link to={`/app/stories/${story.id}`}>{story.title ?? KIND_LABELS[story.kind]}</Link>
                <Text as="span" tone="subdued">
                  {STATE_LABELS[story.state]}
                </Text>
              </BlockStack>
            </InlineStack>
          );
        })}
      </BlockStack>
    </Card>
  );
}
