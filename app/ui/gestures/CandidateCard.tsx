import { BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { Story } from './TaskCard.tsx';
import type { StoryView } from './storyWords.ts';

interface CandidateCardProps {
  story: StoryView;
  /** From 1: how strong the story is beside the others. */
  place: number;
  onChoose: () => void;
}

/** Somebody whose story asks for something big. */
export function CandidateCard({ story, place, onChoose }: CandidateCardProps) {
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="300" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {`${place}. `}
            <Link url={`/app/customers/${story.customerId}`} removeUnderline>
              {story.name}
            </Link>
          </Text>
          <Button onClick={onChoose} accessibilityLabel={`Plan something for ${story.name}`}>
            Plan something
          </Button>
        </InlineStack>
        <Story story={story} />
      </BlockStack>
    </Card>
  );
}
