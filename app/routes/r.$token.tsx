/** /r/TOKEN: the form for reviews. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { reviewPage, writeReviews } from '../feedback/feedback.server.ts';
import { readForm, tooOften } from '../limits.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { reviewPageResponse, reviewsIn } from '../ui/reviewPage.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().asks.readReview(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'look', link.shopId);
  if (limited) return limited;
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    const isSaved = new URL(request.url).searchParams.has('saved');
    const page = await reviewPage(tx, shop, link);
    return reviewPageResponse({ shop, page, state: isSaved ? 'saved' : 'form' });
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const link = app().asks.readReview(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'answer', link.shopId);
  if (limited) return limited;
  const form = await readForm(request, 512 * 1024);
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    const reviews = form ? reviewsIn(form) : [];
    const result = reviews.length > 0 && (await writeReviews(tx, shop, link, reviews, now()));
    if (result && result.outcome === 'saved') return redirect(`${new URL(request.url).pathname}?saved`, 303);
    return reviewPageResponse({ shop, page: await reviewPage(tx, shop, link), state: 'wrong' });
  });
}
