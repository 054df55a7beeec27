/** /r/TOKEN: the form for reviews. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { tooOften } from '../limits.server.ts';
import { reviewPageOf, tellReviews } from '../reviewDeeds.server.ts';
import { reviewPageResponse, type ReviewPage } from '../ui/reviewPage.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().reviewLinks.readReview(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'look', link.shopId);
  if (limited) return limited;
  const { searchParams: query } = new URL(request.url);
  const page = await reviewPageOf(link);
  if (!page) return missing();
  const state = query.has('saved') ? 'saved' : 'form';
  return reviewPageResponse({ ...withStars(page, link.productId, query.get('stars')), state });
}

/** Stars that were pressed in the mail are chosen for its product, and only chosen: a scanner presses all of them. */
function withStars(page: ReviewPage, productId: bigint | null, pressed: string | null): ReviewPage {
  if (!page.form || !/^[1-5]$/.test(pressed ?? '')) return page;
  const items = page.form.items.map((item) =>
    item.productId === productId && productId !== null ? { ...item, pressed: Number(pressed) } : item,
  );
  return { ...page, form: { ...page.form, items } };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const link = app().reviewLinks.readReview(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'answer', link.shopId);
  if (limited) return limited;
  const told = await tellReviews(request, link);
  switch (told.outcome) {
    case 'missing':
      return missing();
    case 'saved':
      return redirect(`${new URL(request.url).pathname}?saved`, 303);
    case 'wrong':
      return reviewPageResponse({ ...told.page, state: 'wrong' });
  }
}
