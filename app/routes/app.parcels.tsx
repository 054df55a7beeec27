import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { BlockStack, Button, Card, DataTable, InlineStack, Link, Page, Text } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, unknownIntent } from '../fields.server.ts';
import { learnedLanes, missingParcels, solveMissing } from '../orders/orders.server.ts';
import { countryName } from '../ui/arrivalWords.ts';
import { relative } from '../ui/format.ts';
import { useCsv } from '../ui/useCsv.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

/** Missed parcels that the page shows; the others come up as these are found. */
const MOST = 50;

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  return app().db.inShop(shop.id, async (tx) => ({
    missing: (await missingParcels(tx, MOST)).map(({ orderId, shipmentId, ...parcel }) => ({
      ...parcel,
      orderId: String(orderId),
      shipmentId: String(shipmentId),
    })),
    lanes: await learnedLanes(tx, now()),
    assumedDays: shop.settings.assumedTransitDays,
    now: now().toISOString(),
  }));
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, userId } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  const intent = fields.text('intent');
  if (intent !== 'arrived' && intent !== 'lost') return unknownIntent();
  const problemId = idOrMissing(fields.text('problem'), 'There is no such parcel');
  const solved = await app().db.inShop(shop.id, (tx) =>
    solveMissing(tx, { problemId, outcome: intent, staff: userId }, now()),
  );
  return { toast: solved ? 'Noted' : 'It was dealt with already' };
}

type Missing = ReturnType<typeof useLoaderData<typeof loader>>['missing'][number];

function MissingItem({ parcel, at }: { parcel: Missing; at: string }) {
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  const say = (intent: string) => fetcher.submit({ intent, problem: parcel.id }, { method: 'post' });
  const who = parcel.customer ?? 'a customer without a name';
  const believed =
    parcel.believedBy === 'carrier' ? 'the carrier says it is there' : 'it was taken as arrived';
  return (
    <InlineStack align="space-between" blockAlign="center" gap="400">
      <BlockStack gap="050">
        <Text as="p" breakWord>
          {`${parcel.order} for `}
          {parcel.customerId ? <Link url={`/app/customers/${parcel.customerId}`}>{who}</Link> : who}
        </Text>
        <Text as="p" tone="subdued" breakWord>
          {`Missed ${relative(parcel.openedAt, at, 'en')}; ${believed}. Sent ${relative(parcel.shippedAt, at, 'en')}${parcel.carrier ? ` with ${parcel.carrier}` : ''}${parcel.country ? ` to ${countryName(parcel.country)}` : ''}. `}
          {parcel.trackingUrl ? (
            <Link url={parcel.trackingUrl} target="_blank">
              Follow it
            </Link>
          ) : null}
        </Text>
      </BlockStack>
      <InlineStack gap="200">
        <Button
          loading={fetcher.state !== 'idle'}
          accessibilityLabel={`It has arrived: ${parcel.order} for ${who}`}
          onClick={() => say('arrived')}
        >
          It has arrived
        </Button>
        <Button
          tone="critical"
          disabled={fetcher.state !== 'idle'}
          accessibilityLabel={`It is lost: ${parcel.order} for ${who}`}
          onClick={() => say('lost')}
        >
          It is lost
        </Button>
      </InlineStack>
    </InlineStack>
  );
}

export default function Parcels() {
  const { missing, lanes, assumedDays, now: at } = useLoaderData<typeof loader>();
  const csv = useCsv('parcels');
  const rows = lanes.map(({ carrier, origin, country, service, parcels, days }) => [
    carrier || 'Not named',
    `${countryName(origin)} to ${countryName(country)}`,
    service || 'Any',
    parcels,
    days === null ? 'Not enough yet' : days,
  ]);
  return (
    <Page
      title="Parcels"
      backAction={{ content: 'Settings', url: '/app/settings' }}
      secondaryActions={[{ ...csv, disabled: lanes.length === 0 }]}
    >
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              Where is it?
            </Text>
            {missing.length === 0 ? (
              <Text as="p" tone="subdued">
                Nobody misses a parcel. Who does can say so from every message that asks after an arrival, and
                on the page of their order.
              </Text>
            ) : (
              <Text as="p" tone="subdued">
                Their customers are asked and offered nothing until they are found.
              </Text>
            )}
            {missing.map((parcel) => (
              <MissingItem key={parcel.id} parcel={parcel} at={at} />
            ))}
          </BlockStack>
        </Card>
        <Card>
          <BlockStack gap="300">
            <Text as="h2" variant="headingMd">
              How long parcels take
            </Text>
            <Text as="p" tone="subdued">
              {`Learned from the scans of the last six months, in working days of where they go. Where nothing is learned yet, a parcel without a scan has arrived after ${assumedDays} days.`}
            </Text>
            {rows.length > 0 ? (
              <DataTable
                columnContentTypes={['text', 'text', 'text', 'numeric', 'numeric']}
                headings={['Carrier', 'Way', 'Service', 'Parcels', 'Working days for 8 of 10']}
                rows={rows}
              />
            ) : null}
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}
