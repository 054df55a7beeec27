/** /h/TOKEN: "did it help?", after a matter was settled. Looking says nothing; a press does. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { helpPage, sayHelped } from '../conversations/conversations.server.ts';
import { readForm, tooOften } from '../limits.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { helpPageResponse } from '../ui/helpPage.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().help.readHelp(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'look', link.shopId);
  if (limited) return limited;
  const query = new URL(request.url).searchParams;
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    const page = await helpPage(tx, shop.id, link.conversationId);
    return helpPageResponse({ shop, page, chosen: query.get('v'), thanks: query.has('thanks') });
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const link = app().help.readHelp(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'answer', link.shopId);
  if (limited) return limited;
  const score = Number((await readForm(request))?.get('v'));
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    const kept = await sayHelped(tx, link.conversationId, score, now());
    const { pathname } = new URL(request.url);
    return redirect(kept ? `${pathname}?thanks=1` : pathname, 303);
  });
}
