import type { LoaderFunctionArgs } from '@remix-run/node';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { searchCustomers } from '../customers/customers.server.ts';
import { queryOf } from '../fields.server.ts';
import { app } from '../wiring.server.ts';

const MOST = 8;

/** Finds a customer whose data is shown, or whose way is looked ahead. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const text = queryOf(request).get('q') ?? '';
  return app().db.inShop(shop.id, async (tx) => {
    const { customers } = await searchCustomers(tx, { shopId: shop.id, text, limit: MOST });
    return { people: customers.map(({ id, name, email }) => ({ id, name: name ?? email ?? 'No name' })) };
  });
}
