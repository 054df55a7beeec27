/** SHOP/apps/friends/reviews?product=ID, forwarded by Shopify: what everybody may see, for the blocks of the theme. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateProxy } from '../adapters/shopify/authenticate.server.ts';
import { queryOf } from '../fields.server.ts';
import { tooOften } from '../limits.server.ts';
import { shownReviews } from '../reviews/reviews.server.ts';
import { SORTS } from '../reviews/wanted.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await authenticateProxy(request);
  if (visitor.outcome === 'refused') return visitor.response;
  const { shop } = visitor;
  const limited = await tooOften(request, 'look', shop.id);
  if (limited) return limited;
  const query = queryOf(request);
  const product = query.get('product') ?? '';
  if (product !== '' && !/^[1-9]\d{0,17}$/.test(product))
    return Response.json({ error: 'product: an id of digits' }, { status: 400 });
  const ask = {
    shopId: shop.id,
    productId: product === '' ? null : BigInt(product),
    sort: SORTS.find((sort) => sort === query.get('sort')) ?? 'new',
    after: query.get('after'),
  };
  const page = await app().db.inShop(shop.id, (tx) => shownReviews(tx, ask, app().filesOrigin));
  return Response.json(page, {
    headers: { 'cache-control': 'public, max-age=60', 'x-content-type-options': 'nosniff' },
  });
}
