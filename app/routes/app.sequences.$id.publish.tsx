import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { previewPublishing } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such sequence';

/** What publishing would do to those inside; the plan is posted where it is not saved yet. Writes nothing. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const fields = await fieldsOf(request);
  const drawn = fields.text('plan') === '' ? undefined : fields.json('plan');
  const preview = await app().db.inShop(shop.id, (tx) => previewPublishing(tx, id, now(), drawn));
  if (preview.outcome === 'unknown') throw new Response(MISSING, { status: 404 });
  return preview;
}
