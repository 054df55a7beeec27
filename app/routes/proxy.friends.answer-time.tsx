/** SHOP/apps/friends/answer-time, forwarded by Shopify: how fast the shop answers, for a badge in its theme. JSON. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateProxy } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { badgeFigure, inboxSettings } from '../conversations/conversations.server.ts';
import { tooOften } from '../limits.server.ts';
import { app } from '../wiring.server.ts';

/** `hours`: nine of ten of the last thirty days were answered within; null while it is not shown, or too few were. */
export async function loader({ request }: LoaderFunctionArgs) {
  const visitor = await authenticateProxy(request);
  if (visitor.outcome === 'refused') return visitor.response;
  const { shop } = visitor;
  const limited = await tooOften(request, 'look', shop.id);
  if (limited) return limited;
  const figure = await app().db.inShop(shop.id, async (tx) =>
    (await inboxSettings(tx)).badge ? badgeFigure(tx, now()) : null,
  );
  return Response.json(
    { hours: figure?.hours ?? null, answers: figure?.answers ?? 0 },
    { headers: { 'cache-control': 'public, max-age=3600' } },
  );
}
