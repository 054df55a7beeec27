import type { ActionFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing } from '../fields.server.ts';
import { draftIn } from '../sequenceDeeds.server.ts';
import { explain } from '../sequences/explain.ts';
import { lookAhead } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

/** What would happen to one customer in the plan as it is drawn now. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const looking = {
    sequenceId: idOrMissing(params['id'], 'There is no such sequence'),
    customerId: idOrMissing(fields.text('customer'), 'There is no such customer'),
    plan: draftIn(fields),
    from: fields.text('from') === 'last-order' ? ('last-order' as const) : ('now' as const),
  };
  const seen = await app().db.inShop(shop.id, (tx) => lookAhead(tx, shop, looking, now()));
  const { reason } = seen.end;
  const forks = seen.steps.flatMap((step) =>
    step.outcome === 'branched' ? [{ key: step.key, why: explain(step.reason) }] : [],
  );
  const why = reason === null ? null : explain({ code: reason });
  return Response.json({ seen: { ...seen, why, forks } });
}
