import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Card, Page, Text } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { queryOf } from '../fields.server.ts';
import { REPORT_DAYS, reportDays } from '../sequences/report-days.ts';
import { whyNotSent } from '../sequences/sequences.server.ts';
import { StateFilter } from '../ui/StateFilter.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { WhyNotTable } from '../ui/WhyNotTable.tsx';
import { app } from '../wiring.server.ts';
import { sinceDays } from '../zones.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const days = reportDays(queryOf(request).get('days'));
  const reasons = await app().db.inShop(shop.id, (tx) =>
    whyNotSent(tx, sinceDays(days, shop.timeZone, now())),
  );
  return { days, reasons };
}

const PERIODS = REPORT_DAYS.map((days) => ({
  label: `The last ${days} days`,
  value: days === 30 ? '' : String(days),
}));

const KINDS = [
  ['moved', 'Moved to a better moment', 'Nothing was moved.'],
  ['skipped', 'Left out', 'Nothing was left out.'],
  ['unwritten', 'Left out before there was a mail', 'No step was left out.'],
  ['failed', 'Did not arrive', 'Everything that went out was taken.'],
] as const;

export default function NotSent() {
  const { days, reasons } = useLoaderData<typeof loader>();
  const csv = useCsv('not-sent');
  return (
    <Page
      title="Why did mails not go?"
      subtitle="Every mail that was moved, left out or refused, with its reason."
      backAction={{ content: 'Sequences', url: '/app/sequences' }}
      secondaryActions={[csv]}
    >
      <BlockStack gap="300">
        <Card>
          <BlockStack gap="200">
            <StateFilter name="days" label="Planned in" options={PERIODS} />
            <Text as="p" tone="subdued">
              What was moved has gone since, or waits for its moment. A mail that was moved for two reasons
              counts with each.
            </Text>
          </BlockStack>
        </Card>
        {KINDS.map(([fate, title, none]) => (
          <WhyNotTable
            key={fate}
            title={title}
            none={none}
            days={days}
            rows={reasons.filter((row) => row.fate === fate)}
          />
        ))}
      </BlockStack>
    </Page>
  );
}
