import { Badge, BlockStack, Button, Card, ChoiceList, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { USES, type Use } from '../stories/rights.ts';
import { date } from './format.ts';
import { RIGHTS_TONES } from './StoryCard.tsx';
import { RIGHTS_LABELS, USE_LABELS } from './storyWords.ts';
import type { StoryView } from './storyView.ts';

interface StoryRightsProps {
  story: StoryView;
  zone: string;
  busy: boolean;
  onAsk: (uses: Use[]) => void;
}

/** What they let you do with it, and asking for more. */
export function StoryRights({ story, zone, busy, onAsk }: StoryRightsProps) {
  // What they have granted without an end is not asked for again; what ends may be.
  const askable = USES.filter((use) => story.until !== null || !story.uses.includes(use));
  const [chosen, setChosen] = useState<Use[]>(story.askedUses.length > 0 ? story.askedUses : ['shop-page']);
  const wanted = chosen.filter((use) => askable.includes(use));
  const until = story.until ? ` until ${date(story.until, { locale: 'en', timeZone: zone })}` : '';
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            What you may do with it
          </Text>
          <Badge tone={RIGHTS_TONES[story.rights]}>{RIGHTS_LABELS[story.rights]!}</Badge>
        </InlineStack>
        {story.uses.length === 0 ? (
          <Text as="p" tone="subdued">
            Look at it, and no more.
          </Text>
        ) : (
          <BlockStack gap="100">
            {story.uses.map((use) => (
              <Text as="p" key={use}>{`${USE_LABELS[use]}${until}`}</Text>
            ))}
          </BlockStack>
        )}
        {story.state === 'withdrawn' ? null : (
          <BlockStack gap="300">
            {askable.length === 0 ? null : (
              <>
                <ChoiceList
                  title="Ask them for"
                  allowMultiple
                  choices={askable.map((value) => ({ value, label: USE_LABELS[value] }))}
                  selected={wanted}
                  onChange={(marked) => setChosen(USES.filter((use) => marked.includes(use)))}
                />
                <InlineStack>
                  <Button loading={busy} disabled={wanted.length === 0} onClick={() => onAsk(wanted)}>
                    {story.rights === 'asked' ? 'Ask again' : 'Ask by mail'}
                  </Button>
                </InlineStack>
              </>
            )}
            <Text as="p" tone="subdued">
              They decide on their own page, and may take it back at any time. Then it is out of your gallery
              at once.
            </Text>
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  );
}
