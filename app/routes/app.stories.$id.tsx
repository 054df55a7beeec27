import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { Badge, BlockStack, Layout, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { articleOfStory, draftArticle } from '../articleDeeds.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { recordAccess } from '../shops/shops.server.ts';
import { usesIn } from '../stories/rights.ts';
import { askRights, showStory, storyShown } from '../stories/stories.server.ts';
import { StoryBody } from '../ui/StoryBody.tsx';
import { STATE_TONES } from '../ui/StoryCard.tsx';
import { StoryArticle } from '../ui/StoryArticle.tsx';
import { StoryRights } from '../ui/StoryRights.tsx';
import { storyView } from '../ui/storyView.ts';
import { KIND_LABELS, STATE_LABELS } from '../ui/storyWords.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such story';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const { shown, story } = await app().db.inShop(shop.id, async (tx) => {
    const story = await storyShown(tx, shop.id, id);
    if (!story) throw new Response(MISSING, { status: 404 });
    await recordAccess(tx, { actor: userId, action: 'story.viewed', customerId: story.customerId }, now());
    return { shown: story, story: storyView(story, app().filesOrigin, now()) };
  });
  return { story, article: await articleOfStory(shop, shown), zone: shop.timeZone };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const fields = await fieldsOf(request);
  const intent = fields.text('intent');
  switch (intent) {
    case 'show':
    case 'hide': {
      const isShow = intent === 'show';
      const done = await app().db.inShop(shop.id, (tx) => showStory(tx, shop.id, id, isShow, now()));
      if (done.outcome === 'gone') throw new Response(MISSING, { status: 404 });
      if (done.outcome === 'no-right')
        return { toast: 'They have not granted your shop’s pages: ask them first', isError: true };
      return { toast: isShow ? 'It stands in your gallery' : 'It is out of your gallery' };
    }
    case 'ask': {
      const uses = usesIn(fields.texts('use'));
      if (uses.length === 0) return { toast: 'Choose what you would like to use it for', isError: true };
      const asked = await app().db.inShop(shop.id, (tx) => askRights(tx, shop, id, uses, now()));
      if (!asked) throw new Response(MISSING, { status: 404 });
      return { toast: 'They are asked by mail' };
    }
    case 'article': {
      const answer = await draftArticle(shop, id);
      if (!answer) throw new Response(MISSING, { status: 404 });
      return answer;
    }
    default:
      return unknownIntent();
  }
}

export default function StoryPage() {
  const { story, article, zone } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<typeof action>();
  useToast(fetcher.data?.toast);
  const busy = fetcher.state !== 'idle';
  const isShown = story.state === 'shown';
  const isPost = story.kind === 'guest-post' && story.state !== 'withdrawn';
  const mayShow =
    story.rights !== 'withdrawn' && story.rights !== 'ran-out' && story.uses.includes('shop-page');
  const press = (intent: string) => fetcher.submit({ intent }, { method: 'post' });
  return (
    <Page
      title={story.title ?? `${KIND_LABELS[story.kind]} of ${story.customerName ?? 'a customer'}`}
      titleMetadata={<Badge tone={STATE_TONES[story.state]}>{STATE_LABELS[story.state]}</Badge>}
      backAction={{ content: 'Stories', url: '/app/stories' }}
      primaryAction={
        story.state === 'withdrawn'
          ? undefined
          : isShown
            ? { content: 'Take it out of the gallery', loading: busy, onAction: () => press('hide') }
            : {
                content: 'Put it into the gallery',
                loading: busy,
                disabled: !mayShow,
                helpText: mayShow ? undefined : 'They have not granted your shop’s pages',
                onAction: () => press('show'),
              }
      }
      secondaryActions={
        story.state === 'new' ? [{ content: 'Hide it', loading: busy, onAction: () => press('hide') }] : []
      }
    >
      <Layout>
        <Layout.Section>
          <StoryBody story={story} zone={zone} />
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            {isPost ? <StoryArticle article={article} mayShow={mayShow} /> : null}
            <StoryRights
              story={story}
              zone={zone}
              busy={busy}
              onAsk={(uses) => {
                const form = new FormData();
                form.set('intent', 'ask');
                for (const use of uses) form.append('use', use);
                fetcher.submit(form, { method: 'post' });
              }}
            />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}
