import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { draftIn } from '../sequenceDeeds.server.ts';
import { problemsIn } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

/** What is wrong with a plan that is being drawn. Writes nothing. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], 'There is no such sequence');
  const plan = draftIn(await fieldsOf(request));
  const problems = await app().db.inShop(shop.id, (tx) => problemsIn(tx, plan, id));
  return Response.json({ problems });
}
