/**
 * SHOP/apps/friends/stories?product=&limit=, forwarded by Shopify: the stories that stand in the gallery, as JSON for the
 * theme's block (extensions/storefront/blocks/stories.liquid). Never kept by anybody on the way: what is taken back is gone with the next look.
 */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateProxy } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { tooOften } from '../limits.server.ts';
import { gallery } from '../stories/stories.server.ts';
import { galleryItem, type Gallery } from '../ui/galleryView.ts';
import { app } from '../wiring.server.ts';

const MOST = 48;

export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await authenticateProxy(request);
  if (visitor.outcome === 'refused') return visitor.response;
  const { shop } = visitor;
  const limited = await tooOften(request, 'look', shop.id);
  if (limited) return limited;
  const query = new URL(request.url).searchParams;
  const [product, limit] = [query.get('product') ?? '', query.get('limit') ?? ''];
  const ask = {
    productId: /^\d{1,18}$/.test(product) ? BigInt(product) : null,
    limit: /^\d{1,2}$/.test(limit) ? Math.min(MOST, Math.max(1, Number(limit))) : 12,
  };
  const stories = await app().db.inShop(shop.id, (tx) => gallery(tx, shop.id, ask, now()));
  const shown: Gallery = { stories: stories.map((story) => galleryItem(story, app().filesOrigin)) };
  return Response.json(shown, { headers: { 'cache-control': 'no-store' } });
}
