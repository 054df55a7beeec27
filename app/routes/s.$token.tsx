/** /s/TOKEN: a customer shows photos, films and stories, says what may be done with them, and takes them back. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { tooOften } from '../limits.server.ts';
import { shopById } from '../shops/shops.server.ts';
import type { StoryLink } from '../stories/links.ts';
import { storyPage } from '../stories/stories.server.ts';
import { STORY_FORMS, storyPageResponse } from '../ui/storyPage.ts';
import { tellStory } from '../storyDeeds.server.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });
const STATES = ['sent', 'saved', 'withdrawn'] as const;

type Shown = Pick<Parameters<typeof storyPageResponse>[0], 'form' | 'state' | 'problem' | 'typed'>;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().stories.readStory(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'look', link.shopId);
  if (limited) return limited;
  const query = new URL(request.url).searchParams;
  const form = STORY_FORMS.find((name) => name === query.get('as')) ?? 'photos';
  return show(link, { form, state: STATES.find((name) => query.has(name)) ?? 'form' });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const link = app().stories.readStory(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'answer', link.shopId);
  if (limited) return limited;
  const told = await tellStory(request, link);
  if (told.outcome === 'missing') return missing();
  if (told.outcome !== 'wrong') return redirect(`${new URL(request.url).pathname}?${told.outcome}`, 303);
  const { form, problem, typed } = told;
  return show(link, { form, problem, typed, state: 'form' });
}

const show = (link: StoryLink, shown: Shown) =>
  app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    const page = await storyPage(tx, shop, link);
    const who = { shopId: shop.id, purpose: 'story', customerId: page?.customerId ?? null } as const;
    const uploadToken = page ? app().uploads.sign(who, now()) : '';
    return storyPageResponse({ ...shown, shop, page, uploadToken, origin: app().filesOrigin, now: now() });
  });
