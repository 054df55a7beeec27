/** /r/TOKEN: the form for reviews. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { readForm, tooOften } from '../limits.server.ts';
import type { ReviewForm } from '../reviews/form.server.ts';
import { reviewForm, writeReviews } from '../reviews/reviews.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { reviewPageResponse, reviewsIn } from '../ui/reviewPage.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().reviewLinks.readReview(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'look', link.shopId);
  if (limited) return limited;
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    const { searchParams: query } = new URL(request.url);
    const state = query.has('saved') ? 'saved' : 'form';
    const page = withStars(await reviewForm(tx, shop, link), link.productId, query.get('stars'));
    return reviewPageResponse({ shop, page, state });
  });
}

/** Stars that were pressed in the mail are chosen for its product, and only chosen: a scanner presses all of them. */
function withStars(page: ReviewForm | null, productId: bigint | null, pressed: string | null) {
  if (!page || !/^[1-5]$/.test(pressed ?? '')) return page;
  const items = page.items.map((item) =>
    item.productId === productId && productId !== null ? { ...item, pressed: Number(pressed) } : item,
  );
  return { ...page, items };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const link = app().reviewLinks.readReview(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'answer', link.shopId);
  if (limited) return limited;
  const form = await readForm(request, 512 * 1024);
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    const given = form ? reviewsIn(form) : { name: '', reviews: [] };
    const result = given.reviews.length > 0 && (await writeReviews(tx, shop, link, given, now()));
    if (result && result.outcome === 'saved') return redirect(`${new URL(request.url).pathname}?saved`, 303);
    return reviewPageResponse({ shop, page: await reviewForm(tx, shop, link), state: 'wrong' });
  });
}
