import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { queryOf } from '../fields.server.ts';
import { rankAdvocates } from '../referrals/referrals.server.ts';
import { AdvocateTable } from '../ui/AdvocateTable.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

const PAGE = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  // A ranking has no keys to go on from: its pages are counted.
  const [, digits = '0'] = /^(\d{1,6})$/.exec(queryOf(request).get('after') ?? '') ?? [];
  const skip = Number(digits);
  const ranked = await app().db.inShop(shop.id, (tx) => rankAdvocates(tx, shop.id, PAGE + 1, skip));
  return {
    advocates: ranked.slice(0, PAGE).map((row) => ({ ...row, revenue: String(row.revenue) })),
    next: ranked.length > PAGE ? String(skip + PAGE) : null,
    currency: shop.currency,
    zone: shop.timeZone,
    now: now().toISOString(),
  };
}

export default function Advocates() {
  const csv = useCsv('advocates');
  return (
    <Page
      title="Advocates"
      subtitle="Those who brought most friends first."
      backAction={{ content: 'Referrals', url: '/app/referrals' }}
      secondaryActions={[csv]}
    >
      <AdvocateTable {...useLoaderData<typeof loader>()} />
    </Page>
  );
}
