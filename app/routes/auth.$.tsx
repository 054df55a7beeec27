import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';

/** /auth/session-token (the bounce page) and /auth/exit-iframe are answered inside; everything else ends on the plain page. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  if (params['*'] === 'session-token' || params['*'] === 'exit-iframe') await authenticateAdmin(request);
  return redirect('/');
}
