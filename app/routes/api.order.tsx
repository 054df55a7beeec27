/** What the block on Shopify's page of an order asks: app/order-block.ts. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { answerStaff } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { queryOf } from '../fields.server.ts';
import { blockOfOrder } from '../orderBlock.server.ts';
import { app } from '../wiring.server.ts';

const ORDER = /^gid:\/\/shopify\/Order\/([1-9]\d{0,17})$/;

export function loader({ request }: LoaderFunctionArgs) {
  return answerStaff(request, async ({ shop, userId: staff }) => {
    const query = queryOf(request);
    const [, digits] = ORDER.exec(query.get('id') ?? '') ?? [];
    const locale = query.get('locale')?.slice(0, 35) || null;
    if (!digits) return new Response(null, { status: 404 });
    const id = BigInt(digits);
    return Response.json(
      await app().db.inShop(shop.id, (tx) => blockOfOrder(tx, { shop, id, staff, locale }, now())),
    );
  });
}
