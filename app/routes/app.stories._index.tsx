import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { BlockStack, Box, Button, InlineGrid, InlineStack, Page, Text } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { queryOf } from '../fields.server.ts';
import { listStories } from '../stories/stories.server.ts';
import { storiesWanted } from '../stories/stories-wanted.ts';
import { STORY_KINDS, STORY_STATES } from '../stories/story.ts';
import { FirstThings } from '../ui/FirstThings.tsx';
import { StateFilter } from '../ui/StateFilter.tsx';
import { StoryCard } from '../ui/StoryCard.tsx';
import { storyView } from '../ui/storyView.ts';
import { KIND_LABELS, STATE_LABELS } from '../ui/storyWords.ts';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const wanted = storiesWanted(queryOf(request));
  const { stories, next } = await app().db.inShop(shop.id, (tx) => listStories(tx, shop.id, wanted, now()));
  return {
    stories: stories.map((story) => storyView(story, app().filesOrigin, now())),
    next,
    zone: shop.timeZone,
  };
}

const all = (label: string) => [{ label, value: '' }];
const STATES = [
  ...all('All but withdrawn'),
  ...STORY_STATES.map((value) => ({ value, label: STATE_LABELS[value] })),
];
const KINDS = [...all('Every kind'), ...STORY_KINDS.map((value) => ({ value, label: KIND_LABELS[value] }))];
const RIGHTS = [
  ...all('Any'),
  { label: 'Granted', value: 'granted' },
  { label: 'Asked, no answer yet', value: 'asked' },
  { label: 'Nothing granted', value: 'missing' },
];

export default function Stories() {
  const { stories, next, zone } = useLoaderData<typeof loader>();
  const [params, setParams] = useSearchParams();
  const csv = useCsv('stories');
  const pages = [
    { content: 'Events', url: '/app/stories/events' },
    { content: 'What interviews ask', url: '/app/stories/questions' },
  ];
  const isFiltered = ['state', 'kind', 'rights', 'product', 'after'].some((name) => params.has(name));
  if (stories.length === 0 && !isFiltered)
    return (
      <Page title="Stories" secondaryActions={pages}>
        <FirstThings
          heading="What they make of it, in their own pictures"
          text="Put “Page for their photos and stories” behind a button of any mail. Photos, films and guest posts come in here, and you decide what stands in your gallery."
        />
      </Page>
    );
  return (
    <Page title="Stories" secondaryActions={[...pages, csv]}>
      <BlockStack gap="400">
        <Box paddingInline={{ xs: '300', sm: '0' }}>
          <InlineStack gap="400">
            <StateFilter name="state" label="Show" options={STATES} />
            <StateFilter name="kind" label="Kind" options={KINDS} />
            <StateFilter name="rights" label="Rights" options={RIGHTS} />
          </InlineStack>
        </Box>
        {stories.length === 0 ? (
          <Box paddingInline={{ xs: '300', sm: '0' }}>
            <Text as="p" tone="subdued">
              No story is like that.
            </Text>
          </Box>
        ) : (
          <InlineGrid columns={{ xs: 2, sm: 3, lg: 4 }} gap={{ xs: '200', sm: '400' }}>
            {stories.map((story) => (
              <StoryCard key={story.id} story={story} zone={zone} />
            ))}
          </InlineGrid>
        )}
        {next ? (
          <InlineStack align="center">
            <Button
              onClick={() =>
                setParams((before) => ({ ...Object.fromEntries(before), after: next }), {
                  preventScrollReset: true,
                })
              }
            >
              Older ones
            </Button>
          </InlineStack>
        ) : null}
      </BlockStack>
    </Page>
  );
}
