import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Card, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { countriesOf, searchCustomers } from '../customers/customers.server.ts';
import { searchFrom } from '../customers/search.ts';
import { queryOf } from '../fields.server.ts';
import { CustomerFilters } from '../ui/CustomerFilters.tsx';
import { CustomerTable } from '../ui/CustomerTable.tsx';
import { FirstThings } from '../ui/FirstThings.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

const PAGE = 25;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const query = queryOf(request);
  const search = searchFrom(query, now());
  const ask = { ...search, shopId: shop.id, after: query.get('after'), limit: PAGE };
  const { customers, next, countries } = await app().db.inShop(shop.id, async (tx) => ({
    ...(await searchCustomers(tx, ask)),
    countries: await countriesOf(tx, shop.id),
  }));
  return {
    customers: customers.map(({ shopId: _shopId, totalSpent, ...row }) => ({
      ...row,
      totalSpent: String(totalSpent),
    })),
    next,
    countries,
    filtered: Object.values(search).some(Boolean),
    currency: shop.currency,
    now: now().toISOString(),
  };
}

export default function Customers() {
  const { customers, next, countries, filtered, currency, now: at } = useLoaderData<typeof loader>();
  const csv = useCsv('customers');
  if (customers.length === 0 && !filtered) {
    return (
      <Page title="Customers">
        <FirstThings
          heading="Everybody who buys appears here"
          text="With the first order that comes in, its customer gets a page of their own: every order, parcel, mail, answer and reward in one story."
        />
      </Page>
    );
  }
  return (
    <Page
      title="Customers"
      fullWidth
      secondaryActions={[{ content: 'How close they are', url: '/app/stages' }, csv]}
    >
      <Card padding="0">
        <CustomerFilters countries={countries} />
        <CustomerTable customers={customers} next={next} currency={currency} now={at} />
      </Card>
    </Page>
  );
}
