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
    const { searchParams: query } = new URL(request.url);
    const isSaved = query.has('saved');
    const page = withStars(await reviewPage(tx, shop, link), link.productId, query.get('stars'));
    return reviewPageResponse({ shop, page, state: isSaved ? 'saved' : 'form' });
  });
}

type Shown = Awaited<ReturnType<typeof reviewPage>>;

/** Stars that were pressed in the mail are chosen for its product, and only chosen: a scanner presses all of them. */
function withStars(page: Shown, productId: bigint | null, pressed: string | null): Shown {
  if (!page || !/^[1-5]$/.test(pressed ?? '')) return page;
  const chosen = page.products.map((each) =>
    each.productId === productId ? { ...each, stars: Number(pressed) } : each,
  );
  return { ...page, products: chosen };
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
