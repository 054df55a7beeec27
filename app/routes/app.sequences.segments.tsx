import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { app } from '../wiring.server.ts';

const TROUBLE = {
  later: 'Shopify is slow to answer. Try again in a minute.',
  unauthorized: 'Shopify does not let us in. Open the app once more.',
  refused: 'Shopify does not show us the segments. Allow customers in Settings, under Connections.',
} as const;

/** Segments to choose from, as Shopify has them now. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const asked = await app().segments(shop);
  return asked.outcome === 'ok'
    ? { segments: asked.value, trouble: null }
    : { segments: [], trouble: TROUBLE[asked.outcome] };
}
