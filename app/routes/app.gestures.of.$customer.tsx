import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { handDeed } from '../gestureDeeds.server.ts';
import { listGestures } from '../gestures/gestures.server.ts';
import { loyaltyOf, redeemPoints } from '../loyalty/loyalty.server.ts';
import { gestureView } from '../ui/gestures/gestureView.ts';
import { app } from '../wiring.server.ts';

const NOBODY = 'There is no such customer';

/** What a customer was given, for their page. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const customerId = idOrMissing(params['customer'], NOBODY);
  return app().db.inShop(shop.id, async (tx) => {
    const { gestures } = await listGestures(tx, shop.id, { customerId, limit: 10 });
    const loyalty = await loyaltyOf(tx, shop, { customerId, locale: 'en' }, now());
    return { gestures: gestures.map(gestureView), currency: shop.currency, loyalty };
  });
}

/** Gives something by hand, or says why not; or turns points into what they are worth, for somebody who asks for it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, userId: staff } = await authenticateAdmin(request);
  const customerId = idOrMissing(params['customer'], NOBODY);
  const fields = await fieldsOf(request);
  if (fields.text('intent') === 'redeem') {
    const redeemed = await app().db.inShop(shop.id, (tx) => redeemPoints(tx, shop, { customerId }, now()));
    const isDone = redeemed.outcome === 'redeemed';
    return { toast: isDone ? 'Turned into what they are worth' : 'They have too few points' };
  }
  return app().db.inShop(shop.id, (tx) => handDeed(tx, { shop, staff, fields, customerId }, now()));
}
