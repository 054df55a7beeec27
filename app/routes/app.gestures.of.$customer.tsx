import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { handDeed } from '../gestureDeeds.server.ts';
import { listGestures } from '../gestures/gestures.server.ts';
import { gestureView } from '../ui/gestures/gestureView.ts';
import { app } from '../wiring.server.ts';

const NOBODY = 'There is no such customer';

/** What a customer was given, for their page. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const customerId = idOrMissing(params['customer'], NOBODY);
  const { gestures } = await app().db.inShop(shop.id, (tx) =>
    listGestures(tx, shop.id, { customerId, limit: 10 }),
  );
  return { gestures: gestures.map(gestureView), currency: shop.currency };
}

/** Gives something by hand, or says why not. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shop, userId: staff } = await authenticateAdmin(request);
  const customerId = idOrMissing(params['customer'], NOBODY);
  const fields = await fieldsOf(request);
  return app().db.inShop(shop.id, (tx) => handDeed(tx, { shop, staff, fields, customerId }, now()));
}
