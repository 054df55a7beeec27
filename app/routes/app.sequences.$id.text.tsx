import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { idOrMissing } from '../fields.server.ts';
import { exportText } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such sequence';

/** The sequence as a file: what is drawn, as it was saved last. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const found = await app().db.inShop(shop.id, (tx) => exportText(tx, { id }, 'draft'));
  if (!found) throw new Response(MISSING, { status: 404 });
  return new Response(found.text, { headers: { 'content-type': 'application/yaml; charset=utf-8' } });
}
