/** A page that there is not, within the app's frame: an address mistyped, or of another release. */
import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  await authenticateAdmin(request);
  throw new Response('There is no such page', { status: 404 });
}

export default function Missing() {
  return null;
}
