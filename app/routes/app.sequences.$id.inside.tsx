import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { DataTable, Page } from '@shopify/polaris';
import { authenticateAdmin } from '../adapters/shopify/authenticate.server.ts';
import { now } from '../clock.server.ts';
import { idOrMissing, queryOf } from '../fields.server.ts';
import { listInside, sequenceOf } from '../sequences/sequences.server.ts';
import { CustomerLink } from '../ui/CustomerLink.tsx';
import { moment } from '../ui/format.ts';
import { ListCard } from '../ui/ListCard.tsx';
import { useCsv } from '../ui/useCsv.ts';
import { app } from '../wiring.server.ts';

const MISSING = 'There is no such sequence';

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await authenticateAdmin(request);
  const id = idOrMissing(params['id'], MISSING);
  return app().db.inShop(shop.id, async (tx) => {
    const sequence = await sequenceOf(tx, id);
    if (!sequence) throw new Response(MISSING, { status: 404 });
    return {
      ...(await listInside(tx, id, { after: queryOf(request).get('after') })),
      sequence: { id, name: sequence.name, on: sequence.on },
      zone: shop.timeZone,
      now: now().toISOString(),
    };
  });
}

export default function Inside() {
  const { people, next, sequence, zone, now: at } = useLoaderData<typeof loader>();
  const csv = useCsv('inside', { sequence: sequence.id });
  const when = (date: string | Date) => moment(date, { locale: 'en', timeZone: zone, now: at });
  return (
    <Page
      title={`Inside “${sequence.name}”`}
      subtitle={sequence.on ? 'Those who came last first.' : 'It is switched off: those inside wait.'}
      backAction={{ content: sequence.name, url: `/app/sequences/${sequence.id}` }}
      secondaryActions={[csv]}
    >
      <ListCard next={next} zone={zone} empty={people.length > 0 ? null : 'Nobody is inside now.'}>
        <DataTable
          columnContentTypes={['text', 'text', 'text', 'text']}
          headings={['Who', 'Order', 'Since', 'Goes on']}
          rows={people.map((row) => [
            <CustomerLink key={row.enrollmentId} id={row.customerId} name={row.customerName} />,
            row.orderName ?? '–',
            when(row.startedAt),
            row.dueAt ? when(row.dueAt) : 'when it is switched on',
          ])}
        />
      </ListCard>
    </Page>
  );
}
