import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData } from '@remix-run/react';
import { Button, DataTable, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { fieldsOf, idOrMissing, queryOf, unknownIntent } from '../fields.server.ts';
import { listFailedDeeds, retryDeeds } from '../sequences/sequences.server.ts';
import { CustomerLink } from '../ui/CustomerLink.tsx';
import { failedInWords } from '../ui/deedWords.ts';
import { moment } from '../ui/format.ts';
import { ListCard } from '../ui/ListCard.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { useToast } from '../ui/useToast.ts';
import { app } from '../wiring.server.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const ask = { after: queryOf(request).get('after') };
  return {
    ...(await app().db.inShop(shop.id, (tx) => listFailedDeeds(tx, ask))),
    zone: shop.timeZone,
    now: now().toISOString(),
  };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const fields = await fieldsOf(request);
  if (fields.text('intent') !== 'again') unknownIntent();
  const id = fields.text('enrollment');
  const one = id
    ? { enrollmentId: idOrMissing(id, 'There is no such step'), stepKey: fields.text('step') }
    : null;
  const count = await app().db.inShop(shop.id, (tx) => retryDeeds(tx, one ? { one } : {}, now()));
  if (count === 0) return { toast: 'It is dealt with already' };
  return { toast: count === 1 ? 'Trying it again' : `Trying ${count} again` };
}

export default function FailedDeeds() {
  const { deeds, next, zone, now: at } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<{ toast?: string }>();
  useToast(fetcher.data?.toast);
  const csv = useCsv('failed-deeds');
  const busy = fetcher.state !== 'idle';
  const again = (of: Record<string, string>) =>
    fetcher.submit({ intent: 'again', ...of }, { method: 'post', action: '/app/sequences/failed' });
  return (
    <Page
      title="What could not be done"
      subtitle="Tags, metafields and webhooks that Shopify or another system would not take. Mend the cause, then try again."
      backAction={{ content: 'Sequences', url: '/app/sequences' }}
      primaryAction={{
        content: 'Try all of them again',
        disabled: deeds.length === 0,
        loading: busy,
        onAction: () => again({}),
      }}
      secondaryActions={[csv]}
    >
      <ListCard next={next} zone={zone} empty={deeds.length > 0 ? null : 'Everything has been done.'}>
        <DataTable
          columnContentTypes={['text', 'text', 'text', 'text', 'text']}
          headings={['For', 'What', 'Why not', 'Given up', '']}
          rows={deeds.map((deed) => [
            <CustomerLink
              key={deed.enrollmentId + deed.stepKey}
              id={deed.customerId}
              name={deed.customerName}
            />,
            ...failedInWords(deed),
            moment(deed.endedAt, { locale: 'en', timeZone: zone, now: at }),
            <Button
              key={`again ${deed.enrollmentId} ${deed.stepKey}`}
              size="slim"
              disabled={busy}
              onClick={() => again({ enrollment: deed.enrollmentId, step: deed.stepKey })}
            >
              Try again
            </Button>,
          ])}
        />
      </ListCard>
    </Page>
  );
}
