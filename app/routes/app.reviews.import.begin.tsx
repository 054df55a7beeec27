/** Makes room for a file of reviews; its pieces come to app.reviews.import.$id.pieces.tsx. */
import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf } from '../fields.server.ts';
import { beginImport } from '../reviews/reviews.server.ts';
import { app } from '../wiring.server.ts';

export async function action({ request }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const file = { name: fields.text('name'), bytes: Number(fields.text('bytes')), staff: String(userId) };
  return Response.json(await app().db.inShop(shop.id, (tx) => beginImport(tx, file, now())));
}
