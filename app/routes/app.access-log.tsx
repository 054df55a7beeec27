import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { DataTable, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { queryOf } from '../fields.server.ts';
import { accessLog } from '../shops/shops.server.ts';
import { actorInWords, deedInWords } from '../ui/accessWords.ts';
import { CustomerLink } from '../ui/CustomerLink.tsx';
import { moment } from '../ui/format.ts';
import { ListCard } from '../ui/ListCard.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const after = queryOf(request).get('after');
  return app().db.inShop(shop.id, async (tx) => ({
    ...(await accessLog(tx, { after })),
    zone: shop.timeZone,
    now: now().toISOString(),
  }));
}

export default function AccessLog() {
  const { rows, next, zone, now: at } = useLoaderData<typeof loader>();
  const csv = useCsv('access-log');
  return (
    <Page
      title="Access log"
      subtitle="Who looked at your customers’ data, and what programs did. Staff whose name Shopify has not told stand by their Shopify id."
      backAction={{ content: 'Settings', url: '/app/settings?section=data' }}
      secondaryActions={[csv]}
    >
      <ListCard next={next} zone={zone} empty={rows.length > 0 ? null : 'Nobody has looked yet.'}>
        <DataTable
          columnContentTypes={['text', 'text', 'text', 'text']}
          headings={['When', 'Who', 'What', 'Customer']}
          rows={rows.map((row) => [
            moment(row.at, { locale: 'en', timeZone: zone, now: at }),
            actorInWords(row),
            deedInWords(row.action),
            <CustomerLink key="whom" id={row.customerId} name={row.customerName} />,
          ])}
        />
      </ListCard>
    </Page>
  );
}
