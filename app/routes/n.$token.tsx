/** /n/TOKEN: "it has not arrived yet", from a mail. Looking says nothing; a press does. */
import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { now } from '../clock.server.ts';
import { readForm, tooOften } from '../limits.server.ts';
import { arrivalIn } from '../orders/missing.ts';
import { ordersByIds, sayArrived, sayMissing } from '../orders/orders.server.ts';
import { shopById } from '../shops/shops.server.ts';
import { parcelPageResponse } from '../ui/parcelPage.ts';
import { app } from '../wiring.server.ts';

const missing = () => new Response(null, { status: 404 });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const link = app().parcels.readNotArrived(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'look', link.shopId);
  if (limited) return limited;
  const found = new URL(request.url).searchParams.has('found');
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    const orders = await ordersByIds(tx, [{ shopId: shop.id, id: link.orderId }]);
    const order = orders.get(`${shop.id}:${link.orderId}`) ?? null;
    const arrival = order ? arrivalIn(order, link.shipmentId, now()) : 'none';
    return parcelPageResponse({ shop, order, ...link, arrival, found: found && arrival !== 'missing' });
  });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const link = app().parcels.readNotArrived(params['token'] ?? '');
  if (!link) return missing();
  const limited = await tooOften(request, 'answer', link.shopId);
  if (limited) return limited;
  const said = (await readForm(request))?.get('said');
  const { pathname } = new URL(request.url);
  return app().db.inShop(link.shopId, async (tx) => {
    const shop = await shopById(tx, link.shopId);
    if (shop?.status !== 'installed') return missing();
    if (said === 'arrived') await sayArrived(tx, link, now());
    else if (said === 'missing') await sayMissing(tx, link, 'mail', now());
    return redirect(said === 'arrived' ? `${pathname}?found=1` : pathname, 303);
  });
}
