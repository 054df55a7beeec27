import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { idOrMissing } from '../fields.server.ts';
import { askSimulation, simulationOf } from '../sequences/sequences.server.ts';
import { app } from '../wiring.server.ts';

export { afterDeeds as shouldRevalidate } from '../ui/revalidation.ts';

const MISSING = 'There is no such sequence';

/** How far the try of this sequence has come, and what it came to. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const simulation = await app().db.inShop(shop.id, (tx) => simulationOf(tx, id));
  return { simulation, problems: false };
}

/** Asks for a try; an older one is given up. */
export async function action({ request, params }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  const { db, queue } = app();
  return db.inShop(shop.id, async (tx) => {
    const asked = await askSimulation(
      tx,
      id,
      (inTx, payload) => queue.enqueue(inTx, 'sequences.simulate', payload, payload.simulationId),
      now(),
    );
    if (asked.outcome === 'unknown') throw new Response(MISSING, { status: 404 });
    return { simulation: await simulationOf(tx, id), problems: asked.outcome === 'problems' };
  });
}
