import { Link } from '@remix-run/react';
import { Badge, BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris';
import { date } from './format.ts';
import { KIND_LABELS, RIGHTS_LABELS, STATE_LABELS } from './storyWords.ts';
import type { StoryView } from './storyView.ts';

export const STATE_TONES = {
  new: 'attention',
  shown: 'success',
  hidden: undefined,
  withdrawn: undefined,
} as const;
export const RIGHTS_TONES: Record<string, 'success' | 'info' | 'warning' | undefined> = {
  granted: 'success',
  asked: 'info',
  'ran-out': 'warning',
};

/** A story in the grid: its first picture, whose it is, and how far it is. */
export function StoryCard({ story, zone }: { story: StoryView; zone: string }) {
  const first = story.files.find(({ kind }) => kind === 'picture') ?? story.files[0];
  const label = story.title ?? story.text ?? story.answers[0]?.answer ?? KIND_LABELS[story.kind];
  return (
    <Card padding="0">
      <Link
        to={`/app/stories/${story.id}`}
        style={{ color: 'inherit', textDecoration: 'none', display: 'block' }}
        aria-label={`${KIND_LABELS[story.kind]} of ${story.customerName ?? 'a customer without a name'}`}
      >
        <Cover picture={first ?? null} words={label} more={story.files.length - 1} />
        <Box padding="300">
          <BlockStack gap="150">
            <Text as="p" fontWeight="semibold" truncate>
              {story.customerName ?? 'No name'}
            </Text>
            <Text as="p" tone="subdued" truncate>
              {label}
            </Text>
            <InlineStack gap="150">
              <Badge tone={STATE_TONES[story.state]}>{STATE_LABELS[story.state]}</Badge>
              <Badge tone={RIGHTS_TONES[story.rights]}>{RIGHTS_LABELS[story.rights]!}</Badge>
            </InlineStack>
            <Text as="p" tone="subdued" variant="bodySm">
              {`${KIND_LABELS[story.kind]}, ${date(story.at, { locale: 'en', timeZone: zone })}`}
            </Text>
          </BlockStack>
        </Box>
      </Link>
    </Card>
  );
}

interface CoverProps {
  picture: StoryView['files'][number] | null;
  words: string;
  more: number;
}

const FRAME = {
  aspectRatio: '4 / 3',
  width: '100%',
  display: 'block',
  objectFit: 'cover',
  background: 'var(--p-color-bg-surface-secondary)',
} as const;

const MORE = {
  position: 'absolute',
  right: 8,
  bottom: 8,
  borderRadius: 8,
  background: 'var(--p-color-bg-surface)',
} as const;

function Cover({ picture, words, more }: CoverProps) {
  return (
    <div style={{ position: 'relative' }}>
      {picture === null ? (
        <div style={{ ...FRAME, padding: 'var(--p-space-400)', overflow: 'hidden' }}>
          <Text as="p" variant="headingMd" breakWord>
            {words.slice(0, 120)}
          </Text>
        </div>
      ) : picture.kind === 'video' ? (
        <video src={picture.large} style={FRAME} preload="metadata" muted tabIndex={-1} />
      ) : (
        <img src={picture.small} alt="" loading="lazy" style={FRAME} />
      )}
      {more > 0 ? (
        <div style={MORE}>
          <Badge>{`+${more}`}</Badge>
        </div>
      ) : null}
    </div>
  );
}
