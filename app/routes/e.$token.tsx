/** /e/TOKEN: the pictures of a day a customer was at. Their own link marks and hides; a shared one only shows. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { isUuid } from '../cursor.ts';
import { readForm, tooOften } from '../limits.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { eventPage, findMyself, hidePicture } from '../stories/stories.server.ts';
import { eventPageResponse } from '../ui/eventPage.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().stories.readEvent(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'look', link.shopId);
  if (limited) return limited;
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    return eventPageResponse({
      shop,
      page: await eventPage(tx, link),
      shared: link.shared,
      shareUrl: app().stories.event({ ...link, shared: true }),
      isSaved: new URL(request.url).searchParams.has('saved'),
      origin: app().filesOrigin,
    });
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const link = app().stories.readEvent(params['token'] ?? '');
  if (!link || link.shared) return missing();
  const limited = await tooOften(request, 'answer', link.shopId);
  if (limited) return limited;
  const form = await readForm(request);
  const pictures = (form?.getAll('picture') ?? []).filter(isUuid);
  const done = await app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed' || !form) return false;
    if (form.get('intent') === 'hide') return hidePicture(tx, link, pictures[0] ?? link.eventId, now());
    return findMyself(tx, link, pictures, now());
  });
  return done ? redirect(`${new URL(request.url).pathname}?saved`, 303) : missing();
}
