import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { idOrMissing } from '../fields.server.ts';
import { dataExport, recordAccess } from '../shops/shops.server.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such export';

/** Everything that is held of a customer who asked for it, as a file for the merchant to hand on. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const text = await app().db.inShop(shop.id, async (tx) => {
    const found = await dataExport(tx, idOrMissing(params['id'], MISSING));
    if (found) await recordAccess(tx, { actor: userId, action: 'customer.exported' }, now());
    return found;
  });
  if (text === null) throw new Response(MISSING, { status: 404 });
  return new Response(text, {
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="customer-data.json"',
    },
  });
}
