/** /f/TOKEN: a customer's own page of friends, without a log-in: the link is theirs. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { isUuid } from '../cursor.ts';
import { readForm, tooOften } from '../limits.server.ts';
import { advocateOf, appeal } from '../referrals/referrals.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { preferredLanguage } from '../surveyPages.server.ts';
import { advocatePageResponse } from '../ui/advocatePage.ts';
import { advocateView } from '../ui/advocateView.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const owner = app().friends.readPage(params['token'] ?? '');
  if (!owner) return missing();
  const limited = await tooOften(request, 'look', owner.shopId);
  if (limited) return limited;
  const found = await app().db.inShop(owner.shopId, async (tx) => {
    const shop = await shopById(tx, owner.shopId);
    return shop?.status === 'installed' ? advocateOf(tx, shop, owner.customerId, now()) : null;
  });
  if (!found) return missing();
  const wish = found.locale ?? preferredLanguage(request);
  return advocatePageResponse(found.shop, advocateView(found, wish));
}

/** The advocate asks for another look at one of their friends' orders. Pressed twice it is one. */
export async function action({ request, params }: ActionFunctionArgs) {
  const owner = app().friends.readPage(params['token'] ?? '');
  if (!owner) return missing();
  const limited = await tooOften(request, 'answer', owner.shopId);
  if (limited) return limited;
  const form = await readForm(request);
  const [referralId, text] = [form?.get('referral') ?? '', form?.get('text') ?? ''];
  if (!isUuid(referralId)) return missing();
  return app().db.inShop(owner.shopId, async (tx) => {
    const shop = await shopById(tx, owner.shopId);
    if (shop?.status !== 'installed') return missing();
    await appeal(tx, { referralId, advocateId: owner.customerId, text }, now());
    return redirect(new URL(request.url).pathname, 303);
  });
}
