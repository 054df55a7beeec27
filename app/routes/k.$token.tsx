/** /k/TOKEN: what somebody has asked, for whoever did: its answers, no more mails about it, and taking it back. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { readForm, tooOften } from '../limits.server.ts';
import { ownQuestion, stopTelling, takeBack } from '../reviews/reviews.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { ownQuestionResponse } from '../ui/questionPage.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });
const TOLD = ['stopped', 'takenBack'] as const;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().reviewLinks.readQuestion(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'look', link.shopId);
  if (limited) return limited;
  const query = new URL(request.url).searchParams;
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    const told = TOLD.find((name) => query.has(name)) ?? null;
    return ownQuestionResponse({ shop, question: await ownQuestion(tx, link), told });
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const link = app().reviewLinks.readQuestion(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'answer', link.shopId);
  if (limited) return limited;
  const intent = (await readForm(request))?.get('intent');
  const { pathname } = new URL(request.url);
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    if (intent === 'take-back') await takeBack(tx, link);
    else if (intent === 'stop') await stopTelling(tx, link);
    else return redirect(pathname, 303);
    return redirect(`${pathname}?${intent === 'stop' ? 'stopped' : 'takenBack'}`, 303);
  });
}
